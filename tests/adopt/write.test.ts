import fc from "fast-check";
import ts from "typescript";
import { parse } from "yaml";
import type { Adoptable, Inventory } from "../../adopt/inventory";
import { projectOf } from "../../adopt/write";
import { ids } from "../../emulator";
import type { Definition } from "../../provider/model/definition";
import * as resources from "../../provider/resources";
import type { Json, JsonObject } from "../../provider/value/json";
import { inventoryOf } from "./inventory";

const { environment, experimentalTeam, group, groupMembership, organization, organizationMember } = resources;
const { organizationPolicies, project, projectInsights, prompt, roleAssignment, secret, userBudget, warmPool } =
  resources;

const idOf = (number: number): string => `01900000-0000-7000-a000-${String(number).padStart(12, "0")}`;
const alice = idOf(900);
const initializer = { specs: [{ git: { remoteUri: "https://example.com/website.git" } }] };

test("a resource has the name of its object, with its kind or the end of its id where an older one has that", () => {
  const names = namesIn(
    named(project, 1, "Website"),
    named(project, 2, "website!"),
    named(project, 3, "Website"),
    named(environment, 4, "Website"),
    named(experimentalTeam, 5, "Website"),
    named(group, 6, "日本語 – Ärger 🎉"),
    named(group, 7, "pulumi"),
    named(prompt, 8, "🎉"),
    named(prompt, 9, "ﬁle ½ ２nd"),
  );

  expect(names).toEqual({
    [idOf(1)]: "website",
    [idOf(2)]: "website-project",
    [idOf(3)]: "website-project-00000003",
    [idOf(4)]: "website-environment",
    [idOf(5)]: "website-experimental-team",
    [idOf(6)]: "日本語-ärger",
    [idOf(7)]: "pulumi-group",
    [idOf(8)]: "prompt-00000008",
    [idOf(9)]: "file-1-2-2nd",
  });
});

test("what is known by an address is named for what it connects, and the only one of its kind for that", () => {
  const role = `project/${idOf(1)}/${idOf(2)}/project_admin`;
  const membership = `${idOf(2)}/user/${alice}`;
  const names = namesIn(
    named(project, 1, "Website"),
    named(group, 2, "Reviewers"),
    addressed(roleAssignment, role, ""),
    addressed(groupMembership, membership, ""),
    addressed(organizationMember, `${ids.organization}/${alice}`, "Alice"),
    addressed(organizationPolicies, ids.organization, ""),
    addressed(organization, ids.organization, "Acme"),
    addressed(userBudget, `credits/${alice}`, ""),
    addressed(userBudget, "credits", ""),
    addressed(projectInsights, idOf(1), ""),
    { ...named(warmPool, 3, ""), inputs: { projectId: idOf(1), environmentClassId: idOf(70) } },
  );

  expect(names).toEqual({
    [`Project ${idOf(1)}`]: "website",
    [idOf(2)]: "reviewers",
    [role]: "website-reviewers-project-admin",
    [membership]: "reviewers-alice",
    [`${ids.organization}/${alice}`]: "alice-organization-member",
    [`OrganizationPolicies ${ids.organization}`]: "organization-policies",
    [`Organization ${ids.organization}`]: "acme",
    [`credits/${alice}`]: "credits-alice",
    credits: "credits-user-budget",
    [`ProjectInsights ${idOf(1)}`]: "website-project-insights",
    [idOf(3)]: "website-warm-pool",
  });
});

test("an object that is made later renames nothing", () => {
  const called = fc.array(fc.constantFrom("Website", "website", "Web site", "", "🎉", "new", "reviewers-alice"), {
    maxLength: 12,
  });
  const kinds = [project, environment, group, prompt];
  fc.assert(
    fc.property(called, (names) => {
      const all = names.map((name, i) => named(kinds[i % kinds.length]!, i, name));
      const before = namesIn(...all.slice(0, -1));

      const after = namesIn(...all.toReversed());

      expect(after).toMatchObject(before);
      expect(new Set(Object.values(after)).size).toBe(all.length);
    }),
  );
});

const website = named(project, 1, "Website", { name: "Website", initializer });
const token = {
  ...named(secret, 2, "TOKEN", secretInputs(idOf(1))),
  importId: `projectId/${idOf(1)}/${idOf(2)}`,
  untold: ["value"],
};
const policies = addressed(organizationPolicies, ids.organization, "", {
  organizationId: ids.organization,
  membersRequireProjects: true,
  defaultEditorId: "",
  allowedEditorIds: [],
  agentPolicy: { commandDenyList: [] },
});
const writtenPrompt = named(prompt, 3, "new", {
  name: "new",
  description: "yes",
  prompt: "First\n\nthird: # line\n",
  isCommand: false,
});
const account = inventoryOf(token, writtenPrompt, website, policies);

test("a program in YAML has each resource with what it states, references in the place of ids, and comments for what no API gives back", () => {
  const files = projectOf(account, { language: "yaml", name: "acme", protect: true });

  expect([...files.keys()]).toEqual(["README.md", "package.json", ".gitignore", "Pulumi.yaml", "import.json"]);
  expect(files.get("Pulumi.yaml")).toBe(`name: acme
runtime: yaml
plugins:
  providers:
    - name: gitpod
      path: node_modules/pulumi-gitpod/dist/bin
# Settings for what no API gives back, once they are set:
# config:
#   tokenValue: { type: string, secret: true }

resources:
  # Agent
  new:
    type: gitpod:Prompt
    properties:
      name: new
      description: "yes"
      prompt: |
        First

        third: # line
    options:
      protect: true

  # Organization
  organization-policies:
    type: gitpod:OrganizationPolicies
    properties:
      membersRequireProjects: true
    options:
      protect: true

  # Project
  website:
    type: gitpod:Project
    properties:
      name: Website
      initializer:
        specs:
          - git:
              remoteUri: https://example.com/website.git
    options:
      protect: true

  # Secret
  token:
    type: gitpod:Secret
    properties:
      name: TOKEN
      environmentVariable: true
      scope:
        projectId: \${website.id}
      value: "" # or \${tokenValue}, once that is set
    options:
      protect: true
`);
});

test("a program in TypeScript states the same, and takes from a setting what its type requires", () => {
  const files = projectOf(account, { language: "typescript", name: "acme", protect: false });

  expect([...files.keys()]).toEqual([
    "README.md",
    "package.json",
    ".gitignore",
    "tsconfig.json",
    "adopted.ts",
    "index.ts",
    "Pulumi.yaml",
    "import.json",
  ]);
  expect(files.get("index.ts")).toBe('import "./adopted";\n');
  expect(files.get("Pulumi.yaml")).toContain("\nconfig:\n  gitpod:adapter: plugin\n");
  expect(files.get("adopted.ts")).toBe(`import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const config = new pulumi.Config();

export const new_ = new gitpod.Prompt("new", {
  name: "new",
  description: "yes",
  prompt: [
    "First",
    "",
    "third: # line",
    "",
  ].join("\\n"),
});

export const organizationPolicies = new gitpod.OrganizationPolicies("organization-policies", {
  membersRequireProjects: true,
});

export const website = new gitpod.Project("website", {
  name: "Website",
  initializer: { specs: [{ git: { remoteUri: "https://example.com/website.git" } }] },
});

export const token = new gitpod.Secret("token", {
  name: "TOKEN",
  environmentVariable: true,
  scope: { projectId: website.id },
  value: config.getSecret("tokenValue")!,
});
`);
});

test("objects that refer to each other keep the id that would close the circle", () => {
  const first = named(project, 1, "First", {
    name: "First",
    initializer: { specs: [{ git: { remoteUri: idOf(2) } }] },
  });
  const second = named(project, 2, "Second", { name: idOf(1), initializer: {} });

  const { resources: declared } = yamlOf(inventoryOf(first, second));
  const text = projectOf(inventoryOf(first, second), { language: "typescript", name: "test", protect: true }).get(
    "adopted.ts",
  );

  expect([declared.first?.properties, declared.second?.properties]).toEqual([
    { name: "First", initializer: { specs: [{ git: { remoteUri: "$\u007bsecond.id}" } }] } },
    { name: idOf(1), initializer: {} },
  ]);
  expect(text?.indexOf("const second")).toBeLessThan(text?.indexOf("const first") ?? 0);
  expect(text).toContain(`// the id of first, which refers to this one\n  name: "${idOf(1)}",`);
});

test("only an object with an id of its own is referred to by it", () => {
  const role = {
    groupId: idOf(2),
    resourceType: "RESOURCE_TYPE_ORGANIZATION",
    resourceId: ids.organization,
    resourceRole: "RESOURCE_ROLE_ORG_ADMIN",
  };
  const objects = [
    addressed(organizationPolicies, ids.organization, "", {}),
    addressed(projectInsights, idOf(1), "", { projectId: idOf(1) }),
    website,
    addressed(roleAssignment, `organization/${ids.organization}/${idOf(2)}/org_admin`, "", role),
  ];
  const withOrganization = [...objects, addressed(organization, ids.organization, "Acme", {})];

  const [alone, beside] = [objects, withOrganization].map((all) => yamlOf(inventoryOf(...all)).resources);

  expect(alone?.["website-project-insights"]?.properties).toEqual({ projectId: "$\u007bwebsite.id}" });
  expect(alone?.["00000002-org-admin"]?.properties).toEqual(role);
  expect(beside?.["00000002-org-admin"]?.properties).toEqual({ ...role, resourceId: "$\u007bacme.id}" });
});

test("more than sixty resources have a file for each area, and areas that refer to each other share one", () => {
  const many = Array.from({ length: 60 }, (_, i) => named(prompt, 100 + i, `Prompt ${i}`));
  const role = {
    groupId: idOf(20),
    resourceType: "RESOURCE_TYPE_ORGANIZATION",
    resourceId: ids.organization,
    resourceRole: "RESOURCE_ROLE_ORG_ADMIN",
  };
  const objects = [
    named(group, 20, "Admins"),
    addressed(roleAssignment, `organization/${ids.organization}/${idOf(20)}/org_admin`, "", role),
    addressed(organization, ids.organization, "Acme", { name: "Acme" }),
    addressed(organizationPolicies, ids.organization, "", { agentPolicy: { scmToolsAllowedGroupId: idOf(20) } }),
    website,
    token,
  ];

  const files = projectOf(inventoryOf(...objects, ...many), { language: "typescript", name: "test", protect: true });

  expect(files.get("index.ts")?.split("\n")).toEqual([
    'import "./agent";',
    'import "./group-and-organization";',
    'import "./project";',
    'import "./secret";',
    "",
  ]);
  expect(files.get("secret.ts")).toContain('import { website } from "./project";');
  expect(importedIn(files.get("group-and-organization.ts"))).toEqual(["pulumi-gitpod"]);
  expect(files.has("adopted.ts")).toBe(false);
});

const later = { ...token, importId: `projectId/${idOf(1)}/${idOf(4)}`, id: idOf(4) };

test.each([
  ["as it was", (text: string) => text, "website.id", 'import { website } from "./adopted";'],
  [
    "under another name",
    (text: string) => text.replace("const website ", "const site "),
    "site.id",
    'import { site } from "./adopted";',
  ],
  [
    "under the name that a new one has",
    (text: string) => text.replace("const website ", "const tokenSecret "),
    "tokenSecret_there.id",
    'import { tokenSecret as tokenSecret_there } from "./adopted";',
  ],
  [
    "in a way that nobody can refer to",
    (text: string) => text.replace("export const website = ", ""),
    `"${idOf(1)}"`,
    undefined,
  ],
])("an addition in TypeScript refers to a resource that the program declares %s", (_, change, reference, line) => {
  const first = projectOf(account, { language: "typescript", name: "test", protect: true });
  const existing = new Map(first).set("adopted.ts", change(first.get("adopted.ts") ?? ""));

  const added = projectOf(inventoryOf(...account.objects, later), {
    language: "typescript",
    name: "test",
    protect: true,
    existing,
  });

  const text = added.get("adopted-2.ts") ?? "";
  expect([...added.keys()]).toEqual(["README-2.md", "adopted-2.ts", "import-2.json"]);
  expect(text).toContain('new gitpod.Secret("token-secret", {');
  expect(/projectId: ([^\s,]+)/.exec(text)?.[1]).toBe(reference);
  expect(text.split("\n").find((each) => each.startsWith("import { "))).toBe(line);
  expect(text.includes("// the id of website\n")).toBe(line === undefined);
});

test("an addition in YAML refers to a resource by its key, and comes to nothing where nothing is new", () => {
  const style = { language: "yaml", name: "test", protect: false } as const;
  const first = projectOf(account, style);
  const program = (first.get("Pulumi.yaml") ?? "").replace("  website:\n", "  my.site:\n    name: website\n");
  const existing = new Map(first).set("Pulumi.yaml", program);

  const added = projectOf(inventoryOf(...account.objects, later), { ...style, existing });
  const again = projectOf(inventoryOf(...account.objects, later), {
    ...style,
    existing: new Map([...existing, ...added]),
  });
  const more = projectOf(inventoryOf(...account.objects, later, named(group, 5, "Later")), {
    ...style,
    existing: new Map([...existing, ...added]),
  });

  expect(added.get("adopted-2.yaml")).toBe(`
  # For the section \`resources\` of Pulumi.yaml. Where that is the last one: cat adopted-2.yaml >> Pulumi.yaml
  # For the top of Pulumi.yaml, once the settings are set:
  # config:
  #   tokenSecretValue: { type: string, secret: true }
  # Secret
  token-secret:
    type: gitpod:Secret
    properties:
      name: TOKEN
      environmentVariable: true
      scope:
        projectId: \${["my.site"].id}
      value: "" # or \${tokenSecretValue}, once that is set
`);
  expect([...again.keys()]).toEqual([]);
  expect([...more.keys()]).toEqual(["README-3.md", "adopted-3.yaml", "import-3.json"]);
});

test("an addition in YAML does not go behind a section that is not that of resources", () => {
  const style = { language: "yaml", name: "test", protect: false } as const;
  const first = projectOf(account, style);
  const pageAfter = (end: string): string => {
    const existing = new Map(first).set("Pulumi.yaml", `${first.get("Pulumi.yaml")}${end}`);
    return projectOf(inventoryOf(...account.objects, later), { ...style, existing }).get("README-2.md") ?? "";
  };

  expect(pageAfter("# the end\n")).toContain("cat adopted-2.yaml >> Pulumi.yaml\n");
  expect(pageAfter("outputs:\n  name: website\n")).toContain(
    "# Put adopted-2.yaml at the end of the section resources of Pulumi.yaml, which is not the last one there.\n",
  );
});

test("a password in a URL is told of, since it stands in the program in clear text", () => {
  const remote = (remoteUri: string) => ({ ...website.inputs, initializer: { specs: [{ git: { remoteUri } }] } });
  const pageOf = (remoteUri: string): string =>
    projectOf(inventoryOf({ ...website, inputs: remote(remoteUri) }), {
      language: "yaml",
      name: "test",
      protect: true,
    }).get("README.md") ?? "";

  expect(pageOf("https://bot:hunter2@example.com/r.git")).toContain(
    "## Passwords in clear text\n\n- initializer.specs[0].git.remoteUri of Project Website: ",
  );
  expect(pageOf("https://example.com:8080/r@1.git")).not.toContain("Passwords");
});

test("the page says what to run, what to set, what was adopted and what was not, whatever names have", () => {
  const inventory: Inventory = {
    ...inventoryOf(website, token),
    leftOut: [
      { kind: "Runner", id: idOf(5), name: "`US`\n# West", reason: "The platform manages it." },
      { kind: "RunnerToken", reason: "It is told once." },
    ],
    unread: [{ kind: "Secret", scope: "project Website", reason: "The token may not read it." }],
  };

  const page = projectOf(inventory, { language: "yaml", name: "acme", protect: false }).get("README.md");

  expect(page).toBe(`# acme

What the organization \`${ids.organization}\` has, as a Pulumi program: 2 resources.

## What to run next

\`\`\`sh
npm install
pulumi stack init dev
pulumi import --file import.json --yes --generate-code=false --protect=false
pulumi preview --expect-no-changes
\`\`\`

Nothing of this changes the account. No resource is protected: a destroy deletes what the account has.

## What no API gives back

No API gives these back, so the program does not state them, and they stay as they are. To have the program state one, set it, and use it where the program mentions the setting.

\`\`\`sh
pulumi config set --secret tokenValue # value of token
\`\`\`

## What was adopted

| kind | resources |
| --- | --- |
| Project | 1 |
| Secret | 1 |

## What is left out

- Runner \`\` \`US\` # West \`\` \`${idOf(5)}\`: The platform manages it.
- RunnerToken: It is told once.

## What could not be read

- Secret of \`project Website\`: The token may not read it.
`);
});

test("a project has a name of its own, which is not that of the package and is a text", () => {
  const nameOf = (name: string, language: "yaml" | "typescript" = "yaml"): unknown =>
    parse(projectOf(account, { language, name, protect: true }).get("Pulumi.yaml") ?? "").name;

  const names = [
    nameOf("gitpod"),
    nameOf("gitpod", "typescript"),
    nameOf("2026"),
    nameOf("yes", "typescript"),
    nameOf("Acme.infra"),
  ];

  expect(names).toEqual(["gitpod-account", "gitpod-account", "2026", "yes", "Acme.infra"]);
});

test("a list of texts that no API gives back, and one in a part that is missing, are comments in their places", () => {
  const integration = {
    ...named(resources.llmIntegration, 8, "", { runnerId: idOf(70), models: [], endpoint: "https://example.com" }),
    untold: ["apiKey", "requestHeaders"],
  };
  const runner = {
    ...named(resources.runner, 9, "Frankfurt", { name: "Frankfurt", spec: {} }),
    untold: ["spec.configuration.metrics.password"],
  };
  const inventory = inventoryOf(integration, runner);

  const inYaml = projectOf(inventory, { language: "yaml", name: "test", protect: false }).get("Pulumi.yaml");
  const inTypeScript = projectOf(inventory, { language: "typescript", name: "test", protect: false }).get("adopted.ts");

  expect(inYaml?.slice(inYaml.indexOf("# config"))).toBe(`# config:
#   frankfurtPassword: { type: string, secret: true }
#   llmIntegration_00000008ApiKey: { type: string, secret: true }
#   llmIntegration_00000008RequestHeaders: { type: object, secret: true }

resources:
  # Runner
  frankfurt:
    type: gitpod:Runner
    properties:
      name: Frankfurt
      # spec:
      #   configuration:
      #     metrics:
      #       password: \${frankfurtPassword}

  # Runner configuration
  llm-integration-00000008:
    type: gitpod:LlmIntegration
    properties:
      runnerId: "${idOf(70)}"
      models: []
      endpoint: https://example.com
      apiKey: "" # or \${llmIntegration_00000008ApiKey}, once that is set
      # requestHeaders: \${llmIntegration_00000008RequestHeaders}
`);
  expect(
    inTypeScript?.slice(inTypeScript.indexOf("export")),
  ).toBe(`export const frankfurt = new gitpod.Runner("frankfurt", {
  name: "Frankfurt",
  // spec: { configuration: { metrics: { password: config.getSecret("frankfurtPassword") } } },
});

export const llmIntegration_00000008 = new gitpod.LlmIntegration("llm-integration-00000008", {
  runnerId: "${idOf(70)}",
  models: [],
  endpoint: "https://example.com",
  apiKey: config.getSecret("llmIntegration_00000008ApiKey")!,
  // requestHeaders: config.getSecretObject("llmIntegration_00000008RequestHeaders"),
});
`);
});

test.each([
  ["First\nsecond", "|-"],
  ["First\tcolumn\n\nlast\n", "|"],
  ["First\n  indented\n\n", '"First\\n  indented\\n\\n"'],
  [" first\nsecond", '" first\\nsecond"'],
  ["First\n\tsecond", '"First\\n\\tsecond"'],
  ["First\n  ", '"First\\n  "'],
  ["Fi\u200brst\n\u0085", '"Fi\\u200brst\\n\\u0085"'],
  ["First\r\nsecond", '"First\\r\\nsecond"'],
])("the text %j stands in YAML as %s, a block where every reader sees it as it is", (text, shown) => {
  const written = named(prompt, 1, "Review", { name: "Review", description: "Reviews", prompt: text });

  const program = projectOf(inventoryOf(written), { language: "yaml", name: "test", protect: true }).get("Pulumi.yaml");

  expect(/ prompt: (.*)/.exec(program ?? "")?.[1]).toBe(shown);
});

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom("$", "{", "}", "`", "\\", "\n", "\r", "\t", " ", "#", ":", "-", '"', "'", "a", "|", "0"))
    .map((all) => all.join("")),
  fc.constantFrom(
    "yes",
    "null",
    "~",
    "1e3",
    "0x1f",
    "2030-01-01",
    "1:30",
    "<<",
    "=",
    "__proto__",
    "fn::secret",
    "---",
    "- a",
  ),
);

test("any names and texts are in the program as they are in the account, in YAML and in TypeScript", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyText, anyText), { maxLength: 5 }), (texts) => {
      const objects = texts.map(([name, text], i) =>
        named(prompt, i, name, {
          name: `n${name}`,
          description: text,
          prompt: `p${text}`,
          [`k${name}`]: { [text]: text, a: [text] },
        }),
      );
      const inventory = inventoryOf(...objects);
      const stated = objects.map(({ inputs }) => inputs).filter((each) => each);

      const files = projectOf(inventory, { language: "typescript", name: "test", protect: true });
      const inYaml = Object.values(yamlOf(inventory).resources).map(({ properties }) => unescaped(properties));
      const inTypeScript = evaluated(files);

      expect([...files.values()].join("")).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(sorted(inYaml)).toEqual(sorted(stated));
      expect(sorted(inTypeScript)).toEqual(sorted(stated));
    }),
    { numRuns: 100 },
  );
});

function named(definition: Definition, number: number, name: string, inputs: JsonObject = { name }): Adoptable {
  return { definition, importId: idOf(number), id: idOf(number), name, inputs, untold: [] };
}

function addressed(definition: Definition, id: string, name: string, inputs: JsonObject = {}): Adoptable {
  return { definition, importId: id, id, name, inputs, untold: [] };
}

function secretInputs(projectId: string): JsonObject {
  return { name: "TOKEN", environmentVariable: true, scope: { projectId } };
}

/** The names of the resources by the ids of their imports, with the kind where several have one id. */
function namesIn(...objects: readonly Adoptable[]): Record<string, string> {
  const files = projectOf(inventoryOf(...objects), { language: "yaml", name: "test", protect: true });
  const { resources: all }: { resources: { type: string; name: string; id: string }[] } = JSON.parse(
    files.get("import.json") ?? "",
  );
  const keyOf = ({ id, type }: { id: string; type: string }): string =>
    all.filter((other) => other.id === id).length > 1 ? `${type.split(":").at(-1)} ${id}` : id;
  return Object.fromEntries(all.map((each) => [keyOf(each), each.name]));
}

function yamlOf(inventory: Inventory): { resources: Record<string, { properties?: JsonObject }> } {
  return parse(projectOf(inventory, { language: "yaml", name: "test", protect: true }).get("Pulumi.yaml") ?? "");
}

/** As Pulumi's YAML reads texts: two dollars are one. */
function unescaped(value: Json | undefined): Json {
  if (typeof value === "string") return value.replaceAll("$$", "$");
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== "object" || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.replaceAll("$$", "$"), unescaped(each)]));
}

/** What the program declares when it runs. */
function evaluated(files: ReadonlyMap<string, string>): JsonObject[] {
  const { outputText } = ts.transpileModule(files.get("adopted.ts") ?? "", {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const declared: JsonObject[] = [];
  const classes = new Proxy(
    {},
    {
      get: () =>
        class {
          constructor(_: string, inputs: JsonObject) {
            declared.push(inputs);
          }
        },
    },
  );
  new Function("require", "exports", outputText)(() => classes, {});
  return declared;
}

const importedIn = (text = ""): string[] => [...text.matchAll(/ from "(.*)";/g)].map(([, from = ""]) => from);

const sorted = (values: readonly Json[]): string[] => values.map((value) => JSON.stringify(value)).sort();
