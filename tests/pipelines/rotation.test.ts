import { type Emulator, ids } from "../../emulator";
import { Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { type AdapterName, adapters } from "../../tools/engine/program";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { complaintsOf, javascript, objectsOf, openScene, outcomeOf, writesOf } from "../engine/scene";

const [first, second, third, fourth, fifth] = ["first", "second", "third", "fourth", "fifth"];

const inEnvironment: Record<AdapterName, Record<string, string>> = {
  dynamic: javascript(`
const dev = new gitpod.Environment("dev", { spec: { machine: { class: "${ids.smallClass}" } } });
const web = new gitpod.Service("web", {
  environmentId: dev.id,
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "npm start" } },
});
new gitpod.Group("reviewers", { organizationId: "${ids.organization}", name: "Reviewers" }, { dependsOn: web });`),
  plugin: yaml({
    resources: {
      dev: gitpod("Environment", { spec: { machine: { class: ids.smallClass } } }),
      web: gitpod("Service", {
        environmentId: `\${dev.id}`,
        metadata: { reference: "web", name: "Web" },
        spec: { commands: { start: "npm start" } },
      }),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the YAML program.
      reviewers: gitpod("Group", { organizationId: ids.organization, name: "Reviewers" }, { dependsOn: ["${web}"] }),
    },
  }),
};

test.each(adapters)(
  "on the %s adapter a token in the environment is rotated between any two commands, and in the middle of an up",
  async (adapter) => {
    const scene = await openScene({
      program: inEnvironment[adapter],
      ...(adapter === "dynamic" && { adapter }),
      env: { GITPOD_API_KEY: first },
    });
    const { engine, emulator, host } = scene;
    issue(emulator, first);
    const rotate = (from: string, to: string) => {
      revoke(emulator, from);
      issue(emulator, to);
      engine.env.GITPOD_API_KEY = to;
    };

    const planned = await engine.preview("--save-plan", "plan.json");
    rotate(first, second);
    const stop = emulator.admin.onCall((method, moment) => {
      if (method === "EnvironmentService/CreateEnvironment" && moment === "after") revoke(emulator, second);
    });
    const broken = await engine.up("--plan", "plan.json");
    stop();
    const left = objectsOf(scene);
    rotate(second, third);
    const up = outcomeOf(await engine.up());
    const made = objectsOf(scene);
    rotate(third, fourth);
    const refresh = outcomeOf(await engine.refresh());
    rotate(fourth, fifth);
    const destroy = outcomeOf(await engine.destroy());

    expect(planned.code).toBe(0);
    expect([broken.code, broken.operations, complaintsOf(broken).filter((told) => !isOfThePlan(told))]).toEqual([
      1,
      { dev: "create" },
      [
        expect.stringContaining(
          `invalid bearer token. The token in GITPOD_API_KEY is not valid at ${host}/api: it is wrong, expired, revoked or belongs to another host; set GITPOD_API_KEY to a valid token`,
        ),
      ],
    ]);
    expect([left, up, made]).toEqual([
      { environments: 1 },
      { code: 0, complaints: [], operations: { dev: waits[adapter], web: "create", reviewers: "create" } },
      { environments: 1, services: 1, groups: 1 },
    ]);
    expect(refresh).toEqual({
      code: 0,
      complaints: [],
      operations: { dev: "same", web: "same", reviewers: "same" },
    });
    expect([destroy.code, destroy.complaints, objectsOf(scene)]).toEqual([0, [], {}]);
  },
);

/** What a run does that goes on waiting for an environment: the plugin's reads it before it compares anything. */
const waits: Record<AdapterName, string> = { dynamic: "update", plugin: "same" };

/** The engine's own words, that a failed run has left out what the plan has. */
const isOfThePlan = (complaint: string): boolean => complaint.includes("but none were seen");

const staging = `
const token = new pulumi.Config("gitpod").requireSecret("token");
const staging = new gitpod.Provider("staging", { token });`;
const own = `new gitpod.Group("own", { organizationId: "${ids.organization}", name: "Own" });`;
const theirs = `new gitpod.Group("theirs", { organizationId: "${ids.organization}", name: "Theirs" }, { provider: staging });`;

test.each(adapters)(
  "on the %s adapter a token in settings and that of a provider are rotated as the messages say",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: javascript(`${staging}${own}${theirs}`),
      env: { GITPOD_API_KEY: "" },
      config: { "gitpod:token": { secret: first } },
    });
    const { engine, emulator, host } = scene;
    issue(emulator, first);
    const rotate = async (from: string, to: string) => {
      revoke(emulator, from);
      issue(emulator, to);
      await engine.configure({ "gitpod:token": { secret: to } });
    };
    await engine.up();

    await rotate(first, second);
    const early = complaintsOf(await engine.refresh());
    writesOf(scene);
    const up = outcomeOf(await engine.up());
    const writes = writesOf(scene);
    const refresh = outcomeOf(await engine.refresh());
    await rotate(second, third);
    engine.write(javascript(""));
    const bare = complaintsOf(await engine.up());
    engine.write(javascript(`${staging}${own}`));
    const destroy = outcomeOf(await engine.destroy("--run-program"));

    const same = { code: 0, complaints: [], operations: { own: "same", theirs: "same" } };
    const refused = (setting: string, user: string) =>
      expect.stringContaining(
        `invalid bearer token. The token in ${setting} is not valid at ${host}/api: it is wrong, expired, revoked or belongs to another host; set ${setting} to a valid token, or GITPOD_BASE_URL to the token's host. pulumi refresh and pulumi destroy go on with the token of the last pulumi up: run pulumi up with the new one before, or add --run-program to them, while the program still declares ${user}.`,
      );
    const words = [
      ...(adapter === "plugin" ? [] : [refused("gitpod:token", "a resource that uses it")]),
      refused("`token` of the provider staging", "the provider staging"),
      "update failed",
    ];
    expect([early.sort(), up, writes, refresh, bare.sort()]).toEqual([words, same, [], same, words]);
    expect([destroy.code, destroy.complaints, objectsOf(scene)]).toEqual([0, [], {}]);
  },
);

function issue(emulator: Emulator, token: string): void {
  emulator.admin.setToken(token, {
    subject: { id: ids.owner, principal: Principal.USER },
    organizationId: ids.organization,
    revoked: false,
  });
}

const revoke = (emulator: Emulator, token: string): void => emulator.admin.setToken(token, { revoked: true });
