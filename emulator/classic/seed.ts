import { create } from "@bufbuild/protobuf";
import { TeamMemberSchema, TeamRole, TeamSchema } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { UserSchema } from "../../proto/gen/gitpod/experimental/v1/user_pb";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { insert } from "../change";
import type { ClassicTeamKept } from "../owed";
import { type Site, timestamp } from "../site";
import type { ClassicTeamMemberRow, ClassicTeamRow, ClassicUserRow } from "../world";

/** The ids that exist in Classic from the start; they are the same in every emulator. */
export const classicIds = {
  team: seedId(1),
  owner: seedId(2),
  member: seedId(3),
  collaborator: seedId(4),
  account: seedId(5),
  stranger: seedId(6),
  otherTeam: seedId(7),
} as const;

/** The bearer tokens of Classic that exist from the start; the other API does not know them. */
export const classicTokens = {
  /** An owner of the first team, its only one. */
  owner: "emulator-classic-token-owner",
  /** A member of the first team. */
  member: "emulator-classic-token-member",
  /** A collaborator of the first team. */
  collaborator: "emulator-classic-token-collaborator",
  /** A member whose account belongs to the first team. */
  account: "emulator-classic-token-account",
  /** The owner of another team. */
  stranger: "emulator-classic-token-stranger",
} as const;

/** Fills Classic with users, their tokens and two teams, where the state that was loaded has none. */
export function seedClassic(site: Site): void {
  if (site.world.classicUsers.rows.size > 0) {
    return;
  }
  for (const name of ["owner", "member", "collaborator", "account", "stranger"] as const) {
    const userId = classicIds[name];
    addUser(site, { name, userId, ...(name === "account" ? { teamId: classicIds.team } : {}) });
    site.world.tokens.set(classicTokens[name], {
      subject: { id: userId, principal: Principal.USER },
      organizationId: "",
      readOnly: false,
      revoked: false,
      classic: true,
    });
  }
  const { team, owner, member, collaborator, account, stranger, otherTeam } = classicIds;
  addTeam(site, { id: team, name: "Emulated Team", ownerId: owner, image: "emulator.localhost/team/workspace:latest" });
  addTeam(site, { id: otherTeam, name: "Other Team", ownerId: stranger });
  addTeamMember(site, team, member, TeamRole.MEMBER);
  addTeamMember(site, team, collaborator, TeamRole.UNSPECIFIED);
  addTeamMember(site, team, account, TeamRole.MEMBER);
}

/** What is said of a new user; the name is made of the id where none is given. */
export interface NewUser {
  readonly userId: string;
  readonly name?: string;
  /** The team that the account belongs to. */
  readonly teamId?: string;
}

/** Adds a user who is in no team. */
export function addUser(site: Site, { userId: id, name = `user-${id.slice(-4)}`, teamId }: NewUser): ClassicUserRow {
  const row: ClassicUserRow = {
    id,
    remote: create(UserSchema, {
      id,
      name,
      avatarUrl: `https://emulator.localhost/avatars/${id}`,
      createdAt: timestamp(site),
    }),
    owner: { organizationId: "", creatorId: id },
    owed: {
      email: `${name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, ".")}@emulator.localhost`,
      ...(teamId === undefined ? {} : { teamId }),
    },
  };
  insert(site, site.world.classicUsers, row);
  return row;
}

/** Adds a team with its owner and an invitation. */
export function addTeam(
  site: Site,
  { id, name, ownerId, ...more }: { id: string; name: string; ownerId: string } & Pick<ClassicTeamKept, "image">,
): ClassicTeamRow {
  const row: ClassicTeamRow = {
    id,
    remote: create(TeamSchema, { id, name, teamInvitation: { id: site.newId() } }),
    owner: { organizationId: id, creatorId: ownerId },
    owed: { singleSignOn: false, deletesFail: false, defaultRole: TeamRole.MEMBER, ...more },
  };
  insert(site, site.world.classicTeams, row);
  addTeamMember(site, id, ownerId, TeamRole.OWNER);
  return row;
}

/** Adds a user to a team. */
export function addTeamMember(site: Site, teamId: string, userId: string, role: TeamRole): ClassicTeamMemberRow {
  const row: ClassicTeamMemberRow = {
    id: memberKey(teamId, userId),
    remote: create(TeamMemberSchema, { userId, role, memberSince: timestamp(site) }),
    owner: { organizationId: teamId, creatorId: userId },
    owed: null,
  };
  insert(site, site.world.classicTeamMembers, row);
  return row;
}

/** What a member is known by. */
export function memberKey(teamId: string, userId: string): string {
  return `${teamId}/${userId}`;
}

function seedId(number: number): string {
  return `01900000-0000-7000-9000-${number.toString(16).padStart(12, "0")}`;
}
