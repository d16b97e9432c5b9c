import * as resources from "../../provider/resources";
import { everyKind } from "../engine/every-kind";
import { callsOf, objectsOf, openScene, outcomeOf, stateOf, writesOf } from "../engine/scene";
import { programOf } from "./program";

const kinds = Object.keys(resources);
const every = (operation: string) => Object.fromEntries(kinds.map((kind) => [kind, operation]));

const updated = {
  ...everyKind,
  project: { ...everyKind.project, name: "Shop 2" },
  environment: { ...everyKind.environment, name: "Demo 2" },
  service: { ...everyKind.service, spec: { commands: { start: "npm start" }, env: [{ name: "PORT", value: "8080" }] } },
  task: { ...everyKind.task, spec: { command: "npm run seed -- --all" } },
  automationsFile: { yaml: "services: { worker: { name: Workers, commands: { start: npm run work } } }" },
  group: { ...everyKind.group, description: "Read and comment" },
  secret: { ...everyKind.secret, value: "second-value" },
};

const replaced = {
  ...updated,
  environment: { name: "Demo 2", spec: { machine: { class: "01900000-0000-7000-8000-000000000009" } } },
  service: { ...updated.service, metadata: { reference: "web-2", name: "Web" } },
  task: { ...updated.task, metadata: { reference: "seed-2", name: "Seed" } },
  group: { ...updated.group, name: "Readers" },
  secret: { ...updated.secret, name: "TOKEN_2" },
  project: { ...updated.project, initializer: { specs: [{ git: { remoteUri: "https://example.com/shop-3.git" } }] } },
};

test("from YAML every kind is previewed, created, left alone, updated, replaced, refreshed and destroyed", async () => {
  const scene = await openScene({ program: programOf(everyKind) });
  const { engine } = scene;

  const preview = outcomeOf(await engine.preview());
  const previewed = writesOf(scene);
  const creation = outcomeOf(await engine.up());
  const first = await stateOf(scene);
  callsOf(scene);
  const repetition = outcomeOf(await engine.up());
  const repeated = callsOf(scene);
  engine.write(programOf(updated));
  const announcement = await engine.preview("--diff");
  const announced = writesOf(scene);
  const update = outcomeOf(await engine.up());
  const second = await stateOf(scene);
  engine.write(programOf(replaced));
  const replacement = outcomeOf(await engine.up());
  const third = await stateOf(scene);
  writesOf(scene);
  const refresh = await engine.refresh();
  const refreshed = { summary: refresh.summary, writes: writesOf(scene), state: await stateOf(scene) };
  const destruction = outcomeOf(await engine.destroy());

  const quiet = { code: 0, complaints: [] };
  expect(preview).toEqual({ ...quiet, operations: { ...every("create"), home: "create" } });
  expect(previewed).toEqual([]);
  expect(creation).toEqual({ ...quiet, operations: { ...every("create"), home: "create" } });
  expect(repetition).toEqual({ ...quiet, operations: { ...every("same"), home: "same" } });
  expect(repeated).toEqual({});
  expect(announcement.differences).toEqual({
    project: { name: "update" },
    environment: { name: "update" },
    service: { "spec.env[0].value": "update" },
    task: { "spec.command": "update" },
    automationsFile: { "automations.services.worker.name": "update" },
    group: { description: "update" },
    secret: { value: "update" },
  });
  expect(announced).toEqual([]);
  expect(update).toEqual({ ...quiet, operations: { ...every("update"), home: "same", taskExecution: "same" } });
  expect(idsOf(second)).toEqual(idsOf(first));
  expect(replacement).toEqual({ ...quiet, operations: { ...every("replace"), home: "same" } });
  expect(kinds.filter((kind) => third[kind]?.id === second[kind]?.id)).toEqual([]);
  expect(refreshed).toEqual({ summary: { same: kinds.length + 2 }, writes: [], state: third });
  expect(destruction).toEqual({ ...quiet, operations: { ...every("delete"), home: "delete" } });
  expect(objectsOf(scene)).toEqual({});
});

const idsOf = (state: Awaited<ReturnType<typeof stateOf>>) =>
  Object.fromEntries(Object.entries(state).map(([name, { id }]) => [name, id]));
