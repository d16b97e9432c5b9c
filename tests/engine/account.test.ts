import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ids, tokens } from "../../emulator";
import { adapters } from "../../tools/engine/program";
import { callsOf, complaintsOf, javascript, objectsOf, openScene, outcomeOf, type Scene, writesOf } from "./scene";

const program = javascript(
  `new gitpod.Group("reviewers", { organizationId: "${ids.organization}", name: "Reviewers" });`,
);
const prefix = "reviewers: pulumi-nodejs:dynamic/gitpod:Group resource 'reviewers' has a problem: ";

interface Case {
  /** What is wrong. */
  break?: (scene: Scene) => void;
  env?: Record<string, string>;
  says: (host: string) => string;
}

const cases: Record<string, Case> = {
  "a missing token": {
    env: { GITPOD_API_KEY: "" },
    says: () =>
      'No token is set: set it with "pulumi config set --secret gitpod:token", or set one of the environment variables GITPOD_API_KEY, GITPOD_TOKEN, ONA_API_KEY or ONA_TOKEN.',
  },
  "a revoked token": {
    break: ({ emulator }) => emulator.admin.setToken(tokens.owner, { revoked: true }),
    says: (host) =>
      `could not sign in: invalid bearer token. The token in GITPOD_API_KEY is not valid at ${host}/api: it is wrong, expired, revoked or belongs to another host; set GITPOD_API_KEY to a valid token, or GITPOD_BASE_URL to the token's host.`,
  },
  "an unreachable host": {
    env: { GITPOD_BASE_URL: "http://127.0.0.1:1" },
    says: () =>
      "could not sign in: http://127.0.0.1:1/api cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Check GITPOD_BASE_URL and the network.",
  },
};

test.each(Object.entries(cases))("%s is told once, at preview, with what to set", async (_, wrong) => {
  const scene = await openScene({ program, ...(wrong.env && { env: wrong.env }) });
  wrong.break?.(scene);

  const preview = await scene.engine.preview();

  expect({ code: preview.code, complaints: complaintsOf(preview), writes: writesOf(scene) }).toEqual({
    code: expect.any(Number),
    complaints: [`${prefix}${wrong.says(scene.host)}`],
    writes: [],
  });
  expect(preview.code).not.toBe(0);
});

test("a host that answers with a web page is told once, at preview, with what to set", async () => {
  const site = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>");
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const host = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const scene = await openScene({ program, env: { GITPOD_BASE_URL: host } });

  const preview = await scene.engine.preview();
  site.close();

  expect(complaintsOf(preview)).toEqual([
    `${prefix}could not sign in: unsupported content type text/html. ${host}/api does not look like the Gitpod API (it answered with text/html): check GITPOD_BASE_URL, and what lies in between, such as a firewall or a sign-in page.`,
  ]);
});

test.each(adapters)(
  "on the %s adapter a wrong token of Gitpod Classic stops what is there at preview, and nothing of the other API",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: {
        ...program,
        "index.js": `${program["index.js"]}\nnew gitpod.experimental.Team("delivery", { name: "Delivery" });`,
      },
      env: { GITPOD_CLASSIC_TOKEN: "nobodys-token" },
    });
    const { engine, host } = scene;

    const both = await engine.preview();
    const called = callsOf(scene);
    engine.write(program);
    const alone = outcomeOf(await engine.up());

    expect([both.code === 0, complaintsOf(both)]).toEqual([
      false,
      [
        expect.stringMatching(
          /^delivery: .* could not sign in: .*GITPOD_CLASSIC_TOKEN is not valid at \S+: it is wrong/,
        ),
      ],
    ]);
    expect(complaintsOf(both).join()).toContain(host);
    expect(Object.keys(called)).toEqual([]);
    expect(alone).toEqual({ code: 0, complaints: [], operations: { reviewers: "create" } });
  },
);

test.each(adapters)(
  "on the %s adapter a revoked token of a provider is told as that of the provider",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: javascript(""),
      env: { GITPOD_API_KEY: "", GITPOD_BASE_URL: "" },
    });
    const { engine, emulator, host } = scene;
    const reviewers = (body: string) =>
      javascript(`
const staging = new gitpod.Provider("staging", { token: "${tokens.owner}", host: "${host}" });
${body}`);
    emulator.admin.setToken(tokens.owner, { revoked: true });

    engine.write(
      reviewers(
        `new gitpod.Group("g", { organizationId: "${ids.organization}", name: "Group" }, { provider: staging });`,
      ),
    );
    const resource = complaintsOf(await engine.preview()).join("\n");
    engine.write(reviewers("gitpod.getAuthenticatedIdentityOutput({ provider: staging }).subject.apply(() => 0);"));
    const called = complaintsOf(await engine.preview()).join("\n");

    const words = `The token in \`token\` of the provider staging is not valid at ${host}/api: it is wrong, expired, revoked or belongs to another host; set \`token\` of the provider staging to a valid token, or \`host\` of the provider staging to the token's host.`;
    expect(resource).toContain(words);
    expect(called).toContain(words);
    expect(`${resource}${called}`).not.toContain("gitpod:token");
  },
);

test.each(adapters)(
  "on the %s adapter a stack goes on after an up with a token of another organization, as the message says",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program,
      env: { GITPOD_API_KEY: "" },
      config: { "gitpod:token": { secret: tokens.owner } },
    });
    const { engine } = scene;
    const useToken = (secret: string) => engine.configure({ "gitpod:token": { secret } });
    const misled = async () => {
      await useToken(tokens.stranger);
      await engine.up();
      await useToken(tokens.owner);
    };
    await engine.up();

    await useToken(tokens.stranger);
    const wrong = complaintsOf(await engine.refresh("--run-program")).join("\n");
    await misled();
    const plain = await engine.refresh();
    const withProgram = await engine.refresh("--run-program");
    await misled();
    const up = await engine.up();
    const destroy = await engine.destroy();

    const advice = `Set gitpod:token to a token of that organization.${adapter === "plugin" ? "" : " pulumi refresh and pulumi destroy go on with the token of the last pulumi up: run pulumi up with the new one before, or add --run-program to them, while the program still declares a resource that uses it."} Or remove the resource`;
    expect(wrong).toContain(advice);
    if (adapter === "plugin") expect(plain.code).toBe(0);
    else expect(complaintsOf(plain).join("\n")).toContain(advice);
    expect([withProgram, up, destroy].map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(objectsOf(scene)).toEqual({});
  },
);

test("a read-only token is told with what to use, and nothing is written", async () => {
  const scene = await openScene({ program, env: { GITPOD_API_KEY: tokens.readOnly } });

  const up = await scene.engine.up();

  expect(outcomeOf(up)).toEqual({
    code: 1,
    operations: { reviewers: "create" },
    complaints: [
      "reviewers: could not create Group: the token is read-only. The token in GITPOD_API_KEY may not do this: it is read-only, or its owner lacks the role in the organization; use a token with write access, or ask an organization admin for the role.",
      "update failed",
    ],
  });
  expect(objectsOf(scene)).toEqual({});
});

test("a token that is no longer accepted is told once for each resource by refresh and destroy, and nothing is lost", async () => {
  const scene = await openScene({ program });
  const { engine, emulator, host } = scene;
  await engine.up();
  const before = await engine.export();
  emulator.admin.setToken(tokens.owner, { revoked: true });

  const refresh = await engine.refresh();
  const destroy = await engine.destroy();

  const id = before.deployment.resources?.find(({ type }) => type.endsWith("Group"))?.id;
  const advice = `invalid bearer token. The token in GITPOD_API_KEY is not valid at ${host}/api: it is wrong, expired, revoked or belongs to another host; set GITPOD_API_KEY to a valid token, or GITPOD_BASE_URL to the token's host.`;
  expect(complaintsOf(refresh).sort()).toEqual([`reviewers: could not read Group ${id}: ${advice}`, "update failed"]);
  expect(complaintsOf(destroy).sort()).toEqual([`reviewers: could not delete Group ${id}: ${advice}`, "update failed"]);
  expect(`${refresh.stdout}${refresh.stderr}${destroy.stdout}${destroy.stderr}`).not.toMatch(/^\s+at |ApiError/m);
  const after = await engine.export();
  expect(after.deployment.resources?.map(({ id }) => id)).toEqual(before.deployment.resources?.map(({ id }) => id));
});
