import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { command } from "./command";
import { differencesBetween, hashesIn } from "./release/compare";
import { checksums, makeRelease } from "./release/make";
import { makeAgain } from "./release/make-again";
import { notesOf } from "./release/notes";
import { step } from "./release/step";
import { tryOut } from "./release/try-out";
import { root } from "./root";

command(async () => {
  const { values } = parseArgs({
    options: {
      "dry-run": { type: "boolean", default: false },
      out: { type: "string", default: join(root, "build", "release") },
      notes: { type: "string" },
    },
  });
  if (values.notes !== undefined) return tellNotes(values.notes);
  if (!values["dry-run"])
    throw new Error("Only the workflow publishes a release. Here: npm run release -- --dry-run [--out FOLDER]");
  await dryRun(resolve(values.out));
});

function tellNotes(version: string): void {
  process.stdout.write(notesOf(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version));
}

/** Makes every file of a release twice, compares both makes, and runs a program with what is installed from the first. */
async function dryRun(folder: string): Promise<void> {
  const began = Date.now();
  const { version }: { version: string } = require("../package.json");
  const again = mkdtempSync(join(tmpdir(), "pulumi-gitpod-second-make-"));
  try {
    heading(`Make ${version}`);
    const leftOut = await makeRelease(folder, line);
    heading("Make it again");
    await step(line, "from a copy elsewhere, with its own dependencies, time zone and language", () =>
      makeAgain(join(again, "release")),
    );
    await step(line, "both makes have the same bytes", async () =>
      expectSame(readChecksums(folder), readChecksums(join(again, "release"))),
    );
    heading("Try it");
    await tryOut(folder, version, line);
    heading(`Made in ${relative(root, folder)}`);
    tellTable(folder);
    for (const { what, why } of leftOut) line(`Left out: ${what}: ${why}.`);
    line(`${((Date.now() - began) / 1000).toFixed(0)} s. Nothing was published.`);
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
}

function expectSame(one: string, other: string): void {
  const differences = differencesBetween(hashesIn(one), hashesIn(other));
  if (differences.length > 0)
    throw new Error(`The two makes of the same sources differ:\n${differences.map((each) => `  ${each}`).join("\n")}`);
}

const readChecksums = (folder: string): string => readFileSync(join(folder, checksums), "utf8");

/** Shows each file with its size and the beginning of its hash. */
function tellTable(folder: string): void {
  const hashes = Object.entries(hashesIn(readChecksums(folder)));
  const width = Math.max(...hashes.map(([name]) => name.length));
  for (const [name, hash] of hashes) {
    const kilobytes = Math.ceil(statSync(join(folder, name)).size / 1000).toLocaleString("en");
    line(`${name.padEnd(width)} ${kilobytes.padStart(7)} kB  ${hash.slice(0, 16)}…`);
  }
  line(`${checksums} has the hashes in full.`);
}

function heading(title: string): void {
  console.log(`\n── ${title}`);
}

function line(text: string): void {
  console.log(`   ${text}`);
}
