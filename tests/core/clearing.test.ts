import { violationsOf } from "../../provider/check/violations";
import { changedUnits, diff } from "../../provider/mapping/diff";
import { updateRequest } from "../../provider/mapping/update-request";
import type { Definition } from "../../provider/model/definition";
import { createMemory } from "../../provider/model/run-memory";
import { factsOf, type Unit } from "../../provider/model/shape";
import { at, type Json, type JsonObject, type Path } from "../../provider/value/json";
import { allInputs, definitions, objectOf } from "./sample";

const id = "0199a1b2-0000-7000-8000-000000000001";

const replaces = "replaces";
const left = "left as it is";

/** What becomes of each input that a program may remove: the value that an update sends, or one of these. */
const cleared: { readonly [kind: string]: { readonly [unit: string]: Json } } = {
  Environment: {
    "spec.desiredPhase": left,
    "spec.machine.session": left,
    "spec.machine.class": replaces,
    "spec.machine.preferDualDisk": replaces,
    "spec.content.session": left,
    "spec.content.initializer": replaces,
    "spec.content.gitUsername": "",
    "spec.content.gitEmail": "",
    "spec.secrets": replaces,
    "spec.ports": [
      {
        port: 65535,
        name: "a b \u00e9 \u{1f600}",
        protocol: "PROTOCOL_HTTPS",
      },
    ],
    "spec.timeout.disconnected": left,
    "spec.admission": replaces,
    "spec.devcontainer.session": left,
    "spec.devcontainer.devcontainerFilePath": "",
    "spec.devcontainer.dotfiles.repository": replaces,
    "spec.devcontainer.defaultDevcontainerImage": replaces,
    "spec.devcontainer.lifecycleStage": replaces,
    "spec.sshPublicKeys": [{ id: "a b \u00e9 \u{1f600}" }],
    "spec.automationsFile.session": left,
    "spec.automationsFile.automationsFilePath": "",
    "spec.automationsFile.triggerFilter": replaces,
    "spec.workflowActionId": replaces,
    "spec.kernelControlsConfig": {},
    "spec.securityPolicyId": replaces,
    name: left,
    sessionId: replaces,
    annotations: replaces,
    projectId: replaces,
    forceDelete: left,
  },
  Group: { description: "" },
  Project: {
    devcontainerFilePath: "",
    automationsFilePath: "",
    technicalDescription: "",
    prebuildConfiguration: {},
    recommendedEditors: {},
    environmentClasses: left,
  },
  Secret: {
    "source.verbatim": replaces,
    "source.oidcJfrog.host": replaces,
    "source.oidcJfrog.providerName": replaces,
    filePath: replaces,
    environmentVariable: replaces,
    containerRegistryBasicAuthHost: replaces,
    apiOnly: replaces,
    "credentialProxy.targetHosts": replaces,
    "credentialProxy.header": replaces,
    "scope.projectId": replaces,
    "scope.userId": replaces,
    "scope.organizationId": replaces,
    "scope.serviceAccountId": replaces,
  },
  Service: {
    "metadata.description": "",
    "metadata.triggeredBy": {},
    "metadata.role": "SERVICE_ROLE_UNSPECIFIED",
    "spec.desiredPhase": left,
    "spec.commands.ready": "",
    "spec.commands.stop": "",
    "spec.session": left,
    "spec.runsOn": {},
    "spec.env": replaces,
    "spec.readinessTimeout": left,
  },
  Task: {
    "metadata.description": "",
    "metadata.triggeredBy": {},
    "spec.runsOn": {},
    "spec.env": replaces,
    "spec.prebuildRequiresSuccess": false,
    dependsOn: replaces,
  },
  TaskExecution: { desiredPhase: left, triggers: replaces },
  AutomationsFile: { automations: {} },
};

test.each(definitions)(
  "%s: each input that is removed is cleared, replaces or is left as it is",
  (kind, definition) => {
    const outcomes = removable(definition).map((unit) => [unit.name, outcome(definition, unit)]);

    expect(Object.fromEntries(outcomes)).toEqual(cleared[kind]);
  },
);

test.each(definitions)("%s: the rules of the API allow every request that clears an input", (_kind, definition) => {
  const broken = removable(definition).flatMap((unit) => {
    const request = clearing(definition, unit);
    return request && definition.update ? violationsOf(definition.update.input, request) : [];
  });

  expect(broken).toEqual([]);
});

/** Units that are not required and that count by themselves. */
const removable = (definition: Definition): Unit[] =>
  factsOf(definition).units.filter(({ name, passive }) => !passive && !definition.required?.includes(name));

function outcome(definition: Definition, unit: Unit): Json {
  const inputs = allInputs(definition, unit.path);
  const news = without(inputs, unit.path);
  const state = { inputs, outputs: objectOf(definition, inputs), seen: { ready: true } };
  if (diff(createMemory(), definition, state, news).replaces.length > 0) return replaces;
  const request = clearing(definition, unit);
  return (request && at(request, unit.update!.path)) ?? left;
}

function clearing(definition: Definition, unit: Unit): JsonObject | undefined {
  const olds = allInputs(definition, unit.path);
  const news = without(olds, unit.path);
  const remote = objectOf(definition, olds);
  return updateRequest(definition, id, changedUnits(definition, olds, news), { olds, news, remote });
}

function without(inputs: JsonObject, [step, ...rest]: Path): JsonObject {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, part]) => {
      if (name !== step) return [[name, part]];
      return rest.length === 0 ? [] : [[name, without(part as JsonObject, rest)]];
    }),
  );
}
