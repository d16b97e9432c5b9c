import type { ResourceValidationPolicy } from "@pulumi/policy";
import { ofKind } from "./kind";

interface OrganizationMember {
  userId?: string;
  role?: string;
}

/** Refuses a role that a person has alone: it stays when the person moves on, and no list of a group shows it. */
export const noIndividualRoles: ResourceValidationPolicy = {
  name: "no-role-for-individuals",
  description: "People have roles through groups.",
  validateResource: ofKind("OrganizationMember", ({ props }, report) => {
    const { userId, role }: OrganizationMember = props;
    if (role !== "ORGANIZATION_ROLE_MEMBER")
      report(
        `User ${userId} has the role ${role} alone. Set it to ORGANIZATION_ROLE_MEMBER, give a group the role that is needed with a RoleAssignment, and put the user into the group with a GroupMembership.`,
      );
  }),
};
