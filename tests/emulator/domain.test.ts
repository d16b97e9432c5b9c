import { ids, tokens } from "../../emulator";
import {
  DomainVerificationState as DomainState,
  CustomDomainProvider as Provider,
  SSOConfigurationState as State,
} from "../../proto/gen/gitpod/v1/organization_pb";
import { open, refusal } from "./open";

const organizationId = ids.organization;
const sso = {
  organizationId,
  clientId: "client",
  clientSecret: "canary",
  issuerUrl: "https://issuer.example.com",
  emailDomains: ["acme.com"],
};

async function withDomain() {
  const opened = open();
  const { organizations, emulator } = opened;
  const { domainVerification } = await organizations.createDomainVerification({ organizationId, domain: "acme.com" });
  const domainVerificationId = domainVerification?.id ?? "";
  const verify = async () => {
    emulator.admin.setDomainRecord("acme.com", domainVerification?.verificationToken ?? "");
    return (await organizations.verifyDomain({ domainVerificationId })).domainVerification;
  };
  return { ...opened, domainVerification, domainVerificationId, verify };
}

test("a domain is pending until its record says the token, and is verified when somebody asks then", async () => {
  const { organizations, domainVerification, domainVerificationId, emulator, verify } = await withDomain();
  const state = async () => {
    const answer = await organizations.getDomainVerification({ domainVerificationId });
    return answer.domainVerification?.state;
  };
  const unset = (await organizations.verifyDomain({ domainVerificationId })).domainVerification;
  emulator.admin.setDomainRecord("acme.com", "something else");
  const wrong = (await organizations.verifyDomain({ domainVerificationId })).domainVerification;
  const verified = await verify();

  expect(domainVerification).toMatchObject({ domain: "acme.com", state: DomainState.PENDING });
  expect([unset, wrong]).toEqual([domainVerification, domainVerification]);
  expect(verified).toMatchObject({ state: DomainState.VERIFIED, verifiedAt: expect.anything() });
  expect(await state()).toBe(DomainState.VERIFIED);
});

test("a domain is verified once, and deleted at once", async () => {
  const { organizations, domainVerificationId } = await withDomain();
  const again = await refusal(organizations.createDomainVerification({ organizationId, domain: "ACME.com" }));
  await organizations.deleteDomainVerification({ domainVerificationId });

  expect(again[0]).toBe("AlreadyExists");
  expect((await organizations.listDomainVerifications({ organizationId })).domainVerifications).toEqual([]);
});

test("an identity provider is active at once, and its secret is never shown", async () => {
  const { organizations, emulator, verify } = await withDomain();
  await verify();
  const { ssoConfiguration } = await organizations.createSSOConfiguration(sso);
  const id = ssoConfiguration?.id ?? "";
  await organizations.updateSSOConfiguration({ ssoConfigurationId: id, clientSecret: "canary two" });

  expect(ssoConfiguration).toMatchObject({
    clientId: "client",
    issuerUrl: sso.issuerUrl,
    emailDomains: ["acme.com"],
    state: State.SSO_CONFIGURATION_STATE_ACTIVE,
    providerType: 2,
  });
  expect(JSON.stringify(emulator.admin.objects("ssoConfigurations"))).not.toContain("canary");
  expect(emulator.world.ssoConfigurations.rows.get(id)?.owed).toEqual({ value: "canary two" });
});

test("an update of an identity provider ignores empty lists and maps, and clears scopes by their wrapper", async () => {
  const { organizations, verify } = await withDomain();
  await verify();
  const made = await organizations.createSSOConfiguration({ ...sso, additionalScopes: ["groups"] });
  const ssoConfigurationId = made.ssoConfiguration?.id ?? "";
  const update = async (change: object) => {
    await organizations.updateSSOConfiguration({ ssoConfigurationId, ...change });
    return (await organizations.getSSOConfiguration({ ssoConfigurationId })).ssoConfiguration;
  };

  const mapped = await update({ claims: { email: "mail" }, state: State.SSO_CONFIGURATION_STATE_INACTIVE });
  const ignored = await update({ claims: {}, emailDomains: [] });
  const cleared = await update({ additionalScopes: { scopes: [] } });

  expect(mapped).toMatchObject({ claims: { email: "mail" }, state: State.SSO_CONFIGURATION_STATE_INACTIVE });
  expect(ignored).toEqual(mapped);
  expect(cleared).toEqual({ ...mapped, additionalScopes: [] });
});

test("an identity provider is for verified domains, stated in one way, and there once", async () => {
  const { organizations, verify } = await withDomain();
  const create = (more: object = {}) => refusal(organizations.createSSOConfiguration({ ...sso, ...more }));
  const unverified = await create();
  await verify();
  const both = await create({ emailDomain: "acme.com" });
  await create();

  expect([unverified[0], both[0]]).toEqual(["FailedPrecondition", "InvalidArgument"]);
  expect((await create())[0]).toBe("AlreadyExists");
  expect((await create({ clientId: "another" }))[0]).toBeUndefined();
});

test("sign-in is for administrators, to read as well", async () => {
  const { as } = await withDomain();
  const { organizations } = as(tokens.colleague);

  expect((await refusal(organizations.listSSOConfigurations({ organizationId })))[0]).toBe("PermissionDenied");
  expect((await refusal(organizations.createDomainVerification({ organizationId, domain: "b.com" })))[0]).toBe(
    "PermissionDenied",
  );
  expect((await refusal(as(tokens.stranger).organizations.listDomainVerifications({ organizationId })))[0]).toBe(
    "NotFound",
  );
});

test("an organization has one custom domain, whose account is shown under both names on AWS", async () => {
  const { organizations } = open();
  const domain = { organizationId, domainName: "dev.acme.com", provider: Provider.AWS, cloudAccountId: "123" };
  const before = await refusal(organizations.getCustomDomain({ organizationId }));
  const { customDomain } = await organizations.createCustomDomain(domain);
  const again = await refusal(organizations.createCustomDomain(domain));

  expect(before[0]).toBe("NotFound");
  expect(customDomain).toMatchObject({ domainName: "dev.acme.com", cloudAccountId: "123", awsAccountId: "123" });
  expect(again[0]).toBe("AlreadyExists");
  expect((await organizations.getCustomDomain({ organizationId })).customDomain).toEqual(customDomain);
});

test("a custom domain keeps what an update leaves out, clears its account, moves to another cloud, and is deleted", async () => {
  const { organizations } = open();
  const domain = { organizationId, domainName: "dev.acme.com", provider: Provider.AWS, cloudAccountId: "123" };
  await organizations.createCustomDomain(domain);
  const update = async (change: object) =>
    (await organizations.updateCustomDomain({ organizationId, domainName: "dev.acme.com", ...change })).customDomain;

  const renamed = await update({ domainName: "go.acme.com" });
  const old = await update({ awsAccountId: "456" });
  const moved = await update({ provider: Provider.GCP });
  const cleared = await update({ cloudAccountId: "" });
  await organizations.deleteCustomDomain({ organizationId });

  expect(renamed).toMatchObject({ domainName: "go.acme.com", cloudAccountId: "123" });
  expect(old).toMatchObject({ cloudAccountId: "456", awsAccountId: "456" });
  expect(moved).toMatchObject({ provider: Provider.GCP, cloudAccountId: "456", awsAccountId: "" });
  expect(cleared).toMatchObject({ cloudAccountId: "", awsAccountId: "" });
  expect((await refusal(organizations.deleteCustomDomain({ organizationId })))[0]).toBe("NotFound");
  expect((await refusal(organizations.createCustomDomain({ ...domain, provider: Provider.UNSPECIFIED })))[0]).toBe(
    "InvalidArgument",
  );
});
