import { posix } from "node:path";
import { docComment } from "./comment";
import type { Parts } from "./named";

/** Writes the named types below some arguments, and where each stands. */
export function interfacesOf(parts: Parts, type: string, map: string): string {
  if (parts.names.size === 0) return "";
  const places = [...parts.names].map(([path, name]) => `  "${path}": ${name};\n`).join("");
  const types = parts.own.map(
    ({ name, path, comment, removed }) =>
      `${docComment([comment])}export interface ${name} extends ${type}"${path}", ${[map, ...removed].join(", ")}>, Named {}\n\n`,
  );
  return `${types.join("")}interface ${map} {\n${places}}\n\n`;
}

/** Writes the imports of named types that other files declare. */
export function partImports(all: readonly Parts[], file: string): string {
  const byFile = new Map<string, Set<string>>();
  for (const { others } of all)
    for (const [name, from] of others) byFile.set(from, (byFile.get(from) ?? new Set()).add(name));
  const lines = [...byFile].map(([from, names]) => {
    const path = posix.relative(posix.dirname(file), from);
    return `import type { ${[...names].sort().join(", ")} } from "${path.startsWith(".") ? path : `./${path}`}";\n`;
  });
  return lines.sort().join("");
}
