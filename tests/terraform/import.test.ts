import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ids as seeded } from "../../emulator";
import { builtPlugin, gitpod, yaml } from "../../tools/engine/yaml";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { runScript } from "../../tools/run";
import { blocksOf } from "../docs/page";
import { openScene, outcomeOf, stateOf, writesOf } from "../engine/scene";
import { shownState } from "./sample";

const { bin }: { bin: Record<string, string> } = require("../../package.json");
const [, converter = "", ...given] = commandOf("npx");
const command = join(root, bin[converter] ?? "");

const made = yaml({
  resources: {
    project: gitpod("Project", {
      name: "Shop",
      initializer: { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] },
      environmentClasses: [{ environmentClassId: seeded.smallClass, order: 0 }],
    }),
    group: gitpod("Group", { organizationId: seeded.organization, name: "Reviewers", description: "Read" }),
    secret: gitpod("Secret", {
      name: "TOKEN",
      value: "first-value",
      environmentVariable: true,
      scope: { projectId: `\${project.id}` },
    }),
  },
});

test("what Terraform manages is imported as the page says, and only the value of a secret is then missing", async () => {
  const before = await openScene({ program: made });
  await before.engine.up();
  const existing = await stateOf(before);
  const idOf = (name: string) => existing[name]?.id ?? "";
  const ids = { project: idOf("project"), group: idOf("group"), secret: idOf("secret") };
  const { engine } = await openScene({ program: yaml({}), env: { GITPOD_BASE_URL: before.host } });
  engine.write({ "state.json": JSON.stringify(shownState(ids)) });
  writesOf(before);

  const converted = await runScript(command, given.slice(0, 1), { cwd: engine.folder });
  engine.write({ "import.json": converted.stdout });
  const imported = await engine.run(...commandOf("pulumi import").slice(1));
  const generated = readFileSync(join(engine.folder, "imported.yaml"), "utf8");
  const plugins = JSON.stringify({ providers: [{ name: "gitpod", path: builtPlugin }] });
  const program = `name: test\nruntime: yaml\nplugins: ${plugins}\n${generated}`;
  engine.write({ "Pulumi.yaml": program.replace('value: ""', 'value: { "fn::secret": first-value }') });
  const preview = await engine.preview("--diff");
  const writes = writesOf(before);

  expect({ code: converted.code, told: converted.stderr }).toEqual({
    code: 0,
    told: "ona_runner.eu: there is no kind for ona_runner, so it stays with Terraform\n3 of 4 can be imported.\n",
  });
  expect(imported.code).toBe(0);
  expect(outcomeOf(preview)).toEqual({
    code: 0,
    complaints: [],
    operations: { shop: "same", token: "update", "people-team-reviewers": "same" },
  });
  expect(preview.differences).toEqual({ token: { value: "add" } });
  expect(writes).toEqual([]);
});

test("a state without anything of the vendor's provider is refused", async () => {
  const { engine } = await openScene({ program: yaml({}) });
  engine.write({ "state.json": '{ "format_version": "1.0", "values": { "root_module": {} } }' });

  const converted = await runScript(command, ["state.json"], { cwd: engine.folder });

  expect(converted).toEqual({
    code: 1,
    stdout: "",
    stderr: "This state has no resources of gitpod-io/ona: no type begins with ona_.\n",
  });
});

beforeAll(() => requireFresh());

/** The words of the command that the page gives. */
function commandOf(start: string): string[] {
  const command = blocksOf("terraform.md", "sh").find((block) => block.startsWith(start));
  return command?.trim().split(" ") ?? [];
}
