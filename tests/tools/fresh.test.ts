import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isFresh, requireFresh } from "../../tools/fresh";
import { hashSources } from "../../tools/sources";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-fresh-"));
  for (const each of ["provider", "dist"]) mkdirSync(join(folder, each));
  writeFileSync(join(folder, "provider", "check.ts"), "export {};\n");
  writeFileSync(join(folder, "dist", ".sources"), hashSources(folder));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("a build of the sources as they are is fresh", () => {
  expect(isFresh(folder)).toBe(true);
});

test.each([
  ["a changed source", () => writeFileSync(join(folder, "provider", "check.ts"), "export const changed = 1;\n")],
  ["a new source", () => writeFileSync(join(folder, "provider", "read.ts"), "export {};\n")],
  ["a removed source", () => rmSync(join(folder, "provider", "check.ts"))],
  ["a missing build", () => rmSync(join(folder, "dist"), { recursive: true })],
])("%s makes the build stale", (_what, change) => {
  change();

  expect(isFresh(folder)).toBe(false);
});

test("a stale build fails loudly, naming the command to run", () => {
  rmSync(join(folder, "dist"), { recursive: true });

  expect(() => requireFresh(folder)).toThrow("npm run build");
});
