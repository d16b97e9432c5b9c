import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ids, tokens } from "../../emulator";
import { gitpod, type YamlResource } from "../../tools/engine/yaml";
import { root } from "../../tools/root";
import { chosenFor } from "./gitlab/chosen";
import { readCiFile } from "./gitlab/ci-file";
import { type Lab, openLab } from "./gitlab/lab";
import { type Pipeline, type Runner, runPipeline, type Values } from "./gitlab/pipeline";
import { openSite, type Site } from "./site";
import { createSteps } from "./steps";

jest.setTimeout(600_000);

const project = "42";
const passphrase = "correct horse";
const steps = createSteps();
const recipe = join(root, "examples", "pipelines", "gitlab");

test("a merge request shows what it changes in one note, a merge does it, and each night one issue tells of drift", async () => {
  const { site, lab, happens } = await open("stack", { "Pulumi.yaml": program({ home: environment("Home") }) });
  lab.notes[1] = [quoted];
  const init = await onMachine(site, "pulumi stack init dev");

  const previews = [await happens(opened(1)), await happens(opened(1, "b"))];
  const ups = [await happens(merged)];
  site.emulator.admin.patch("environments", environmentsIn(site)[0]?.id ?? "", { metadata: { name: "By hand" } });
  const drift = await happens(night);
  const found = structuredClone(lab.issues);
  ups.push(await happens(merged));
  const repaired = await happens(night);

  expect(init).toBe(0);
  expect(previews.map(resultsOf)).toEqual([{ preview: "success" }, { preview: "success" }]);
  expect(lab.notes).toEqual({
    1: [
      quoted,
      expect.objectContaining({ body: expect.stringMatching(/^ {4}\+ gitpod:index:Environment: \(create\)$/m) }),
    ],
  });
  expect(ups.map(resultsOf)).toEqual([{ up: "success" }, { up: "success" }]);
  expect([resultsOf(drift), found]).toEqual([
    { drift: "failed" },
    [
      expect.objectContaining({
        title: "Drift in the stack dev",
        state: "opened",
        description: expect.stringContaining(`"By hand" => "Home"`),
      }),
    ],
  ]);
  expect([resultsOf(repaired), lab.issues]).toEqual([
    { drift: "success" },
    [expect.objectContaining({ state: "closed" })],
  ]);
  const told = JSON.stringify([
    lab.notes,
    lab.issues,
    ...[...previews, ...ups, drift, repaired].map((each) => each?.printed),
  ]);
  expect([tokens.owner, tokens.readOnly, lab.token, passphrase].filter((secret) => told.includes(secret))).toEqual([]);
});

test("a review environment comes with its merge request and goes with it, also where a machine is lost or nothing stops it", async () => {
  const { site, lab, happens } = await open("review", { "review/Pulumi.yaml": review });
  const { emulator } = site;
  const lose = (method: string): void => {
    const stop = emulator.admin.onCall((called, moment) => {
      if (called !== method || moment !== "after") return;
      stop();
      site.loseMachines();
    });
  };
  lab.mergeRequests.push(request(7, "opened"), request(8, "closed"));

  lose("EnvironmentService/CreateEnvironment");
  const first = await happens(opened(7));
  const made = environmentsIn(site);
  const pushed = await happens(opened(7, "b"));
  const kept = environmentsIn(site);
  const unseen = await happens(opened(8));
  const sweep = await happens(night);
  const swept = environmentsIn(site);
  const again = await happens(night);
  const creates = emulator.calls()["EnvironmentService/CreateEnvironment"];
  lose("EnvironmentService/DeleteEnvironment");
  await pushed?.stop("review/7");

  const up = { review: "success" };
  expect([first, pushed, unseen].map(resultsOf)).toEqual([up, { ...up, "review-stop": "success" }, up]);
  expect(creates).toBe(2);
  expect([made, kept]).toEqual([
    [{ id: expect.any(String), name: "Review of feature/7 at a" }],
    [{ id: made[0]?.id, name: "Review of feature/7 at b" }],
  ]);
  expect(lab.notes[7]).toEqual([
    expect.objectContaining({ body: expect.stringContaining(`--${made[0]?.id}.localhost`) }),
  ]);
  expect([sweep, again].map(resultsOf)).toEqual([
    { "find-stale": "success", "sweep 8": "success", sweep: "success" },
    { "find-stale": "success", nothing: "success", sweep: "success" },
  ]);
  expect(swept).toEqual(kept);
  expect([environmentsIn(site), site.stacks()]).toEqual([[], []]);
});

test("the merge request of a fork has no pipeline, in neither of the two projects", async () => {
  const { happens } = await open("stack", {});

  const there = await happens(opened(9, "a", "43"));
  const here = await happens({ ...opened(9, "a", "43"), CI_PROJECT_ID: "43" });

  expect([there, here]).toEqual([undefined, undefined]);
});

test("GitLab's schema takes the files, and another reader of their rules chooses the same jobs", () => {
  const chosen = [opened(7), merged, night].map((event) => chosenFor(recipe, event));

  const when = "on_success";
  expect(chosen).toEqual([
    [
      { name: "preview", when },
      { name: "review", when },
      { name: "review-stop", when: "manual" },
    ],
    [{ name: "up", when }],
    [
      { name: "drift", when },
      { name: "find-stale", when },
      { name: "sweep", when },
    ],
  ]);
});

test("every shell step of the recipes ran in one of these tests", () => {
  const { jobs } = readCiFile(recipe);
  const stated = Object.values(jobs).flatMap(({ before_script = [], script = [] }) => [...before_script, ...script]);

  expect(stated.length).toBeGreaterThan(10);
  expect(steps.missing(stated.map((line) => [".gitlab-ci.yml", line] as const))).toEqual([]);
});

const quoted = {
  id: 9,
  iid: 9,
  author: { id: 7 },
  state: "opened",
  body: "<!-- pulumi: preview --> is what it writes",
};

const request = (iid: number, state: string) => ({ iid, state, source_branch: `feature/${iid}`, sha: "a" });

/** A repository with some files and one of the two parts of the recipes, and GitLab around it. */
async function open(
  part: "stack" | "review",
  files: Record<string, string>,
): Promise<{
  site: Site;
  lab: Lab;
  happens(event: Values): Promise<Pipeline | undefined>;
}> {
  const lab = await openLab(project);
  const site = await openSite(["ci", "gitlab"]);
  const file = join(site.repository, ".gitlab-ci.yml");
  const other = part === "stack" ? "review" : "stack";
  site.push({
    ...files,
    ".gitlab-ci.yml": readFileSync(file, "utf8").replace(`  - local: .gitlab/${other}.yml\n`, ""),
  });
  const runner: Runner = {
    site,
    steps,
    project: {
      open: {
        ...site.vars,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        GITLAB_API_TOKEN: lab.token,
        GITPOD_READ_TOKEN: tokens.readOnly,
        GITPOD_REVIEW_TOKEN: tokens.owner,
        REVIEW_CLASS: ids.smallClass,
      },
      protected: { GITPOD_DEPLOY_TOKEN: tokens.owner },
    },
    predefined: {
      CI_API_V4_URL: lab.url,
      CI_PROJECT_ID: project,
      CI_PROJECT_URL: "https://gitlab.test/acme/infra",
      CI_DEFAULT_BRANCH: "main",
      CI_JOB_IMAGE: "pulumi/pulumi-nodejs-22:3.259.0",
    },
  };
  return { site, lab, happens: (event) => runPipeline(runner, event) };
}

async function onMachine(site: Site, script: string): Promise<number> {
  const machine = site.machine();
  machine.checkOut();
  return (await machine.run(["sh"], script, { ...site.vars, ...site.secrets })).code;
}

const environment = (title: string, machine: string = ids.smallClass): YamlResource =>
  gitpod("Environment", { name: title, spec: { machine: { class: machine } } });

const program = (resources: Record<string, YamlResource>, folder = "", more: object = {}): string =>
  JSON.stringify({
    name: "infra",
    runtime: "yaml",
    plugins: { providers: [{ name: "gitpod", path: `${folder}node_modules/pulumi-gitpod/dist/bin` }] },
    resources,
    ...more,
  });

const review = program({ review: environment(`Review of \${branch} at \${commit}`, `\${class}`) }, "../", {
  config: { branch: { type: "string" }, commit: { type: "string" }, class: { type: "string" } },
  outputs: { url: `\${review.status.environmentUrls.ports[0].url}` },
});

const opened = (iid: number, sha = "a", source = project): Values => ({
  CI_PIPELINE_SOURCE: "merge_request_event",
  CI_COMMIT_SHA: sha,
  CI_MERGE_REQUEST_IID: String(iid),
  CI_MERGE_REQUEST_PROJECT_ID: project,
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source,
  CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: `feature/${iid}`,
});
const merged: Values = { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main", CI_COMMIT_SHA: "b" };
const night: Values = { CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BRANCH: "main", CI_COMMIT_SHA: "b" };

const resultsOf = (pipeline: Pipeline | undefined) => pipeline?.results;

const environmentsIn = ({ emulator }: Site): { id: string; name: string }[] => {
  emulator.settle();
  const all = emulator.admin.objects("environments") as { id: string; metadata: { name: string } }[];
  return all.map(({ id, metadata }) => ({ id, name: metadata.name }));
};
