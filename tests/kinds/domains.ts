import { createClient } from "@connectrpc/connect";
import { type Emulator, ids } from "../../emulator";
import { OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import type { JsonObject } from "../../provider/value/json";

/** Has the domains of people's addresses verified that inputs name, for which somebody has to write a record. */
export async function verifyDomains(emulator: Emulator, { emailDomain, emailDomains }: JsonObject): Promise<void> {
  const organizations = createClient(OrganizationService, emulator.transport());
  const { organization: organizationId } = ids;
  const named = [emailDomain, ...(Array.isArray(emailDomains) ? emailDomains : [])];
  for (const domain of named.filter((name) => typeof name === "string")) {
    const { domainVerification } = await organizations.createDomainVerification({ organizationId, domain });
    emulator.admin.setDomainRecord(domain, domainVerification?.verificationToken ?? "");
    await organizations.verifyDomain({ domainVerificationId: domainVerification?.id ?? "" });
  }
}
