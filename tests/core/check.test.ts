import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import {
  environment,
  group,
  project,
  runner,
  secret,
  service,
  ssoConfiguration,
  task,
  taskExecution,
} from "../../provider/resources";
import { type JsonObject, unknown } from "../../provider/value/json";
import { show } from "../../provider/value/path";

const id = "0199a1b2-0000-7000-8000-000000000001";
const web = {
  environmentId: id,
  metadata: { reference: "web", name: "Web" },
  spec: { commands: { start: "npm start" } },
} satisfies JsonObject;
const shop = {
  name: "shop",
  initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] },
} satisfies JsonObject;

const web3000 = { port: 3000, name: "web", admission: "ADMISSION_LEVEL_EVERYONE" } satisfies JsonObject;

const frankfurt = { name: "Frankfurt", kind: "RUNNER_KIND_LOCAL" };

const failuresOf = (definition: Definition, inputs: JsonObject): string[] =>
  check(definition, inputs).failures.map(({ path, reason }) => `${show(path)}: ${reason}`);

test("what is to be taken over has to look like an id of the kind", () => {
  const ofWords = { ...group, idForm: { pattern: /^[a-z]+-[a-z]+$/, words: "two words" } };
  const adopting = (definition: Definition, adopt: JsonObject[string]) =>
    failuresOf(definition, { name: "Reviewers", adopt });

  expect([id, "amber-cat", "", unknown].flatMap((adopt) => adopting(group, adopt))).toEqual([
    "adopt: must be a valid UUID",
  ]);
  expect([id, "amber-cat", "", unknown].flatMap((adopt) => adopting(ofWords, adopt))).toEqual([
    "adopt: must be two words",
  ]);
});

test("all problems are told at once, each with its path and what would be right", () => {
  const failures = failuresOf(service, {
    environmentId: "not an id",
    metadata: { reference: "a b", nmae: "Web", triggeredBy: "manual" },
    spec: { comands: { start: "" }, desiredPhase: "STARTING", readinessTimeout: "soon", env: [{ name: "" }, 3] },
    colour: "red",
  });

  expect(failures).toEqual([
    "spec.desiredPhase: must be one of SERVICE_PHASE_RUNNING, SERVICE_PHASE_STOPPED",
    "metadata.nmae: no such property; did you mean name?",
    "metadata.triggeredBy: must be a list",
    "spec.comands: no such property; did you mean commands?",
    'spec.readinessTimeout: must be a duration such as "90s", "30m" or "1h30m"',
    "spec.env[1]: must be an object",
    "colour: no such property; known are environmentId, metadata, spec, adopt",
    "metadata.name: is required",
    "spec.commands.start: is required",
    "environmentId: must be a valid UUID",
    "metadata.reference: does not match regex pattern `^[a-zA-Z0-9_-]{1,128}$`",
    "spec.env[0].name: must be at least 1 characters",
  ]);
});

test("a wrong enum value is answered with the list of right ones", () => {
  const ports = [{ port: 3000, name: "web", admission: "FRIENDS" }];

  expect(failuresOf(environment, { spec: { ports } })).toEqual([
    "spec.ports[0].admission: must be one of ADMISSION_LEVEL_EVERYONE, ADMISSION_LEVEL_ORGANIZATION, ADMISSION_LEVEL_CREATOR_ONLY",
  ]);
});

test("what may have been meant by an enum value is told, without the part that all of them begin with", () => {
  const admissionOf = (admission: string) => failuresOf(environment, { spec: { ports: [{ ...web3000, admission }] } });

  expect(admissionOf("EVERYON")).toEqual([expect.stringMatching(/CREATOR_ONLY; did you mean EVERYONE\?$/)]);
  expect(admissionOf("ADMISSION_LEVEL_EVERYON")).toEqual([
    expect.stringMatching(/CREATOR_ONLY; did you mean EVERYONE\?$/),
  ]);
  expect(failuresOf(service, { ...web, spec: { ...web.spec, desiredPhase: "RUNING" } })).toEqual([
    "spec.desiredPhase: must be one of SERVICE_PHASE_RUNNING, SERVICE_PHASE_STOPPED; did you mean RUNNING?",
  ]);
  expect(failuresOf(service, { ...web, spec: { ...web.spec, desiredPhase: "SERVICE_PHASE_STARTING" } })).toEqual([
    "spec.desiredPhase: must be one of SERVICE_PHASE_RUNNING, SERVICE_PHASE_STOPPED",
  ]);
});

test("the rules of the proto say nothing of what is stored already, and everything of what has changed", () => {
  const long = { ...shop, name: "x".repeat(81) };
  const told = (olds: JsonObject) => check(project, long, olds).failures.map(({ path }) => show(path));

  expect([{}, shop, long].map(told)).toEqual([["name"], ["name"], []]);
  // Nothing is stored of an object that is new, also where nothing is stated of it.
  expect(check({ ...project, required: [] }, {}).failures).not.toEqual([]);
});

test("a phase that means a deletion cannot be stated", () => {
  const reasons = ["ACTIVE", "DELETED"].map((desiredPhase) =>
    failuresOf(runner, { ...frankfurt, spec: { desiredPhase } }),
  );

  expect(reasons).toEqual([
    [],
    ["spec.desiredPhase: cannot be stated, since it deletes the object: remove the resource instead"],
  ]);
});

test("a number that is none is told with its range", () => {
  expect(failuresOf(environment, { spec: { ports: [{ ...web3000, port: 3.5 }] } })).toEqual([
    "spec.ports[0].port: must be a whole number from -2147483648 to 2147483647",
  ]);
});

test("two members of a choice are told at the message that has it", () => {
  const both = { git: { remoteUri: "https://example.com/shop.git" }, contextUrl: { url: "https://example.com/shop" } };

  expect(failuresOf(project, { ...shop, initializer: { specs: [both] } })).toEqual([
    "initializer.specs[0]: only one of git, contextUrl can be set",
  ]);
  expect(failuresOf(project, { ...shop, initializer: { specs: [{}] } })).toEqual([
    "initializer.specs[0]: exactly one of git, contextUrl must be set",
  ]);
});

test("inputs of calls that come after the create are checked as well", () => {
  expect(failuresOf(project, { ...shop, environmentClasses: [] })).toEqual([
    "environmentClasses: must contain at least 1 item(s)",
  ]);
  expect(failuresOf(taskExecution, { taskId: id, desiredPhase: "STOPPED" })).toEqual([
    "desiredPhase: must be one of TASK_EXECUTION_PHASE_SUCCEEDED, TASK_EXECUTION_PHASE_RUNNING",
  ]);
});

test("what the API does not empty, and a replacement must not either, is refused where it is stated empty", () => {
  const sso = { clientId: "shop", clientSecret: "s", issuerUrl: "https://login.example.com" };
  const reason =
    "cannot be empty, since the API does not empty it and a replacement would do harm: state a value, or leave it out and replace the resource with --replace";

  expect(failuresOf(ssoConfiguration, { ...sso, emailDomains: [], claims: {} })).toEqual([
    `emailDomains: ${reason}`,
    `claims: ${reason}`,
  ]);
  expect(failuresOf(ssoConfiguration, { ...sso, emailDomains: ["example.com"], claims: { mail: "email" } })).toEqual(
    [],
  );
});

test("fields that only the server writes, and fields that the API has given up, are no inputs", () => {
  expect(failuresOf(service, { ...web, spec: { ...web.spec, specVersion: "3" } })).toEqual([
    "spec.specVersion: no such property; known are desiredPhase, commands, session, runsOn, env, readinessTimeout",
  ]);
  expect(failuresOf(environment, { spec: { ports: [{ ...web3000, authNonce: "1" }] } })).toEqual([
    "spec.ports[0].authNonce: no such property; known are port, admission, name, protocol",
  ]);
  expect(
    failuresOf(secret, { name: "KEY", value: "v", apiOnly: true, scope: { projectId: id }, projectId: id }),
  ).toContainEqual(expect.stringMatching(/^projectId: no such property/));
});

test("inputs come back in one spelling, whatever the program writes", () => {
  const { inputs, failures } = check(service, {
    environmentId: id,
    metadata: { reference: "web", name: "8080", role: null },
    spec: {
      commands: { start: "npm start" },
      desiredPhase: "running",
      readinessTimeout: "1h30m",
      env: [{ name: "DEBUG", value: "true" }],
    },
  });

  expect(failures).toEqual([]);
  expect(inputs).toEqual({
    environmentId: id,
    metadata: { reference: "web", name: "8080" },
    spec: {
      commands: { start: "npm start" },
      desiredPhase: "SERVICE_PHASE_RUNNING",
      readinessTimeout: "5400s",
      env: [{ name: "DEBUG", value: "true" }],
    },
  });
});

test("lists that are merged by a key come back in the order of that key", () => {
  const port = (number: number) => ({ port: number, name: `port ${number}`, admission: "ADMISSION_LEVEL_EVERYONE" });

  const { inputs } = check(environment, { spec: { ports: [port(10000), port(3000), port(8080)] } });

  expect(inputs).toEqual({ spec: { ports: [port(3000), port(8080), port(10000)] } });
});

test("an entry that an update would take for a removal, or for another entry, is told", () => {
  const ports = [web3000, { port: 4000, name: "api" }, { ...web3000, port: "3000" }];
  const sshPublicKeys = [{ id: "laptop" }, { value: "ssh-ed25519 A" }];

  expect(failuresOf(environment, { spec: { ports, sshPublicKeys } })).toEqual([
    "spec.ports[1].admission: is required, because an entry without it is removed",
    "spec.ports[2].port: repeats spec.ports[0]",
    "spec.sshPublicKeys[0].value: is required, because an entry without it is removed",
    "spec.sshPublicKeys[1].id: is required, to find the entry by",
  ]);
});

test("stated zeros stay stated", () => {
  const zeros = {
    environmentId: id,
    metadata: { reference: "seed", name: "Seed", description: "", triggeredBy: [] },
    spec: { command: "true", prebuildRequiresSuccess: false },
    dependsOn: [],
  };

  expect(check(task, zeros)).toEqual({ inputs: zeros, failures: [] });
});

test("what is not known yet is skipped at any depth, and comes back as it is", () => {
  const inputs = {
    environmentId: unknown,
    metadata: { reference: "web", name: unknown },
    spec: { commands: unknown, env: [{ name: "A", valueFrom: { secretRef: { id: unknown } } }, unknown] },
  };

  expect(check(service, inputs)).toEqual({ inputs, failures: [] });
});

test("keys of entries that are not known yet do not count as the same", () => {
  const inputs = { spec: { ports: [{ ...web3000, port: unknown }, { ...web3000, port: unknown }, unknown] } };

  expect(check(environment, inputs).failures).toEqual([]);
});

test("a property without a name is told like any other", () => {
  expect(failuresOf(task, { "": "a" })[0]).toMatch(/^\[""\]: no such property; known are environmentId, /);
});

test("a violation is hidden only if what is not known could cure it", () => {
  const specs = [{ contextUrl: unknown }, { git: { remoteUri: unknown } }, {}];

  expect(failuresOf(project, { name: "", initializer: { specs } })).toEqual([
    "name: must be at least 1 characters",
    "initializer.specs[2]: exactly one of git, contextUrl must be set",
  ]);
  expect(failuresOf(project, { name: unknown, initializer: unknown })).toEqual([]);
});

test("a map takes no key that a request cannot carry", () => {
  const annotations = JSON.parse('{"__proto__": "a", "\\ud800": "b", "constructor": "c"}');

  expect(check(environment, { annotations })).toEqual({
    inputs: { annotations: { constructor: "c" } },
    failures: [
      { path: ["annotations", "__proto__"], reason: "cannot be a key" },
      { path: ["annotations", "\ud800"], reason: "cannot be a key" },
    ],
  });
});

test("the number of no enum value is answered with the list of right ones", () => {
  expect(failuresOf(environment, { spec: { admission: 999 } })).toEqual([
    "spec.admission: must be one of ADMISSION_LEVEL_EVERYONE, ADMISSION_LEVEL_ORGANIZATION, ADMISSION_LEVEL_CREATOR_ONLY",
  ]);
});
