import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../pulumi/cache-folder";
import type { Log } from "../pulumi/cli";
import { fileName, findExecutable } from "../pulumi/executable";
import { goBuild } from "../pulumi/go-build";
import { makeOnce } from "../pulumi/make-once";
import { testedVersion } from "../pulumi/version";

/** The programs that write SDKs, by the folder of their source, and the languages that they write. */
const sources = { "go-python": "Go and Python", java: "Java" };

/** Returns the programs that write SDKs, built from their pinned Go modules; kept in the user's cache. */
export async function sdkGenerators(log: Log): Promise<string[]> {
  if (!findExecutable("go"))
    throw new Error("The SDKs are made by Pulumi's own generators, which Go builds: install Go 1.25.11 or newer.");
  const folder = join(cacheFolder(), `sdk-generators-${digest()}-${process.platform}-${process.arch}`);
  await makeOnce(
    folder,
    async (unfinished) => {
      log("Building the generators of the SDKs, about a minute on two cores, once …");
      for (const [source, languages] of Object.entries(sources)) {
        const title = `the generator for ${languages}`;
        const build = { title, folder: join(__dirname, source), package: ".", version: testedVersion };
        await goBuild(build, join(unfinished, fileName(source)), log);
      }
    },
    log,
  );
  return Object.keys(sources).map((source) => join(folder, fileName(source)));
}

/** Names everything that decides what is built. */
function digest(): string {
  const hash = createHash("sha256");
  for (const source of [...Object.keys(sources), "write"])
    for (const file of readdirSync(join(__dirname, source)).sort())
      hash.update(readFileSync(join(__dirname, source, file)));
  return hash.digest("hex").slice(0, 12);
}
