import type { SourceFile } from "./source-files";

/** A package as a lock file of npm has it. */
interface Locked {
  readonly dependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}

/**
 * One line for each package that another one of a lock file asks for and that is not in it. npm leaves out what only
 * other systems need when it writes the file beside installed packages, and `npm ci` then refuses the file everywhere.
 */
export const lockFileBreaches = (files: readonly SourceFile[]): string[] =>
  files.filter(({ path }) => path === "package-lock.json").flatMap(({ text }) => missingIn(JSON.parse(text).packages));

function missingIn(packages: { readonly [place: string]: Locked }): string[] {
  return Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !placesFor(name, place).some((candidate) => packages[candidate]))
      .map((name) => `package-lock.json lacks ${name}, which ${place || "the package"} asks for: npm ci refuses that`),
  );
}

/** Where Node.js looks for a package that another one asks for, from the nearest folder outwards. */
function placesFor(name: string, place: string): string[] {
  const above = place.lastIndexOf("/node_modules/");
  const own = `${place === "" ? "" : `${place}/`}node_modules/${name}`;
  return place === "" ? [own] : [own, ...placesFor(name, above < 0 ? "" : place.slice(0, above))];
}
