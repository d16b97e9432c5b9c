import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { kindName } from "../../provider/model/module";
import { root } from "../root";
import { commentOf, docComment, paragraphsOf } from "./comment";
import { type GeneratedFile, header } from "./file";
import { formsOf, functionsOf } from "./functions";
import { classFile, type Kind, readsOf } from "./kinds";
import type { Names } from "./named";
import { alwaysThere, outputNames } from "./outputs";
import { interfacesOf, partImports } from "./part";
import { absenceOf, oneOf, replacementOf, timeoutsOf, wordsOf } from "./words";

/** Writes the class of each kind with its arguments, outputs and functions. */
export const classes = (kinds: readonly Kind[], names: Names): GeneratedFile[] =>
  kinds.map((kind) => ({ path: `sdk/${classFile(kind)}.ts`, text: classOf(kind, kinds, names) }));

function classOf(kind: Kind, kinds: readonly Kind[], names: Names): string {
  const { file, name, definition } = kind;
  const title = definition.kind;
  const one = oneOf(wordsOf(title));
  const own = existsSync(join(root, "sdk", "own", `${file}.ts`)) ? `${title}Base` : undefined;
  const parts = names.ofKind({ ...kind, file: classFile(kind) });
  const functions = functionsOf(kind, kinds).map((each) => ({
    each,
    parts: names.ofRequest(each.definition, classFile(kind)),
  }));
  const reads = readsOf(kind);
  const types = [reads.get && "GetterOf", reads.list && "ListerOf"].filter(Boolean).join(", ");
  const forFunctions = `import type { Answer } from "../../provider/functions/answer";
import type { ${types} } from "../../provider/functions/of-kind";
`;
  const forms = `import type { FunctionOptions, FunctionOutputOptions } from "../functions/ask";
import { type FunctionArgs, type FunctionOutputArgs, ${functions.some(({ parts: below }) => below.own.length > 0) ? "type FunctionPartArgs, " : ""}later, plain } from "../functions/function";
`;
  const resource = [definition.naturalKey && "deletedFirst", !own && "GitpodResource", "readOnly"].filter(Boolean);
  const { create, update, delete: remove } = timeoutsOf(definition);
  const comment = [
    ...paragraphsOf(commentOf(`provider/resources/${file}.ts`, name).text),
    ...(own ? paragraphsOf(commentOf(`sdk/own/${file}.ts`, own).text) : []),
    replacementOf(definition),
    absenceOf(definition),
    `Default timeouts: create ${create}, update ${update}, delete ${remove}; the option \`customTimeouts\` changes them.`,
  ];
  const example = readFileSync(join(root, "examples", file, "index.ts"), "utf8");
  const always = alwaysThere(definition)
    .map((each) => `"${each}"`)
    .join(" | ");
  const named = parts.names.size > 0 ? ", Parts" : "";
  return `${header(`provider/resources/${file}.ts, the protos and examples/${file}`)}import type { CustomResourceOptions, ID, Input${types ? ", Output" : ""} } from "@pulumi/pulumi";
${types ? forFunctions : ""}import type { ${name} } from "../../provider/resources/${file}";
import type { Args, Named${parts.own.length > 0 ? ", PartArgs" : ""} } from "../args";
${types ? forms : ""}import type { OutputNames, Outputs } from "../outputs";
${own ? `import { ${own}, type ${title}OwnArgs } from "../own/${file}";\n` : ""}import { ${resource.join(", ")} } from "../resource";
${partImports([parts, ...functions.map((each) => each.parts)], classFile(kind))}
/** The arguments of ${one}: {@link ${title}}. */
export interface ${title}Args extends Args<typeof ${name}${named}>, ${own ? `${title}OwnArgs` : "Named"} {}

${interfacesOf(parts, `PartArgs<typeof ${name}, `, "Parts")}/** The outputs of ${one}. */
export interface ${title} extends Outputs<typeof ${name}${always && `, ${always}`}> {}

${docComment(comment, example)}export class ${title} extends ${own ?? "GitpodResource"} {
  /** Declares ${one}; \`name\` is unique among those of the program and need not be the name in Gitpod. */
  constructor(name: string, args: ${title}Args, opts?: CustomResourceOptions) {
    super("${kindName(definition)}", outputs, name, args, ${definition.naturalKey ? "deletedFirst(opts)" : "opts"});
  }

  /** Reads ${one} that exists by its id, without managing it; fails when there is none. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): ${title} {
    return new ${title}(name, readOnly, { ...opts, id });
  }
}

const outputs = {
${outputNames(definition)
  .map((each) => `  ${each}: undefined,\n`)
  .join("")}} satisfies OutputNames<typeof ${name}>;
${functions.map(({ each, parts: below }) => `\n${formsOf(each, below)}`).join("")}`;
}
