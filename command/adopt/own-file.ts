import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { own } from "../../provider/client/user-agent";
import { readText } from "../../provider/value/text-file";

/**
 * Returns how a project in a folder names the file from which this package was installed; undefined where it comes from a
 * registry.
 */
export function ownFile(folder: string): string | undefined {
  const { name } = own;
  const [project = "", ...rest] = __dirname.split(`${sep}${join("node_modules", name)}${sep}`);
  const manifest = join(project, "package.json");
  if (rest.length === 0 || !existsSync(manifest)) return undefined;
  const { dependencies = {}, devDependencies = {} }: Manifest = JSON.parse(readText(manifest));
  const [, file] = /^file:(.+\.tgz)$/.exec(dependencies[name] ?? devDependencies[name] ?? "") ?? [];
  return file === undefined ? undefined : `file:${relative(folder, resolve(project, file)).replaceAll(sep, "/")}`;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
