import ts from "typescript";
import type { SourceFile } from "./source-files";

/** The rooms of the provider that serve any run: what a run knows is handed to them, and none of it stays in a module. */
const stateless = ["value", "client", "model", "mapping", "reading", "check", "waiting", "lifecycle", "resources"];

/** One line for each variable of a module, in a room that serves any run, that is there to be filled or set anew. */
export function moduleStateBreaches(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.endsWith(".ts") && stateless.some((room) => path.startsWith(`provider/${room}/`)))
    .flatMap(({ path, text }) =>
      variablesOf(path, text).map(
        (name) =>
          `${path} keeps ${name} in the module: what a run knows belongs to its memory, its client or its voice`,
      ),
    );
}

function variablesOf(path: string, text: string): string[] {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => {
    const isConstant = (declarationList.flags & ts.NodeFlags.Const) !== 0;
    return declarationList.declarations
      .filter(({ initializer }) => !isConstant || (initializer !== undefined && isEmpty(initializer)))
      .map(({ name }) => name.getText());
  });
}

/** A collection that begins empty is filled later. */
function isEmpty(value: ts.Expression): boolean {
  if (ts.isNewExpression(value))
    return /^(Weak)?(Map|Set)$/.test(value.expression.getText()) && !value.arguments?.length;
  return ts.isArrayLiteralExpression(value) && value.elements.length === 0;
}
