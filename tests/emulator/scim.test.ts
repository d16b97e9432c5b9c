import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { ids, tokens } from "../../emulator";
import { open, refusal } from "./open";

const { organization: organizationId } = ids;
const sso = { organizationId, clientId: "client", clientSecret: "canary", issuerUrl: "https://id.acme.example" };
const day = 24 * 3_600_000;

async function withScim() {
  const clock = { time: 1_800_000_000_000 };
  const opened = open({ now: () => clock.time });
  const { organizations, emulator } = opened;
  const { ssoConfiguration } = await organizations.createSSOConfiguration(sso);
  const ssoConfigurationId = ssoConfiguration?.id ?? "";
  const made = await organizations.createSCIMConfiguration({ organizationId, ssoConfigurationId, name: "Directory" });
  const scimConfigurationId = made.scimConfiguration?.id ?? "";
  const opens = (token: string) => emulator.admin.scimConfiguration(token) === scimConfigurationId;
  return { ...opened, ...made, clock, ssoConfigurationId, scimConfigurationId, opens };
}

test("a SCIM configuration is on, and tells its token once, which is good for a year", async () => {
  const { organizations, scimConfiguration, token, tokenExpiresAt, ...rest } = await withScim();
  const { clock, emulator, opens, scimConfigurationId, ssoConfigurationId } = rest;
  const read = (await organizations.getSCIMConfiguration({ scimConfigurationId })).scimConfiguration;
  const atFirst = opens(token);
  clock.time += 365 * day - 1;
  const atLast = opens(token);
  clock.time += 1;

  expect(scimConfiguration).toMatchObject({ organizationId, ssoConfigurationId, name: "Directory", enabled: true });
  expect(read).toEqual(scimConfiguration);
  expect(tokenExpiresAt).toEqual(timestampFromMs(1_800_000_000_000 + 365 * day));
  expect(read?.tokenExpiresAt).toEqual(tokenExpiresAt);
  expect([atFirst, atLast, opens(token)]).toEqual([true, true, false]);
  expect([...emulator.world.keys.keys()]).not.toContain(token);
});

test("a renewed token ends the one before, and lasts as long as is asked for, from a day to two years", async () => {
  const { organizations, token, scimConfigurationId, opens, clock } = await withScim();
  const renew = (seconds: number) =>
    organizations.regenerateSCIMToken({ scimConfigurationId, tokenExpiresIn: { seconds: BigInt(seconds) } });
  const renewed = await renew(86_400);
  const read = (await organizations.getSCIMConfiguration({ scimConfigurationId })).scimConfiguration;
  const before = [opens(token), opens(renewed.token)];
  clock.time += day;

  expect(before).toEqual([false, true]);
  expect(read?.tokenExpiresAt).toEqual(renewed.tokenExpiresAt);
  expect(opens(renewed.token)).toBe(false);
  expect((await refusal(renew(86_399)))[0]).toBe("InvalidArgument");
  expect((await refusal(renew(730 * 86_400 + 1)))[0]).toBe("InvalidArgument");
});

test("an SSO configuration has one for SCIM, which goes with it", async () => {
  const { organizations, token, scimConfigurationId, ssoConfigurationId, opens } = await withScim();
  const again = await refusal(organizations.createSCIMConfiguration({ organizationId, ssoConfigurationId }));
  const nowhere = { organizationId, ssoConfigurationId: ids.runner };
  const unknown = await refusal(organizations.createSCIMConfiguration(nowhere));
  await organizations.deleteSSOConfiguration({ ssoConfigurationId });

  expect([again[0], unknown[0]]).toEqual(["AlreadyExists", "NotFound"]);
  expect((await refusal(organizations.getSCIMConfiguration({ scimConfigurationId })))[0]).toBe("NotFound");
  expect(opens(token)).toBe(false);
});

test("an update changes what it sets, and a configuration that is off takes no token", async () => {
  const { organizations, token, scimConfiguration, scimConfigurationId, opens } = await withScim();
  const off = await organizations.updateSCIMConfiguration({ scimConfigurationId, enabled: false });
  const whileOff = opens(token);
  const on = await organizations.updateSCIMConfiguration({ scimConfigurationId, enabled: true, name: "" });

  expect(off.scimConfiguration).toEqual({ ...scimConfiguration, enabled: false });
  expect(on.scimConfiguration).toEqual({ ...scimConfiguration, name: "" });
  expect([whileOff, opens(token)]).toEqual([false, true]);
  expect((await organizations.listSCIMConfigurations({})).scimConfigurations).toEqual([on.scimConfiguration]);
});

test("an identity provider signs in over HTTP, until the configuration is deleted", async () => {
  const { emulator, organizations, token, scimConfigurationId } = await withScim();
  const { url } = await emulator.listen();
  const call = async (text: string) => {
    const { status } = await fetch(`${url}/scim/v2/Users`, { headers: { authorization: `Bearer ${text}` } });
    return status;
  };
  const before = await call(token);
  await organizations.deleteSCIMConfiguration({ scimConfigurationId });

  expect([before, await call(token), await call(tokens.owner)]).toEqual([200, 401, 401]);
  await emulator.close();
});

test("SCIM is the administrators' business", async () => {
  const { as, scimConfigurationId } = await withScim();
  const { organizations: theirs } = as(tokens.colleague);

  expect([
    (await refusal(theirs.getSCIMConfiguration({ scimConfigurationId })))[0],
    (await refusal(theirs.regenerateSCIMToken({ scimConfigurationId })))[0],
    (await refusal(as(tokens.stranger).organizations.getSCIMConfiguration({ scimConfigurationId })))[0],
  ]).toEqual(["PermissionDenied", "PermissionDenied", "NotFound"]);
});
