import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import * as pulumi from "@pulumi/pulumi";
import { UserService } from "../../proto/gen/gitpod/experimental/v1/user_pb";
import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { DomainVerificationState as DomainState, OrganizationService } from "../../proto/gen/gitpod/v1/organization_pb";
import {
  type ListEnvironmentClassesRequest,
  RunnerConfigurationService,
} from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { WebhookService } from "../../proto/gen/gitpod/v1/webhook_pb";
import { functionNames } from "../../provider/functions";
import { modules, qualified } from "../../provider/model/module";
import * as sdk from "../../sdk";
import {
  environmentLogsToken,
  environmentLogsTokenOutput,
  experimental,
  Group,
  getAuthenticatedIdentity,
  getAuthenticatedIdentityOutput,
  getEnvironmentClass,
  getEnvironmentClassOutput,
  listEnvironmentClasses,
  listEnvironmentClassesOutput,
  listProjects,
  markEnvironmentActive,
  Provider,
  RunnerKind,
  verifyDomainOutput,
  webhookSecretOutput,
} from "../../sdk";
import { serve, stopAll } from "../client/loopback";

const small = {
  id: "7d0c8a3e-4a2f-4c56-9b1d-2f6a3c9e1b01",
  displayName: "Small",
  description: "Two cores",
  configuration: [],
  runnerId: "7d0c8a3e-4a2f-4c56-9b1d-2f6a3c9e1b02",
  enabled: false,
};
const names = (classes: { displayName: string }[]) => classes.map(({ displayName }) => displayName);

const before = { ...process.env };

beforeEach(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
    call: () => ({}),
  });
});

afterEach(async () => {
  process.env = { ...before };
  pulumi.runtime.setAllConfig({});
  await stopAll();
});

/** Serves the API, and points the environment variables to it. */
async function api(
  routes: (router: ConnectRouter) => void,
  requestPathPrefix = "/api",
): Promise<{ url: string; tokens: (string | undefined)[] }> {
  const tokens: (string | undefined)[] = [];
  const handler = connectNodeAdapter({ routes, requestPathPrefix });
  const { url } = await serve((request, response) => {
    tokens.push(request.headers.authorization);
    handler(request, response);
  });
  process.env = { ...before, GITPOD_API_KEY: "of-the-environment", GITPOD_BASE_URL: url };
  return { url, tokens };
}

const identityOf = (organizationId: string) => (router: ConnectRouter) => {
  router.rpc(IdentityService.method.getAuthenticatedIdentity, () => ({ organizationId }));
};

function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

test("a list has the entries of all pages, and the filter goes with each", async () => {
  const asked: ListEnvironmentClassesRequest[] = [];
  await api((router) =>
    router.rpc(EnvironmentService.method.listEnvironmentClasses, (request) => {
      asked.push(request);
      const page = Number(request.pagination?.token || "1");
      return {
        pagination: { nextToken: page < 3 ? String(page + 1) : "" },
        environmentClasses: [{ displayName: `class ${page}` }],
      };
    }),
  );

  const classes = await listEnvironmentClasses({
    filter: { enabled: true, runnerKinds: [RunnerKind.REMOTE] },
  });

  expect(names(classes)).toEqual(["class 1", "class 2", "class 3"]);
  expect(asked.map(({ filter }) => [filter?.enabled, filter?.runnerKinds.length])).toEqual(Array(3).fill([true, 1]));
});

test("a server that gives the same page again ends a list with an error", async () => {
  await api((router) =>
    router.rpc(EnvironmentService.method.listEnvironmentClasses, () => ({ pagination: { nextToken: "again" } })),
  );

  await expect(listEnvironmentClasses()).rejects.toThrow(/listEnvironmentClasses: .*same page twice/);
});

test("an object comes without its envelope, and with its empty fields", async () => {
  await api((router) =>
    router.rpc(RunnerConfigurationService.method.getEnvironmentClass, ({ environmentClassId }) => ({
      environmentClass: { ...small, id: environmentClassId },
    })),
  );

  const found = await getEnvironmentClass({ environmentClassId: small.id });

  expect(found).toEqual(small);
});

test("an answer that is no single object comes whole", async () => {
  await api((router) =>
    router.rpc(IdentityService.method.getAuthenticatedIdentity, () => ({
      organizationId: "o",
      organizationTier: "core",
      subject: { id: "u", principal: 2 },
    })),
  );

  const identity = await getAuthenticatedIdentity();

  expect(identity).toEqual({
    organizationId: "o",
    organizationTier: "core",
    subject: { id: "u", principal: "PRINCIPAL_USER" },
  });
});

test("values from resources reach the API, and a secret makes the answer secret", async () => {
  await api((router) =>
    router.rpc(RunnerConfigurationService.method.getEnvironmentClass, ({ environmentClassId }) => ({
      environmentClass: { ...small, displayName: `class of ${environmentClassId}` },
    })),
  );
  const group = new Group("a", { organizationId: small.id, name: "Reviewers" });

  const open = getEnvironmentClassOutput({ environmentClassId: group.organizationId });
  const secret = getEnvironmentClassOutput({ environmentClassId: pulumi.secret(small.id) });

  expect(await settled(open.displayName)).toBe(`class of ${small.id}`);
  expect([await pulumi.isSecret(open), await pulumi.isSecret(secret)]).toEqual([false, true]);
});

test("the stack's config comes before the environment, and an explicit provider before both", async () => {
  const { url, tokens } = await api(identityOf("o"));
  const provider = new Provider("staging", { token: pulumi.secret("of-the-provider"), host: url });

  await getAuthenticatedIdentity();
  pulumi.runtime.setAllConfig({ "gitpod:token": "of-the-config", "gitpod:host": url }, ["gitpod:token"]);
  await getAuthenticatedIdentity();
  await getAuthenticatedIdentity({ provider });

  expect(tokens).toEqual(["Bearer of-the-environment", "Bearer of-the-config", "Bearer of-the-provider"]);
});

test("functions of Gitpod Classic ask its host with its token, from the environment, the stack's config or a provider", async () => {
  const old = await api(({ rpc }) => {
    rpc(UserService.method.getAuthenticatedUser, () => ({ user: { id: "u" } }));
  }, "");
  const { url: host, tokens } = await api(identityOf("o"));
  const classicHost = old.url;
  const classicToken = pulumi.secret("classic-of-the-provider");
  const provider = new Provider("both", { token: "of-the-provider", host, classicToken, classicHost });
  const { getAuthenticatedUser } = experimental;

  Object.assign(process.env, { GITPOD_CLASSIC_TOKEN: "classic-of-the-environment", GITPOD_CLASSIC_HOST: classicHost });
  await getAuthenticatedUser();
  pulumi.runtime.setAllConfig({ "gitpod:classicToken": "classic-of-the-config", "gitpod:classicHost": classicHost });
  await getAuthenticatedUser();
  const { id } = await getAuthenticatedUser({ provider });
  await getAuthenticatedIdentity({ provider });

  expect(id).toBe("u");
  expect(old.tokens).toEqual(["environment", "config", "provider"].map((place) => `Bearer classic-of-the-${place}`));
  expect(tokens).toEqual(["Bearer of-the-provider"]);
});

test("a function asks the provider of its parent, and the provider's secret token does not make the answer secret", async () => {
  const { url, tokens } = await api(identityOf("o"));
  const provider = new Provider("staging", { token: "of-the-provider", host: url });
  const parent = new Group("a", { organizationId: "o", name: "Reviewers" }, { provider });

  const identity = getAuthenticatedIdentityOutput({ parent });

  expect(await settled(identity.organizationId)).toBe("o");
  expect(tokens).toEqual(["Bearer of-the-provider"]);
  expect(await pulumi.isSecret(identity)).toBe(false);
});

test("a function is called once the resources are there that it comes after, and is unknown before they are", async () => {
  const { tokens } = await api(identityOf("o"));
  let make: (group: Group) => void = () => undefined;
  const coming = new Promise<Group>((resolve) => {
    make = resolve;
  });
  const one = new Group("a", { name: "Reviewers" });

  const identity = getAuthenticatedIdentityOutput({ dependsOn: [one, coming] });
  await settled(one.id);
  const asked = tokens.length;
  make(new Group("b", { name: "Approvers" }));
  const answer = await settled(identity.organizationId);

  await pulumi.runtime.setMocks(
    { newResource: () => ({ id: undefined, state: {} }), call: () => ({}) },
    "p",
    "s",
    true,
  );
  const later = getAuthenticatedIdentityOutput({ dependsOn: new Group("c", { name: "Owners" }) });

  expect([asked, answer]).toEqual([0, "o"]);
  expect("isKnown" in later && (await later.isKnown)).toBe(false);
  expect(tokens).toHaveLength(1);
});

test("a provider that is not known yet leaves an output unknown, and fails the plain form in words", async () => {
  await pulumi.runtime.setMocks(
    { newResource: () => ({ id: undefined, state: {} }), call: () => ({}) },
    "p",
    "s",
    true,
  );
  const unknown = new Group("a", { organizationId: "o", name: "Reviewers" }).createdAt as pulumi.Output<string>;
  const provider = new Provider("staging", { token: unknown });

  const identity = getAuthenticatedIdentityOutput({ provider });

  await expect(getAuthenticatedIdentity({ provider })).rejects.toThrow(
    "getAuthenticatedIdentity: the provider's arguments are not known yet; use getAuthenticatedIdentityOutput instead.",
  );
  expect("isKnown" in identity && (await identity.isKnown)).toBe(false);
});

test("a refusal is told in the server's words, without a stack and without the token", async () => {
  await api((router) =>
    router.rpc(EnvironmentService.method.listEnvironmentClasses, () => {
      throw new ConnectError("not for of-the-environment", Code.PermissionDenied);
    }),
  );

  const error: unknown = await listEnvironmentClasses().catch((reason: unknown) => reason);

  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(String(error)).toMatch(/listEnvironmentClasses: not for .+\. The token in GITPOD_API_KEY may not do this/);
  expect(String(error)).not.toContain("of-the-environment");
});

test("a missing token is told with the names of what to set", async () => {
  for (const name of ["GITPOD_API_KEY", "GITPOD_TOKEN", "ONA_API_KEY", "ONA_TOKEN"]) delete process.env[name];

  await expect(listEnvironmentClasses()).rejects.toThrow(/No token is set: .*GITPOD_API_KEY/);
});

test("what is undefined in the arguments is as if it were not there", async () => {
  await api((router) => router.rpc(EnvironmentService.method.listEnvironmentClasses, () => ({})));

  const both = [
    await listEnvironmentClasses({ filter: undefined }),
    await settled(listEnvironmentClassesOutput({ filter: { enabled: pulumi.output(undefined) } })),
  ];

  expect(both).toEqual([[], []]);
});

test("every function of the provider has a plain form and one of outputs", () => {
  const exported = [
    ...Object.keys(sdk),
    ...modules.flatMap((module) => Object.keys(Reflect.get(sdk, module)).map((name) => qualified(module, name))),
  ];

  const wanted = functionNames.flatMap((name) => [name, `${name}Output`]);
  expect(wanted.filter((name) => !exported.includes(name))).toEqual([]);
});

test("all that is wrong with arguments is told with its path, before a call is made", async () => {
  const { tokens } = await api(() => undefined);

  const error: unknown = await listProjects({
    filter: { serach: "x" },
    sort: { order: "SORT_ORDER_UP" },
  } as never).catch((reason: unknown) => reason);

  expect(String(error)).toMatch(/listProjects: filter\.serach: no such property; did you mean search\?/);
  expect(String(error)).toMatch(/listProjects: sort\.order: must be one of/);
  expect(tokens).toEqual([]);
});

test("on the plugin a function asks the provider that is given, and that of its parent", async () => {
  pulumi.runtime.setAllConfig({ "gitpod:adapter": "plugin" });
  const { url, tokens } = await api(identityOf("o"));
  const provider = new Provider("staging", { token: "of-the-provider", host: url });
  const parent = new Group("a", { organizationId: "o", name: "Reviewers" }, { provider });

  const answers = [
    await settled(getAuthenticatedIdentityOutput({ parent })),
    await getAuthenticatedIdentity({ provider }),
  ];

  expect(answers.map(({ organizationId }) => organizationId)).toEqual(["o", "o"]);
  expect(tokens).toEqual(Array(2).fill("Bearer of-the-provider"));
});

describe("what changes something or reveals a secret", () => {
  const environmentId = small.id;
  const issuing = (router: ConnectRouter) => {
    router.rpc(EnvironmentService.method.createEnvironmentLogsToken, () => ({ accessToken: "t" }));
    router.rpc(EnvironmentService.method.markEnvironmentActive, () => ({}));
    router.rpc(WebhookService.method.getWebhookSecret, () => ({ secret: "s" }));
    router.rpc(OrganizationService.method.verifyDomain, ({ domainVerificationId }) => ({
      domainVerification: { id: domainVerificationId, domain: "example.com", state: DomainState.VERIFIED },
    }));
  };

  test("is called by an update, and a token that it issues is secret", async () => {
    await api(issuing);

    const issued = environmentLogsTokenOutput({ environmentId });

    expect(await settled(issued)).toEqual({ accessToken: "t" });
    expect(await pulumi.isSecret(issued)).toBe(true);
    expect(await environmentLogsToken({ environmentId })).toEqual({ accessToken: "t" });
  });

  test("is called by an update, and a secret that it reveals stays one", async () => {
    await api(issuing);

    const revealed = webhookSecretOutput({ webhookId: small.id });

    expect(await settled(revealed)).toEqual({ secret: "s" });
    expect(await pulumi.isSecret(revealed)).toBe(true);
  });

  test("gives the object that it has changed, without its envelope", async () => {
    await api(issuing);

    const verified = verifyDomainOutput({ domainVerificationId: small.id });

    expect(await settled(verified)).toMatchObject({
      id: small.id,
      domain: "example.com",
      state: "DOMAIN_VERIFICATION_STATE_VERIFIED",
    });
  });

  test("is not called in a preview: the answer is unknown, or empty where it always is", async () => {
    const { tokens } = await api(issuing);
    await pulumi.runtime.setMocks({ newResource: () => ({ id: "1", state: {} }), call: () => ({}) }, "p", "s", true);

    const issued = environmentLogsTokenOutput({ environmentId });
    const verified = verifyDomainOutput({ domainVerificationId: small.id });
    const revealed = webhookSecretOutput({ webhookId: small.id });

    expect("isKnown" in revealed && (await revealed.isKnown)).toBe(false);
    expect("isKnown" in issued && (await issued.isKnown)).toBe(false);
    expect("isKnown" in verified && (await verified.isKnown)).toBe(false);
    await expect(environmentLogsToken({ environmentId })).rejects.toThrow(
      "environmentLogsToken: changes something or reveals a secret, so that it is not called in a preview; use environmentLogsTokenOutput, or look at pulumi.runtime.isDryRun() first.",
    );
    expect(await markEnvironmentActive({ environmentId })).toEqual({});
    expect(tokens).toEqual([]);
  });
});
