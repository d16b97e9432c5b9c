import type { DescField } from "@bufbuild/protobuf";
import type { FunctionDefinition } from "../../provider/functions/define-function";
import { isKeptFromPreviews } from "../../provider/functions/invoke";
import { getterOf, listerOf } from "../../provider/functions/of-kind";
import { field } from "../../provider/model/descriptor";
import { type Module, qualified } from "../../provider/model/module";
import { commentOf, docComment, paragraphsOf, type Said } from "./comment";
import { type GeneratedFile, header } from "./file";
import { byModule, callsFile, inProgram, type Kind, loadCalls, type OfModule, readsOf } from "./kinds";
import type { Names, Parts } from "./named";
import { interfacesOf, partImports } from "./part";
import { oneOf, wordsOf } from "./words";

/** A function of the package: what it is, the type of that, and what is said about it. */
export interface PublicFunction extends Said {
  readonly definition: FunctionDefinition;
  readonly type: string;
}

/** Returns the functions that follow from the calls of a kind. */
export function functionsOf(kind: Kind, kinds: readonly Kind[]): PublicFunction[] {
  const { name, definition } = kind;
  const { get, list } = readsOf(kind);
  return [
    ...(get
      ? [
          {
            definition: getterOf(definition),
            type: `GetterOf<typeof ${name}>`,
            ...saidOfGet(name, getterOf(definition)),
          },
        ]
      : []),
    ...(list
      ? [
          {
            definition: listerOf(definition),
            type: `ListerOf<typeof ${name}>`,
            ...saidOfList(listerOf(definition), kinds),
          },
        ]
      : []),
  ];
}

/** Returns the functions of a module that are not of a kind. */
const otherFunctions = (module: Module | undefined): PublicFunction[] =>
  Object.entries(loadCalls(module)).map(([name, definition]) => ({
    definition,
    type: `typeof calls.${name}`,
    ...commentOf(`provider/functions/${callsFile(module)}.ts`, name),
  }));

/** Writes how the provider finds the functions. */
export function functionLoaders(kinds: readonly Kind[]): GeneratedFile {
  const loaders = byModule(kinds).flatMap(({ module, kinds: own }) => [
    ...own.flatMap((kind) => {
      const { file, name } = kind;
      const { get, list } = readsOf(kind);
      return [
        ...(get ? [loader(module, get.localName, `getterOf(require("../resources/${file}").${name})`)] : []),
        ...(list ? [loader(module, list.localName, `listerOf(require("../resources/${file}").${name})`)] : []),
      ];
    }),
    ...Object.values(loadCalls(module)).map(({ name }) =>
      loader(module, name, `require("./${callsFile(module)}").${name}`),
    ),
  ]);
  return {
    path: "provider/functions/function-loaders.ts",
    text: `${header("provider/resources and provider/functions/calls.ts")}import type { FunctionDefinition } from "./define-function";
import { getterOf, listerOf } from "./of-kind";

/** How the definition of each function is loaded: by its name, in other modules than \`index\` after that of the module. */
export const loaders: { readonly [name: string]: () => FunctionDefinition } = {
${loaders.join("")}};
`,
  };
}

/** Writes an entry of the loaders, on two lines where it is too long for one. */
function loader(module: Module | undefined, name: string, load: string): string {
  const key = module ? JSON.stringify(qualified(module, name)) : name;
  const line = `  ${key}: () => ${load},`;
  return `${line.length > 120 ? `  ${key}: () =>\n    ${load},` : line}\n`;
}

/** Writes the functions of a module that are not of a kind. */
export function callsOf({ module, names }: OfModule & { readonly names: Names }): GeneratedFile[] {
  const others = otherFunctions(module);
  if (others.length === 0) return [];
  const source = `provider/functions/${callsFile(module)}`;
  const file = `${module ?? "functions"}/calls`;
  const beside = module ? "../functions" : ".";
  const parts = others.map((each) => names.ofRequest(each.definition, file));
  const types = [
    "FunctionArgs",
    "FunctionOutputArgs",
    ...(parts.some(({ own }) => own.length > 0) ? ["FunctionPartArgs"] : []),
  ];
  return [
    {
      path: `sdk/${file}.ts`,
      text: `${header(`${source}.ts`)}import type { Output } from "@pulumi/pulumi";
import type { Answer } from "../../provider/functions/answer";
import type * as calls from "../../${source}";
import type { Named } from "../args";
import type { FunctionOptions, FunctionOutputOptions } from "${beside}/ask";
import { ${types.map((type) => `type ${type}, `).join("")}later, plain } from "${beside}/function";
${partImports(parts, file)}
${others.map((each, i) => formsOf(each, parts[i]!)).join("\n")}`,
    },
  ];
}

/** Writes the two forms of a function, and their types. */
export function formsOf({ definition, type, text, examples }: PublicFunction, parts: Parts): string {
  const { module, name, method, required = [] } = definition;
  const fields = fieldsOf(definition);
  const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const isBare = fields.length === 0;
  const mark = required.length > 0 || method.input.oneofs.length > 0 ? "" : "?";
  const [given, passed] = isBare ? ["", "{}"] : [`args${mark}: ${title}Args, `, "args"];
  const later = isBare ? "" : `args${mark}: ${title}OutputArgs, `;
  const [shown, shownLater] = examples;
  const removed = fields.filter((f) => f.deprecated).map((f) => `"${f.jsonName}"`);
  const below = parts.names.size > 0 ? `${title}Parts` : "";
  const typesOf = [type, removed.join(" | ")].filter(Boolean).join(", ");
  const laterTypes = below ? `${type}, ${removed.join(" | ") || "never"}, ${below}` : typesOf;
  const types = `/** The arguments of {@link ${name}}. */
export interface ${title}Args extends FunctionArgs<${typesOf}>, Named {}

/** The arguments of {@link ${name}Output}. */
export interface ${title}OutputArgs extends FunctionOutputArgs<${laterTypes}>, Named {}

`;
  return `${interfacesOf(parts, `FunctionPartArgs<${type}, `, `${title}Parts`)}${isBare ? "" : types}/** The answer of {@link ${name}}. */
export type ${title}Result = Answer<${type}>;

${docComment(paragraphsOf(`${text}${ofPlain(definition)}`), shown)}export function ${name}(${given}opts?: FunctionOptions): Promise<${title}Result> {
  return plain("${qualified(module, name)}", ${passed}, opts);
}

${docComment(paragraphsOf(`${text} ${ofLater(definition)}`), shownLater)}export function ${name}Output(${later}opts?: FunctionOutputOptions): Output<${title}Result> {
  return later("${qualified(module, name)}", ${passed}, opts);
}
`;
}

/** The fields of the request that may be arguments. */
const fieldsOf = ({ method, hidden = [] }: FunctionDefinition): DescField[] =>
  method.input.fields.filter((f) => !hidden.includes(f.jsonName));

function ofPlain(definition: FunctionDefinition): string {
  const { name, method, sensitive = [] } = definition;
  const secret =
    sensitive.length > 0
      ? ` The answer is in clear, for the program's own use; \`${name}Output\` keeps it secret.`
      : "";
  if (!isKeptFromPreviews(definition)) return secret;
  return `${secret} ${method.output.fields.length === 0 ? "In a preview it does nothing." : "It is not called in a preview, where this fails."}`;
}

function ofLater(definition: FunctionDefinition): string {
  const { method, sensitive = [] } = definition;
  const from =
    fieldsOf(definition).length === 0
      ? "The account may come from a provider"
      : "The arguments may come from resources";
  const secret = sensitive.length > 0 ? "; the answer is a secret" : "";
  if (!isKeptFromPreviews(definition)) return `${from}${secret}.`;
  return `${from}${secret}${method.output.fields.length === 0 ? "; in a preview it does nothing" : ", and unknown in a preview"}.`;
}

function saidOfGet(kind: string, { module, name, method, required: [id = "id"] = [] }: FunctionDefinition): Said {
  const choice = field(method.input, id)?.oneof?.fields.map((f) => f.jsonName) ?? [];
  const keys = ["id", ...choice.filter((key) => key !== id).map(wordsOf)];
  return {
    text: `Returns ${oneOf(wordsOf(name.replace(/^get/, "")))} by its ${keys.join(" or its ")}; fails when there is none.`,
    examples: [
      `const found = await gitpod.${inProgram(module, name)}({ ${id} });`,
      `const found = gitpod.${inProgram(module, name)}Output({ ${id}: ${kind}.id });`,
    ],
  };
}

function saidOfList({ module, name, method }: FunctionDefinition, kinds: readonly Kind[]): Said {
  const filter = field(method.input, "filter")?.message;
  const ids = (filter?.fields ?? []).filter(
    (f) => !f.deprecated && f.fieldKind === "list" && f.jsonName.endsWith("Ids"),
  );
  const byKind = ids.flatMap(({ jsonName }) =>
    kinds.filter(({ name: kind }) => jsonName === `${kind}Ids`).map((kind) => [jsonName, kind.name] as const),
  );
  const own = name.replace(/^list/, "").replace(/s$/, "").toLowerCase();
  const [by] = [...byKind.filter(([, kind]) => kind.toLowerCase() !== own), ...byKind];
  const sorted = method.input.fields.some((f) => ["sort", "orderBy"].includes(f.jsonName))
    ? ", in the order that is asked for"
    : "";
  return {
    text: `Lists all ${wordsOf(name.replace(/^list/, ""))}${filter ? " that the filter lets through" : ""}${sorted}.`,
    examples: [
      `const found = await gitpod.${inProgram(module, name)}(${by ? `{ filter: { ${by[0]}: [${by[1]}Id] } }` : ""});`,
      `const found = gitpod.${inProgram(module, name)}Output(${by ? `{ filter: { ${by[0]}: [${by[1]}.id] } }` : ""});`,
    ],
  };
}
