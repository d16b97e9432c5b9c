import { request as forward } from "node:http";
import type { DescMethod } from "@bufbuild/protobuf";
import { classicIds, classicTokens, createEmulator, ids, tokens } from "../../emulator";
import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { WorkspacesService } from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { apis, type OfModule } from "../../provider/client/api";
import { type Definition, defineResource } from "../../provider/model/definition";
import { createMemory } from "../../provider/model/run-memory";
import type { Connection } from "../../provider/pulumi/connection";
import { checkInputs, createObject, deleteObject, readObject } from "../../provider/pulumi/lifecycle";
import { openConnection } from "../../provider/pulumi/open-connection";
import type { Run } from "../../provider/pulumi/run-operation";
import { opened, parted, type Stored } from "../../provider/pulumi/stored-properties";
import {
  experimentalTeam,
  experimentalTeamInvitation,
  experimentalTeamMember,
  experimentalWorkspace,
  group,
  serviceAccount,
  serviceAccountToken,
} from "../../provider/resources";
import { type JsonObject, unknown } from "../../provider/value/json";
import { afterTest } from "../after-test";
import { serve, stopAll } from "../client/loopback";
import { isStream, isUnary, methodsOf } from "../client/methods";

const gitpod: OfModule = {};
const classic: OfModule = { module: "experimental" };

/** Every variable that either API has a token or a host in, each with a value of its own. */
const variables = Object.entries(apis).flatMap(([module, { products }]) =>
  products.flatMap(({ tokens, hosts }) =>
    [...tokens, ...hosts].map((name) => [name, `canary-${module}-${name}`] as const),
  ),
);

beforeEach(() => {
  for (const [name] of variables) delete process.env[name];
});

afterEach(stopAll);

/** A server that takes note of all that it is sent, and refuses it. */
async function recorder(status = 404, code = "not_found") {
  const seen: { path: string; sent: string }[] = [];
  const { url } = await serve((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      seen.push({ path: request.url ?? "", sent: `${JSON.stringify(request.rawHeaders)} ${body}` });
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ code }));
    });
  });
  return { url, seen };
}

/** A server that hands on what it is sent, and takes note of it and of the tokens that come along. */
async function relay(target: string) {
  const [sent, bearers]: [string[], Set<string>] = [[], new Set()];
  const { url } = await serve((request, response) => {
    const { method, headers } = request;
    const onward = forward(target + request.url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    bearers.add(headers.authorization?.replace("Bearer ", "") ?? "");
    sent.push(`${request.url} ${JSON.stringify(request.rawHeaders)}`);
    request.on("data", (part) => sent.push(String(part))).pipe(onward);
  });
  return { url, sent, bearers };
}

/** Makes a call with the client of an API, and returns why it failed. */
async function refusalOf(connection: Connection, of: OfModule, method: DescMethod): Promise<string> {
  const client = (await connection.client(of))!;
  const call = async (): Promise<unknown> => {
    if (isUnary(method)) return client.call(method, {});
    if (isStream(method)) return client.stream(method, {}).next();
    return undefined;
  };
  return call().then(
    () => "",
    (error: Error) => error.message,
  );
}

const every = { gitpod: methodsOf("gitpod/v1"), classic: methodsOf("gitpod/experimental/v1") };

test.each([
  ["settings", true],
  ["variables", false],
])(
  "each host sees the token of its own API and no other in any call, and gets no call of the other API: from %s",
  async (_, isConfigured) => {
    const hosts = { gitpod: await recorder(), classic: await recorder() };
    Object.assign(process.env, Object.fromEntries(variables), {
      GITPOD_BASE_URL: hosts.gitpod.url,
      ONA_BASE_URL: hosts.gitpod.url,
      ONA_HOST: hosts.gitpod.url,
      GITPOD_CLASSIC_HOST: hosts.classic.url,
    });
    const settings = {
      token: "canary-index-setting",
      host: hosts.gitpod.url,
      classicToken: "canary-experimental-setting",
      classicHost: hosts.classic.url,
    };
    const connection = openConnection({ stored: isConfigured ? settings : {} });

    for (const method of every.gitpod) await refusalOf(connection, gitpod, method);
    for (const method of every.classic) await refusalOf(connection, classic, method);
    const crossed = [
      ...(await Promise.all(every.classic.map((method) => refusalOf(connection, gitpod, method)))),
      ...(await Promise.all(every.gitpod.map((method) => refusalOf(connection, classic, method)))),
    ];

    const canaries = (seen: { sent: string }[]) => [
      ...new Set(seen.flatMap(({ sent }) => sent.match(/canary-[\w-]+/g))),
    ];
    expect(canaries(hosts.gitpod.seen)).toEqual([
      isConfigured ? "canary-index-setting" : "canary-index-GITPOD_API_KEY",
    ]);
    expect(canaries(hosts.classic.seen)).toEqual([
      isConfigured ? "canary-experimental-setting" : "canary-experimental-GITPOD_CLASSIC_TOKEN",
    ]);
    const paths = (seen: { path: string }[]) => [...new Set(seen.map(({ path }) => path))].sort();
    const pathsOf = (methods: DescMethod[], before: string) =>
      methods.map(({ parent, name }) => `${before}/${parent.typeName}/${name}`).sort();
    expect(paths(hosts.gitpod.seen)).toEqual(pathsOf(every.gitpod, "/api"));
    expect(paths(hosts.classic.seen)).toEqual(pathsOf(every.classic, ""));
    expect(crossed.filter((why) => !/ is no call of the (Gitpod API|API of Gitpod Classic)$/.test(why))).toEqual([]);
  },
);

test("in a program with kinds of both APIs every call of each life is sent with a token of its own API alone", async () => {
  const emulator = createEmulator();
  const { url } = await emulator.listen();
  afterTest(() => emulator.close());
  emulator.admin.onCall(() => void emulator.settle());
  const hosts = { gitpod: await relay(url), classic: await relay(url) };
  Object.assign(process.env, Object.fromEntries(variables));
  const run: Run = {
    connection: openConnection({
      stored: { token: tokens.owner, host: hosts.gitpod.url },
      current: { classicToken: classicTokens.owner, classicHost: hosts.classic.url },
    }),
    memory: createMemory(),
    signal: new AbortController().signal,
    keptFailure: (_, reason) => new Error(reason),
  };
  const made: [Definition, Stored][] = [];
  const make = async (definition: Definition, inputs: JsonObject): Promise<string> => {
    const stored = await createObject(run, definition, parted(inputs));
    made.unshift([definition, stored]);
    return stored.id;
  };

  const accountId = await make(serviceAccount, { name: "ci", validUntil: "2060-01-01T00:00:00Z" });
  const teamId = await make(experimentalTeam, { name: "Platform" });
  await make(serviceAccountToken, { serviceAccountId: accountId, description: "pipelines" });
  await make(experimentalTeamMember, { teamId, userId: classicIds.member, role: "TEAM_ROLE_MEMBER" });
  await make(experimentalTeamInvitation, { teamId });
  await make(experimentalWorkspace, { contextUrl: "https://github.com/acme/shop", organizationId: teamId });
  for (const [definition, { id, outputs }] of made) await readObject(run, definition, id, opened(outputs));
  for (const [definition, { id, outputs }] of made) await deleteObject(run, definition, id, opened(outputs));

  const [ours, theirs] = [hosts.gitpod, hosts.classic].map(({ bearers }) => [...bearers]);
  const acting = expect.not.stringContaining(classicTokens.owner);
  expect([ours, theirs]).toEqual([[tokens.owner, acting], [classicTokens.owner]]);
  expect(ours?.filter((token) => hosts.classic.sent.some((text) => text.includes(token)))).toEqual([]);
  expect(hosts.gitpod.sent.filter((text) => text.includes(classicTokens.owner))).toEqual([]);
  expect([...hosts.gitpod.sent, ...hosts.classic.sent].filter((text) => text.includes("canary-"))).toEqual([]);
});

test("no API is asked anything before it is needed, and none needs a token of the other", async () => {
  const hosts = { gitpod: await recorder(), classic: await recorder() };
  const plain = openConnection({ stored: { token: "t", host: hosts.gitpod.url, classicHost: hosts.classic.url } });
  const old = openConnection({ stored: { host: hosts.gitpod.url, classicToken: "t", classicHost: hosts.classic.url } });
  const both = openConnection({
    stored: { token: "t", host: hosts.gitpod.url, classicToken: "t", classicHost: hosts.classic.url },
  });

  for (const _ of [1, 2, 3]) await refusalOf(both, gitpod, GroupService.method.getGroup);
  const before = hosts.classic.seen.length;
  await refusalOf(plain, gitpod, GroupService.method.getGroup);
  await refusalOf(old, classic, TeamsService.method.getTeam);

  expect(before).toBe(0);
  expect(hosts.gitpod.seen.map(({ path }) => path.split("/").at(-1))).toContain("GetGroup");
  expect(hosts.classic.seen.map(({ path }) => path.split("/").at(-1))).toContain("GetTeam");
  await expect(plain.client(classic)).rejects.toThrow(/^No token of Gitpod Classic is set: /);
  await expect(old.client(gitpod)).rejects.toThrow(/^No token is set: /);
});

test("a bad token is told by what needs its own API only", async () => {
  const { url: host } = await recorder(401, "unauthenticated");
  const emulator = createEmulator();
  afterTest(() => emulator.close());
  const good = { token: tokens.owner, host: (await emulator.listen()).url };
  const connection = openConnection({ stored: { ...good, classicToken: "bad", classicHost: host } });
  const other = openConnection({ stored: { token: "bad", host, classicToken: "bad", classicHost: host } });

  const told = [await connection.refusal(gitpod), await connection.refusal(classic), await other.refusal(gitpod)];
  const reasonsOf = async (definition: Definition) =>
    (await checkInputs(definition, parted({}), parted({ name: "Reviewers" }), connection)).reasons;
  const checked = [await reasonsOf(group), await reasonsOf(experimentalTeam)];
  const inputs = { organizationId: ids.organization, name: "Reviewers" };
  const { group: made } = await (await connection.client(gitpod))!.call(GroupService.method.createGroup, inputs);

  expect(told).toEqual([
    undefined,
    `could not sign in: unauthenticated. The token in gitpod:classicToken is not valid at ${host}: it is wrong, expired, revoked or belongs to another host; set gitpod:classicToken to a valid token, or gitpod:classicHost to the token's host. pulumi refresh and pulumi destroy go on with the token of the last pulumi up: run pulumi up with the new one before, or add --run-program to them, while the program still declares a resource that uses it. If other calls succeed with the token, its user has not connected the Git provider of the repository: connect it in the user settings of Gitpod Classic.`,
    expect.stringContaining(`The token in gitpod:token is not valid at ${host}/api: `),
  ]);
  expect(checked).toEqual([[], [told[1]]]);
  expect(made?.name).toBe("Reviewers");
});

test("what is not known yet in a preview is that of its API only", async () => {
  const { url, seen } = await recorder();
  const connection = openConnection({ stored: { token: unknown, host: url, classicToken: "t", classicHost: url } });

  const [known, refusal] = [await connection.client(gitpod), await connection.refusal(gitpod)];
  const other = await connection.refusal(classic);

  expect({ known, refusal, other, asked: seen.map(({ path }) => path) }).toEqual({
    known: undefined,
    refusal: undefined,
    other: expect.stringMatching(/^could not sign in: /),
    asked: ["/gitpod.experimental.v1.UserService/GetAuthenticatedUser"],
  });
});

test("settings as they are now count before what is stored, for each API by itself", async () => {
  const { url } = await recorder(401, "unauthenticated");
  const connection = openConnection({
    stored: { token: "old", host: url, classicToken: "old", classicHost: url },
    current: { classicToken: "new" },
  });

  const told = [await connection.refusal(gitpod), await connection.refusal(classic)];

  const old = "pulumi refresh and pulumi destroy go on with the token of the last pulumi up";
  expect(told.map((refusal) => refusal?.includes(old))).toEqual([true, false]);
});

test("an organization that is stated is that of the token where the token acts in one, and any on Gitpod Classic", async () => {
  const emulator = createEmulator();
  const { url } = await emulator.listen();
  afterTest(() => emulator.close());
  const connection = openConnection({
    stored: { token: tokens.owner, host: url, classicToken: classicTokens.owner, classicHost: url },
  });
  const { createAndStartWorkspace: create, getWorkspace: get, deleteWorkspace } = WorkspacesService.method;
  const machine = defineResource({ module: "experimental", kind: "Machine", create, get, delete: deleteWorkspace });
  const reasonsOf = async (definition: Definition, inputs: JsonObject) =>
    (await checkInputs(definition, parted({}), parted(inputs), connection)).reasons;

  const organizationId = classicIds.team;
  const told = [
    await reasonsOf(group, { organizationId, name: "Reviewers" }),
    await reasonsOf(machine, { organizationId, contextUrl: "https://github.com/acme/shop", startSpec: {} }),
  ];

  expect(told).toEqual([[expect.stringMatching(/^organizationId: is .*, but the token acts in /)], []]);
});
