import * as pulumi from "@pulumi/pulumi";
import { Task, type TaskArgs } from "../../sdk";
import { type Registration, registrations } from "./registration";

const args: TaskArgs = {
  environmentId: "e",
  metadata: { reference: "seed", name: "Seed" },
  spec: { command: "npm run seed", env: [{ name: "ROWS", value: "10" }] },
  dependsOn: ["s"],
};
const digest = expect.stringMatching(/^[0-9a-f]{16}$/);

async function declared(given: TaskArgs, opts?: pulumi.CustomResourceOptions): Promise<Registration[]> {
  return registrations(() => {
    const task = new Task("seed", given, opts);
    return task.execution ? [task, task.execution] : [task];
  });
}

async function definitionOf(given: TaskArgs): Promise<unknown> {
  const [, execution] = await declared({ ...given, run: {} });
  const triggers: unknown = execution?.inputs.triggers;
  return Object.entries(triggers ?? {}).find(([name]) => name === "$definition")?.[1];
}

test("a task without `run` is declared and not started", async () => {
  const seen = await declared(args);

  expect(seen.map(({ type }) => type)).toEqual(["pulumi-nodejs:dynamic/gitpod:Task"]);
});

test("a task with `run` has a child that runs it, and sends nothing of `run` to the provider", async () => {
  const [task, execution] = await declared({ ...args, run: { triggers: { data: pulumi.output("1") } } });

  expect(task?.inputs).toEqual({ ...args, __provider: expect.any(String), __urn: expect.any(String) });
  expect(execution).toEqual({
    type: "pulumi-nodejs:dynamic/gitpod:TaskExecution",
    name: "seed",
    id: undefined,
    inputs: {
      taskId: "seed-id",
      triggers: { data: "1", $definition: digest },
      __provider: 'exports.handler=()=>require("pulumi-gitpod/dynamic").taskExecution',
      __urn:
        "urn:pulumi:test::shop::pulumi-nodejs:dynamic/gitpod:Task$pulumi-nodejs:dynamic/gitpod:TaskExecution::seed",
    },
  });
});

test("what `run` says is checked as inputs of the execution, all but the task, which is its parent", async () => {
  const run = {
    desiredPhase: "TASK_EXECUTION_PHASE_RUNNING" as const,
    adopt: "",
    triggres: {},
    taskId: "another",
    triggers: pulumi.output({ data: "1" }),
  };

  const [, execution] = await declared({ ...args, run });

  expect(execution?.inputs).toMatchObject({
    taskId: "seed-id",
    desiredPhase: run.desiredPhase,
    adopt: "",
    triggres: {},
    "run.taskId": "another",
    triggers: { data: "1", $definition: digest },
  });
});

test.each([["yes"], [["data"]], [true]])(
  "a `run` that is %j, and triggers that are, come to the check as they are",
  async (value) => {
    const [, execution] = await declared({ ...args, run: value as never });
    const [, triggered] = await declared({ ...args, run: { triggers: value as never } });

    expect(execution?.inputs).toMatchObject({ taskId: "seed-id", run: value });
    expect(triggered?.inputs).toMatchObject({ taskId: "seed-id", triggers: value });
  },
);

test("a task runs again when its command, variables, place or dependencies change", async () => {
  const variants: TaskArgs[] = [
    args,
    { ...args, spec: { ...args.spec, command: "npm run reseed" } as never },
    { ...args, spec: { command: "npm run seed", env: [{ name: "ROWS", value: "11" }] } },
    { ...args, spec: { command: "npm run seed", env: [{ name: "ROWS", value: "10" }], runsOn: { machine: {} } } },
    { ...args, dependsOn: [] },
  ];

  const definitions = await each(variants);

  expect(new Set(definitions).size).toBe(variants.length);
});

test("a task does not run again when its words change, or the order in which a value is written", async () => {
  const variants: TaskArgs[] = [
    args,
    { ...args, metadata: { reference: "seed", name: "Seed the database", description: "All rows" } },
    {
      ...args,
      spec: { env: [{ value: "10", name: "ROWS" }], command: pulumi.output("npm run seed"), runsOn: undefined },
    },
  ];

  const definitions = await each(variants);

  expect(new Set(definitions).size).toBe(1);
});

test("a secret in a task makes the trigger that stands for it secret", async () => {
  const secret: TaskArgs = { ...args, spec: { command: pulumi.secret("npm run seed") }, run: {} };

  const [task, execution] = await declared(secret);

  expect(task?.inputs.__secrets).toEqual([["spec", "command"]]);
  expect(execution?.inputs.__secrets).toEqual([["triggers", "$definition"]]);
});

test("timeouts of a task hold for its run", async () => {
  const [, execution] = await declared({ ...args, run: {} }, { customTimeouts: { create: "2h" } });

  expect(execution?.inputs.__timeouts).toEqual({ create: "2h" });
});

test("a task that is only read is not run", async () => {
  const task = await registrations(() => [Task.get("seed", "42")]);

  expect(task.map(({ type, id }) => ({ type, id }))).toEqual([{ type: "pulumi-nodejs:dynamic/gitpod:Task", id: "42" }]);
});

async function each(variants: readonly TaskArgs[]): Promise<unknown[]> {
  const definitions = [];
  for (const variant of variants) definitions.push(await definitionOf(variant));
  return definitions;
}
