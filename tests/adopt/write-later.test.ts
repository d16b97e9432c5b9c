import { existingIn, place } from "../../adopt/place";
import { type Language, projectOf } from "../../adopt/write";
import type { JsonObject } from "../../provider/value/json";
import type { Engine, EngineRun } from "../../tools/engine/engine";
import { run } from "../../tools/run";
import { openScene, outcomeOf } from "../engine/scene";
import { markOf } from "../kinds/example";
import { inJavaScript, type Link } from "../kinds/program";
import { inventoryIn } from "./inventory";

const initializer = { specs: [{ git: { remoteUri: "https://example.com/website.git" } }] };
const odd = 'Say `$\u007bname}`, "$$\u007bname}" and $$5\\n\n\n\tin 日本語 \u200b\u2028 # or\t\n  not: \r\n';

const before: readonly Link[] = [
  website("older", "Website"),
  { ...website("younger", "Website"), after: "older" },
  website("word", "new"),
  { name: "group", kind: "Group", inputs: { name: "日本語 Ärger 🎉" } },
  { name: "prompt", kind: "Prompt", inputs: { name: "2nd: $\u007bx}", description: odd, prompt: odd } },
  secretOf("token", "TOKEN", "older"),
];

const later: readonly Link[] = [
  ...before,
  website("youngest", "Website"),
  secretOf("other", "TOKEN", "youngest"),
  secretOf("another", "TOKEN_2", "older"),
  {
    name: "role",
    kind: "RoleAssignment",
    inputs: {
      groupId: markOf("group"),
      resourceType: "RESOURCE_TYPE_PROJECT",
      resourceId: markOf("word"),
      resourceRole: "RESOURCE_ROLE_PROJECT_ADMIN",
    },
  },
];

test.each(["yaml", "typescript"] as const)(
  "in %s a secret that is set later is written once, and what an account has later is added beside what a person has written",
  async (language) => {
    const account = await openScene({ program: inJavaScript(before) });
    expect(outcomeOf(await account.engine.up())).toMatchObject({ code: 0, complaints: [] });
    const first = projectOf(await inventoryIn(account, before), { language, name: "test", protect: true });
    const { engine } = await openScene({
      program: Object.fromEntries(first),
      env: { GITPOD_BASE_URL: account.host },
    });
    const imported = await importOf(engine, "import.json");
    const preview = await engine.preview("--expect-no-changes");
    await engine.configure({ "test:tokenValue": { secret: "new-value" } });
    engine.write({ "Pulumi.yaml": stating(first.get("Pulumi.yaml")) });
    const set = await engine.up();

    account.engine.write(inJavaScript(later));
    expect(outcomeOf(await account.engine.up())).toMatchObject({ code: 0, complaints: [] });
    const existing = existingIn(engine.folder);
    const added = projectOf(await inventoryIn(account, later), { language, name: "test", protect: true, existing });
    const placed = place(engine.folder, added, { update: true });
    const [command = ""] = commandsIn(added.get("README-2.md"));
    await run("sh", ["-c", command], { cwd: engine.folder });
    const importedLater = await importOf(engine, "import-2.json");
    const previewLater = await engine.preview("--expect-no-changes");

    expect([imported, outcomeOf(preview).code]).toEqual([[0, ""], 0]);
    expect(namesIn(preview)).toEqual([...firstNames]);
    expect([outcomeOf(set).code, set.differences]).toEqual([0, { token: { value: "add" } }]);
    expect(placed.written).toEqual(["README-2.md", expect.stringMatching(/^adopted-2\.(ts|yaml)$/), "import-2.json"]);
    expect([importedLater, outcomeOf(previewLater).code]).toEqual([[0, ""], 0]);
    expect(namesIn(previewLater)).toEqual([...firstNames, ...laterNames].sort());
    expect(referencesIn(language, [...added.values()].join(""))).toEqual(references[language]);
  },
);

const firstNames = ["2nd-x", "new", "token", "website", "website-project", "日本語-ärger"];
const laterNames = ["new-日本語-ärger-project-admin", "token-2", "token-secret", "website-project-ID"];
const references = {
  yaml: ["$\u007bwebsite.id}", "$\u007bwebsite-project-ID.id}", "$\u007bnew.id}", "$\u007b日本語-ärger.id}"].sort(),
  typescript: [": new_.id", ": website.id", ": websiteProjectID.id", ": 日本語Ärger.id"],
};

async function importOf(engine: Engine, file: string) {
  const { code, stderr } = await engine.run("import", "--file", file, "--yes", "--generate-code=false");
  return [code, stderr];
}

const namesIn = ({ operations }: EngineRun): string[] =>
  withoutIds(Object.keys(operations).join(" ")).split(" ").sort();

const withoutIds = (text: string): string =>
  text.replaceAll(/(?<=website-project-)[0-9a-f]{8}|(?<=websiteProject)(_\d|[A-F])[0-9a-f]{7}/g, "ID");

/** The program in YAML with what it says about the setting no longer in comments. */
const stating = (program = ""): string =>
  program.replace(/^# (config:| {2}\w+: \{)/gm, "$1").replace(/value: "" # or (\S+), once that is set/, "value: $1");

/** The commands of the page of an addition. */
const commandsIn = (page = ""): string[] => /```sh\n([^`]*)```/.exec(page)?.[1]?.split("\n") ?? [];

const referencesIn = (language: Language, text: string): string[] =>
  [...withoutIds(text).matchAll(language === "yaml" ? /\$\{\S+\.id\}/g : /: [^\s"]+\.id\b/g)]
    .map(([found]) => found)
    .sort();

function website(name: string, called: string): Link {
  return { name, kind: "Project", inputs: { name: called, initializer, adopt: "" } };
}

function secretOf(name: string, called: string, project: string): Link {
  const inputs: JsonObject = {
    name: called,
    value: "value",
    environmentVariable: true,
    scope: { projectId: markOf(project) },
  };
  return { name, kind: "Secret", inputs };
}
