import { ids } from "../../emulator";
import * as resources from "../../provider/resources";
import type { EngineRun } from "../../tools/engine/engine";
import { type Every, everyKind, replacedKind, updatedKind } from "../engine/every-kind";
import { complaintsOf, objectsOf, openScene, stateOf, writesOf } from "../engine/scene";

const source = `import json

import pulumi


class Gitpod(pulumi.CustomResource):
    def __init__(self, kind, name, props, opts=None):
        super().__init__(f"gitpod:index:{kind}", name, props, opts)


with open("every.json") as file:
    every = json.load(file)


def replacing(*names):
    return pulumi.ResourceOptions(replace_on_changes=list(names))


home = Gitpod("Environment", "home", {"spec": {"machine": {"class": "${ids.smallClass}"}}})
project = Gitpod("Project", "project", every["project"], replacing("initializer"))
environment = Gitpod("Environment", "environment", every["environment"])
Gitpod("AutomationsFile", "automationsFile", {"environmentId": environment.id, **every["automationsFile"]})
Gitpod("Service", "service", {"environmentId": home.id, **every["service"]})
task = Gitpod("Task", "task", {"environmentId": home.id, **every["task"]})
Gitpod("TaskExecution", "taskExecution", {"taskId": task.id, **every["taskExecution"]})
Gitpod("Group", "group", every["group"], replacing("name"))
value = pulumi.Output.secret(every["secret"]["value"])
Gitpod("Secret", "secret", {"scope": {"projectId": project.id}, **every["secret"], "value": value})


def name_of(id):
    return pulumi.runtime.invoke("gitpod:index:getProject", {"projectId": id}).value["metadata"]["name"]


pulumi.export("name", project.id.apply(name_of))
`;

const program = (every: Every): Record<string, string> => ({
  "Pulumi.yaml": "name: test\nruntime: python\n",
  "__main__.py": source,
  "every.json": JSON.stringify(every),
});

const kinds = Object.keys(resources);
const every = (operation: string) => Object.fromEntries(kinds.map((kind) => [kind, operation]));

/** Pulumi warns of a language host that is not beside it. */
const outcomeOf = (run: EngineRun) => ({
  code: run.code,
  operations: run.operations,
  complaints: complaintsOf(run).filter((complaint) => !/^using pulumi-language-python from/.test(complaint)),
});

test("from Python every kind is previewed, created, left alone, updated, replaced, refreshed and destroyed", async () => {
  const scene = await openScene({ adapter: "plugin", program: program(everyKind) });
  const { engine } = scene;

  const preview = outcomeOf(await engine.preview());
  const previewed = writesOf(scene);
  const creation = outcomeOf(await engine.up());
  const outputs = await engine.outputs();
  const first = await stateOf(scene);
  writesOf(scene);
  const repetition = outcomeOf(await engine.up());
  const repeated = writesOf(scene);
  engine.write(program(updatedKind));
  const update = outcomeOf(await engine.up());
  const second = await stateOf(scene);
  engine.write(program(replacedKind));
  const replacement = outcomeOf(await engine.up());
  writesOf(scene);
  const refresh = await engine.refresh();
  const refreshed = writesOf(scene);
  const exported = (await engine.run("stack", "export")).stdout;
  const destruction = outcomeOf(await engine.destroy());

  const quiet = { code: 0, complaints: [] };
  expect(preview).toEqual({ ...quiet, operations: { ...every("create"), home: "create" } });
  expect(creation).toEqual({ ...quiet, operations: { ...every("create"), home: "create" } });
  expect(outputs).toEqual({ name: "Shop" });
  expect(repetition).toEqual({ ...quiet, operations: { ...every("same"), home: "same" } });
  expect(update).toEqual({ ...quiet, operations: { ...every("update"), home: "same", taskExecution: "same" } });
  expect(kinds.filter((kind) => second[kind]?.id !== first[kind]?.id)).toEqual([]);
  expect(replacement).toEqual({ ...quiet, operations: { ...every("replace"), home: "same" } });
  expect(refresh.summary).toEqual({ same: kinds.length + 2 });
  expect([previewed, repeated, refreshed]).toEqual([[], [], []]);
  expect(exported).not.toContain("second-value");
  expect(destruction).toEqual({ ...quiet, operations: { ...every("delete"), home: "delete" } });
  expect(objectsOf(scene)).toEqual({});
});
