import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  type OrganizationInvite,
  OrganizationInviteSchema,
  type OrganizationService,
} from "../../proto/gen/gitpod/v1/organization_pb";
import { UserStatus } from "../../proto/gen/gitpod/v1/user_pb";
import { type Caller, callerOf, visible } from "../caller";
import { insert, remove } from "../change";
import { notFound } from "../refusal";
import type { Site } from "../site";

/** Answers the calls about the invite of an organization, of which there is one at a time. */
export function inviteCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof OrganizationService>,
  "createOrganizationInvite" | "getOrganizationInvite" | "getOrganizationInviteSummary"
> {
  const { organizationInvites, organizations, members } = site.world;
  const make = ({ id: creatorId, organizationId }: Caller): OrganizationInvite => {
    const id = site.newId();
    const remote = create(OrganizationInviteSchema, { inviteId: id });
    insert(site, organizationInvites, { id, remote, owner: { organizationId, creatorId }, owed: null });
    return remote;
  };
  return {
    createOrganizationInvite: (_request, context) => {
      const caller = callerOf(context);
      for (const row of visible(organizationInvites, caller)) {
        remove(site, organizationInvites, row);
      }
      return { invite: make(caller) };
    },
    getOrganizationInvite: (_request, context) => {
      const caller = callerOf(context);
      return { invite: visible(organizationInvites, caller)[0]?.remote ?? make(caller) };
    },
    // Whoever has an invite is asked to join, so that its organization is told to anybody.
    getOrganizationInviteSummary: ({ inviteId }) => {
      const { organizationId = "" } = organizationInvites.rows.get(inviteId)?.owner ?? {};
      const organization = organizations.rows.get(organizationId);
      // `invite-voided`: Facts are silent on an invite that is void; the emulator knows it no more.
      if (organization === undefined) {
        throw notFound(organizationInvites.noun, inviteId);
      }
      const joined = [...members.rows.values()].filter(
        ({ owner, remote }) => owner.organizationId === organizationId && remote.status !== UserStatus.LEFT,
      );
      return {
        organizationId,
        organizationName: organization.remote.name,
        organizationMemberCount: joined.length,
      };
    },
  };
}
