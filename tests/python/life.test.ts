import type { EngineRun } from "../../tools/engine/engine";
import { complaintsOf, objectsOf, openScene, stateOf, writesOf } from "../engine/scene";
import { all, becoming, type Every, everyKind, everySubject, linksOf, replacedKind, updatedKind } from "../kinds/every";
import { markOf } from "../kinds/example";
import type { Link } from "../kinds/program";

const source = `import json

import pulumi


class Gitpod(pulumi.CustomResource):
    def __init__(self, kind, name, props, opts=None):
        super().__init__(f"gitpod:index:{kind}", name, props, opts)


with open("links.json") as file:
    links = json.load(file)

made = {}


def placed(value):
    if isinstance(value, dict):
        return {name: placed(part) for name, part in value.items()}
    if isinstance(value, list):
        return [placed(part) for part in value]
    return made[value].id if isinstance(value, str) and value in made else value


for link in links:
    inputs = placed(link["inputs"])
    for name in link["secrets"]:
        inputs[name] = pulumi.Output.secret(inputs[name])
    options = link["options"]
    opts = pulumi.ResourceOptions(
        replace_on_changes=options.get("replaceOnChanges"),
        delete_before_replace=options.get("deleteBeforeReplace"),
    )
    made[link["mark"]] = Gitpod(link["kind"], link["name"], inputs, opts)


def name_of(id):
    return pulumi.runtime.invoke("gitpod:index:getProject", {"projectId": id}).value["metadata"]["name"]


pulumi.export("name", made["${markOf("project")}"].id.apply(name_of))
`;

const program = (every: Every): Record<string, string> => ({
  "Pulumi.yaml": "name: test\nruntime: python\n",
  "__main__.py": source,
  "links.json": JSON.stringify(linksOf(every).map(described)),
});

/** A link as the program reads it. */
const described = ({ name, kind, inputs, options = {} }: Link) => {
  const sensitive = everySubject[name]?.definition.sensitive ?? [];
  return { name, kind, inputs, options, mark: markOf(name), secrets: sensitive.filter((input) => input in inputs) };
};

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
  expect(preview).toEqual({ ...quiet, operations: all("create") });
  expect(creation).toEqual({ ...quiet, operations: all("create") });
  expect(outputs).toEqual({ name: "Shop" });
  expect(repetition).toEqual({ ...quiet, operations: all("same") });
  expect(update).toEqual({ ...quiet, operations: becoming(everyKind, updatedKind) });
  expect(Object.keys(first).filter((name) => second[name]?.id !== first[name]?.id)).toEqual([]);
  expect(replacement).toEqual({ ...quiet, operations: becoming(updatedKind, replacedKind) });
  expect(refresh.summary).toEqual({ same: linksOf(everyKind).length + 1 });
  expect([previewed, repeated, refreshed]).toEqual([[], [], []]);
  expect(exported).not.toContain("second-value");
  expect(destruction).toEqual({ ...quiet, operations: all("delete") });
  expect(objectsOf(scene)).toEqual({});
});
