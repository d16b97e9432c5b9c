import { createClient } from "@connectrpc/connect";
import { ids, tokens } from "../../emulator";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { adapters } from "../../tools/engine/program";
import { complaintsOf, javascript, objectsOf, openScene, type Scene } from "./scene";

/** A stack whose only right comes from a role in it, by a group that the colleague is in. */
async function withOwnRole(adapter: (typeof adapters)[number]) {
  const scene = await openScene({ adapter, program: javascript("") });
  const { emulator, engine } = scene;
  const groups = createClient(GroupService, emulator.transport());
  const { group } = await groups.createGroup({ organizationId: ids.organization, name: "Deployers" });
  const groupId = group?.id ?? "";
  await groups.createMembership({ groupId, subject: { principal: Principal.USER, id: ids.colleague } });
  const write = (role: string, program = "deploy();"): void =>
    engine.write(
      javascript(`
const deploy = (options = {}) => new gitpod.RoleAssignment("deploy", {
  groupId: "${groupId}",
  resourceType: gitpod.ResourceType.ORGANIZATION,
  resourceId: "${ids.organization}",
  resourceRole: gitpod.ResourceRole.${role},
}, options);
${program}
`),
    );
  return { scene, write };
}

/** Runs what follows with the token of the owner, who may do everything, or of the colleague, who has what the role gives. */
const as = ({ engine }: Scene, who: "owner" | "colleague"): void => {
  engine.env.GITPOD_API_KEY = tokens[who];
};

/** The calls that change roles and teams, in their order. */
function heard({ emulator }: Scene): string[] {
  const calls: string[] = [];
  emulator.admin.onCall((method, moment) => {
    if (moment === "before" && /\/(Create|Delete)(RoleAssignment|Team)$/.test(method))
      calls.push(method.replace(/^.*\//, ""));
  });
  return calls;
}

test.each(adapters)(
  "on the %s adapter a role that gives the token its right is replaced, since the new one is made first",
  async (adapter) => {
    const { scene, write } = await withOwnRole(adapter);
    const { engine } = scene;
    write("ORG_ADMIN");
    const first = await engine.up();
    const calls = heard(scene);

    as(scene, "colleague");
    write("ORG_PROJECTS_ADMIN");
    const second = await engine.up();

    expect([first, second].map(({ code, operations }) => [code, operations])).toEqual([
      [0, { deploy: "create" }],
      [0, { deploy: "replace" }],
    ]);
    expect(calls).toEqual(["CreateRoleAssignment", "DeleteRoleAssignment"]);
    expect(scene.emulator.admin.objects("roleAssignments")).toMatchObject([
      { resourceRole: "RESOURCE_ROLE_ORG_PROJECTS_ADMIN" },
    ]);
  },
);

test.each(adapters)(
  "on the %s adapter what is refused after the run has deleted its own right says so, and dependsOn prevents it",
  async (adapter) => {
    const { scene, write } = await withOwnRole(adapter);
    const { engine } = scene;
    write("ORG_ADMIN", 'deploy({ dependsOn: new gitpod.Team("shop", { name: "Shop" }) });');
    const first = await engine.up();
    const calls = heard(scene);

    as(scene, "colleague");
    const refused = await engine.destroy();
    as(scene, "owner");
    write("ORG_ADMIN", 'new gitpod.Team("shop", { name: "Shop" }, { dependsOn: deploy() });');
    const repaired = await engine.up();
    as(scene, "colleague");
    const last = await engine.destroy();

    expect([first, refused, repaired, last].map(({ code }) => code)).toEqual([0, 1, 0, 0]);
    expect(complaintsOf(refused)).toContainEqual(
      expect.stringMatching(
        /^shop: could not delete Team .*needs a role .* This run has deleted RoleAssignment deploy, and .* dependsOn/,
      ),
    );
    expect(calls).toEqual([
      ...["DeleteRoleAssignment", "DeleteTeam", "CreateRoleAssignment"],
      ...["DeleteTeam", "DeleteRoleAssignment"],
    ]);
    expect(objectsOf(scene)).toEqual({ groups: 1, groupMemberships: 1 });
  },
);
