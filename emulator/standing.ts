import { create } from "@bufbuild/protobuf";
import {
  AnnouncementBannerSchema,
  OIDCConfigSchema,
  OrganizationPoliciesSchema,
  TermsOfServiceSchema,
} from "../proto/gen/gitpod/v1/organization_pb";
import type { Site } from "./site";
import type { Row, Table } from "./table";

/** Gives each organization the settings that every one has from its start, where the state that was loaded lacks them. */
export function addStanding({ world }: Site): void {
  for (const { id, owner } of world.organizations.rows.values()) {
    const place = { id, owner, owed: null };
    addMissing(world.organizationPolicies, { ...place, remote: policiesOf(id) });
    addMissing(world.announcementBanners, {
      ...place,
      remote: create(AnnouncementBannerSchema, { organizationId: id }),
    });
    addMissing(world.termsOfService, { ...place, remote: create(TermsOfServiceSchema, { organizationId: id }) });
    addMissing(world.oidcConfigs, {
      ...place,
      remote: create(OIDCConfigSchema, { version: { case: "v3", value: {} } }),
    });
  }
}

function addMissing<Remote>({ rows }: Table<Remote, null>, row: Row<Remote, null>): void {
  if (!rows.has(row.id)) {
    rows.set(row.id, row);
  }
}

// `organization-policy-start`: Facts are silent on what a new organization allows; the emulator restricts nothing, and
// enforces no policy.
function policiesOf(organizationId: string) {
  return create(OrganizationPoliciesSchema, {
    organizationId,
    membersCreateProjects: true,
    defaultEditorId: "vscode",
    maximumRunningEnvironmentsPerUser: 10n,
    maximumEnvironmentsPerUser: 100n,
    defaultEnvironmentImage: "mcr.microsoft.com/devcontainers/base:ubuntu-24.04",
    agentPolicy: {},
  });
}
