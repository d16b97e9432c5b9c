import { createClient } from "@connectrpc/connect";
import type { ServiceError } from "@grpc/grpc-js";
import { ListRequest, type ListResponse } from "@pulumi/pulumi/proto/provider_pb";
import { createEmulator, type Emulator, ids, tokens } from "../../emulator";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { kindName, tokenOf } from "../../provider/model/module";
import { type JsonObject, unknown } from "../../provider/value/json";
import { requireFresh } from "../../tools/fresh";
import { type Connection, connection } from "../faults/connection";
import { up } from "../faults/engine";
import { type ProviderProcess, startProvider } from "../faults/provider-process";
import { sent } from "../faults/value";
import { settle, subjects } from "../kinds/subject";
import { plugin } from "./adapter";

const initializer = { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] };

jest.setTimeout(120_000);

let emulator: Emulator;
let process: ProviderProcess;
let provider: Connection;

beforeAll(async () => {
  requireFresh();
  emulator = createEmulator({ pace: "fast" });
  const { url: host } = await emulator.listen();
  process = await startProvider(plugin, { host, token: tokens.owner });
  provider = connection(process.client, true);
});

afterAll(async () => {
  await process.kill();
  await emulator.close();
});

test("every kind is listed by the conditions of the API, with names and with ids that an import takes", async () => {
  const home = await settle(({ definition, inputs }) => make(kindName(definition), inputs));
  const { home: environmentId = "", task: taskId = "" } = home;
  const made: Record<string, string> = {};
  for (const { definition, inputs } of subjects(home))
    made[kindName(definition)] = await make(kindName(definition), inputs);
  const conditions: Record<string, [some: JsonObject, none: JsonObject]> = {
    Project: [{ search: "shop" }, { projectIds: [environmentId] }],
    Environment: [{ statusPhases: ["RUNNING"] }, { statusPhases: ["ENVIRONMENT_PHASE_STOPPED"] }],
    Service: [{ references: ["web"] }, { references: ["other"] }],
    Task: [{ references: ["seed"] }, { environmentIds: [taskId] }],
    TaskExecution: [{ environmentIds: [environmentId] }, { taskIds: [environmentId] }],
    Group: [{ search: "review" }, { search: "nobody" }],
    Secret: [{ scope: { organizationId: ids.organization } }, { scope: { projectId: made.Project! } }],
  };

  const found: Record<string, unknown> = {};
  for (const [kind, [some, none]] of Object.entries(conditions))
    found[kind] = [(await list(kind, some)).results, (await list(kind, none)).results];
  const { results: teams } = await list("experimental:Team", {});
  const { results: secrets } = await list("Secret", {});
  const read = await provider.read(subjectOf("Secret"), secrets[0]?.id ?? "", { inputs: {}, outputs: {} });

  expect(found).toEqual({
    Project: [[{ id: made.Project, name: "Shop" }], []],
    Environment: [
      [
        { id: made.Environment, name: "Demo" },
        { id: environmentId, name: "Home" },
      ],
      [],
    ],
    Service: [[{ id: made.Service, name: "Web" }], []],
    Task: [[{ id: made.Task, name: "Seed" }], []],
    TaskExecution: [[{ id: made.TaskExecution, name: "" }], []],
    Group: [[{ id: made.Group, name: "Reviewers" }], []],
    Secret: [[{ id: `organizationId/${ids.organization}/${made.Secret}`, name: "TOKEN" }], []],
  });
  expect(teams).toContainEqual({ id: made["experimental:Team"], name: "Research" });
  expect(read?.inputs).toMatchObject({ name: "TOKEN", scope: { organizationId: ids.organization } });
});

test("what the organization of the token has once is listed as well, if it is there", async () => {
  const kinds = ["AnnouncementBanner", "OidcConfig", "Organization", "OrganizationPolicies", "TermsOfService"];
  const listed: Record<string, unknown> = {};
  for (const kind of kinds) listed[kind] = (await list(kind, {})).results.map(({ id }) => id);
  const { results: domains } = await list("CustomDomain", {});

  expect(listed).toEqual(Object.fromEntries(kinds.map((kind) => [kind, [ids.organization]])));
  expect(domains).toHaveLength(emulator.admin.objects("customDomains").length);
});

test("what a service account has for itself is listed in its name, if a condition says which account", async () => {
  const account = await make("ServiceAccount", { name: "Lister", validUntil: "2035-01-01T00:00:00Z" });
  const subject = { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: account };
  const source = "HOST_AUTHENTICATION_TOKEN_SOURCE_PAT";
  const inputs = { runnerId: ids.runner, host: "gitlab.com", token: "canary-0b7d2c11", source, subject };
  const token = await make("HostAuthenticationToken", inputs);

  const { results } = await list("HostAuthenticationToken", { subjectId: account });
  const { results: own } = await list("HostAuthenticationToken", { subjectId: ids.owner });

  expect(results).toEqual([{ id: `${account}/${token}`, name: "" }]);
  expect(own).toEqual([]);
});

test("a list has all pages, no more than is asked for, or one page at a time", async () => {
  const groups = createClient(GroupService, emulator.transport());
  for (let i = 0; i < 205; i++) await groups.createGroup({ organizationId: ids.organization, name: `Many ${i}` });
  const search = { search: "many" };
  emulator.admin.resetCalls();

  const all = await list("Group", search);
  const { "GroupService/ListGroups": calls } = emulator.calls();
  const some = await list("Group", search, { limit: 130 });
  const first = await list("Group", search, { pageSize: 150 });
  const second = await list("Group", search, { pageSize: 150, continuation: first.continuation });
  const third = await list("Group", search, { pageSize: 150, continuation: second.continuation });

  const names = (...lists: { results: { name: string }[] }[]) =>
    lists.flatMap(({ results }) => results.map(({ name }) => name));
  expect(names(all)).toEqual(Array.from({ length: 205 }, (_, i) => `Many ${i}`));
  expect(calls).toBe(3);
  expect(names(some)).toEqual(names(all).slice(0, 130));
  expect([first, second, third].map(({ results }) => results.length)).toEqual([100, 100, 5]);
  expect(names(first, second, third)).toEqual(names(all));
  expect([all, some, third].map(({ continuation }) => continuation)).toEqual(["", "", ""]);
});

test("what is deleted is not listed, although the API still shows it", async () => {
  const id = await make("Project", { name: "Shop", initializer });
  emulator.admin.patch("projects", id, { desiredPhase: "PROJECT_PHASE_DELETED" });

  const { results } = await list("Project", { projectIds: [id] });

  expect(results).toEqual([]);
});

test("a condition that is not known yet makes the whole list unknown, and a wrong one is told with its path", async () => {
  const computed = await list("Environment", { projectIds: [unknown] });
  const wrong = await list("Environment", { projectIds: ["x"], statusPhase: [], archivalStatus: "OLD" }).catch(
    (error: ServiceError) => error.details,
  );

  expect(computed).toEqual({ results: [], continuation: "", computed: true });
  expect(wrong).toMatch(/^could not list objects of the kind Environment: /);
  for (const reason of [
    "statusPhase: no such property; did you mean statusPhases?",
    "projectIds[0]: must be a valid UUID",
  ])
    expect(wrong).toContain(reason);
});

interface Listed {
  results: { id: string; name: string }[];
  continuation: string;
  computed: boolean;
}

/** Lists as the engine does, to the end of the stream. */
function list(kind: string, query: JsonObject, { limit = 0, pageSize = 0, continuation = "" } = {}): Promise<Listed> {
  const request = new ListRequest()
    .setToken(tokenOf(kind))
    .setQuery(sent(query, true))
    .setLimit(limit)
    .setPageSize(pageSize)
    .setContinuationToken(continuation);
  const listed: Listed = { results: [], continuation: "", computed: false };
  return new Promise((resolve, reject) =>
    process.client
      .list(request)
      .on("data", (answer: ListResponse) => {
        const { result, continuation: next, computed } = answer.toObject();
        if (result) listed.results.push(result);
        if (next) listed.continuation = next.continuationToken;
        if (computed) listed.computed = true;
      })
      .on("error", reject)
      .on("end", () => resolve(listed)),
  );
}

const subjectOf = (kind: string, name = "subject") => {
  const type = plugin.typeOf(kind);
  return { urn: `urn:pulumi:test::test::${type}::${name}`, type, name };
};

/** Makes an object through the provider and returns its id. */
async function make(kind: string, inputs: JsonObject): Promise<string> {
  const { state, errors } = await up(provider, [], [{ ...subjectOf(kind), inputs }]);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return state[0]!.id;
}
