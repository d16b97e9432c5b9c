import type { Inventory } from "../../adopt/inventory";
import { isObject, type Json } from "../../provider/value/json";
import { createEngine } from "../../tools/engine/engine";
import { afterTest } from "../after-test";
import { outcomeOf, stateOf, writesOf } from "../engine/scene";
import { isId } from "../kinds/derive";
import { adopt, openAccount, toldIn } from "./account";

jest.setTimeout(600_000);

const importing = ["import", "--file", "import.json", "--yes", "--generate-code=false"];

test("an organization of 250 objects becomes a program in YAML that changes nothing, tells no secret, and names each object by an expression", async () => {
  const account = await openAccount({ count: 250 });
  const { inventory, files } = await adopt(account);
  const engine = await createEngine({ program: files, env: { ...account.env, PULUMI_GITPOD_DEBUG: "1" } });
  afterTest(() => engine.dispose());
  const scene = { ...account, engine };
  writesOf(scene);

  const imported = await engine.run(...importing);
  const preview = await engine.preview("--expect-no-changes", "--debug");
  const written = writesOf(scene);
  const { stdout: state } = await engine.run("stack", "export", "--show-secrets");

  const names = Object.keys(await stateOf(scene));
  expect(inventory.objects.length).toBeGreaterThanOrEqual(250);
  expect([imported.code, names.length]).toEqual([0, inventory.objects.length]);
  expect(outcomeOf(preview)).toEqual({
    code: 0,
    complaints: [],
    operations: Object.fromEntries(names.map((name) => [name, "same"])),
  });
  expect(written).toEqual([]);
  expect(unprotectedIn(state)).toEqual([]);
  expect(toldIn(account.canaries, { ...files, state, imported: shown(imported), preview: shown(preview) })).toEqual([]);
  const program = files["Pulumi.yaml"] ?? "";
  expect(literalIds(inventory, program)).toEqual([]);
  expect(program.match(/^ *(- )?(\w+: )?\$\{[^{}]+\.id\}$/gm)).toHaveLength(referencesIn(inventory));
});

const shown = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string => stdout + stderr;

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
const literalIds = (inventory: Inventory, text: string): string[] =>
  [...idsIn(inventory)].filter((id) => text.includes(id));

/** How many inputs are the id of another object, without those that say the organization of the token. */
function referencesIn(inventory: Inventory): number {
  const ids = idsIn(inventory);
  const count = (value: Json): number => {
    if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + count(entry), 0);
    if (isObject(value)) return Object.values(value).reduce<number>((sum, entry) => sum + count(entry), 0);
    return typeof value === "string" && ids.has(value) ? 1 : 0;
  };
  return inventory.objects.reduce((sum, { inputs: { organizationId: _, ...others } }) => sum + count(others), 0);
}
