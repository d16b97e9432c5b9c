import { check } from "../../provider/check/check";
import { diff } from "../../provider/mapping/diff";
import { inputsOf } from "../../provider/mapping/live-inputs";
import { createMemory } from "../../provider/model/run-memory";
import { factsOf } from "../../provider/model/shape";
import { environment, group, project, secret, service, task, taskExecution } from "../../provider/resources";
import { at, type JsonObject, put } from "../../provider/value/json";
import { allInputs, definitions, objectOf } from "./sample";

const id = "0199a1b2-0000-7000-8000-000000000001";
const web = {
  environmentId: id,
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "npm start" } },
} satisfies JsonObject;
const port = { port: 3000, name: "web", admission: "ADMISSION_LEVEL_EVERYONE" } satisfies JsonObject;
const codeServer = { ...port, port: 50432, name: "VS Code Server" } satisfies JsonObject;

test.each(definitions)("%s: whatever the server has lost of the inputs shows", (_kind, definition) => {
  const shown = factsOf(definition).units.filter(
    ({ name, remote }) => remote && name !== definition.phase?.desired && !factsOf(definition).writeOnly.has(name),
  );

  const hidden = shown.filter(({ path, remote }) => {
    const inputs = allInputs(definition, path);
    const object = objectOf(definition, inputs);
    const parent = at(object, remote!.slice(0, -1)) as JsonObject;
    delete parent[remote!.at(-1)!];
    const state = { inputs: inputsOf(definition, object, inputs), outputs: object, seen: { ready: true } };
    return !diff(createMemory(), definition, state, inputs).changes.some((change) =>
      path.every((step, i) => change.path[i] === step),
    );
  });

  expect(hidden.map(({ name }) => name)).toEqual([]);
});

test("what the server has in another way than stated shows as the server has it", () => {
  const remote = {
    ...web,
    metadata: { reference: "web", name: "Shop" },
    spec: { commands: { start: "npm run dev" }, env: [{ name: "A", value: "1" }] },
  };

  expect(inputsOf(service, remote, { ...web, spec: { ...web.spec, env: [] } })).toEqual(remote);
});

test("what is not stated is left alone", () => {
  const remote = {
    ...web,
    metadata: { ...web.metadata, description: "Set in the browser", role: "SERVICE_ROLE_EDITOR" },
    spec: { ...web.spec, session: "3", runsOn: { machine: {} }, desiredPhase: "SERVICE_PHASE_STOPPED" },
  };

  expect(inputsOf(service, remote, web)).toEqual(web);
});

test("a field that the server leaves out has its zero", () => {
  const stated = {
    environmentId: id,
    metadata: { reference: "seed", name: "Seed", description: "Fills", triggeredBy: [{ manual: true }] },
    spec: { command: "true", prebuildRequiresSuccess: true, env: [{ name: "A", value: "1" }] },
    dependsOn: [id],
  };
  const remote = { environmentId: id, metadata: { reference: "seed", name: "Seed" }, spec: { command: "true" } };

  expect(inputsOf(task, remote, stated)).toEqual({
    environmentId: id,
    metadata: { reference: "seed", name: "Seed", description: "", triggeredBy: [] },
    spec: { command: "true", prebuildRequiresSuccess: false, env: [] },
    dependsOn: [],
  });
});

test("a message, a duration and a choice that the server leaves out are not there", () => {
  const stated = { filePath: "/etc/token", source: { verbatim: true } };
  const timed = { spec: { readinessTimeout: "60s", runsOn: { machine: {} } } };

  expect(inputsOf(secret, {}, stated)).toEqual({});
  expect(inputsOf(service, {}, timed)).toEqual({ spec: { runsOn: {} } });
});

test("stated zeros that the server leaves out are there", () => {
  const stated = {
    name: "shop",
    initializer: { specs: [] },
    devcontainerFilePath: "",
    prebuildConfiguration: { enabled: false, environmentClassIds: [] },
    recommendedEditors: { editors: { vscode: { versions: [] } } },
  };
  const remote = {
    metadata: { name: "shop" },
    initializer: {},
    prebuildConfiguration: {},
    recommendedEditors: { editors: { vscode: {} } },
  };

  expect(inputsOf(project, remote, stated)).toEqual(stated);
});

test("what the server never gives back is taken from what is stated", () => {
  const stated = { name: "TOKEN", value: "a", apiOnly: true };
  const documented = { name: "shop", technicalDescription: "A shop" };
  const forced = { name: "dev", forceDelete: true };
  const run = { taskId: id, desiredPhase: "TASK_EXECUTION_PHASE_RUNNING", triggers: { a: "1" } };

  expect(inputsOf(secret, { id, name: "TOKEN", apiOnly: true }, stated)).toEqual(stated);
  expect(inputsOf(project, { id, metadata: { name: "shop" } }, documented)).toEqual(documented);
  expect(inputsOf(environment, { id, metadata: { name: "dev" } }, forced)).toEqual(forced);
  expect(inputsOf(taskExecution, { id, metadata: { taskId: id } }, run)).toEqual(run);
});

test("entries of a list are reduced to what is stated of them, and the server's own entries show whole", () => {
  const remote = {
    specs: [
      { git: { remoteUri: "a", targetMode: "CLONE_TARGET_MODE_REMOTE_HEAD" } },
      { contextUrl: { url: "https://example.com/shop" } },
    ],
  };
  const stated = { initializer: { specs: [{ git: { remoteUri: "b" } }] } };

  expect(inputsOf(project, { initializer: remote }, stated)).toEqual({
    initializer: { specs: [{ git: { remoteUri: "a" } }, remote.specs[1]] },
  });
});

test("another choice than the stated one shows as nothing of what is stated", () => {
  const stated = { spec: { runsOn: { docker: { image: "node" } } } };

  expect(inputsOf(service, { spec: { runsOn: { machine: {} } } }, stated)).toEqual({ spec: { runsOn: {} } });
});

test("entries of a map that no update takes show only where they are stated", () => {
  const annotations = { team: "shop", constructor: "server", owner: "server" };

  expect(inputsOf(environment, { metadata: { annotations } }, { annotations: { team: "web", gone: "x" } })).toEqual({
    annotations: { team: "shop" },
  });
  expect(inputsOf(environment, { metadata: {} }, { annotations: { team: "web" } })).toEqual({ annotations: {} });
});

test("ports and SSH keys show where their key is stated, in the order of their keys", () => {
  const other = { ...port, port: 10000, authNonce: "2" };
  const remote = {
    spec: { ports: [other, codeServer, { ...port, name: "renamed" }], sshPublicKeys: [{ id: "theirs" }] },
  };
  const stated = { spec: { ports: [port, { ...port, port: 10000 }, { ...port, port: 4000 }], sshPublicKeys: [] } };

  expect(inputsOf(environment, remote, stated)).toEqual({
    spec: {
      ports: [
        { ...port, name: "renamed" },
        { ...port, port: 10000 },
      ],
      sshPublicKeys: [],
    },
  });
});

test("a system port shows where it is stated", () => {
  expect(inputsOf(environment, { spec: { ports: [codeServer] } }, { spec: { ports: [codeServer] } })).toEqual({
    spec: { ports: [codeServer] },
  });
});

test("an import finds all inputs but the phase, system ports, and fields that only the server writes or the API has given up", () => {
  const remote = {
    id,
    metadata: { name: "dev", projectId: id, creator: { id } },
    spec: {
      specVersion: "7",
      desiredPhase: "ENVIRONMENT_PHASE_RUNNING",
      machine: { class: id },
      ports: [codeServer, { ...port, authNonce: "2" }, { ...codeServer, port: 61000 }],
      kernelControlsConfig: { veto: { exec: { enabled: true, denyBlockDevices: true } } },
    },
    status: { phase: "ENVIRONMENT_PHASE_RUNNING" },
  };

  const imported = inputsOf(environment, remote, undefined);

  expect(imported).toEqual({
    name: "dev",
    projectId: id,
    spec: { machine: { class: id }, ports: [port], kernelControlsConfig: { veto: { exec: { enabled: true } } } },
  });
  expect(check(environment, imported)).toEqual({ inputs: imported, failures: [] });
});

test("an import of an object that has only system ports finds no ports", () => {
  expect(inputsOf(environment, { spec: { ports: [codeServer] } }, undefined)).toEqual({});
});

test("an import leaves out what the server leaves out", () => {
  expect(inputsOf(group, { id, organizationId: id, name: "team" }, undefined)).toEqual({
    organizationId: id,
    name: "team",
  });
});

test.each([
  ["is on its way", "SERVICE_PHASE_STARTING", "SERVICE_PHASE_RUNNING"],
  ["is where it shall be", "SERVICE_PHASE_RUNNING", "SERVICE_PHASE_RUNNING"],
  ["rests elsewhere", "SERVICE_PHASE_STOPPED", "SERVICE_PHASE_STOPPED"],
  ["has failed", "SERVICE_PHASE_FAILED", "SERVICE_PHASE_FAILED"],
  ["is in a phase that this version does not know", "SERVICE_PHASE_PAUSED", "SERVICE_PHASE_RUNNING"],
])("the stated phase of an object that %s", (_where, phase, shown) => {
  const stated: JsonObject = structuredClone(web);
  put(stated, ["spec", "desiredPhase"], "SERVICE_PHASE_RUNNING");

  expect(inputsOf(service, { ...web, status: { phase } }, stated)).toEqual({
    ...web,
    spec: { ...web.spec, desiredPhase: shown },
  });
});

test.each([
  ["RUNNING", "RUNNING", "STOPPED", "STOPPED"],
  ["STOPPED", "RUNNING", "STOPPED", "STOPPED"],
  ["RUNNING", "STOPPED", "RUNNING", "STOPPED"],
  ["STOPPED", "STOPPED", "RUNNING", "STOPPED"],
])("an environment stated as %s that is %s and was asked to be %s shows %s", (stated, is, asked, shown) => {
  const phase = (name: string) => `ENVIRONMENT_PHASE_${name}`;
  const remote = { spec: { desiredPhase: phase(asked) }, status: { phase: phase(is) } };

  const inputs = inputsOf(environment, remote, { spec: { desiredPhase: phase(stated) } });

  expect(inputs).toEqual({ spec: { desiredPhase: phase(shown) } });
});

test("an execution that has passed the phase that was waited for shows no drift", () => {
  const stated = { taskId: id, desiredPhase: "TASK_EXECUTION_PHASE_RUNNING" };
  const remote = { metadata: { taskId: id }, status: { phase: "TASK_EXECUTION_PHASE_SUCCEEDED" } };

  expect(inputsOf(taskExecution, remote, stated)).toEqual(stated);
});
