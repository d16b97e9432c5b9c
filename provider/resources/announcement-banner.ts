import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import { defineResource } from "../model/definition";

const organizations = OrganizationService.method;

/**
 * The banner that all members of the organization see. `message` has at most 1,000 characters. It needs the enterprise tier.
 *
 * The organization always has one: `up` takes it over as it is, and a destroy turns it off and empties it. Import it as
 * `current`.
 */
export const announcementBanner = defineResource({
  kind: "AnnouncementBanner",
  address: ["organizationId"],
  get: organizations.getAnnouncementBanner,
  update: organizations.updateAnnouncementBanner,
  delete: { with: { enabled: false, message: "" } },
});
