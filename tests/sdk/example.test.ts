import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Definition } from "../../provider/model/definition";
import * as definitions from "../../provider/resources";
import { root } from "../../tools/root";

const kinds: [file: string, definition: Definition][] = Object.values(definitions).map((definition) => [
  definition.kind.replace(/(?<=.)[A-Z]/g, "-$&").toLowerCase(),
  definition,
]);

/** The doc comment of the class in a file of sdk, without its stars. */
function commentOf(file: string): ts.JSDoc {
  const path = join(root, "sdk", `${file}.ts`);
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const found = source.statements.find(ts.isClassDeclaration);
  const [comment] = found ? ts.getJSDocCommentsAndTags(found).filter(ts.isJSDoc) : [];
  if (!comment) throw new Error(`${path} has no class with a doc comment`);
  return comment;
}

const example = (name: string) => readFileSync(join(root, "examples", name, "index.ts"), "utf8");

test.each(kinds)("the class comment of %s shows the program in examples", (file) => {
  const shown = commentOf(file).tags?.find(({ tagName }) => tagName.text === "example");

  expect(ts.getTextOfJSDocComment(shown?.comment)).toBe(`\`\`\`ts\n${example(file)}\`\`\``);
});

test.each(kinds)("the class comment of %s states the timeouts of the definition", (file, { timeouts }) => {
  const text = ts.getTextOfJSDocComment(commentOf(file).comment)?.replaceAll("\n", " ");

  const minutes = Object.entries(timeouts).map(([operation, seconds]) => `${operation} ${seconds / 60}m`);
  expect(text).toContain(`Default timeouts: ${minutes.join(", ")};`);
});

test("there is an example for every kind and the quickstart, each a project of its own", () => {
  const folders = readdirSync(join(root, "examples")).sort();

  const wanted = [...kinds.map(([file]) => file), "quickstart"].sort();
  expect(folders).toEqual(wanted);
  const projects = folders.map((folder) =>
    folder === "quickstart" ? join(root, "Pulumi.yaml") : join(root, "examples", folder, "Pulumi.yaml"),
  );
  expect(projects.filter((project) => !existsSync(project))).toEqual([]);
});
