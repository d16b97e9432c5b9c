import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ids, tokens } from "../../emulator";
import { gitpod } from "../../tools/engine/yaml";
import { root } from "../../tools/root";
import { type Hub, openHub, type Written } from "./hub";
import { happen, type JobRun, type Runner } from "./machine";
import { openSite, type Site } from "./site";
import { createSteps } from "./steps";
import { type Event, readAction, readWorkflow } from "./workflow";

jest.setTimeout(600_000);

const name = "acme/infra";
const steps = createSteps();

test("a pull request shows what it changes in one comment, a merge does it even after a lost machine, and each night one issue tells of drift", async () => {
  const { site, hub, happens, merges } = await open({ "Pulumi.yaml": program });
  const { emulator } = site;
  hub.comments[1] = [quoted];

  const early = await happens("preview.yml", changed("opened", 1));
  const earlyComment = hub.comments[1].at(-1)?.body;
  await site.machine().run(["sh"], `cp -R '${site.repository}/.' . && pulumi stack init dev`, accountOf(site));
  const preview = await happens("preview.yml", changed("synchronize", 1));
  loseMachines(site, "EnvironmentService/CreateEnvironment");
  const ups = [await merges()];
  const quiet = await happens("drift.yml", night);
  const quietIssues = [...hub.issues];
  const [home] = environmentsIn(site);
  emulator.admin.patch("environments", home?.id ?? "", { metadata: { name: "Renamed by hand" } });
  const drifts = [await happens("drift.yml", night), await happens("drift.yml", night)];
  const found = structuredClone(hub.issues);
  ups.push(await merges());
  const repaired = await happens("drift.yml", night);

  expect(resultsOf(early)).toEqual({ preview: "failure" });
  expect(earlyComment).toContain("there is no stack dev. Create it once with pulumi stack init dev");
  expect(resultsOf(preview)).toEqual({ preview: "success" });
  expect(hub.comments).toEqual({
    1: [
      quoted,
      expect.objectContaining({ body: expect.stringMatching(/^ {4}\+ gitpod:index:Environment: \(create\)$/m) }),
    ],
  });
  expect(ups.map(resultsOf)).toEqual([
    { up: "failure", again: "success" },
    { up: "success", again: "skipped" },
  ]);
  expect(environmentsIn(site)).toHaveLength(1);
  expect(resultsOf(quiet)).toEqual({ drift: "success" });
  expect(quietIssues).toEqual([]);
  expect(drifts.map(resultsOf)).toEqual([{ drift: "failure" }, { drift: "failure" }]);
  expect(found).toEqual([
    expect.objectContaining({
      title: "Drift in the stack dev",
      state: "open",
      body: expect.stringMatching(/"Renamed by hand" => "Home"/),
    }),
  ]);
  expect(resultsOf(repaired)).toEqual({ drift: "success" });
  expect(hub.issues).toEqual([expect.objectContaining({ state: "closed" })]);
  const told = JSON.stringify([early, preview, ups, quiet, drifts, repaired, hub.comments, hub.issues]);
  expect([...Object.values(site.secrets), secret].filter((value) => told.includes(value))).toEqual([]);
});

test("a review environment comes with its pull request and goes with it, and jobs that are killed in between leave nothing", async () => {
  const { site, hub, happens } = await open(review);
  const killIn = (method: string): void => loseMachines(site, `EnvironmentService/${method}`);

  killIn("CreateEnvironment");
  const opened = await happens("review.yml", changed("opened", 7));
  const made = environmentsIn(site);
  killIn("UpdateEnvironment");
  const pushed = await happens("review.yml", changed("synchronize", 7, "b"));
  const kept = environmentsIn(site);
  killIn("DeleteEnvironment");
  const closed = await happens("review.yml", changed("closed", 7, "b"));

  const killed = { review: "failure", again: "success" };
  expect([opened, pushed, closed].map(resultsOf)).toEqual([killed, killed, killed]);
  expect(made).toEqual([{ id: expect.any(String), session: "feature/7@a" }]);
  expect(kept).toEqual([{ id: made[0]?.id, session: "feature/7@b" }]);
  expect(hub.comments).toEqual({
    7: [expect.objectContaining({ body: expect.stringContaining(`https://3000--${made[0]?.id}.localhost`) })],
  });
  expect(environmentsIn(site)).toEqual([]);
  expect(site.stacks()).toEqual([]);
});

test("the sweep takes what killed jobs have left of a pull request that was closed unseen, and nothing of others", async () => {
  const { site, hub, happens } = await open(review);
  for (const number of [7, 8]) hub.pulls[number] = { state: "open", head: { ref: `feature/${number}`, sha: "a" } };
  await happens("review.yml", changed("opened", 7));
  loseMachines(site, "EnvironmentService/CreateEnvironment", "IdentityService/GetAuthenticatedIdentity");
  const killed = await happens("review.yml", changed("opened", 8));
  const left = environmentsIn(site);
  const early = await happens("review-sweep.yml", night);
  hub.pulls[8] = { state: "closed", head: { ref: "feature/8", sha: "a" } };

  const sweep = await happens("review-sweep.yml", night);

  expect(resultsOf(killed)).toEqual({ review: "failure", again: "failure" });
  expect(left.map(({ session }) => session)).toEqual(["feature/7@a", "feature/8@a"]);
  expect(resultsOf(early)).toEqual({ find: "success", sweep: "skipped" });
  expect(resultsOf(sweep)).toEqual({ find: "success", sweep: "success" });
  expect(environmentsIn(site)).toEqual([left[0]]);
  expect(site.stacks()).toEqual(["review-7"]);
});

test("what killed jobs have left of another commit is named, and its stack stays until somebody has looked", async () => {
  const { site, happens } = await open(review);
  loseMachines(site, "EnvironmentService/CreateEnvironment", "IdentityService/GetAuthenticatedIdentity");
  await happens("review.yml", changed("opened", 7));
  const [left] = environmentsIn(site);

  const closed = await happens("review.yml", changed("closed", 7, "b"));

  expect(resultsOf(closed)).toEqual({ review: "failure", again: "failure" });
  expect(closed.again?.log).toContain(left?.id);
  expect(closed.again?.log).toContain("Delete it in the product, then run: pulumi --cwd review stack rm review-7");
  expect(environmentsIn(site)).toEqual([left]);
  expect(site.stacks()).toEqual(["review-7"]);
});

test("a pull request from a fork runs nothing", async () => {
  const { happens } = await open({});
  const fork = changed("opened", 9, "a", "stranger/infra");

  const runs = [await happens("preview.yml", fork), await happens("review.yml", fork)];

  expect(runs.map(resultsOf)).toEqual([{ preview: "skipped" }, { review: "skipped", again: "skipped" }]);
});

test("every shell step of the recipes ran in one of these tests", () => {
  const place = join(root, "examples", "pipelines", "github");
  const workflows = readdirSync(join(place, ".github", "workflows")).map((file) => join(".github", "workflows", file));
  const action = join(".github", "actions", "setup", "action.yml");
  const stated = [
    ...workflows.flatMap((file) =>
      Object.values(readWorkflow(join(place, file)).jobs).flatMap((job) => scriptsIn(file, job.steps)),
    ),
    ...scriptsIn(action, readAction(join(place, action))),
  ];

  expect(stated.length).toBeGreaterThan(0);
  expect(steps.missing(stated)).toEqual([]);
});

/** A repository with the recipes and some files, and GitHub around it. */
async function open(files: Record<string, string>): Promise<{
  site: Site;
  hub: Hub;
  happens(workflow: string, event: Event): Promise<Record<string, JobRun>>;
  /** Runs what runs after a merge, in the environment whose token may write. */
  merges(): Promise<Record<string, JobRun>>;
}> {
  const hub = await openHub(name);
  const site = await openSite(["ci", "github"], {
    gh: { script: join(__dirname, "gh.js"), env: { GITHUB_API_URL: hub.url } },
  });
  site.vars.REVIEW_CLASS = ids.smallClass;
  site.push(files);
  const runner: Runner = { site, steps, name, api: hub.url, token: hub.token };
  const protectedSecrets = { ...site.secrets };
  Object.assign(site.secrets, { GITPOD_API_KEY: tokens.readOnly, GITPOD_REVIEW_TOKEN: tokens.owner });
  return {
    site,
    hub,
    happens: (workflow, event) => happen(runner, workflow, event),
    merges: () => happen({ ...runner, site: { ...site, secrets: protectedSecrets } }, "up.yml", merged),
  };
}

const scriptsIn = (file: string, all: readonly { readonly run?: string }[]): [string, string][] =>
  all.flatMap(({ run }): [string, string][] => (run === undefined ? [] : [[file, run]]));

const secret = "never printed";

const program = JSON.stringify({
  name: "infra",
  runtime: "yaml",
  plugins: { providers: [{ name: "gitpod", path: "node_modules/pulumi-gitpod/dist/bin" }] },
  resources: {
    home: gitpod("Environment", { name: "Home", spec: { machine: { class: ids.smallClass } } }),
    // Not being created while a machine is lost: a run would refuse to guess whose the secret is.
    key: gitpod(
      "Secret",
      { name: "KEY", value: { "fn::secret": secret }, environmentVariable: true, scope: { userId: ids.owner } },
      { dependsOn: [`\${home}`] },
    ),
  },
});

/** What a stranger has written who knows how the comment begins. */
const quoted: Written = {
  id: 1000,
  number: 1000,
  user: { login: "stranger" },
  body: "<!-- pulumi: preview -->\nMine.",
  state: "open",
};

/** The program of examples/review-environment as the guide lets it be copied: in a folder below that of the packages. */
const review = Object.fromEntries(
  ["Pulumi.yaml", "automations.yaml"].map((file) => {
    const text = readFileSync(join(root, "examples", "review-environment", "yaml", file), "utf8");
    return [`review/${file}`, text.replace("path: node_modules", "path: ../node_modules")];
  }),
);

const night: Event = { name: "schedule", event: {} };
const merged: Event = { name: "push", event: {} };

const changed = (action: string, number: number, sha = "a", full_name = name): Event => ({
  name: "pull_request",
  event: { action, pull_request: { number, head: { ref: `feature/${number}`, sha, repo: { full_name } } } },
});

const accountOf = ({ vars, secrets }: Site): Record<string, string> => ({ ...vars, ...secrets });

const resultsOf = (runs: Record<string, JobRun>): Record<string, string> =>
  Object.fromEntries(Object.entries(runs).map(([job, { result }]) => [job, result]));

/** The environments that there are, with what each shows. */
const environmentsIn = ({ emulator }: Site): { id: string; session: string | undefined }[] => {
  emulator.settle();
  const all = emulator.admin.objects("environments") as { id: string; spec: { content?: { session?: string } } }[];
  return all.map(({ id, spec }) => ({ id, session: spec.content?.session }));
};

/** Loses the machines after the next call of a method, then after the next one of another. */
function loseMachines(site: Site, method: string, ...others: string[]): void {
  const stop = site.emulator.admin.onCall((called, moment) => {
    if (called !== method || moment !== "after") return;
    stop();
    site.loseMachines();
    const [next, ...more] = others;
    if (next !== undefined) loseMachines(site, next, ...more);
  });
}
