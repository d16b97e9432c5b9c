import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { type OrganizationService, TermsOfServiceVersionSchema } from "../../proto/gen/gitpod/v1/organization_pb";
import { callerOf } from "../caller";
import { plainCalls } from "../plain";
import { type Site, second } from "../site";
import { enterprise } from "../tier";

/** Answers the calls about the banner, the terms and the OIDC tokens of an organization, which it always has. */
export function organizationSettingCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof OrganizationService>,
  | "getAnnouncementBanner"
  | "updateAnnouncementBanner"
  | "getTermsOfService"
  | "updateTermsOfService"
  | "getOIDCConfig"
  | "updateOIDCConfig"
> {
  const banners = plainCalls(site, site.world.announcementBanners);
  const terms = plainCalls(site, site.world.termsOfService);
  const oidc = plainCalls(site, site.world.oidcConfigs);
  return {
    getAnnouncementBanner: ({ organizationId }, context) => ({ banner: banners.get(organizationId, context) }),
    updateAnnouncementBanner: (request, context) => ({
      banner: banners.change(enterprise(site, context, "banners").organizationId, request, context),
    }),

    getTermsOfService: ({ organizationId }, context) => ({ termsOfService: terms.get(organizationId, context) }),
    updateTermsOfService: (request, context) => ({
      termsOfService: terms.change(request.organizationId, request, context, ({ remote }) => {
        const { version = 0, markdown: present = "" } = remote.currentVersion ?? {};
        const { markdown = present } = request;
        if (markdown !== present) {
          remote.currentVersion = create(TermsOfServiceVersionSchema, {
            id: site.newId(),
            version: version + 1,
            markdown,
            createdAt: second(site),
            createdByUserId: callerOf(context).id,
          });
        }
      }),
    }),

    getOIDCConfig: ({ organizationId }, context) => ({ oidcConfig: oidc.get(organizationId, context) }),
    updateOIDCConfig: (request, context) => ({
      oidcConfig: oidc.change(request.organizationId, request, context, (row) => {
        row.remote = request.oidcConfig ?? row.remote;
      }),
    }),
  };
}
