import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { existingIn, place } from "../../adopt/place";
import { afterTest } from "../after-test";

const files = new Map([
  ["README.md", "# Read\n"],
  ["import.json", '{ "resources": [] }\n'],
  ["Pulumi.yaml", "name: test\n"],
]);

test("a folder that is absent or empty gets all files", () => {
  const parent = createParent();
  mkdirSync(join(parent, "empty"));

  const placed = ["absent", "empty"].map((name) => place(join(parent, name), files, { update: false }));

  expect(placed).toEqual(
    ["absent", "empty"].map((name) => ({
      folder: join(parent, name),
      written: ["README.md", "import.json", "Pulumi.yaml"],
    })),
  );
  expect(readdirSync(parent).sort()).toEqual(["absent", "empty"]);
  expect([contentsOf(join(parent, "absent")), contentsOf(join(parent, "empty"))]).toEqual([files, files]);
});

test("what an earlier run that was killed has left beside the folder is not part of the next one", () => {
  const folder = join(createParent(), "project");
  mkdirSync(`${join(folder, "..", ".project.partial")}`);
  writeFileSync(join(folder, "..", ".project.partial", "old.ts"), "half");

  place(folder, files, { update: false });

  expect(contentsOf(folder)).toEqual(files);
});

test("a folder that has something is left as it is, unless it is an update, which adds files only", () => {
  const folder = join(createParent(), "project");
  place(folder, files, { update: false });
  const added = new Map([["adopted-2.yaml", "  # new\n"]]);

  const again = () => place(folder, new Map([["Pulumi.yaml", "name: other\n"]]), { update: false });
  const over = () => place(folder, new Map([...added, ["Pulumi.yaml", "name: other\n"]]), { update: true });

  expect(again).toThrow(`${folder} is not empty: name another folder, or add what is new with --update.`);
  expect(over).toThrow(`${folder} has Pulumi.yaml already: nothing was written.`);
  expect(contentsOf(folder)).toEqual(files);
  expect(place(folder, added, { update: true })).toEqual({ folder, written: ["adopted-2.yaml"] });
  expect(contentsOf(folder)).toEqual(new Map([...files, ...added]));
});

test("an update reads the imports and the program of the folder, and refuses a folder without them", () => {
  const folder = join(createParent(), "project");
  const program = new Map([...files, ["import-2.json", "{}"], ["group.ts", ""], ["Pulumi.dev.yaml", "a: secret"]]);
  place(folder, program, { update: false });
  const other = createParent();
  writeFileSync(join(other, "notes.txt"), "mine");

  const existing = existingIn(folder);

  expect([...(existing?.keys() ?? [])]).toEqual(["Pulumi.yaml", "group.ts", "import-2.json", "import.json"]);
  expect(existingIn(join(folder, "absent"))).toBeUndefined();
  expect(() => existingIn(other)).toThrow(
    `${other} has no import.json, which says what it has already: it is no project of pulumi-gitpod adopt.`,
  );
});

function createParent(): string {
  const parent = mkdtempSync(join(tmpdir(), "pulumi-gitpod-place-"));
  afterTest(() => rmSync(parent, { recursive: true, force: true }));
  return parent;
}

const contentsOf = (folder: string): Map<string, string> =>
  new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
