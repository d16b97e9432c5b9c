import { DomainVerificationState, OrganizationService } from "../../../proto/gen/gitpod/v1/organization_pb";
import { domainVerification } from "../../../provider/resources/domain-verification";
import { ssoConfiguration } from "../../../provider/resources/sso-configuration";
import type { Probe } from "../../assumption";
import { answered, compared } from "../../finding";

export const domainWithoutRecord: Probe = {
  calls: ["OrganizationService/CreateDomainVerification", "OrganizationService/VerifyDomain"],
  makes: ["a verification of a domain that nobody can have"],
  needs: ["organization"],
  async run(bench) {
    const { id } = await bench.make(domainVerification, { domain: `${bench.name()}.invalid` });
    const request = { domainVerificationId: id };
    const { domainVerification: found } = await bench.call(OrganizationService.method.verifyDomain, request);
    return compared("PENDING", DomainVerificationState[found?.state ?? 0]);
  },
};

export const ssoUnverified: Probe = {
  calls: ["OrganizationService/CreateSSOConfiguration"],
  makes: ["an attempt at a sign-in for a domain that nobody can have"],
  needs: ["organization"],
  run: (bench) =>
    answered("FailedPrecondition", () =>
      bench.tryToMake(ssoConfiguration, {
        emailDomain: `${bench.name()}.invalid`,
        clientId: "probe",
        clientSecret: "probe",
        issuerUrl: `https://${bench.name()}.invalid`,
      }),
    ),
};
