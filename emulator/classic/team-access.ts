import { TeamRole } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import type { Caller } from "../caller";
import { denied, invalid, notFound } from "../refusal";
import type { Site } from "../site";
import type { ClassicTeamMemberRow, ClassicTeamRow } from "../world";
import { memberKey } from "./seed";

/** A team, and the caller as its member. */
export interface Entered {
  readonly team: ClassicTeamRow;
  readonly me: ClassicTeamMemberRow;
}

/** Finds a team for its members; to everybody else it is not found. */
export function enter(site: Site, caller: Caller, teamId: string): Entered {
  requireUuid("team_id", teamId);
  const { classicTeams, classicTeamMembers } = site.world;
  const team = classicTeams.rows.get(teamId);
  const me = classicTeamMembers.rows.get(memberKey(teamId, caller.id));
  if (team === undefined || me === undefined) {
    throw notFound(classicTeams.noun, teamId);
  }
  return { team, me };
}

/** Finds a team for those who may read it, which collaborators may not. */
export function enterToRead(site: Site, caller: Caller, teamId: string): Entered {
  const entered = enter(site, caller, teamId);
  if (isCollaborator(entered.me)) {
    throw denied(`a collaborator cannot read team ${teamId}`);
  }
  return entered;
}

/** Finds a team for its owners. */
export function enterAsOwner(site: Site, caller: Caller, teamId: string): Entered {
  const entered = enter(site, caller, teamId);
  if (entered.me.remote.role !== TeamRole.OWNER) {
    throw denied(`only owners change team ${teamId}`);
  }
  return entered;
}

/** Whether a member has the role that the API cannot name. */
export function isCollaborator({ remote }: ClassicTeamMemberRow): boolean {
  return remote.role === TeamRole.UNSPECIFIED;
}

/** The members of a team, the newest first. */
export function membersOf({ world }: Site, teamId: string): ClassicTeamMemberRow[] {
  return [...world.classicTeamMembers.rows.values()].filter(({ owner }) => owner.organizationId === teamId).reverse();
}

/** Whether a team has an owner beside this user. */
export function hasOtherOwner(site: Site, teamId: string, userId: string): boolean {
  return membersOf(site, teamId).some(({ remote }) => remote.role === TeamRole.OWNER && remote.userId !== userId);
}

/** Refuses what is no UUID. */
export function requireUuid(name: string, text: string): void {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
    throw invalid(`${name}: ${text === "" ? "is required" : `${text} is not a UUID`}`);
  }
}
