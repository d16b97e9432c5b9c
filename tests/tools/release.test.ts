import { readFileSync } from "node:fs";
import { join } from "node:path";
import { licensesName } from "../../tools/build-plugin";
import { packagesIn } from "../../tools/bundled-licenses";
import { npm } from "../../tools/npm";
import { type Bill, type Manifest, releasedBill } from "../../tools/release/bill-of-materials";
import { differencesBetween, hashesIn } from "../../tools/release/compare";
import { notesOf } from "../../tools/release/notes";
import { root } from "../../tools/root";

const manifest: Manifest = require("../../package.json");

const changelog = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-03-01

### Added

- More.

## [1.1.0-rc.1]

- Half of it.

[1.1.0]: https://example.com/1.1.0
`;

test("the notes of a version are its section of the changelog, without the heading", () => {
  expect(notesOf(changelog, "1.1.0")).toBe("### Added\n\n- More.\n");
  expect(notesOf(changelog.replaceAll("\n", "\r\n"), "1.1.0-rc.1")).toBe("- Half of it.\n");
});

test("a version that the changelog does not name, or says nothing of, is refused", () => {
  expect(() => notesOf(changelog, "1.1")).toThrow("CHANGELOG.md has no section for 1.1: write one under `## [1.1]`.");
  expect(() => notesOf(changelog, "Unreleased")).toThrow("CHANGELOG.md says nothing of Unreleased.");
});

test("what two makes of a release differ in is named, and what they agree in is not", () => {
  const one = hashesIn("aa  same\nbb  changed\ncc  with two  blanks\n");
  const other = hashesIn("dd  changed\naa  same\nee  new\n");

  expect(differencesBetween(one, other)).toEqual([
    "changed: bb in the first make, dd in the second",
    "new: only the second make has it",
    "with two  blanks: only the first make has it",
  ]);
  expect(differencesBetween(one, one)).toEqual([]);
});

test("the bill of materials has what the package and its plugin bring, no tool, and nothing that differs from make to make", async () => {
  const bill: Bill = JSON.parse(await npm(root, ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"]));
  const packages = packagesIn(readFileSync(join(root, "dist", "bin", licensesName), "utf8"));
  const elsewhere = {
    ...bill,
    serialNumber: "urn:uuid:2",
    metadata: { ...bill.metadata, timestamp: "2001", component: { ...bill.metadata.component, name: "folder" } },
  };

  const released = releasedBill(bill, manifest, { packages, node: "24.0.0" });

  const names = released.components.map(({ name }) => name);
  const ours = [...Object.keys(manifest.dependencies), "@pulumi/pulumi", "google-protobuf", "agent-base", "ms", "node"];
  expect(names).toEqual(expect.arrayContaining(ours));
  expect(names.filter((name) => ["jest", "esbuild", "typescript", "pulumi-gitpod"].includes(name))).toEqual([]);
  expect(releasedBill(elsewhere, manifest, { packages, node: "24.0.0" })).toEqual(released);
});

test("a dependency, or a package in the plugin, that npm's bill does not name is not passed over", () => {
  const component = { "bom-ref": "a@1", name: "a" };
  const bill = { metadata: { component }, components: [], dependencies: [{ ref: "a@1", dependsOn: [] }] };
  const nothing = { packages: [], node: "24.0.0" };

  expect(() => releasedBill(bill, { name: "a", dependencies: { b: "1" } }, nothing)).toThrow("has 0 of the 1");
  expect(() => releasedBill(bill, { name: "a", dependencies: {} }, { ...nothing, packages: ["c@1"] })).toThrow("lacks");
});
