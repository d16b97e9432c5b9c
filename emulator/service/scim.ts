import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { callerOf, find } from "../caller";
import { changed } from "../change";
import { dropKeys, issueKey, openedBy } from "../key";
import { plainCalls } from "../plain";
import { type Site, second } from "../site";

const year = 365 * 24 * 3_600_000;

/** Answers the calls of the organization service that let an identity provider tell of users. */
export function scimCalls(site: Site): Partial<ServiceImpl<typeof OrganizationService>> {
  const { scimConfigurations: table, ssoConfigurations } = site.world;
  const configurations = plainCalls(site, table, {
    settle: ({ ssoConfigurationId }, caller) => {
      find(ssoConfigurations, caller, ssoConfigurationId);
    },
    key: ({ ssoConfigurationId }) => `SSO configuration ${ssoConfigurationId}`,
  });
  return {
    createSCIMConfiguration: (request, context) => {
      const tokenExpiresAt = endOf(site, request.tokenExpiresIn);
      const scimConfiguration = configurations.add(request, context, null, ({ remote }) => {
        // `scim-new-on`: Facts are silent on whether a new one is on; the emulator turns it on, since its token is told
        // at once.
        Object.assign(remote, { enabled: true, tokenExpiresAt });
      });
      return { scimConfiguration, tokenExpiresAt, token: issue(site, scimConfiguration.id, request.tokenExpiresIn) };
    },
    getSCIMConfiguration: ({ scimConfigurationId }, context) => ({
      scimConfiguration: configurations.get(scimConfigurationId, context),
    }),
    listSCIMConfigurations: (request, context) =>
      configurations.list(request, context, (items) => ({ scimConfigurations: items })),
    updateSCIMConfiguration: (request, context) => ({
      scimConfiguration: configurations.change(request.scimConfigurationId, request, context),
    }),
    deleteSCIMConfiguration: ({ scimConfigurationId }, context) => configurations.drop(scimConfigurationId, context),
    regenerateSCIMToken: ({ scimConfigurationId, tokenExpiresIn }, context) => {
      const row = find(table, callerOf(context), scimConfigurationId);
      const tokenExpiresAt = endOf(site, tokenExpiresIn);
      Object.assign(row.remote, { tokenExpiresAt, updatedAt: second(site) });
      dropKeys(site, row.id);
      changed(site, table, row);
      return { token: issue(site, row.id, tokenExpiresIn), tokenExpiresAt };
    },
  };
}

/** The SCIM configuration that a token of an identity provider is for now; undefined where it is for none. */
export function scimConfigurationOf(site: Site, token: string): string | undefined {
  const id = openedBy(site, token, "scim");
  return site.world.scimConfigurations.rows.get(id ?? "")?.remote.enabled === true ? id : undefined;
}

function issue(site: Site, id: string, lasts: Duration | undefined): string {
  return issueKey(site, id, "scim", lifetime(lasts));
}

function endOf(site: Site, lasts: Duration | undefined): Timestamp {
  return timestampFromMs(Math.floor((site.now() + lifetime(lasts)) / 1000) * 1000);
}

function lifetime(lasts: Duration | undefined): number {
  return lasts === undefined ? year : Number(lasts.seconds) * 1000;
}
