import { randomBytes } from "node:crypto";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  DomainVerificationState as DomainState,
  type OrganizationService,
  SSOConfiguration_ProviderType as ProviderType,
  type SSOConfiguration,
  SSOConfigurationState as State,
} from "../../proto/gen/gitpod/v1/organization_pb";
import { type Caller, callerOf, find, visible } from "../caller";
import { changed } from "../change";
import { plainCalls } from "../plain";
import { invalid, precondition } from "../refusal";
import { type Site, second } from "../site";
import { scimCalls } from "./scim";

/** Answers the calls of the organization service by which its people sign in: domains, and identity providers. */
export function signInCalls(site: Site): Partial<ServiceImpl<typeof OrganizationService>> {
  return { ...domainCalls(site), ...ssoCalls(site), ...scimCalls(site) };
}

function domainCalls(site: Site): Partial<ServiceImpl<typeof OrganizationService>> {
  const { domainVerifications, domainRecords } = site.world;
  const domains = plainCalls(site, domainVerifications, {
    settle: (domain) => {
      domain.state = DomainState.PENDING;
      domain.verificationToken = `ona-domain-verification=${randomBytes(16).toString("hex")}`;
    },
    key: ({ domain }) => domain.toLowerCase(),
  });
  return {
    createDomainVerification: (request, context) => ({ domainVerification: domains.add(request, context, null) }),
    getDomainVerification: ({ domainVerificationId }, context) => ({
      domainVerification: domains.get(domainVerificationId, context),
    }),
    listDomainVerifications: (request, context) =>
      domains.list(request, context, (items) => ({ domainVerifications: items })),
    verifyDomain: ({ domainVerificationId }, context) => {
      const row = find(domainVerifications, callerOf(context), domainVerificationId);
      const { domain, verificationToken, state } = row.remote;
      // `domain-verify-without-record`: Facts are silent on a record that is missing; the emulator answers the
      // verification as it is.
      if (state === DomainState.PENDING && domainRecords.get(domain.toLowerCase()) === verificationToken) {
        Object.assign(row.remote, { state: DomainState.VERIFIED, verifiedAt: second(site) });
        changed(site, domainVerifications, row);
      }
      return { domainVerification: domains.view(row) };
    },
    deleteDomainVerification: ({ domainVerificationId }, context) => domains.drop(domainVerificationId, context),
  };
}

function ssoCalls(site: Site): Partial<ServiceImpl<typeof OrganizationService>> {
  const { ssoConfigurations } = site.world;
  const configurations = plainCalls(site, ssoConfigurations, {
    settle: (configuration, caller, row) => {
      if (row === undefined) {
        Object.assign(configuration, {
          state: State.SSO_CONFIGURATION_STATE_ACTIVE,
          providerType: ProviderType.CUSTOM,
        });
      }
      checkDomains(site, caller, configuration);
    },
    // `sso-key`: Facts are silent on what is unique; the emulator chose the client at its issuer.
    key: ({ issuerUrl, clientId }) => `issuer ${issuerUrl} and client ${clientId}`,
  });
  return {
    createSSOConfiguration: (request, context) => ({
      ssoConfiguration: configurations.add(request, context, { value: request.clientSecret }),
    }),
    getSSOConfiguration: ({ ssoConfigurationId }, context) => ({
      ssoConfiguration: configurations.get(ssoConfigurationId, context),
    }),
    listSSOConfigurations: (request, context) =>
      configurations.list(request, context, (items) => ({ ssoConfigurations: items })),
    updateSSOConfiguration: (request, context) => {
      configurations.change(request.ssoConfigurationId, request, context, ({ remote, owed }) => {
        owed.value = request.clientSecret ?? owed.value;
        remote.additionalScopes = request.additionalScopes?.scopes ?? remote.additionalScopes;
      });
      return {};
    },
    deleteSSOConfiguration: ({ ssoConfigurationId }, context) => configurations.drop(ssoConfigurationId, context),
  };
}

function checkDomains(site: Site, caller: Caller, { emailDomain, emailDomains }: SSOConfiguration): void {
  if (emailDomain !== "" && emailDomains.length > 0) {
    throw invalid("email_domain: either it or email_domains");
  }
  const verified = visible(site.world.domainVerifications, caller)
    .filter(({ remote }) => remote.state === DomainState.VERIFIED)
    .map(({ remote }) => remote.domain.toLowerCase());
  for (const domain of [emailDomain, ...emailDomains]) {
    if (domain !== "" && !verified.includes(domain.toLowerCase())) {
      throw precondition(`domain ${domain} is not verified`);
    }
  }
}
