import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commentOf } from "../../tools/generate/comment";
import { classFile, loadKinds } from "../../tools/generate/kinds";
import { root } from "../../tools/root";
import { examples } from "../examples";

const kinds = loadKinds();

test.each(kinds)("the comment of the class of a kind shows its program in examples: $file", (kind) => {
  const { file, definition } = kind;
  const program = readFileSync(join(root, "examples", file, "index.ts"), "utf8");

  const { examples } = commentOf(`sdk/${classFile(kind)}.ts`, definition.kind);

  expect(examples).toEqual([`\`\`\`ts\n${program}\`\`\``]);
});

test("there is an example for every kind, for each situation and the quickstart, each a project of its own", () => {
  const folders = examples();

  const situations = [
    "agents",
    "classic",
    "governance",
    "machine-access",
    "onboarding",
    "quickstart",
    "review-environment",
    "runner-setup",
    "sign-in",
  ];
  const wanted = [...kinds.map(({ file }) => file), ...situations].sort();
  expect(folders).toEqual(wanted);
  const projects = folders.map((folder) =>
    folder === "quickstart" ? join(root, "Pulumi.yaml") : join(root, "examples", folder, "Pulumi.yaml"),
  );
  expect(projects.filter((project) => !existsSync(project))).toEqual([]);
});
