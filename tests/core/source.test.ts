import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../provider/check/check";
import { secretPlaces } from "../../provider/mapping/secret-paths";
import { automationsFile } from "../../provider/resources";
import { at, unknown } from "../../provider/value/json";

const environmentId = "0199a1b2-0000-7000-8000-000000000001";
const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-source-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said = (inputs: Parameters<typeof check>[1]) =>
  check(automationsFile, { environmentId, ...inputs }).failures.map(({ path, reason }) =>
    [path.join("."), reason].filter(Boolean).join(": "),
  );

/** What is wrong with a text, and where; lines and columns begin with 1. */
const wrong: [what: string, yaml: string, failures: string[]][] = [
  [
    "a name that is not closed",
    "tasks: {",
    [expect.stringContaining("yaml, line 1, column 9: Flow map in block collection must")],
  ],
  ["a tab for indentation", "tasks:\n\tlint:\n", ["yaml, line 2, column 1: Tabs are not allowed as indentation"]],
  [
    "a name that stands twice",
    "tasks:\n  lint: { name: Lint, command: a }\n  lint: { name: Lint, command: b }\n",
    ["yaml, line 3, column 3: Map keys must be unique"],
  ],
  ["an alias of nothing", "tasks: *none\n", ["yaml, line 1, column 8: there is no anchor &none before this alias"]],
  ["a tag of another tool", "tasks: !Ref x\n", ["yaml, line 1, column 8: Unresolved tag: !Ref"]],
  [
    "two documents",
    "tasks: {}\n---\ntasks: {}\n",
    [expect.stringContaining("yaml, line 2, column 1: Source contains multiple documents")],
  ],
  ["a text that is empty", "", ["yaml, line 1, column 1: is empty; {} says that nothing is declared"]],
  ["a text of comments", "# soon\n", ["yaml, line 1, column 1: is empty; {} says that nothing is declared"]],
  ["a list for the file", "- tasks\n", ["yaml, line 1, column 1: must be an object"]],
  [
    "an unknown name",
    "services:\n  web:\n    name: Web\n    command: { start: a }\n    commands:\n      start: a\n",
    ["yaml, line 4, column 5: services.web.command: no such property; did you mean commands?"],
  ],
  [
    "an unknown name at the top",
    "service: {}\n",
    ["yaml, line 1, column 1: service: no such property; did you mean services?"],
  ],
  [
    "a value of the wrong type",
    "tasks:\n  lint:\n    name: Lint\n    command: [npm, run, lint]\n",
    ["yaml, line 4, column 14: tasks.lint.command: must be a string"],
  ],
  [
    "a list that is none",
    "tasks:\n  lint:\n    name: Lint\n    command: a\n    dependsOn: web\n",
    ["yaml, line 5, column 16: tasks.lint.dependsOn: must be a list"],
  ],
  [
    "an entry of a list",
    "tasks:\n  lint:\n    name: Lint\n    command: a\n    triggeredBy:\n      - manual\n      - postBoot\n",
    [expect.stringContaining("yaml, line 7, column 9: tasks.lint.triggeredBy[1]: must be in list")],
  ],
  [
    "a duration",
    "services:\n  web: { name: Web, commands: { start: a }, readinessTimeout: soon }\n",
    ['yaml, line 2, column 63: services.web.readinessTimeout: must be a duration such as "90s", "30m" or "1h30m"'],
  ],
  [
    "a duration out of range",
    "services:\n  web: { name: Web, commands: { start: a }, readinessTimeout: 25h }\n",
    [expect.stringContaining("yaml, line 2, column 63: services.web.readinessTimeout: must be")],
  ],
  [
    "a reference that is none",
    "tasks:\n  run it: { name: Run, command: a }\n",
    [expect.stringContaining('yaml, line 2, column 3: tasks["run it"]: does not match regex pattern')],
  ],
  [
    "what is missing, where it is missing",
    "services:\n  web:\n    commands:\n      ready: a\n",
    [
      "yaml, line 2, column 3: services.web.name: is required",
      "yaml, line 3, column 5: services.web.commands.start: is required: without a command a service has nothing to run",
    ],
  ],
  [
    "a service without commands",
    "services:\n  web: { name: Web }\n",
    [
      "yaml, line 2, column 3: services.web.commands.start: is required: without a command a service has nothing to run",
    ],
  ],
  [
    "an entry in which everything is commented out",
    "services: {}\ntasks:\n  seed:\n#    name: Seed\n#    command: a\n",
    ["yaml, line 3, column 3: tasks.seed: must have a value, or be left out"],
  ],
  [
    "a group without entries",
    "services: {}\ntasks:\n",
    ["yaml, line 2, column 1: tasks: must have a value, or be left out"],
  ],
  [
    "a name without a value, however it is written",
    "tasks:\n  lint:\n    name: ~\n    command: null\n    description:\n    dependsOn: NULL\n    runsOn: !!null\n",
    [
      "yaml, line 3, column 5: tasks.lint.name: must have a value, or be left out",
      "yaml, line 4, column 5: tasks.lint.command: must have a value, or be left out",
      "yaml, line 5, column 5: tasks.lint.description: must have a value, or be left out",
      "yaml, line 6, column 5: tasks.lint.dependsOn: must have a value, or be left out",
      "yaml, line 7, column 5: tasks.lint.runsOn: must have a value, or be left out",
    ],
  ],
  [
    "an entry of a list without a value",
    "tasks:\n  lint:\n    name: Lint\n    command: a\n    triggeredBy:\n      -\n      - manual\n",
    ["yaml, line 6, column 8: tasks.lint.triggeredBy[0]: must have a value, or be left out"],
  ],
  [
    "an unknown name without a value",
    "tasks:\n  lint:\n    name: Lint\n    command: a\n    dependson:\n",
    ["yaml, line 5, column 5: tasks.lint.dependson: no such property; did you mean dependsOn?"],
  ],
  [
    "a reference to nothing",
    "services:\n  web: { name: Web, commands: { start: a } }\ntasks:\n  seed: { name: Seed, command: a, dependsOn: [wbe] }\n",
    [
      'yaml, line 4, column 47: tasks.seed.dependsOn[0]: "wbe" names none of the stated services and tasks; did you mean web?',
    ],
  ],
  [
    "a task that depends on itself",
    "tasks:\n  seed:\n    name: Seed\n    command: a\n    dependsOn:\n      - seed\n",
    ['yaml, line 6, column 9: tasks.seed.dependsOn[0]: "seed" cannot depend on itself'],
  ],
  [
    "tasks that depend on each other",
    "tasks:\n  a: { name: A, command: a, dependsOn: [b] }\n  b: { name: B, command: b, dependsOn: [c] }\n  c: { name: C, command: c, dependsOn: [a] }\n",
    ["yaml, line 4, column 41: tasks.c.dependsOn[0]: depends on itself: a → b → c → a"],
  ],
  [
    "two places to run",
    "tasks:\n  lint:\n    name: Lint\n    command: a\n    runsOn: { machine: {}, docker: { image: node } }\n",
    ["yaml, line 5, column 13: tasks.lint.runsOn: only one of machine, docker can be set"],
  ],
  [
    "what is merged from elsewhere",
    "tasks:\n  lint: &lint { name: Lint, command: a, colour: red }\n  test: { <<: *lint, name: Test }\n",
    [
      expect.stringContaining("yaml, line 2, column 41: tasks.lint.colour: no such property"),
      expect.stringContaining("yaml, line 3, column 3: tasks.test.colour: no such property"),
    ],
  ],
];

test.each(wrong)("%s is told with line and column", (_, yaml, failures) => {
  expect(said({ yaml })).toEqual(failures);
});

test("everything that is wrong is told at once, that of other inputs too", () => {
  const yaml = "tasks:\n  lint: { nmae: Lint, command: 1 }\n  test: { name: Test }\n";

  expect(said({ environmentId: "home", yaml })).toEqual([
    "yaml, line 2, column 11: tasks.lint.nmae: no such property; did you mean name?",
    "yaml, line 2, column 3: tasks.lint.name: is required",
    "yaml, line 3, column 3: tasks.test.command: is required",
    expect.stringContaining("environmentId: must be a valid UUID"),
  ]);
});

test("text is the characters that stand in the file, whatever YAML takes them for", () => {
  const written = ["1.10", "0x1F", "012", "1e3", "true", "False", "2001-12-14", ".inf", "+5", "yes"];
  const tasks = written.map((text, i) => `  t${i}: { name: ${text}, command: ${text} }`);

  const { inputs, failures } = check(automationsFile, { environmentId, yaml: `tasks:\n${tasks.join("\n")}\n` });

  expect(failures).toEqual([]);
  expect(Object.values(at(inputs, ["automations", "tasks"]) ?? {})).toEqual(
    written.map((text) => ({ name: text, command: text })),
  );
});

test("true and false are what they say where they are meant, in every spelling of YAML", () => {
  const spelled = (text: string) =>
    check(automationsFile, {
      environmentId,
      yaml: `tasks: { a: { name: A, command: a, prebuildRequiresSuccess: ${text} } }`,
    });

  const values = ["true", "True", "TRUE", "false", "False", "FALSE"].map((text) =>
    at(spelled(text).inputs, ["automations", "tasks", "a", "prebuildRequiresSuccess"]),
  );

  expect(values).toEqual([true, true, true, false, false, false]);
  expect(spelled("yes").failures).toEqual([
    { path: [], reason: expect.stringMatching(/line 1, column 61: .*: must be true or false$/) },
  ]);
});

test("a program that leaves a part open by null does not state it, but an entry without a value is a mistake", () => {
  const lint = { name: "Lint", command: "a", description: null };

  expect(check(automationsFile, { environmentId, automations: { services: null, tasks: { lint } } })).toEqual({
    inputs: { environmentId, automations: { tasks: { lint: { name: "Lint", command: "a" } } } },
    failures: [],
  });
  expect(said({ automations: { tasks: { lint: null } } })).toEqual([
    "automations.tasks.lint: must have a value, or be left out",
  ]);
});

test("what is not known yet may be what a task depends on", () => {
  const lint = { name: "Lint", command: "a", dependsOn: ["web", unknown] };

  expect(said({ automations: { services: unknown, tasks: { lint } } })).toEqual([]);
  expect(said({ automations: { services: { web: unknown }, tasks: { lint } } })).toEqual([]);
});

test("an alias bomb is refused", () => {
  const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]`);

  expect(said({ yaml: ["a0: &a0 [x]", ...levels].join("\n") })).toEqual([
    "yaml, line 1, column 1: Excessive alias count indicates a resource exhaustion attack",
  ]);
});

test("a file is read, and named where it is wrong; its name is not kept", () => {
  const good = join(folder, "good.yaml");
  const bad = join(folder, "bad.yaml");
  writeFileSync(good, "tasks:\n  lint: { name: Lint, command: 1 }\n");
  writeFileSync(bad, "tasks:\n  lint: { nmae: Lint }\n");

  expect(check(automationsFile, { environmentId, path: good })).toEqual({
    inputs: { environmentId, automations: { tasks: { lint: { name: "Lint", command: "1" } } } },
    failures: [],
  });
  expect(said({ path: bad })[0]).toBe(
    `${bad}, line 2, column 11: tasks.lint.nmae: no such property; did you mean name?`,
  );
});

test("a file that cannot be read is one sentence", () => {
  const missing = join(folder, "missing.yaml");

  expect(said({ path: missing })).toEqual([`path: there is no file ${missing}`]);
  expect(said({ path: folder })).toEqual([`path: ${folder} is a folder`]);
  expect(said({ path: 7 })).toEqual(['path: must be a string: "7"']);
});

test("exactly one of the forms is stated", () => {
  expect(said({})).toEqual(["one of automations, yaml, path must be set"]);
  expect(said({ automations: {}, yaml: "tasks: {}" })).toEqual(["only one of automations, yaml can be set"]);
});

test("a text that is not known yet is no problem", () => {
  expect(check(automationsFile, { environmentId, yaml: unknown })).toEqual({
    inputs: { environmentId, automations: unknown },
    failures: [],
  });
});

test("what a secret text says is secret", () => {
  expect(secretPlaces(automationsFile, [["yaml"]])).toEqual({
    inputs: [["yaml"], ["automations"]],
    outputs: [["automations"]],
  });
});
