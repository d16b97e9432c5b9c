import { join } from "node:path";
import { ids } from "../../emulator";
import type { JsonObject } from "../../provider/value/json";
import { gitpod, yaml } from "../../tools/engine/yaml";
import { addPolicyPack, violationsOf } from "./policy-pack";
import { javascript, openScene } from "./scene";

/** Resources by their names, each with its kind and its inputs. */
type Resources = Record<string, [kind: string, inputs: JsonObject]>;

const id = (last: string) => `01900000-0000-7000-8000-00000000${last}`;

const environment = (spec: JsonObject): JsonObject => ({
  spec: { machine: { class: ids.smallClass }, timeout: { disconnected: "1h" }, ...spec },
});
const open = (admission: string) =>
  environment({ ports: [{ port: 3000, name: "web", admission: `ADMISSION_LEVEL_${admission}` }] });
const member = (role: string) => ({ userId: ids.colleague, role: `ORGANIZATION_ROLE_${role}` });
const warmPool = (environmentClassId: string) => ({ projectId: id("aaaa"), environmentClassId });
const service = (variable: JsonObject): JsonObject => ({
  environmentId: id("bbbb"),
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "npm start" }, env: [variable] },
});
const tasks = (command: string): JsonObject => ({
  // A preview does not know it yet.
  environmentId: "${shared.id}",
  yaml: `tasks: { fetch: { name: Fetch, command: "${command}" } }`,
});
const project: JsonObject = {
  name: "Website",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/acme/website" } }] },
};

const good: Resources = {
  shared: ["Environment", open("ORGANIZATION")],
  member: ["OrganizationMember", member("MEMBER")],
  pool: ["WarmPool", warmPool(ids.smallClass)],
  service: ["Service", service({ name: "DATABASE_PASSWORD", valueFrom: { secretRef: { id: id("cccc") } } })],
  tasks: ["AutomationsFile", tasks("git fetch https://github.com/acme/website")],
  project: ["Project", project],
};

const bad: Resources = {
  shared: ["Environment", open("EVERYONE")],
  endless: ["Environment", environment({ timeout: { disconnected: "0s" } })],
  long: ["Environment", environment({ timeout: { disconnected: "24h" } })],
  forgotten: ["Environment", { spec: { machine: { class: ids.smallClass } } }],
  member: ["OrganizationMember", member("ADMIN")],
  large: ["Environment", environment({ machine: { class: ids.largeClass } })],
  pool: ["WarmPool", warmPool(ids.largeClass)],
  project: ["Project", { ...project, environmentClasses: [{ environmentClassId: ids.largeClass, order: 0 }] }],
  service: ["Service", service({ name: "DATABASE_PASSWORD", value: "correct horse" })],
  tasks: ["AutomationsFile", tasks("git fetch https://ada:lovelace@github.com/acme/website")],
};

const limit = 'Set spec.timeout.disconnected to between "30m" and "720m".';
const unnamed = `Environment class ${ids.largeClass} is not among those that are named. Use Small (${ids.smallClass}).`;
const declare = "Declare a Secret, whose value the state keeps encrypted,";

/** What is said of each resource that breaks a rule. */
const advice = {
  "a-timeout-everywhere": {
    endless: `Its timeout of "0s" means that it never stops. ${limit}`,
    forgotten: `It states no timeout. ${limit}`,
    long: `Its timeout of 1440 minutes is too long. ${limit}`,
  },
  "named-environment-classes": { large: unnamed, pool: unnamed, project: unnamed },
  "no-port-open-to-everybody": {
    shared:
      "Port 3000 is open to everybody. Set its admission to ADMISSION_LEVEL_ORGANIZATION or ADMISSION_LEVEL_CREATOR_ONLY.",
  },
  "no-role-for-individuals": {
    member: `User ${ids.colleague} has the role ORGANIZATION_ROLE_ADMIN alone. Set it to ORGANIZATION_ROLE_MEMBER, give a group the role that is needed with a RoleAssignment, and put the user into the group with a GroupMembership.`,
  },
  "secrets-only-as-secrets": {
    service: `The variable DATABASE_PASSWORD states its value, which everybody reads who sees the object. ${declare} and refer to it with valueFrom.secretRef.id.`,
    tasks: `automations.tasks.fetch.command has an address with a password in it. ${declare} and use the variable or the file that it makes.`,
  },
};

const inYaml = (resources: Resources) =>
  yaml({
    resources: Object.fromEntries(
      Object.entries(resources).map(([name, [kind, inputs]]) => [name, gitpod(kind, inputs)]),
    ),
  });
const inJavascript = (resources: Resources) => {
  const lines = Object.entries(resources).map(
    ([name, [kind, inputs]]) => `const ${name} = new gitpod.${kind}("${name}", ${JSON.stringify(inputs)});`,
  );
  return javascript(lines.join("\n").replace(/"\$\{(\w+\.id)\}"/g, "$1"));
};

const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

test.each([
  ["YAML on the plugin", inYaml],
  ["JavaScript on the dynamic adapter", inJavascript],
])(
  "the policy pack passes a program in %s that keeps its rules, and says what to do to one that breaks them",
  async (_, write) => {
    const { engine } = await openScene({ program: write(good), env });
    const pack = await addPolicyPack(engine, "examples/policy");
    const policed = ["--policy-pack", pack, "--policy-pack-config", join(pack, "policy-config.json")];

    const kept = await engine.preview(...policed);
    engine.write(write(bad));
    const broken = await engine.preview(...policed);

    expect([kept.code, violationsOf(kept)]).toEqual([0, {}]);
    expect([broken.code === 0, violationsOf(broken)]).toEqual([false, advice]);
  },
);

test("a variable names the policy pack to every command; without a configuration it refuses every environment class, and says how to name some", async () => {
  const { engine } = await openScene({ program: inYaml({ pool: ["WarmPool", warmPool(ids.smallClass)] }), env });
  engine.env.PULUMI_OPTION_POLICY_PACK = await addPolicyPack(engine, "examples/policy");

  const preview = await engine.preview();

  const pool = `Environment class ${ids.smallClass} is not among those that are named. No class is named yet: pass --policy-pack-config with { "named-environment-classes": { "classes": { NAME: ID } } }.`;
  expect([preview.code === 0, violationsOf(preview)]).toEqual([false, { "named-environment-classes": { pool } }]);
});
