import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ids } from "../../emulator";
import { objectsIn } from "../kinds/table";
import { objectsOf, openScene, outcomeOf, type Scene } from "./scene";

/** What a pipeline states for a pull request, as options of `pulumi up`. */
const stated = (values: Record<string, string>): string[] =>
  Object.entries(values).flatMap(([key, value]) => ["--config", `${key}=${value}`]);

const website = { repository: "https://github.com/acme/website", class: ids.smallClass };
const one = { environments: 1, services: 1, tasks: 1, taskExecutions: 1 };

/** What a stack tells, and the environment and the services that it tells of. */
async function reviewIn({ engine, emulator }: Scene, ...stack: string[]) {
  const { stdout } = await engine.run("stack", "output", "--json", ...stack);
  const told: { environmentId: string; url: string } = JSON.parse(stdout);
  return {
    told,
    environment: objectsIn(emulator, "environments").find(({ id }) => id === told.environmentId),
    services: objectsIn(emulator, "services").filter(({ environmentId }) => environmentId === told.environmentId),
  };
}

/** A review environment that shows a branch. */
const showing = (pullRequest: string, branch: string, start = "npm ci && npm run dev -- --port 3000") => ({
  told: { url: expect.stringMatching(/^https:\/\/3000--[\w-]+\.localhost$/) },
  environment: {
    metadata: { name: `Review of pull request ${pullRequest}` },
    spec: { timeout: { disconnected: "1800s" } },
    status: { phase: "ENVIRONMENT_PHASE_RUNNING", content: { git: { branch } } },
  },
  services: [{ spec: { commands: { start } }, status: { phase: "SERVICE_PHASE_RUNNING" } }],
});

test("two pull requests at once have a review environment each, which a push wakes and changes in place, and a close takes away", async () => {
  const scene = await openScene({ program: "examples/review-environment/yaml" });
  const { engine, emulator } = scene;
  const second = ["--stack", "second"];
  await engine.run("stack", "init", "second", "--no-select");

  const opened = await Promise.all([
    engine.up(...stated({ ...website, pullRequest: "1", branch: "first" })),
    engine.up(...second, ...stated({ ...website, pullRequest: "2", branch: "second" })),
  ]);
  const both = [await reviewIn(scene), await reviewIn(scene, ...second)];
  const { environmentId = "" } = both[0]?.told ?? {};
  emulator.admin.stopEnvironment(environmentId);
  emulator.settle();
  const pushed = await engine.up(...stated({ branch: "renamed", commit: "4f1d7c5" }));
  const after = await reviewIn(scene);
  emulator.admin.setGitStatus(environmentId, { changedFiles: ["README.md"] });
  const closed = await engine.destroy();
  const left = objectsOf(scene);
  const other = await reviewIn(scene, ...second);
  const closedToo = await engine.destroy(...second);

  const created = { environment: "create", automations: "create", review: "create" };
  expect(opened.map(outcomeOf)).toEqual(Array(2).fill({ code: 0, operations: created, complaints: [] }));
  expect(both).toMatchObject([showing("1", "first"), showing("2", "second")]);
  expect(outcomeOf(pushed)).toEqual({
    code: 0,
    operations: { environment: "update", automations: "same", review: "replace" },
    complaints: [],
  });
  expect(after).toMatchObject({ ...showing("1", "renamed"), told: both[0]?.told });
  expect([closed.code, left, other]).toEqual([0, one, both[1]]);
  expect([closedToo.code, objectsOf(scene)]).toEqual([0, {}]);
});

test("the component of a review environment tells URLs by name, follows its automations file in place, and wakes with its services", async () => {
  const scene = await openScene({
    program: "examples/review-environment",
    env: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
  });
  const { engine, emulator } = scene;
  const automations = join(engine.folder, "yaml", "automations.yaml");

  const opened = await engine.up(...stated({ ...website, pullRequest: "1", branch: "first" }));
  const before = await reviewIn(scene);
  writeFileSync(automations, readFileSync(automations, "utf8").replace("npm run dev", "npm run preview"));
  const pushed = await engine.up(...stated({ branch: "second", commit: "4f1d7c5" }));
  const after = await reviewIn(scene);
  const repeated = await engine.up("--refresh");
  emulator.admin.stopEnvironment(after.told.environmentId);
  emulator.settle();
  const woken = await engine.up("--refresh");
  emulator.settle();
  const awake = await reviewIn(scene);
  const closed = await engine.destroy();

  const latest = showing("1", "second", "npm ci && npm run preview -- --port 3000");
  const names = ["review", "review-environment", "review-automations", "review-review"];
  const all = (operation: string) => Object.fromEntries(names.map((name) => [name, operation]));
  expect(outcomeOf(opened)).toEqual({ code: 0, operations: all("create"), complaints: [] });
  expect(before).toMatchObject(showing("1", "first"));
  expect(before.told).toMatchObject({ urls: { website: before.told.url } });
  expect(outcomeOf(pushed)).toEqual({
    code: 0,
    operations: { ...all("update"), review: "same", "review-review": "replace" },
    complaints: [],
  });
  expect(after).toMatchObject({ ...latest, told: before.told });
  expect(outcomeOf(repeated)).toEqual({ code: 0, operations: all("same"), complaints: [] });
  expect(outcomeOf(woken)).toEqual({
    code: 0,
    operations: { ...all("same"), "review-environment": "update" },
    complaints: [],
  });
  expect(awake).toMatchObject(latest);
  expect([closed.code, objectsOf(scene)]).toEqual([0, {}]);
});
