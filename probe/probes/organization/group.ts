import { GroupService } from "../../../proto/gen/gitpod/v1/group_pb";
import { group } from "../../../provider/resources/group";
import { project } from "../../../provider/resources/project";
import type { Probe } from "../../assumption";
import type { Bench } from "../../bench";
import { answered, compared, refuted } from "../../finding";
import { absentId } from "../ids";
import { repository } from "../project";

const { createMembership, createRoleAssignment, deleteRoleAssignment, listRoleAssignments } = GroupService.method;

export const nameInUse: Probe = {
  calls: ["GroupService/CreateGroup"],
  makes: ["two groups of one name"],
  needs: [],
  async run(bench) {
    const { name } = await bench.make(group);
    return answered("AlreadyExists", (awaited) => bench.tryToMake(group, { name }, awaited));
  },
};

export const roleTaken: Probe = {
  calls: ["GroupService/CreateRoleAssignment"],
  makes: ["a group without members that may see the roles on projects and runners"],
  needs: [],
  async run(bench) {
    const { id } = await bench.make(group);
    const [first, second] = ["RESOURCE_ROLE_ORG_PROJECTS_ADMIN", "RESOURCE_ROLE_ORG_RUNNERS_ADMIN"].map((role) =>
      roleOf(bench, id, role),
    );
    const answers = [];
    for (const request of [first!, first!, second!])
      answers.push(await bench.answer(createRoleAssignment, request, "AlreadyExists"));
    return compared(["ok", "AlreadyExists", "ok"], answers);
  },
};

export const memberKind: Probe = {
  calls: ["GroupService/CreateMembership"],
  makes: ["a group"],
  needs: [],
  async run(bench) {
    const { id: groupId } = await bench.make(group);
    const subject = { principal: "PRINCIPAL_RUNNER", id: absentId };
    return answered("InvalidArgument", (awaited) => bench.answer(createMembership, { groupId, subject }, awaited));
  },
};

export const roleDerived: Probe = {
  calls: ["GroupService/ListRoleAssignments", "GroupService/DeleteRoleAssignment"],
  makes: ["a project", "a group without members that administers the projects"],
  needs: [],
  async run(bench) {
    await bench.make(project, repository);
    const { id: groupId } = await bench.make(group);
    await bench.call(createRoleAssignment, roleOf(bench, groupId, "RESOURCE_ROLE_ORG_PROJECTS_ADMIN"));
    const read = async () => {
      const { assignments } = await bench.call(listRoleAssignments, { filter: { groupId } });
      return assignments.filter(({ derivedFromOrgRole }) => derivedFromOrgRole !== undefined).map(({ id }) => id);
    };
    const [before, after] = [await read(), await read()];
    const [assignmentId] = before;
    if (assignmentId === undefined) return refuted("no derived role on a project");
    const isSame = JSON.stringify(before) === JSON.stringify(after);
    const answer = await bench.answer(deleteRoleAssignment, { assignmentId }, "FailedPrecondition");
    return compared({ isSame: true, answer: "FailedPrecondition" }, { isSame, answer });
  },
};

const roleOf = ({ organizationId }: Bench, groupId: string, resourceRole: string) => ({
  groupId,
  resourceType: "RESOURCE_TYPE_ORGANIZATION",
  resourceId: organizationId,
  resourceRole,
});
