import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "../root";

/** What is said above an export. */
export interface Said {
  readonly text: string;
  readonly examples: readonly string[];
}

/** Returns what the doc comment of an export of a TypeScript file says. */
export function commentOf(path: string, name: string): Said {
  const source = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);
  const statement = source.statements.find((each) => namesOf(each).includes(name));
  const [comment] = statement ? ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc) : [];
  if (!comment) throw new Error(`${path}: ${name} needs a doc comment, which becomes that of the package`);
  return {
    text: textOf(comment.comment),
    examples: (comment.tags ?? []).flatMap(({ tagName, comment: said }) =>
      tagName.text === "example" ? [textOf(said)] : [],
    ),
  };
}

/** Writes a doc comment of paragraphs and an example. */
export function docComment(paragraphs: readonly string[], example?: string, indent = ""): string {
  const lines = paragraphs.filter(Boolean).flatMap((paragraph, i) => [...(i > 0 ? [""] : []), ...wrapped(paragraph)]);
  const [line = ""] = lines;
  if (lines.length === 1 && example === undefined && line.length + indent.length < width)
    return `${indent}/** ${line} */\n`;
  const shown = example === undefined ? [] : ["", "@example", "```ts", ...example.trimEnd().split("\n"), "```"];
  return [
    `${indent}/**`,
    ...[...lines, ...shown].map((each) => `${indent} * ${each.replaceAll("*/", "*\\/")}`.trimEnd()),
    `${indent} */\n`,
  ].join("\n");
}

/** Returns the paragraphs of a text, each in one line. */
export const paragraphsOf = (text: string): string[] =>
  text.split(/\n\s*\n/).map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, " ").trim());

const width = 112;

function wrapped(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  return ts.isClassDeclaration(statement) && statement.name ? [statement.name.text] : [];
}

const textOf = (comment: ts.JSDoc["comment"]): string => ts.getTextOfJSDocComment(comment) ?? "";
