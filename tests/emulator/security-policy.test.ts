import { ids, tokens } from "../../emulator";
import { AdmissionLevel } from "../../proto/gen/gitpod/v1/environment_pb";
import { SecurityPolicy_Effect as Effect } from "../../proto/gen/gitpod/v1/security_pb";
import { open, refusal } from "./open";

const strict = {
  organizationId: ids.organization,
  metadata: { name: "Strict" },
  spec: { executables: { defaultEffect: Effect.AUDIT, rules: [{ path: "/usr/bin/curl", effect: Effect.BLOCK }] } },
};

test("what a policy leaves out stays absent, and a change takes metadata and spec whole", async () => {
  const { security } = open();
  const { securityPolicy } = await security.createSecurityPolicy(strict);
  const securityPolicyId = securityPolicy?.id ?? "";
  const named = await security.updateSecurityPolicy({ securityPolicyId, metadata: { name: "Loose" } });
  const spec = { ports: { maxAdmissionLevel: AdmissionLevel.CREATOR_ONLY } };
  const opened = await security.updateSecurityPolicy({ securityPolicyId, spec });

  expect(securityPolicy).toMatchObject(strict);
  expect(securityPolicy?.spec?.ports).toBeUndefined();
  expect(named.securityPolicy).toMatchObject({ metadata: { name: "Loose" }, spec: strict.spec });
  expect(opened.securityPolicy).toMatchObject({ metadata: { name: "Loose" }, spec });
  expect(opened.securityPolicy?.spec?.executables).toBeUndefined();
});

test("names of policies are shared, and a list finds them by name and id", async () => {
  const { security } = open();
  const [one, other] = [await security.createSecurityPolicy(strict), await security.createSecurityPolicy(strict)];
  const list = async (filter: { search?: string; securityPolicyIds?: string[] }) => {
    const organizationId = ids.organization;
    return (await security.listSecurityPolicies({ filter: { organizationId, ...filter } })).securityPolicies;
  };

  expect(await list({ search: "STRICT" })).toEqual([one.securityPolicy, other.securityPolicy]);
  expect(await list({ securityPolicyIds: [other.securityPolicy?.id ?? ""] })).toEqual([other.securityPolicy]);
});

test("a policy that the organization has assigned is not deleted", async () => {
  const { emulator, security } = open();
  const securityPolicyId = (await security.createSecurityPolicy(strict)).securityPolicy?.id ?? "";
  emulator.admin.patch("organizationPolicies", ids.organization, { securityPolicyId });
  const refused = await refusal(security.deleteSecurityPolicy({ securityPolicyId }));
  emulator.admin.patch("organizationPolicies", ids.organization, { securityPolicyId: null });
  await security.deleteSecurityPolicy({ securityPolicyId });

  expect(refused[0]).toBe("FailedPrecondition");
  expect((await refusal(security.getSecurityPolicy({ securityPolicyId })))[0]).toBe("NotFound");
});

test("policies are changed by administrators and unknown to other organizations", async () => {
  const { as, security } = open();
  const securityPolicyId = (await security.createSecurityPolicy(strict)).securityPolicy?.id ?? "";
  const stranger = as(tokens.stranger).security;

  expect((await refusal(as(tokens.colleague).security.createSecurityPolicy(strict)))[0]).toBe("PermissionDenied");
  expect((await refusal(stranger.createSecurityPolicy(strict)))[0]).toBe("NotFound");
  expect((await refusal(stranger.listSecurityPolicies({ filter: { organizationId: ids.organization } })))[0]).toBe(
    "NotFound",
  );
  expect((await refusal(stranger.deleteSecurityPolicy({ securityPolicyId })))[0]).toBe("NotFound");
});
