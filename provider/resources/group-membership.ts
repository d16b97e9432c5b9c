import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { defineResource } from "../model/definition";

const groups = GroupService.method;

/**
 * A user or a service account in a group.
 *
 * What it may do follows from the roles of the group: {@link RoleAssignment}. An equal membership that exists is taken
 * over. If somebody removes the member and adds it again, nothing changes. Deleting the group ends its memberships. The
 * token has to administer the group or the organization.
 *
 * Import it as `GROUP/user/USER` or `GROUP/service_account/ACCOUNT`.
 */
export const groupMembership = defineResource({
  kind: "GroupMembership",
  address: ["groupId", "subject.principal", "subject.id"],
  create: groups.createMembership,
  get: groups.getMembership,
  list: groups.listMemberships,
  within: ["groupId"],
  delete: groups.deleteMembership,
  required: ["groupId", "subject.principal", "subject.id"],
  volatile: ["name", "avatarUrl"],
  grantsRights: true,
  partOf: "groupId",
});
