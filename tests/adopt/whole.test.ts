import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { Inventory } from "../../adopt/inventory";
import { projectOf } from "../../adopt/write";
import { ids, tokens } from "../../emulator";
import { isObject, type Json } from "../../provider/value/json";
import { createEngine } from "../../tools/engine/engine";
import { requireFresh } from "../../tools/fresh";
import { runScript } from "../../tools/run";
import { afterTest } from "../after-test";
import { outcomeOf, stateOf, writesOf } from "../engine/scene";
import { isId } from "../kinds/derive";
import { type Account, inventoryOf, openAccount, toldIn } from "./account";
import { openShell } from "./shell";
import { makerIn } from "./world";

jest.setTimeout(600_000);
beforeAll(() => requireFresh());

test("an organization of 250 objects becomes a program in YAML with one command: all is imported and protected, the preview is empty, and so it is after an addition", async () => {
  const account = await openAccount({ count: 250 });
  const shell = await openShell(account);
  const inventory = await inventoryOf(account);
  const debug = { PULUMI_GITPOD_DEBUG: "1", GITPOD_API_KEY: tokens.readOnly };
  account.emulator.admin.resetCalls();

  const adopted = await shell.adopt(["--out", "project", "--apply"], debug);
  const first = shell.filesIn("project");
  const written = writesOf(account);
  const state = await shell.run("project", "pulumi stack export --show-secrets");
  const added = await addTo(account);
  appendFileSync(join(shell.folder, "project", "Pulumi.yaml"), byHand);
  const edited = shell.filesIn("project");
  const updated = await shell.adopt(["--out", "project", "--update", "--json"]);
  const more = shell.filesIn("project");
  const applied = await shell.run("project", commandsIn(more["README-2.md"]));

  expect([adopted.code, updated.code, applied.code]).toEqual([0, 0, 0]);
  expect(adopted.stdout).toContain(`= ${inventory.objects.length} imported`);
  expect(adopted.stdout).toContain(`${inventory.objects.length + 1} unchanged`);
  expect(unprotectedIn(state.stdout)).toEqual([]);
  const shown = { ...first, state: state.stdout, stdout: adopted.stdout, stderr: adopted.stderr };
  expect(toldIn(account.canaries, shown)).toEqual([]);
  expect(adopted.stderr).toMatch(/ProjectService\/ListProjects/);
  expect(literalIds(inventory, first["Pulumi.yaml"])).toEqual([]);
  expect(first["Pulumi.yaml"]?.match(/^ *(- )?(\w+: )?\$\{[^{}]+\.id\}$/gm)).toHaveLength(referencesIn(inventory));

  const { objects, files }: Report = JSON.parse(updated.stdout);
  expect(objects.map(({ id }) => id).sort()).toEqual([...added].sort());
  expect(more).toEqual({ ...edited, ...Object.fromEntries(files.map((file) => [file, expect.any(String)])) });
  expect(Object.keys(edited).filter((file) => files.includes(file))).toEqual([]);
  expect(applied.stdout).toContain(`= ${added.length} imported`);
  expect(applied.stdout).toContain(`${inventory.objects.length + added.length + 1} unchanged`);
  expect([written, writesOf(account)]).toEqual([[], ["GroupService/CreateGroup", "GroupService/CreateMembership"]]);
});

test("an organization of 250 objects becomes a program in TypeScript that type-checks, names each object by an expression, and changes nothing", async () => {
  const account = await openAccount({ count: 250 });
  const inventory = await inventoryOf(account);
  const files = Object.fromEntries(projectOf(inventory, { language: "typescript", name: "adopted", protect: false }));
  const engine = await createEngine({ program: files, env: account.env });
  afterTest(() => engine.dispose());
  account.emulator.admin.resetCalls();

  const imported = await engine.run(
    "import",
    "--file",
    "import.json",
    "--yes",
    "--generate-code=false",
    "--protect=false",
  );
  const preview = await engine.preview("--expect-no-changes");
  const checked = await runScript(require.resolve("typescript/bin/tsc"), ["--project", engine.folder]);
  const names = Object.keys(await stateOf({ ...account, engine }));

  expect([imported.code, names.length]).toEqual([0, inventory.objects.length]);
  expect(outcomeOf(preview)).toEqual({
    code: 0,
    complaints: [],
    operations: Object.fromEntries(names.map((name) => [name, "same"])),
  });
  expect(checked).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(toldIn(account.canaries, files)).toEqual([]);
  const { "import.json": _, "README.md": __, ...program } = files;
  const text = Object.values(program).join("\n");
  expect(literalIds(inventory, text)).toEqual([]);
  expect(text.match(/[\p{ID_Continue}$]\.id[,\s\]]/gu)).toHaveLength(referencesIn(inventory));
  expect(unprotectedIn(JSON.stringify(await engine.export()))).toHaveLength(inventory.objects.length);
  expect(writesOf(account)).toEqual([]);
});

/** What a person appends to a program. */
const byHand = "# by hand\n";

/** What the command prints for a machine. */
interface Report {
  readonly objects: readonly { readonly id: string }[];
  readonly files: readonly string[];
}

/** Adds a group and somebody in it and in a group that is there, and returns their ids. */
async function addTo({ emulator, made }: Account): Promise<string[]> {
  const make = makerIn(emulator);
  const subject = { principal: "PRINCIPAL_USER", id: ids.owner };
  const group = await make("group", { organizationId: ids.organization, name: "Newcomers" });
  const groupIds = [group.id, made.group?.[0]?.id ?? ""];
  const members = await Promise.all(groupIds.map((groupId) => make("groupMembership", { groupId, subject })));
  return [group, ...members].map(({ id }) => id);
}

/** The commands that the page of a project begins with. */
const commandsIn = (page = ""): string => /```sh\n([^`]*)```/.exec(page)?.[1] ?? "exit 1";

/** The names of the resources in a state that a destroy may delete. */
function unprotectedIn(state: string): string[] {
  const { deployment }: { deployment: { resources: { urn: string; type: string; protect?: boolean }[] } } =
    JSON.parse(state);
  return deployment.resources.flatMap(({ urn, type, protect }) => (type.startsWith("pulumi:") || protect ? [] : [urn]));
}

/** The ids that are an object's own, other than an address; that of the organization is its own, too. */
const idsIn = ({ objects }: Inventory): Set<string> =>
  new Set(objects.map(({ id }) => id).filter((id) => isId.test(id)));

/** The ids of objects that stand in a text as they are. */
const literalIds = (inventory: Inventory, text = ""): string[] =>
  [...idsIn(inventory)].filter((id) => text.includes(id));

/** How many inputs are the id of another object, without those that say the organization of the token. */
function referencesIn(inventory: Inventory): number {
  const own = idsIn(inventory);
  const count = (value: Json): number => {
    if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + count(entry), 0);
    if (isObject(value)) return Object.values(value).reduce<number>((sum, entry) => sum + count(entry), 0);
    return typeof value === "string" && own.has(value) ? 1 : 0;
  };
  return inventory.objects.reduce((sum, { inputs: { organizationId: _, ...others } }) => sum + count(others), 0);
}
