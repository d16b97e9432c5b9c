import { create } from "@bufbuild/protobuf";
import { TeamRole } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import {
  GitStatusSchema,
  WorkspaceInstanceStatus_Phase as Phase,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { changed, remove } from "../change";
import type { ClassicTeamKept } from "../owed";
import type { Site } from "../site";
import type { Row, Table } from "../table";
import { markDeleted, phaseOf, statusChanged, statusOf } from "./instance";
import { addTeamMember, addUser, memberKey, type NewUser } from "./seed";
import { timedOut } from "./workspace-step";

/** What somebody may do in a team of Classic; the API cannot name the last one. */
export type ClassicRole = "owner" | "member" | "collaborator";

/** What the working copy of a workspace of Classic reports. */
export interface ClassicGitStatus {
  readonly branch?: string;
  readonly latestCommit?: string;
  readonly uncommitedFiles?: string[];
  readonly untrackedFiles?: string[];
  readonly unpushedCommits?: string[];
}

/** What is done to Classic from the side. */
export interface ClassicAdmin {
  /** Deletes a workspace as the installation does with one that nobody has used for long. */
  collect(workspaceId: string): void;
  /** Takes a workspace out of the world, so that even a read finds it no more. */
  purge(workspaceId: string): void;
  /** Stops a workspace as its inactivity timeout would. */
  idle(workspaceId: string): void;
  /** Sets what the working copy of a workspace reports. */
  setGitStatus(workspaceId: string, git: ClassicGitStatus): void;
  /** Adds a user, who is in no team unless the account belongs to one, and returns the id. */
  addUser(user?: Partial<NewUser>): string;
  /** Gives a user a role in a team whatever the rules say, and adds one who is not in it. */
  setRole(teamId: string, userId: string, role: ClassicRole): void;
  /** Sets what somebody becomes who joins a team by its invitation. */
  setDefaultRole(teamId: string, role: ClassicRole): void;
  /** Says whether a team signs in with single sign-on, and so has no invitation. */
  setSingleSignOn(teamId: string, on: boolean): void;
  /** Lets deletions of a team be answered with success and do nothing. */
  failDeletes(teamId: string, fail?: boolean): void;
}

/** Makes the admin side of Classic. */
export function createClassicAdmin(site: Site): ClassicAdmin {
  const { classicTeams, classicTeamMembers, classicUsers, classicWorkspaces } = site.world;
  return {
    collect: (id) => {
      const row = known(classicWorkspaces, id);
      const status = statusOf(row);
      if (status !== undefined && phaseOf(row) !== Phase.STOPPED) {
        status.phase = Phase.STOPPED;
        statusChanged(site, row);
      }
      markDeleted(site, row);
    },
    purge: (id) => remove(site, classicWorkspaces, known(classicWorkspaces, id)),
    idle: (id) => {
      const row = known(classicWorkspaces, id);
      const status = statusOf(row);
      if (status?.phase !== Phase.RUNNING) {
        throw new Error(`workspace ${id} is not running`);
      }
      status.phase = timedOut(status);
      statusChanged(site, row);
    },
    setGitStatus: (id, { branch = "main", latestCommit = "", ...said }) => {
      const row = known(classicWorkspaces, id);
      const status = statusOf(row);
      if (status === undefined) {
        throw new Error(`workspace ${id} has no instance`);
      }
      const { uncommitedFiles = [], untrackedFiles = [], unpushedCommits = [] } = said;
      status.gitStatus = create(GitStatusSchema, {
        branch,
        latestCommit,
        uncommitedFiles,
        untrackedFiles,
        unpushedCommits,
        totalUncommitedFiles: uncommitedFiles.length,
        totalUntrackedFiles: untrackedFiles.length,
        totalUnpushedCommits: unpushedCommits.length,
      });
      statusChanged(site, row);
    },
    addUser: ({ userId = site.newId(), teamId, ...user } = {}) => {
      addUser(site, { ...user, userId, ...(teamId === undefined ? {} : { teamId }) });
      if (teamId !== undefined) {
        addTeamMember(site, known(classicTeams, teamId).id, userId, TeamRole.MEMBER);
      }
      return userId;
    },
    setRole: (teamId, userId, role) => {
      known(classicUsers, userId);
      const row =
        classicTeamMembers.rows.get(memberKey(teamId, userId)) ??
        addTeamMember(site, known(classicTeams, teamId).id, userId, roles[role]);
      row.remote.role = roles[role];
      changed(site, classicTeamMembers, row);
    },
    setDefaultRole: (teamId, role) => setKept(site, teamId, { defaultRole: roles[role] }),
    setSingleSignOn: (teamId, singleSignOn) => setKept(site, teamId, { singleSignOn }),
    failDeletes: (teamId, deletesFail = true) => setKept(site, teamId, { deletesFail }),
  };
}

const roles: Record<ClassicRole, TeamRole> = {
  owner: TeamRole.OWNER,
  member: TeamRole.MEMBER,
  collaborator: TeamRole.UNSPECIFIED,
};

function setKept(site: Site, teamId: string, kept: Partial<ClassicTeamKept>): void {
  const row = known(site.world.classicTeams, teamId);
  Object.assign(row.owed, kept);
  changed(site, site.world.classicTeams, row);
}

function known<Remote, Owed>({ rows, noun }: Table<Remote, Owed>, id: string): Row<Remote, Owed> {
  const row = rows.get(id);
  if (row === undefined) {
    throw new Error(`no ${noun} ${id}`);
  }
  return row;
}
