import { readInventory } from "../../adopt/read";
import { adoptable } from "../../adopt/read/adoptable";
import { allKinds, titleOf } from "../../adopt/read/kinds";
import { ids, tokens } from "../../emulator";
import { identity } from "../../provider/client/identity";
import { read } from "../../provider/lifecycle/read";
import { plainSecrets, secretPlaces } from "../../provider/mapping/secret-paths";
import { factsOf } from "../../provider/model/shape";
import { importId } from "../../provider/reading/import-id";
import * as resources from "../../provider/resources";
import { type JsonObject, put } from "../../provider/value/json";
import { steps } from "../../provider/value/path";
import { subjects } from "../kinds/subject";
import { created, createScene } from "../resources/scene";
import { clientsOf, makeAll, makeGroups, namesOf, readCounted, textOf } from "./read-scene";

test("every object is there once with an id that an import takes and what that reads, or left out with a reason", async () => {
  const scene = createScene();
  const made = await makeAll(scene);

  const inventory = await readInventory(clientsOf(scene.emulator));

  const places = made.map(([kind, id]) => {
    const isIt = (each: { readonly kind: string; readonly id?: string }) => each.kind === kind && each.id === id;
    const single = [
      ...inventory.objects.filter(({ definition, id }) => isIt({ kind: titleOf(definition), id })).map(() => "read"),
      ...inventory.leftOut.filter(isIt).map(({ reason }) => reason),
    ];
    const whole = inventory.leftOut.filter((each) => each.kind === kind && each.id === undefined);
    return single.length > 0 ? single : whole.map(({ reason }) => reason);
  });
  expect(Object.fromEntries(made.map(([kind], i) => [kind, places[i]]))).toMatchSnapshot();
  expect(inventory.unread).toEqual([]);
  const imported = [];
  for (const { definition, importId: given } of inventory.objects) {
    const operation = scene.operation({}, definition);
    const { id, scope } = await importId(definition, given, () => identity(operation.client));
    imported.push({ id, inputs: (await read(definition, operation, id, undefined, scope))?.inputs });
  }
  expect(imported).toEqual(inventory.objects.map(({ id, inputs }) => ({ id, inputs })));
  const others = inventory.objects.filter(({ id, importId }) => id !== importId);
  expect(others.map(({ id, importId }) => importId.replace(id, "ID"))).toEqual([
    `organizationId/${ids.organization}/ID`,
  ]);
});

test("what the token's user signs in with at a host is taken over, without its value", async () => {
  const scene = createScene();
  const { id } = await created(scene, resources.hostAuthenticationToken, {
    runnerId: ids.runner,
    host: "gitlab.com",
    token: "canary-0b7d2c11",
    source: "HOST_AUTHENTICATION_TOKEN_SOURCE_PAT",
    subject: { principal: "PRINCIPAL_USER", id: ids.owner },
  });

  const { objects } = await readInventory(clientsOf(scene.emulator), { kinds: ["HostAuthenticationToken"] });

  expect(objects.map(({ importId, name, untold }) => ({ importId, name, untold }))).toEqual([
    { importId: id, name: "gitlab.com", untold: ["token", "refreshToken"] },
  ]);
});

test("reading makes no call that writes, and a token that only reads is enough", async () => {
  const scene = createScene();
  await makeAll(scene);

  const { inventory, calls } = await readCounted(scene.emulator, {}, tokens.readOnly);

  expect(Object.keys(calls).filter((call) => !/\/(Get|List)\w+$/.test(call))).toEqual([]);
  expect(textOf(inventory)).toBe(textOf(await readInventory(clientsOf(scene.emulator))));
  expect(inventory.unread).toEqual([]);
});

test("no secret that nothing gives back is in the inventory, and the paths of those that an object may have are", async () => {
  const scene = createScene();
  await makeAll(scene);

  const inventory = await readInventory(clientsOf(scene.emulator));

  const secrets = subjects().flatMap(({ definition, inputs }) =>
    plainSecrets(inputs, secretPlaces(definition, [...factsOf(definition).writeOnly].map(steps))),
  );
  expect(secrets.length).toBeGreaterThan(5);
  expect(secrets.filter((secret) => textOf(inventory).includes(secret))).toEqual([]);
  const untold = new Map(inventory.objects.map(({ definition, untold }) => [titleOf(definition), untold]));
  expect(Object.fromEntries([...untold].filter(([, paths]) => paths.length > 0))).toEqual({
    Integration: ["auth.oauth.clientSecret"],
    LlmIntegration: ["apiKey", "requestHeaders"],
    Project: ["technicalDescription"],
    ScmIntegration: ["oauthPlaintextClientSecret"],
    Secret: ["value"],
    SsoConfiguration: ["clientSecret"],
    "experimental.Workspace": ["organizationId"],
  });
});

const hidden = allKinds().flatMap((definition) =>
  [...factsOf(definition).writeOnly].map((path) => ({ kind: titleOf(definition), definition, path })),
);

test.each(hidden)("$path of $kind is not taken over from a server that shows it", ({ definition, path }) => {
  const object: JsonObject = { id: "018f0000-0000-7000-8000-000000000001", name: "Demo" };
  for (const home of ["metadata", "spec"]) put(object, [home, ...steps(path)], "canary-5f1c");
  put(object, steps(path), "canary-5f1c");

  const { inputs } = adoptable(definition, object);

  expect(JSON.stringify(inputs)).not.toContain("canary");
});

test("what the platform manages, what is shared with one person and what is another person's is left out with a reason", async () => {
  const scene = createScene();
  const { admin } = scene.emulator;
  const [shared = ""] = await makeGroups(scene.emulator, 1);
  admin.patch("groups", shared, { directShare: true });
  const subject = { principal: "PRINCIPAL_USER", id: ids.owner };
  await created(scene, resources.groupMembership, { groupId: shared, subject });
  await makeAll(scene);
  const homes = admin.objects("environments") as { id: string; metadata: { name: string } }[];
  const [home = "", demo = ""] = ["Home", "Demo"].map((name) => homes.find((each) => each.metadata.name === name)?.id);
  admin.patch("environments", home, { metadata: { creator: { id: ids.colleague } } });
  admin.patch("environments", demo, { metadata: { archivedAt: "2026-01-01T00:00:00Z" } });
  const [account] = admin.objects("serviceAccounts") as { id: string }[];
  admin.patch("serviceAccounts", account?.id ?? "", { systemManaged: true });
  const [prompt] = admin.objects("prompts") as { id: string }[];
  admin.patch("prompts", prompt?.id ?? "", { metadata: { organizationId: ids.otherOrganization } });
  const [sso] = admin.objects("ssoConfigurations") as { id: string }[];
  admin.patch("ssoConfigurations", sso?.id ?? "", { providerType: "PROVIDER_TYPE_BUILTIN" });

  const { leftOut, objects } = await readInventory(clientsOf(scene.emulator));

  const single = leftOut.flatMap(({ kind, id, name, reason }) =>
    id === undefined ? [] : [`${kind} ${name}: ${reason}`],
  );
  expect(single.map((line) => line.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID"))).toMatchSnapshot();
  const isLeft = ({ inputs }: { inputs: JsonObject }) => inputs.environmentId === home || inputs.groupId === shared;
  expect(objects.filter(isLeft).map(({ id }) => id)).toEqual([]);
});

test("only the kinds that are asked for are read, with those in whose objects they are looked for", async () => {
  const scene = createScene();
  await makeAll(scene);

  const { inventory, calls } = await readCounted(scene.emulator, { kinds: ["Secret", "experimental.Team"] });

  expect(new Set(inventory.objects.map(({ definition }) => titleOf(definition)))).toEqual(
    new Set(["Secret", "experimental.Team"]),
  );
  expect(inventory.leftOut).toEqual([{ kind: "Secret", reason: "Those of other people are shown to them alone." }]);
  expect(Object.keys(calls).sort()).toEqual([
    "IdentityService/GetAuthenticatedIdentity",
    "OrganizationService/ListMembers",
    "ProjectService/ListProjects",
    "SecretService/ListSecrets",
    "ServiceAccountService/ListServiceAccounts",
    "TeamsService/ListTeams",
    "experimental.UserService/GetAuthenticatedUser",
  ]);
});

test("a filter keeps the objects that have it in their names, in any case, and * stands for any text", async () => {
  const scene = createScene();
  const { emulator } = scene;
  for (const name of ["Été (beta)", "Backend", "Front.end"]) await created(scene, resources.group, { name });
  const named = async (filter: string) =>
    namesOf(await readInventory(clientsOf(emulator), { kinds: ["Group"], filter }), "Group");

  expect(await named("END")).toEqual(["Backend", "Front.end"]);
  expect(await named("b*e")).toEqual(["Backend", "Été (beta)"]);
  expect(await named("t.e")).toEqual(["Front.end"]);
  expect(await named("éTÉ (")).toEqual(["Été (beta)"]);
});

test("a kind that does not exist is refused with what may have been meant, and one of an API without a token as well", async () => {
  const { emulator } = createScene();
  const { index } = clientsOf(emulator);
  const asked = (...kinds: string[]) => readInventory({ index }, { kinds });

  await expect(asked("Projekt", "experimental.Teem")).rejects.toThrow(
    "there is no kind Projekt; did you mean Project?; there is no kind experimental.Teem; did you mean experimental.Team?",
  );
  await expect(asked("experimental.Team")).rejects.toThrow("experimental.Team: No token of Gitpod Classic is set.");
  expect(emulator.calls()).toEqual({});
  const { objects, leftOut } = await readInventory({ index });
  expect([
    ...objects.map(({ definition }) => titleOf(definition)),
    ...leftOut.map(({ kind }) => kind),
  ]).not.toContainEqual(expect.stringContaining("experimental"));
});
