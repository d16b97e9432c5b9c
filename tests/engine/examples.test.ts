import type { Definition } from "../../provider/model/definition";
import * as resources from "../../provider/resources";
import { examples } from "../examples";
import { seeded, someOf } from "../faults/sample";
import { folderOf } from "../kinds/example";
import { changesOf, complaintsOf, objectsOf, openScene, type Scene, stateOf, writesOf } from "./scene";

// Their types are checked once, with those of the tests.
const env = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

/** What the examples of whole situations need that no program makes, and what they make of it. */
const situations: { readonly [name: string]: Situation } = {
  onboarding: {
    prepare: async ({ emulator: { admin }, engine }) => {
      const members = { ada: admin.addMember({ name: "Ada" }), grace: admin.addMember({ name: "Grace" }) };
      await engine.configure({ "gitpod-onboarding:members": JSON.stringify(members) });
    },
    objects: {
      projects: 1,
      teams: 1,
      teamMembers: 2,
      groups: 1,
      groupMemberships: 2,
      roleAssignments: 2,
      teamCreditAllocations: 1,
      userBudgets: 1,
    },
  },
  "runner-setup": {
    objects: { environmentClasses: 1, scmIntegrations: 1, llmIntegrations: 1, projects: 1, warmPools: 1 },
  },
  runner: {
    objects: { runners: 1, environmentClasses: 1, scmIntegrations: 1, projects: 1, warmPools: 1 },
    reportedSince: "Runner",
  },
  governance: {
    prepare: async ({ emulator: { admin }, engine }) => {
      const administrators = { ada: admin.addMember({ name: "Ada" }) };
      await engine.configure({ "gitpod-governance:administrators": JSON.stringify(administrators) });
    },
    objects: { securityPolicies: 1, userBudgets: 1 },
  },
  "machine-access": {
    objects: { serviceAccounts: 1, serviceAccountTokens: 1, hostAuthenticationTokens: 1, webhooks: 1, workflows: 1 },
  },
  classic: {
    prepare: async ({ emulator: { admin }, engine }) => {
      const members = { ada: admin.classic.addUser({ name: "Ada" }), grace: admin.classic.addUser({ name: "Grace" }) };
      await engine.configure({
        "gitpod-classic:members": JSON.stringify(members),
        "gitpod-classic:lead": "ada",
      });
    },
    objects: { classicTeams: 1, classicTeamMembers: 2, classicWorkspaces: 1 },
  },
  agents: { objects: { projects: 1, integrations: 1, prompts: 1, workflows: 1 } },
};

interface Situation {
  readonly prepare?: (scene: Scene) => Promise<void>;
  readonly objects: Record<string, number>;
  /** The kind whose status something outside reports once its resource is there, such as a cloud. */
  readonly reportedSince?: string;
}

/** Those that go another way: `sign-in` below, and the review environment in a test of its own. */
const special = ["sign-in", "review-environment"];
const programs = examples().filter((name) => !special.includes(name));

/** The kinds whose examples are repeated: one of each shape, since `life` repeats a program of every kind. */
const kinds = Object.values<Definition>(resources).map((definition) => ({ definition }));
const repeated = someOf(kinds, 2).map(({ definition }) => folderOf(definition));
const others = kinds.map(({ definition }) => folderOf(definition)).filter((name) => !repeated.includes(name));
const isBrief = (name: string): boolean => others.includes(name) && !(name in situations);
const what = `examples that are repeated are those of situations and ${repeated}`;

test.each(programs.filter(isBrief))(
  "the example %s comes up, and goes without a trace",
  seeded(what, async (name) => {
    const scene = await openScene({ program: `examples/${name}`, env });

    const first = await scene.engine.up();
    const last = await scene.engine.destroy();

    expect([first.code, last.code, objectsOf(scene)]).toEqual([0, 0, {}]);
  }),
);

test.each(programs.filter((name) => !isBrief(name)))(
  "the example %s comes up once, changes nothing when repeated or refreshed, and goes without a trace",
  seeded(what, async (name) => {
    const scene = await openScene({ program: `examples/${name}`, env });
    const { engine } = scene;
    const { prepare, objects, reportedSince } = situations[name] ?? {};
    await prepare?.(scene);

    const preview = await engine.preview();
    const previewed = { code: preview.code, writes: writesOf(scene), objects: objectsOf(scene) };
    const first = await engine.up();
    const made = objects && objectsOf(scene);
    const wanted = Object.fromEntries(Object.keys(preview.operations).map((resource) => [resource, "same"]));
    writesOf(scene);
    const before = withoutStatus(await stateOf(scene), reportedSince);
    const second = await engine.up("--refresh");
    const repeated = {
      code: second.code,
      operations: second.operations,
      writes: changesOf(scene),
      state: withoutStatus(await stateOf(scene), reportedSince),
    };
    const last = await engine.destroy();

    expect(previewed).toEqual({ code: 0, writes: [], objects: {} });
    expect({ code: first.code, operations: first.operations }).toEqual({ code: 0, operations: preview.operations });
    expect(made).toEqual(objects);
    expect(repeated).toEqual({ code: 0, operations: wanted, writes: [], state: before });
    expect({ code: last.code, objects: objectsOf(scene) }).toEqual({ code: 0, objects: {} });
  }),
);

type States = Awaited<ReturnType<typeof stateOf>>;

/** A state without the status of a kind. */
const withoutStatus = (state: States, kind: string | undefined): States =>
  Object.fromEntries(
    Object.entries(state).map(([name, { outputs: { status, ...outputs } = {}, ...rest }]) => {
      const isIt = kind !== undefined && name.split(" ")[0]?.endsWith(`gitpod:${kind}`);
      return [name, { ...rest, outputs: { ...outputs, ...(status !== undefined && !isIt && { status }) } }];
    }),
  );

test("the example sign-in waits for the record of its domain, verifies it, protects the sign-in, and goes once it may", async () => {
  const scene = await openScene({ program: "examples/sign-in", env });
  const { engine, emulator } = scene;
  const publish = async () => {
    const { record } = await engine.outputs();
    emulator.admin.setDomainRecord("example.com", String(record));
  };

  const first = await engine.up();
  const alone = objectsOf(scene);
  await engine.configure({ "gitpod-sign-in:published": "true" });
  const early = await engine.up();
  const still = objectsOf(scene);
  await publish();
  writesOf(scene);
  const preview = await engine.preview();
  const previewed = writesOf(scene);
  const second = await engine.up();
  writesOf(scene);
  const third = await engine.up();
  const repeated = writesOf(scene);
  const refused = await engine.destroy();
  const kept = objectsOf(scene);
  await engine.run("state", "unprotect", "--all", "--yes");
  const last = await engine.destroy();

  const both = { domain: "same", corporate: "same" };
  expect([first.code, first.operations, alone]).toEqual([0, { domain: "create" }, { domainVerifications: 1 }]);
  expect([early.code, still]).toEqual([1, alone]);
  expect(complaintsOf(early)).toContainEqual(
    expect.stringMatching(/^corporate: could not create SsoConfiguration: domain example\.com is not verified/),
  );
  expect([preview.code, preview.operations, previewed]).toEqual([0, { ...both, corporate: "create" }, []]);
  expect([second.code, second.operations]).toEqual([0, { ...both, corporate: "create" }]);
  expect([third.code, third.operations, repeated]).toEqual([0, both, ["OrganizationService/VerifyDomain"]]);
  expect([refused.code, kept]).toEqual([1, { domainVerifications: 1, ssoConfigurations: 1 }]);
  expect([last.code, objectsOf(scene)]).toEqual([0, {}]);
});
