import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { classicIds, classicTokens, createEmulator, type Emulator, tokens } from "../../emulator";
import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";

let emulator: Emulator;
let url: string;

beforeEach(async () => {
  emulator = createEmulator();
  url = (await emulator.listen()).url;
});

afterEach(() => emulator.close());

/** A call as the reference of the API writes it. */
async function post(method: string, body: object, token: string = classicTokens.owner, prefix = "") {
  const response = await fetch(`${url}${prefix}/gitpod.experimental.v1.${method}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...JSON.parse(await response.text()) };
}

const contextUrl = "https://github.com/acme/shop";
const ready = { contextUrl, startSpec: {}, organizationId: classicIds.team };

async function create(more: object = {}): Promise<string> {
  const { workspaceId } = await post("WorkspacesService/CreateAndStartWorkspace", { ...ready, ...more });
  return workspaceId;
}

test.each(["", "/api", "/public-api"])("the calls of Classic are answered below %p", async (prefix) => {
  expect(await post("WorkspacesService/ListWorkspaces", {}, classicTokens.owner, prefix)).toEqual({ status: 200 });
});

test("Classic speaks JSON and binary by POST, and nothing by GET", async () => {
  const authorization = `Bearer ${classicTokens.owner}`;
  const path = `${url}/gitpod.experimental.v1.TeamsService/GetTeam`;
  const message = encodeURIComponent(JSON.stringify({ teamId: classicIds.team }));
  const got = await fetch(`${path}?encoding=json&connect=v1&message=${message}`, { headers: { authorization } });
  const binary = createConnectTransport({
    baseUrl: url,
    httpVersion: "1.1",
    useBinaryFormat: true,
    interceptors: [
      (next) => (request) => {
        request.header.set("authorization", authorization);
        return next(request);
      },
    ],
  });
  const { team } = await createClient(TeamsService, binary).getTeam({ teamId: classicIds.team });

  expect(got.status).toBe(405);
  expect(team?.name).toBe("Emulated Team");
  expect(await post("TeamsService/GetTeam", { teamId: classicIds.team })).toMatchObject({ team: { name: team?.name } });
});

test.each([
  ["no token", "Classic", "", "missing bearer token"],
  ["an unknown token", "Classic", "gitpod_pat_nobodys", "invalid bearer token"],
  ["a token of the other API", "Classic", tokens.owner, "invalid bearer token"],
  ["a token of Classic", "the other API", classicTokens.owner, "invalid bearer token"],
])("%s is unauthenticated at %s", async (_what, api, token, message) => {
  const method = api === "Classic" ? "experimental.v1.WorkspacesService/ListWorkspaces" : "v1.GroupService/ListGroups";
  const response = await fetch(`${url}/gitpod.${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token === "" ? {} : { authorization: `Bearer ${token}` }) },
    body: "{}",
  });

  expect([response.status, await response.json()]).toEqual([401, { code: "unauthenticated", message }]);
});

test("an account that was deleted takes its tokens along", async () => {
  const member = { teamId: classicIds.team, teamMemberId: classicIds.account };
  await post("TeamsService/DeleteTeamMember", member);

  expect(await post("TeamsService/ListTeams", {}, classicTokens.account)).toMatchObject({ code: "unauthenticated" });
});

test("whose token it is comes as a user", async () => {
  expect(await post("UserService/GetAuthenticatedUser", {})).toEqual({
    status: 200,
    user: {
      id: classicIds.owner,
      name: "owner",
      avatarUrl: `https://emulator.localhost/avatars/${classicIds.owner}`,
      createdAt: expect.stringMatching(/^\d{4}-/),
    },
  });
});

test("the list of workspaces has 20 entries or as many as the page size, in `result`, and never a next page", async () => {
  const made: string[] = [];
  for (let count = 0; count < 101; count += 1) {
    made.unshift(await create());
  }
  const list = (body: object) => post("WorkspacesService/ListWorkspaces", body);
  const ids = async (body: object) =>
    (await list(body)).result?.map(({ workspaceId }: { workspaceId: string }) => workspaceId);

  expect(Object.keys(await list({}))).toEqual(["status", "result"]);
  expect(await ids({})).toEqual(made.slice(0, 20));
  expect(await ids({ pagination: { pageSize: 100 } })).toEqual(made.slice(0, 100));
  expect(await ids({ pagination: { pageSize: 3, page: 2 }, fieldMask: "workspaceId" })).toEqual(made.slice(0, 3));
  expect(await ids({ organizationId: classicIds.otherTeam })).toBeUndefined();
  expect(await list({ pagination: { pageSize: 101 } })).toMatchObject({ status: 400, code: "invalid_argument" });
  expect(await list({ pagination: { pageSize: -1 } })).toMatchObject({ status: 400, code: "invalid_argument" });
});

test("a workspace has context and status as messages, its instance in the status, and no project", async () => {
  const workspaceId = await create();
  emulator.settle();

  expect(await post("WorkspacesService/GetWorkspace", { workspaceId })).toEqual({
    status: 200,
    result: {
      workspaceId: expect.stringMatching(/^[a-z]{2,16}-[a-z]{2,16}-[0-9a-z]{10}\d$/),
      ownerId: classicIds.owner,
      description: "acme/shop - main",
      context: {
        contextUrl,
        git: {
          normalizedContextUrl: contextUrl,
          repository: { owner: "acme", name: "shop" },
          provider: { type: "GitHub", hostname: "github.com" },
        },
      },
      status: {
        instance: {
          workspaceId,
          instanceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          createdAt: expect.stringMatching(/^\d{4}-/),
          status: {
            statusVersion: "4",
            phase: "PHASE_RUNNING",
            conditions: {},
            url: expect.stringContaining(workspaceId),
            admission: "ADMISSION_LEVEL_OWNER_ONLY",
            recentFolders: ["/workspace/shop"],
            editor: { name: "code", version: "stable" },
          },
        },
      },
    },
  });
});

test("a create answers with the id alone while the workspace is prepared, and each one makes another", async () => {
  const idempotencyToken = "once";
  const first = await post("WorkspacesService/CreateAndStartWorkspace", { ...ready, idempotencyToken });
  const second = await create({ idempotencyToken });
  const { result } = await post("WorkspacesService/GetWorkspace", { workspaceId: first.workspaceId });

  expect(first).toEqual({ status: 200, workspaceId: expect.any(String) });
  expect(second).not.toBe(first.workspaceId);
  expect(result.status.instance.status).toMatchObject({ phase: "PHASE_PREPARING", conditions: {} });
  expect(Object.keys(result.status.instance.status)).not.toContain("statusVersion");
});

test.each([
  ["without a start spec", { startSpec: undefined }, "internal"],
  ["without a context URL", { contextUrl: undefined }, "invalid_argument"],
  ["from an empty context URL", { contextUrl: " " }, "invalid_argument"],
  ["from a prebuild alone", { contextUrl: undefined, prebuildId: classicIds.team }, "invalid_argument"],
  ["without an organization", { organizationId: undefined }, "invalid_argument"],
  ["in a foreign organization", { organizationId: classicIds.otherTeam }, "not_found"],
  ["from what is no repository", { contextUrl: "https://github.com/acme" }, "invalid_argument"],
  ["from an unknown host", { contextUrl: "https://git.example.com/acme/shop" }, "invalid_argument"],
  ["from a repository that does not exist", { contextUrl: `${contextUrl}-not-found` }, "not_found"],
  ["from a host that is not connected", { contextUrl: `${contextUrl}-not-connected` }, "unauthenticated"],
])("a create %s is refused and leaves nothing", async (_what, more, code) => {
  expect(await post("WorkspacesService/CreateAndStartWorkspace", { ...ready, ...more })).toMatchObject({ code });
  expect(await post("WorkspacesService/ListWorkspaces", {})).toEqual({ status: 200 });
});

test("a start and a stop answer with the whole workspace", async () => {
  const workspaceId = await create();
  emulator.settle();
  const stopped = await post("WorkspacesService/StopWorkspace", { workspaceId });
  emulator.settle();
  const again = await post("WorkspacesService/StopWorkspace", { workspaceId });
  const started = await post("WorkspacesService/StartWorkspace", { workspaceId });
  const phases = [stopped, again, started].map(({ result }) => result.status.instance.status.phase);

  expect(phases).toEqual(["PHASE_RUNNING", "PHASE_STOPPED", "PHASE_PREPARING"]);
});

test("a deleted workspace is in no list, and a read still answers", async () => {
  const workspaceId = await create();
  const deleted = await post("WorkspacesService/DeleteWorkspace", { workspaceId });
  emulator.settle();
  const { result } = await post("WorkspacesService/GetWorkspace", { workspaceId });

  expect(deleted).toEqual({ status: 200 });
  expect(await post("WorkspacesService/ListWorkspaces", {})).toEqual({ status: 200 });
  expect(result.status.instance.status.phase).toBe("PHASE_STOPPED");
});

test("the owner token is of one workspace", async () => {
  const [one, other] = [await create(), await create()];
  emulator.settle();
  const tokenOf = async (workspaceId: string) => post("WorkspacesService/GetOwnerToken", { workspaceId });

  expect(await tokenOf(one)).toEqual({ status: 200, token: expect.stringMatching(/^owner-/) });
  expect((await tokenOf(one)).token).not.toBe((await tokenOf(other)).token);
});

test("a new team comes in `team`, with its creator as owner, an invitation and no time of creation", async () => {
  const created = await post("TeamsService/CreateTeam", { name: "  Shop " });
  const { id, teamInvitation, members } = created.team;

  expect(created).toEqual({ status: 200, team: { id, name: "Shop", members, teamInvitation } });
  expect(members).toEqual([
    {
      userId: classicIds.owner,
      role: "TEAM_ROLE_OWNER",
      memberSince: expect.stringMatching(/^\d{4}-/),
      avatarUrl: `https://emulator.localhost/avatars/${classicIds.owner}`,
      fullName: "owner",
      primaryEmail: "owner@emulator.localhost",
    },
  ]);
  expect(teamInvitation).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test("a team is read with its invitation by owners, without it by members, and the list has all teams", async () => {
  const { team: shop } = await post("TeamsService/CreateTeam", { name: "Shop" });
  const get = (token: string) => post("TeamsService/GetTeam", { teamId: classicIds.team }, token);
  const { teams } = await post("TeamsService/ListTeams", { pageSize: 1 });
  const [asOwner, asMember] = [await get(classicTokens.owner), await get(classicTokens.member)];

  expect(Object.keys(asOwner.team)).toEqual(["id", "name", "members", "teamInvitation"]);
  expect(Object.keys(asMember.team)).toEqual(["id", "name", "members"]);
  expect(teams).toEqual([asOwner.team, shop]);
});

test("a collaborator has no role in JSON, and an account of the team says so", async () => {
  const { members } = await post("TeamsService/ListTeamMembers", { teamId: classicIds.team });
  const shown = members.map(({ userId, role, ownedByOrganization }: Record<string, unknown>) => ({
    userId,
    role,
    ownedByOrganization,
  }));

  expect(shown).toEqual([
    { userId: classicIds.account, role: "TEAM_ROLE_MEMBER", ownedByOrganization: true },
    { userId: classicIds.collaborator },
    { userId: classicIds.member, role: "TEAM_ROLE_MEMBER" },
    { userId: classicIds.owner, role: "TEAM_ROLE_OWNER" },
  ]);
});

test("the invitation is read, replaced and joined with, and joining adds the caller", async () => {
  const { teamId } = { teamId: classicIds.team };
  const before = await post("TeamsService/GetTeamInvitation", { teamId });
  const after = await post("TeamsService/ResetTeamInvitation", { teamId });
  const join = (invitationId: string) => post("TeamsService/JoinTeam", { invitationId }, classicTokens.stranger);

  expect(Object.keys(before)).toEqual(["status", "teamInvitation"]);
  expect(Object.keys(after)).toEqual(["status", "teamInvitation"]);
  expect(await join(before.teamInvitation.id)).toMatchObject({ code: "not_found" });
  expect((await join(after.teamInvitation.id)).team.members[0]).toMatchObject({ userId: classicIds.stranger });
});

test("a change of a member answers what was asked, and a removal names the user", async () => {
  const { teamId } = { teamId: classicIds.team };
  const teamMember = { userId: classicIds.owner, role: "TEAM_ROLE_MEMBER" };
  const changed = await post("TeamsService/UpdateTeamMember", { teamId, teamMember });
  const removed = await post("TeamsService/DeleteTeamMember", { teamId, teamMemberId: classicIds.member });
  const { members } = await post("TeamsService/ListTeamMembers", { teamId });

  expect(changed).toEqual({ status: 200, teamMember });
  expect(removed).toEqual({ status: 200 });
  expect(members.map(({ userId }: { userId: string }) => userId)).not.toContain(classicIds.member);
  expect(members.at(-1)).toMatchObject({ userId: classicIds.owner, role: "TEAM_ROLE_OWNER" });
});

test("a team is deleted by its id", async () => {
  const { teamId } = { teamId: classicIds.team };

  expect(await post("TeamsService/DeleteTeam", { teamId })).toEqual({ status: 200 });
  expect(await post("TeamsService/GetTeam", { teamId })).toMatchObject({ status: 404, code: "not_found" });
  expect(await post("TeamsService/ListTeams", {})).toEqual({ status: 200 });
});

test("a port, the classes, the image and the editors come as the protos have them", async () => {
  const workspaceId = await create();
  emulator.settle();
  const port = { port: "3000", policy: "PORT_POLICY_PUBLIC" };
  const opened = await post("WorkspacesService/UpdatePort", { workspaceId, port });
  const { result } = await post("WorkspacesService/GetWorkspace", { workspaceId });
  const classes = await post("WorkspacesService/ListWorkspaceClasses", {});
  const editors = await post("EditorService/ListEditorOptions", {});
  const image = (body: object) => post("WorkspacesService/GetDefaultWorkspaceImage", body);

  expect(opened).toEqual({ status: 200 });
  expect(result.status.instance.status.ports).toEqual([
    { ...port, protocol: "PORT_PROTOCOL_HTTP", url: expect.stringMatching(/^https:\/\/3000-/) },
  ]);
  expect(classes.result[0]).toEqual({
    id: "g1-standard",
    displayName: "Standard",
    description: "4 cores, 8 GiB of memory",
    isDefault: true,
  });
  expect(editors.result[0]).toEqual({
    id: "code",
    title: "VS Code",
    type: "TYPE_BROWSER",
    logo: expect.any(String),
    label: "Browser",
    stable: { version: "1.100.0" },
    latest: { version: "1.101.0" },
  });
  expect(await image({})).toMatchObject({ source: "IMAGE_SOURCE_INSTALLATION" });
  expect(await image({ workspaceId })).toMatchObject({ source: "IMAGE_SOURCE_ORGANIZATION" });
  expect(await image({ workspaceId: "amber-cat-0123456789a" })).toMatchObject({ code: "not_found" });
});

test("what is not emulated of Classic says so", async () => {
  expect(await post("UserService/ListSSHKeys", {})).toMatchObject({ status: 501, code: "unimplemented" });
});
