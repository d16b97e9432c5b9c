import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { defineResource } from "../model/definition";

const groups = GroupService.method;

/**
 * A user or a service account in a group. Somebody else's removal and addition make another membership of the same
 * subject, which is no drift.
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
});
