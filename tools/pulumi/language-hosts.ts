import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { chmod, copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../run";
import { cacheFolder } from "./cache-folder";
import type { Cli, Log } from "./cli";
import { fileName } from "./executable";
import { goBuild } from "./go-build";
import { makeOnce } from "./make-once";

/** The newest version whose language hosts are in a module of their own SDK. */
const version = "3.57.1";
const sdk = "github.com/pulumi/pulumi/sdk/v3";
const source = join(__dirname, "go", "languages");
const hosts = [
  { title: "the Go language host", name: "pulumi-language-go", package: `${sdk}/go/pulumi-language-go` },
  {
    title: "the Python language host",
    name: "pulumi-language-python",
    package: `${sdk}/python/cmd/pulumi-language-python`,
  },
];

/** Returns the folder of the language hosts for Go and Python: the CLI's own, or one where they are built from source. */
export async function languageHosts(cli: Cli, log: Log): Promise<string> {
  const beside = dirname(cli.bin);
  if (hosts.every(({ name }) => existsSync(join(beside, fileName(name))))) return beside;
  const folder = join(cacheFolder(), `language-hosts-${version}-${digest()}-${process.platform}-${process.arch}`);
  await makeOnce(
    folder,
    async (unfinished) => {
      for (const { title, name, package: path } of hosts)
        await goBuild({ title, folder: source, package: path, version }, join(unfinished, fileName(name)), log);
      await addExecutor(unfinished);
    },
    log,
  );
  return folder;
}

/** Puts the script that runs Python programs beside their host, where that looks for it. */
async function addExecutor(folder: string): Promise<void> {
  const { stdout } = await run("go", ["list", "-m", "-f", "{{.Dir}}", sdk], { cwd: source });
  const script = join(folder, "pulumi-language-python-exec");
  await copyFile(join(stdout.trim(), "python", "cmd", "pulumi-language-python-exec"), script);
  await chmod(script, 0o755);
}

function digest(): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(source, file)));
  return hash.digest("hex").slice(0, 12);
}
