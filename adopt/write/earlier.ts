import { parseDocument } from "yaml";
import { nameIn, tokenOf } from "../../provider/model/module";
import { isObject, type Json, type JsonObject } from "../../provider/value/json";
import type { Target } from "./expression";
import type { ImportFile } from "./import-file";

/** What a project has that an earlier run has written. */
export interface Earlier {
  /** The number of the next addition: 2 after the first run. */
  readonly number: number;
  /** All names that resources have. */
  readonly names: readonly string[];
  /** Whether what comes at the end of its program in YAML belongs to the resources. */
  readonly isOpen: boolean;
  /** Returns the name of the resource for an object, by its type and the id of its import. */
  readonly nameOf: (type: string, importId: string) => string | undefined;
  /** Returns where the program declares that resource, if it does so in a way that others can refer to. */
  readonly targetOf: (type: string, importId: string) => Target | undefined;
}

/** Says what a project has, by its files: those of imports, and the program as it is now. */
export function earlierOf(files: ReadonlyMap<string, string>): Earlier {
  const imports = [...files].filter(([file]) => /^import(-\d+)?\.json$/.test(file));
  const entries = imports.flatMap(([, text]) => (JSON.parse(text) as ImportFile).resources);
  const names = new Map(entries.map(({ type, id, name }) => [`${type} ${id}`, name]));
  const declared = new Map([...files].flatMap(([file, text]) => declaredIn(file, text)));
  const numbers = imports.map(([file]) => Number(/\d+/.exec(file)?.[0] ?? 1));
  const nameOf = (type: string, importId: string) => names.get(`${type} ${importId}`);
  return {
    number: Math.max(...numbers) + 1,
    names: [...names.values()],
    isOpen: [...files].every(([file, text]) => !isProgram(file) || isOpen(text)),
    nameOf,
    targetOf: (type, importId) => {
      const name = nameOf(type, importId);
      return name === undefined ? undefined : declared.get(keyOf(nameIn(type), name));
    },
  };
}

/** The resources that a file declares, by type and name. */
function declaredIn(file: string, text: string): [string, Target][] {
  if (file.endsWith(".ts"))
    return [...text.matchAll(inTypeScript)].map(([, variable = "", kind = "", name = ""]) => [
      keyOf(kind.replace(".", ":"), JSON.parse(name)),
      { variable, name: JSON.parse(name), file: file.replace(/\.ts$/, "") },
    ]);
  if (!isProgram(file)) return [];
  const { resources = {} } = programIn(text);
  if (!isObject(resources)) return [];
  return Object.entries(resources).flatMap(([key, resource]): [string, Target][] => {
    if (!isObject(resource) || typeof resource.type !== "string") return [];
    const name = typeof resource.name === "string" ? resource.name : key;
    return [[keyOf(nameIn(resource.type), name), { variable: key, name: key }]];
  });
}

/** The file that a program in YAML is in. */
const isProgram = (file: string): boolean => file === "Pulumi.yaml" || file === "Main.yaml";

const isOpen = (text: string): boolean => Object.keys(programIn(text)).at(-1) === "resources";

function programIn(text: string): JsonObject {
  const program: Json = parseDocument(text).toJS() ?? {};
  return isObject(program) ? program : {};
}

const keyOf = (kind: string, name: string): string => `${tokenOf(kind)} ${name}`;

const inTypeScript = /^export const ([\p{ID_Continue}$]+) = new gitpod\.([\w.]+)\(\s*("(?:[^"\\\n]|\\.)*")/gmu;
