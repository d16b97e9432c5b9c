import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { defineResource } from "../model/definition";

const groups = GroupService.method;

/**
 * A role on an object, such as a project, a runner or the organization, for the members of a group.
 *
 * A change of the role gives the new role before it takes the old one away. A role that follows from a role on the
 * organization is no assignment of its own. Deleting the group takes its roles away. The token has to administer the
 * object. Where its right comes from a role and a membership of the same program, name both in `dependsOn` of every
 * other resource that needs the right: Pulumi makes them first and deletes them last.
 *
 * Import it as `TYPE/OBJECT/GROUP/ROLE`: `project/ID/GROUP/project_admin`, `organization/current/GROUP/org_admin`.
 */
export const roleAssignment = defineResource({
  kind: "RoleAssignment",
  address: ["resourceType", "resourceId", "groupId", "resourceRole"],
  create: groups.createRoleAssignment,
  list: groups.listRoleAssignments,
  within: ["groupId"],
  delete: groups.deleteRoleAssignment,
  required: ["resourceType", "resourceId", "groupId", "resourceRole"],
  goneIf: { derivedFromOrgRole: "set" },
  grantsRights: true,
  partOf: "groupId",
});
