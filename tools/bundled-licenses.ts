import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { root } from "./root";

/** Returns the licenses of the packages whose code a bundle contains, which ask to be handed on with it. */
export function bundledLicenses({ outputs }: Metafile): string {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  return [...new Set(files.flatMap(packageOf))].sort().map(licenseOf).join("\n");
}

/** Reads out of such licenses whose they are, each as `name@version`. */
export function packagesIn(licenses: string): string[] {
  return [...licenses.matchAll(/^(@?[\w./-]+) (\d\S*): /gm)].map(([, name, version]) => `${name}@${version}`);
}

/** The folder of the package that a file belongs to; none for our own. */
function packageOf(file: string): string[] {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  return folder === undefined || folder.endsWith("node_modules/pulumi-gitpod") ? [] : [folder];
}

function licenseOf(folder: string): string {
  const { name, version, license }: { [key: string]: string } = JSON.parse(
    readFileSync(join(root, folder, "package.json"), "utf8"),
  );
  const texts = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  return [
    `${name} ${version}: ${license}\n`,
    ...texts.map((file) => `${readFileSync(join(root, folder, file), "utf8").trim()}\n`),
    `${"-".repeat(80)}\n`,
  ].join("\n");
}
