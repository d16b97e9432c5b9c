import { create } from "@bufbuild/protobuf";
import { Principal } from "../proto/gen/gitpod/v1/identity_pb";
import { OrganizationSchema, OrganizationTier } from "../proto/gen/gitpod/v1/organization_pb";
import { EnvironmentClassSchema, RunnerKind, RunnerProvider } from "../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerPhase, RunnerSchema } from "../proto/gen/gitpod/v1/runner_pb";
import { type Site, timestamp } from "./site";
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

function addRunner(site: Site): void {
  const now = timestamp(site);
  site.world.runners.rows.set(ids.runner, {
    id: ids.runner,
    remote: create(RunnerSchema, {
      runnerId: ids.runner,
      name: "Emulated Runner",
      createdAt: now,
      updatedAt: now,
      kind: RunnerKind.REMOTE,
      provider: RunnerProvider.MANAGED,
      creator: { id: ids.owner, principal: Principal.USER },
      spec: { desiredPhase: RunnerPhase.ACTIVE },
      status: { phase: RunnerPhase.ACTIVE, version: "1.0.0", region: "local", updatedAt: now },
    }),
    owner: { organizationId: ids.organization, creatorId: ids.owner },
    owed: null,
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
