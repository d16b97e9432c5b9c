import type { FunctionDefinition } from "../../provider/functions/define-function";
import { isKeptFromPreviews } from "../../provider/functions/invoke";
import { getterOf, listerOf, readsOf } from "../../provider/functions/of-kind";
import { field } from "../../provider/model/descriptor";
import { commentOf, docComment, paragraphsOf, type Said } from "./comment";
import { type GeneratedFile, header } from "./file";
import type { Kind } from "./kinds";
import type { Names, Parts } from "./named";
import { interfacesOf, partImports } from "./part";
import { oneOf, wordsOf } from "./words";

/** A function of the package: what it is, the type of that, and what is said about it. */
export interface PublicFunction extends Said {
  readonly definition: FunctionDefinition;
  readonly type: string;
}

/** Returns the functions that follow from the calls of a kind. */
export function functionsOf({ name, definition }: Kind, kinds: readonly Kind[]): PublicFunction[] {
  const { get, list } = readsOf(definition);
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

/** Returns the functions that are not of a kind. */
export function otherFunctions(): PublicFunction[] {
  const calls: Record<string, FunctionDefinition> = require("../../provider/functions/calls");
  return Object.entries(calls).map(([name, definition]) => ({
    definition,
    type: `typeof calls.${name}`,
    ...commentOf(source, name),
  }));
}

const source = "provider/functions/calls.ts";

/** Writes how the provider finds the functions, and the file of those that are not of a kind. */
export function functionFiles(kinds: readonly Kind[], names: Names): GeneratedFile[] {
  const others = otherFunctions();
  const ofKinds = kinds.flatMap(({ file, name, definition }) => {
    const { get, list } = readsOf(definition);
    return [
      ...(get ? [loader(get.localName, `getterOf(require("../resources/${file}").${name})`)] : []),
      ...(list ? [loader(list.localName, `listerOf(require("../resources/${file}").${name})`)] : []),
    ];
  });
  const rest = others.map(({ definition: { name } }) => loader(name, `require("./calls").${name}`));
  const parts = others.map((each) => names.ofRequest(each.definition.method.input, "functions/calls"));
  return [
    {
      path: "provider/functions/function-loaders.ts",
      text: `${header(`provider/resources and ${source}`)}import type { FunctionDefinition } from "./define-function";
import { getterOf, listerOf } from "./of-kind";

/** How the definition of each function is loaded. */
export const loaders: { readonly [name: string]: () => FunctionDefinition } = {
${[...ofKinds, ...rest].join("")}};
`,
    },
    {
      path: "sdk/functions/calls.ts",
      text: `${header(source)}import type { Output } from "@pulumi/pulumi";
import type { Answer } from "../../provider/functions/answer";
import type * as calls from "../../provider/functions/calls";
import type { Named } from "../args";
import type { FunctionOptions, FunctionOutputOptions } from "./ask";
import { type FunctionArgs, type FunctionOutputArgs, type FunctionPartArgs, later, plain } from "./function";
${partImports(parts, "functions/calls")}
${others.map((each, i) => formsOf(each, parts[i]!)).join("\n")}`,
    },
  ];
}

/** Writes an entry of the loaders, on two lines where it is too long for one. */
function loader(name: string, load: string): string {
  const line = `  ${name}: () => ${load},`;
  return `${line.length > 120 ? `  ${name}: () =>\n    ${load},` : line}\n`;
}

/** Writes the two forms of a function, and their types. */
export function formsOf({ definition, type, text, examples }: PublicFunction, parts: Parts): string {
  const { name, method, required = [] } = definition;
  const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const isBare = method.input.fields.length === 0;
  const mark = required.length > 0 || method.input.oneofs.length > 0 ? "" : "?";
  const [given, passed] = isBare ? ["", "{}"] : [`args${mark}: ${title}Args, `, "args"];
  const later = isBare ? "" : `args${mark}: ${title}OutputArgs, `;
  const [shown, shownLater] = examples;
  const removed = method.input.fields.filter((f) => f.deprecated).map((f) => `"${f.jsonName}"`);
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
  return plain("${name}", ${passed}, opts);
}

${docComment(paragraphsOf(`${text} ${ofLater(definition)}`), shownLater)}export function ${name}Output(${later}opts?: FunctionOutputOptions): Output<${title}Result> {
  return later("${name}", ${passed}, opts);
}
`;
}

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
    method.input.fields.length === 0 ? "The account may come from a provider" : "The arguments may come from resources";
  const secret = sensitive.length > 0 ? "; the answer is a secret" : "";
  if (!isKeptFromPreviews(definition)) return `${from}${secret}.`;
  return `${from}${secret}${method.output.fields.length === 0 ? "; in a preview it does nothing" : ", and unknown in a preview"}.`;
}

function saidOfGet(kind: string, { name, method, required: [id = "id"] = [] }: FunctionDefinition): Said {
  const choice = field(method.input, id)?.oneof?.fields.map((f) => f.jsonName) ?? [];
  const keys = ["id", ...choice.filter((key) => key !== id).map(wordsOf)];
  return {
    text: `Returns ${oneOf(wordsOf(name.replace(/^get/, "")))} by its ${keys.join(" or its ")}; fails when there is none.`,
    examples: [
      `const found = await gitpod.${name}({ ${id} });`,
      `const found = gitpod.${name}Output({ ${id}: ${kind}.id });`,
    ],
  };
}

function saidOfList({ name, method }: FunctionDefinition, kinds: readonly Kind[]): Said {
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
      `const found = await gitpod.${name}(${by ? `{ filter: { ${by[0]}: [${by[1]}Id] } }` : ""});`,
      `const found = gitpod.${name}Output(${by ? `{ filter: { ${by[0]}: [${by[1]}.id] } }` : ""});`,
    ],
  };
}
