import { create } from "@bufbuild/protobuf";
import { GroupMembershipSchema } from "../proto/gen/gitpod/v1/group_pb";
import { Principal } from "../proto/gen/gitpod/v1/identity_pb";
import { type OrganizationMember, OrganizationRole as Role } from "../proto/gen/gitpod/v1/organization_pb";
import { insert, remove } from "./change";
import type { Site } from "./site";
import type { Row } from "./table";

/** Gives a member a role, and the rights of it: those of an administrator come from the group that the platform keeps. */
export function giveRole(site: Site, { id: userId, remote, owner }: Row<OrganizationMember, null>, role: Role): void {
  const { groups, groupMemberships } = site.world;
  const { organizationId } = owner;
  const group = [...groups.rows.values()].find(
    (each) => each.owner.organizationId === organizationId && each.remote.systemManaged,
  );
  if (group === undefined) {
    throw new Error(`organization ${organizationId} has no group of administrators`);
  }
  const groupId = group.id;
  const present = [...groupMemberships.rows.values()].find(
    (each) => each.remote.groupId === groupId && each.remote.subject?.id === userId,
  );
  remote.role = role;
  if (role === Role.ADMIN && present === undefined) {
    const id = site.newId();
    const subject = { id: userId, principal: Principal.USER };
    insert(site, groupMemberships, {
      id,
      remote: create(GroupMembershipSchema, { id, groupId, subject }),
      owner: { organizationId, creatorId: userId },
      owed: null,
      platform: true,
    });
  }
  if (role !== Role.ADMIN && present !== undefined) {
    remove(site, groupMemberships, present);
  }
}
