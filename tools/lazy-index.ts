import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Lets the compiled index of the package load each of its files when something of it is first used: a program pays for
 * the kinds that it has.
 */
export function makeLazy(folder: string): void {
  const file = join(folder, "index.js");
  const text = readFileSync(file, "utf8");
  const namespaces = new Map(
    [...text.matchAll(/exports\.(\w+) = __importStar\(require\("(\.[^"]+)"\)\)/g)].map(([, name, path]) => [
      path,
      name,
    ]),
  );
  const names = new Map<string, string[]>();
  for (const [, path = ""] of text.matchAll(/require\("(\.[^"]+)"\)/g))
    names.set(path, Object.keys(require(join(folder, path))));
  const whole = Object.keys(require(file));
  const lines = [...names].map(([path, all]) => {
    const namespace = namespaces.get(path);
    if (namespace) return `give(() => ({ ${namespace}: require("${path}") }), ["${namespace}"]);\n`;
    const exported = all.filter((name) => whole.includes(name));
    return `give(() => require("${path}"), ${JSON.stringify(exported)});\n`;
  });
  writeFileSync(file, `${head}${lines.join("")}${foot(whole)}`);
}

const head = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const give = (load, names) => {
  for (const name of names) Object.defineProperty(exports, name, { enumerable: true, get: () => load()[name] });
};
`;

/** Node.js does not run this: it reads there which names an ES module can import. */
const foot = (names: readonly string[]): string => `0 && (module.exports = { ${names.join(", ")} });\n`;
