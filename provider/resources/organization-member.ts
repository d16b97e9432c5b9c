import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * The role of a person who has joined the organization.
 *
 * Nobody can be added by a call: naming somebody who has not joined yet is an error. A destroy gives back the role that the person had
 * before, and removes nobody. The server refuses to demote the last administrator. Import it as `current/USER`.
 */
export const organizationMember = defineResource({
  kind: "OrganizationMember",
  address: ["organizationId", "userId"],
  whenAbsent: "the person has to join the organization first",
  list: organizations.listMembers,
  update: organizations.setRole,
  delete: "restore",
  required: ["userId", "role"],
  goneIf: { status: "USER_STATUS_LEFT" },
  volatile: ["avatarUrl", "fullName"],
  grantsRights: true,
});
