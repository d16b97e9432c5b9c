import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { ResourceType } from "../proto/gen/gitpod/v1/event_pb";
import { GroupSchema, ResourceRole, RoleAssignmentSchema } from "../proto/gen/gitpod/v1/group_pb";
import { Principal } from "../proto/gen/gitpod/v1/identity_pb";
import {
  OrganizationMemberSchema,
  OrganizationRole,
  OrganizationSchema,
  OrganizationTier,
} from "../proto/gen/gitpod/v1/organization_pb";
import { EnvironmentClassSchema, RunnerKind, RunnerProvider } from "../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerPhase, RunnerSchema } from "../proto/gen/gitpod/v1/runner_pb";
import { ServiceAccountSchema } from "../proto/gen/gitpod/v1/service_account_pb";
import { UserStatus } from "../proto/gen/gitpod/v1/user_pb";
import { giveRole } from "./administrator";
import { type Site, timestamp } from "./site";
import { completeRunner } from "./whole";
import type { Token } from "./world";

/** The ids that exist from the start; they are the same in every emulator. */
export const ids = {
  organization: seedId(1),
  owner: seedId(2),
  colleague: seedId(3),
  serviceAccount: seedId(4),
  otherOrganization: seedId(5),
  stranger: seedId(6),
  runner: seedId(7),
  smallClass: seedId(8),
  largeClass: seedId(9),
  disabledClass: seedId(10),
  administrators: seedId(11),
  otherAdministrators: seedId(12),
} as const;

/** The bearer tokens that exist from the start; they are the same in every emulator and open nothing else. */
export const tokens = {
  /** A user of the organization who may do everything. */
  owner: "emulator-token-owner",
  /** The same user, but reading only. */
  readOnly: "emulator-token-read-only",
  /** Another user of the same organization. */
  colleague: "emulator-token-colleague",
  /** A service account of the organization. */
  serviceAccount: "emulator-token-service-account",
  /** A user of another organization. */
  stranger: "emulator-token-stranger",
} as const;

/** Fills an empty world with what every account has: organizations, tokens, a runner and environment classes. */
export function seed(site: Site): void {
  const { organization, otherOrganization, owner, colleague, serviceAccount, stranger } = ids;
  addOrganization(site, organization, "Emulated Organization");
  addOrganization(site, otherOrganization, "Other Organization");
  addAdministrators(site, ids.administrators, organization, owner);
  addAdministrators(site, ids.otherAdministrators, otherOrganization, stranger);
  addMember(site, organization, owner, OrganizationRole.ADMIN);
  addMember(site, organization, colleague, OrganizationRole.MEMBER);
  addMember(site, otherOrganization, stranger, OrganizationRole.ADMIN);
  addServiceAccount(site);
  addRunner(site);
  addClass(site, ids.smallClass, "Small", "2 cores, 8 GiB of memory", true);
  addClass(site, ids.largeClass, "Large", "8 cores, 32 GiB of memory", true);
  addClass(site, ids.disabledClass, "Retired", "Not offered anymore", false);
  addToken(site, tokens.owner, owner, Principal.USER, organization);
  addToken(site, tokens.readOnly, owner, Principal.USER, organization, true);
  addToken(site, tokens.colleague, colleague, Principal.USER, organization);
  addToken(site, tokens.serviceAccount, serviceAccount, Principal.SERVICE_ACCOUNT, organization);
  addToken(site, tokens.stranger, stranger, Principal.USER, otherOrganization);
}

function addOrganization(site: Site, id: string, name: string): void {
  const now = timestamp(site);
  site.world.organizations.rows.set(id, {
    id,
    remote: create(OrganizationSchema, {
      id,
      name,
      createdAt: now,
      updatedAt: now,
      tier: OrganizationTier.ENTERPRISE,
    }),
    owner: { organizationId: id, creatorId: ids.owner },
    owed: null,
  });
}

/** Adds a person to an organization, as an invite does; the name is made of the id where none is given. */
export function addMember(
  site: Site,
  organizationId: string,
  userId: string,
  role: OrganizationRole,
  name = `user-${userId.slice(-4)}`,
): void {
  const remote = create(OrganizationMemberSchema, {
    userId,
    role,
    memberSince: timestamp(site),
    fullName: name,
    email: `${name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, ".")}@emulator.localhost`,
    avatarUrl: `https://emulator.localhost/avatars/${userId}`,
    status: UserStatus.ACTIVE,
    loginProvider: "google",
  });
  const row = { id: userId, remote, owner: { organizationId, creatorId: organizationId }, owed: null };
  site.world.members.rows.set(userId, row);
  giveRole(site, row, role);
}

function addAdministrators(site: Site, groupId: string, organizationId: string, userId: string): void {
  const { groups, roleAssignments } = site.world;
  const now = timestamp(site);
  const place = { owner: { organizationId, creatorId: userId }, owed: null, platform: true } as const;
  groups.rows.set(groupId, {
    ...place,
    id: groupId,
    remote: create(GroupSchema, {
      id: groupId,
      organizationId,
      name: "Administrators",
      systemManaged: true,
      createdAt: now,
      updatedAt: now,
    }),
  });
  const assignmentId = site.newId();
  roleAssignments.rows.set(assignmentId, {
    ...place,
    id: assignmentId,
    remote: create(RoleAssignmentSchema, {
      id: assignmentId,
      groupId,
      organizationId,
      resourceId: organizationId,
      resourceType: ResourceType.ORGANIZATION,
      resourceRole: ResourceRole.ORG_ADMIN,
    }),
  });
}

function addServiceAccount(site: Site): void {
  const { organization: organizationId, owner: creatorId, serviceAccount: id } = ids;
  site.world.serviceAccounts.rows.set(id, {
    id,
    remote: create(ServiceAccountSchema, {
      id,
      organizationId,
      name: "Emulated Service Account",
      creator: { id: creatorId, principal: Principal.USER },
      createdAt: timestamp(site),
      validUntil: timestampFromMs(site.now() + 10 * 365 * 24 * 3_600_000),
    }),
    owner: { organizationId, creatorId },
    owed: null,
    platform: true,
  });
}

function addRunner(site: Site): void {
  const now = timestamp(site);
  site.world.runners.rows.set(ids.runner, {
    id: ids.runner,
    remote: completeRunner(
      create(RunnerSchema, {
        runnerId: ids.runner,
        name: "Emulated Runner",
        createdAt: now,
        updatedAt: now,
        kind: RunnerKind.REMOTE,
        provider: RunnerProvider.MANAGED,
        creator: { id: ids.owner, principal: Principal.USER },
        spec: { desiredPhase: RunnerPhase.ACTIVE },
        status: {
          phase: RunnerPhase.ACTIVE,
          version: "1.0.0",
          region: "local",
          publicKey: new Uint8Array(32).fill(7),
          updatedAt: now,
        },
      }),
    ),
    owner: { organizationId: ids.organization, creatorId: ids.owner },
    owed: null,
    platform: true,
  });
}

function addClass(site: Site, id: string, displayName: string, description: string, enabled: boolean): void {
  site.world.environmentClasses.rows.set(id, {
    id,
    remote: create(EnvironmentClassSchema, { id, displayName, description, enabled, runnerId: ids.runner }),
    owner: { organizationId: ids.organization, creatorId: ids.owner },
    owed: null,
  });
}

function addToken(
  site: Site,
  text: string,
  id: string,
  principal: Principal,
  organizationId: string,
  readOnly = false,
): void {
  const token: Token = { subject: { id, principal }, organizationId, readOnly, revoked: false };
  site.world.tokens.set(text, token);
}

function seedId(number: number): string {
  return `01900000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}
