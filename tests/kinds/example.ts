import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import { createEmulator, ids, type TableName } from "../../emulator";
import { definitions } from "../../emulator/integration/definition";
import * as enums from "../../proto/gen/enums";
import * as moduleEnums from "../../proto/gen/experimental-enums";
import { type InModule, kindName, type Module, modules, qualified } from "../../provider/model/module";
import type { JsonObject } from "../../provider/value/json";
import { root } from "../../tools/root";

/** A resource of an example as the example states it, with the mark of another one in the place of its id; the kind is in its name. */
export interface Example {
  readonly kind: string;
  readonly name: string;
  readonly inputs: JsonObject;
}

/** The id that stands for that of a resource until a run gives one. */
export function markOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The folder of the example of a kind, below `examples`. */
export const folderOf = ({ module, kind }: InModule): string =>
  join(module ?? "", kind.replace(/(?<=.)[A-Z]/g, "-$&").toLowerCase());

/** Returns the resources of the example of a kind in their order, without running it on an engine. */
export function exampleOf(definition: InModule): Example[] {
  const folder = join(root, "examples", folderOf(definition));
  const { code } = transformSync(readFileSync(join(folder, "index.ts"), "utf8"), {
    jsc: { target: "es2023", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  });
  const made: Example[] = [];
  const load = (name: string): unknown => {
    if (name === "pulumi-gitpod")
      return packageThat(kindName(definition), ({ inputs, ...rest }) =>
        made.push({ ...rest, inputs: read(folder, inputs) }),
      );
    if (name.startsWith(".")) return ownClasses;
    return name === "@pulumi/pulumi" ? engine : createRequire(__filename)(name);
  };
  new Function("require", "exports", code)(load, {});
  return made;
}

/** Files that an example names stand in its folder. */
const read = (folder: string, inputs: JsonObject): JsonObject =>
  typeof inputs.path === "string" ? { ...inputs, path: join(folder, inputs.path) } : inputs;

/** What an example needs of Pulumi: no settings but those that it cannot do without, and secrets in clear. */
const engine = {
  Config: class {
    get(): undefined {}
    getSecret(): undefined {}
    requireSecret(): string {
      return "from-settings";
    }
  },
  secret: (value: unknown) => value,
};

/** Classes of a file of an example, such as one that stands for a cloud: none of them is a kind. */
const ownClasses = new Proxy({}, { get: () => class {} });

/** A package whose classes tell what they are made with, and whose functions answer what the emulator has from the start. */
const packageThat = (subject: string, tell: (made: Example) => void, module?: Module): object =>
  new Proxy<Record<string, unknown>>(
    {
      ...(module ? moduleEnums : enums),
      ...(module ? {} : Object.fromEntries(modules.map((each) => [each, packageThat(subject, tell, each)]))),
      __esModule: true,
    },
    {
      get(known, name) {
        if (typeof name !== "string" || name in known) return known[String(name)];
        if (/^(get|list)/.test(name)) return () => answerOf(name.replace(/Output$/, ""));
        return function made(resource: string, inputs: object = {}) {
          tell({
            kind: qualified(module, name),
            name: `${subject}-${resource}`,
            inputs: JSON.parse(JSON.stringify(inputs)),
          });
          return output(markOf(`${subject}-${resource}`));
        };
      },
    },
  );

/** The outputs of a resource at any depth, which are its mark where an input takes one. */
function output(mark: string): object {
  const self: object = new Proxy(() => self, {
    get: (_, name) =>
      name === "toJSON" ? () => mark : name === "apply" ? (change: (value: object) => unknown) => change(self) : self,
  });
  return self;
}

/** An answer, which is also an output. */
function answerOf(name: string): object {
  const { admin } = createEmulator();
  const objects = (noun: string) => admin.objects(`${noun[0]?.toLowerCase()}${noun.slice(1)}` as TableName);
  const value =
    name === "getAuthenticatedIdentity"
      ? { organizationId: ids.organization, subject: { principal: "PRINCIPAL_USER", id: ids.owner } }
      : name === "listIntegrationDefinitions"
        ? definitions
        : name.startsWith("list")
          ? objects(name.slice("list".length))
          : objects(`${name.slice("get".length)}s`)[0];
  return Object.assign(Object(value), { apply: (change: (found: unknown) => unknown) => change(value) });
}
