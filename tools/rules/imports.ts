import { posix } from "node:path";
import ts from "typescript";
import type { SourceFile } from "./source-files";

/** An import as a file states it. */
interface Import {
  /** A path from the repository's root for a relative import, else a package's name or a path in it. */
  target: string;
  /** Whether it is gone after compilation. */
  typeOnly: boolean;
  /** Whether it is loaded only when a function is called that needs it. */
  deferred: boolean;
}

/** What the files under a folder may import. The first rule whose folder holds a file is the one for it. */
interface Rule {
  folder: string;
  says: string;
  allows: (imported: Import, file: string) => boolean;
}

const adapters = ["provider/dynamic", "provider/plugin"];

const rules: readonly Rule[] = [
  {
    folder: "proto/gen",
    says: "generated code imports generated code and packages only",
    allows: ({ target }) => isPackage(target) || under(target, "proto/gen"),
  },
  {
    folder: "provider/dynamic",
    says: "an adapter imports the core, generated code and packages only",
    allows: ({ target }) => isPackage(target) || under(target, "provider", "proto/gen"),
  },
  {
    folder: "provider/plugin",
    says: "an adapter imports the core, generated code and packages only",
    allows: ({ target }) => isPackage(target) || under(target, "provider", "proto/gen"),
  },
  {
    folder: "provider/pulumi",
    says: "what both adapters share imports the core, generated code and packages, and neither adapter",
    allows: ({ target }) =>
      isPackage(target) || (under(target, "provider", "proto/gen") && !under(target, ...adapters)),
  },
  {
    folder: "provider/resources",
    says: "a definition imports generated code, the definition type, and what its calls are composed of only",
    allows: ({ target }) =>
      under(target, "proto/gen", "provider/resources", "provider/composed") || target === "provider/definition",
  },
  {
    folder: "provider",
    says: "the core imports no Pulumi and no gRPC; only the adapters and provider/pulumi do",
    allows: ({ target }) =>
      isPackage(target)
        ? !under(target, "@pulumi", "@grpc", "google-protobuf")
        : under(target, "provider", "proto/gen") && !under(target, "provider/pulumi", ...adapters),
  },
  {
    folder: "sdk",
    says: "a program loads no descriptor: sdk imports @pulumi/pulumi, the rest by `import type`, and provider/functions when called",
    allows: ({ target, typeOnly, deferred }) => {
      if (isPackage(target)) return typeOnly || under(target, "@pulumi/pulumi") || target.startsWith("node:");
      if (under(target, "sdk") || target === "proto/gen/enums") return true;
      if (deferred && under(target, "provider/functions")) return true;
      return typeOnly && under(target, "provider", "proto/gen");
    },
  },
  {
    folder: "emulator",
    says: "the emulator follows the API, not the provider: it imports generated code and packages other than Pulumi's",
    allows: ({ target }) =>
      isPackage(target) ? !under(target, "@pulumi", "pulumi-gitpod") : under(target, "emulator", "proto/gen"),
  },
  {
    folder: "terraform",
    says: "what reads a Terraform state imports nothing but its own files and Node.js",
    allows: ({ target }) => under(target, "terraform") || target.startsWith("node:"),
  },
  {
    folder: "examples",
    says: "an example imports what its reader can: pulumi-gitpod by its name, @pulumi/pulumi, Node.js and its own files",
    allows: ({ target }, file) =>
      isPackage(target)
        ? under(target, "pulumi-gitpod", "@pulumi") || target.startsWith("node:")
        : under(target, posix.dirname(file)),
  },
];

/** One line for each import that its place does not allow. */
export function importBreaches(files: readonly SourceFile[]): string[] {
  return files.filter(({ path }) => path.endsWith(".ts")).flatMap(({ path, text }) => breachesOf(path, text));
}

function breachesOf(file: string, text: string): string[] {
  const rule = rules.find(({ folder }) => under(file, folder));
  if (!rule) return [];
  return importsOf(file, text)
    .filter((imported) => !rule.allows(imported, file))
    .map(({ target }) => `${file} imports ${target}: ${rule.says}`);
}

function importsOf(file: string, text: string): Import[] {
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, deferred: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const name = specifier.text;
    const target = name.startsWith(".") ? posix.join(posix.dirname(file), name).replace(/\.js$/, "") : name;
    imports.push({ target, typeOnly, deferred });
  };
  const visit = (node: ts.Node, deferred: boolean): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyImport(node), false);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, false);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true, false);
    else if (ts.isCallExpression(node) && loads(node.expression)) add(node.arguments[0], false, deferred);
    const inside = deferred || ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest), false);
  return imports;
}

function isTypeOnlyImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.isTypeOnly) return true;
  const { name, namedBindings } = importClause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function loads(called: ts.Expression): boolean {
  return called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === "require");
}

const topFolders = ["proto", "provider", "sdk", "emulator", "terraform", "examples", "tests", "tools", "bench", "dist"];

function isPackage(target: string): boolean {
  const first = target.split("/")[0] ?? "";
  return !topFolders.includes(first) && !target.startsWith("..");
}

function under(target: string, ...folders: string[]): boolean {
  return folders.some((folder) => target === folder || target.startsWith(`${folder}/`));
}
