import { posix } from "node:path";
import ts from "typescript";
import { modules } from "../../provider/model/module";
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

/** The rooms of the provider: each imports only from itself and from those above it. */
const rooms = [
  "value",
  "client",
  "model",
  "mapping",
  "reading",
  "check",
  "waiting",
  "lifecycle",
  "resources",
  "functions",
  "pulumi",
];

/** The last rooms, which stand beside each other. */
const adapters = ["dynamic", "plugin"];

/** The rooms that know Pulumi. */
const nearPulumi = ["pulumi", ...adapters];

/** Returns the rooms that files of a room may import from. */
const above = (room: string): string[] =>
  (adapters.includes(room) ? [...rooms, room] : rooms.slice(0, rooms.indexOf(room) + 1)).map(
    (each) => `provider/${each}`,
  );

/** Definitions of a module other than `index` have a folder beside those of kinds. */
const ofModule = new RegExp(`^(${modules.join("|")})/`);

const roomRules = [...rooms, ...adapters].map(
  (room): Rule => ({
    folder: `provider/${room}`,
    says: nearPulumi.includes(room)
      ? `${room} imports generated code, packages, and the rooms of the provider above it`
      : `${room} imports generated code, packages other than Pulumi's and gRPC's, and the rooms of the provider above it`,
    allows: ({ target }) =>
      isPackage(target)
        ? nearPulumi.includes(room) || !under(target, "@pulumi", "@grpc", "google-protobuf")
        : under(target, "proto/gen", ...above(room)),
  }),
);

const rules: readonly Rule[] = [
  {
    folder: "proto/gen",
    says: "generated code imports generated code and packages only",
    allows: ({ target }) => isPackage(target) || under(target, "proto/gen"),
  },
  {
    folder: "provider/resources",
    says: "a definition imports generated code, model/definition, and its own folder only",
    allows: ({ target }, file) =>
      posix.relative("provider/resources", file).replace(ofModule, "").includes("/")
        ? isPackage(target) || under(target, "proto/gen", ...above("resources"))
        : under(target, "proto/gen", "provider/resources") || target === "provider/model/definition",
  },
  ...roomRules,
  {
    folder: "provider",
    says: "every file of the provider is in a room",
    allows: () => false,
  },
  {
    folder: "sdk",
    says: "a program loads no descriptor: sdk imports @pulumi/pulumi, the rest by `import type`, and provider/functions when called",
    allows: ({ target, typeOnly, deferred }) => {
      if (isPackage(target)) return typeOnly || under(target, "@pulumi/pulumi") || target.startsWith("node:");
      if (under(target, "sdk") || /^proto\/gen\/(\w+-)?enums$/.test(target)) return true;
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
    says: "what reads another provider's state imports its own files, Node.js, the definitions with what makes their ids, and how Pulumi marks secrets",
    allows: ({ target }) =>
      under(target, "terraform", "provider/resources", "provider/model", "provider/pulumi/value") ||
      target.startsWith("node:"),
  },
  {
    folder: "adopt",
    says: "what takes over an account imports its own files, packages other than Pulumi's, and the rooms of the provider that know no adapter",
    allows: ({ target }) =>
      isPackage(target)
        ? !under(target, "@pulumi", "@grpc", "pulumi-gitpod")
        : under(target, "adopt", "proto/gen", ...above("pulumi")),
  },
  {
    folder: "probe",
    says: "what finds out how a service behaves imports its own files, packages other than Pulumi's, and the rooms of the provider that know no adapter",
    allows: ({ target }) =>
      isPackage(target)
        ? !under(target, "@pulumi", "@grpc", "pulumi-gitpod")
        : under(target, "probe", "proto/gen", ...above("pulumi")),
  },
  {
    folder: "command",
    says: "the command line imports packages other than Pulumi's, what its commands do, and the rooms of the provider that know no adapter",
    allows: ({ target }) =>
      isPackage(target)
        ? !under(target, "@pulumi", "@grpc", "pulumi-gitpod")
        : under(target, "command", "adopt", "probe", "emulator", "terraform", "proto/gen", ...above("pulumi")),
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

/** One line for each circle of files that import each other, types included, in folders that have none. */
export function importCircles(files: readonly SourceFile[]): string[] {
  const free = files.filter(({ path }) => path.endsWith(".ts") && under(path, ...withoutCircles));
  const known = new Set(free.map(({ path }) => path.replace(/\.ts$/, "")));
  const graph = new Map(
    free.map(({ path, text }) => {
      const targets = importsOf(path, text).map(({ target }) => (known.has(target) ? target : `${target}/index`));
      return [path.replace(/\.ts$/, ""), targets.filter((target) => known.has(target))];
    }),
  );
  return circlesIn(graph).map((circle) => `these files import each other in a circle: ${circle.join(", ")}`);
}

const withoutCircles = ["provider", "sdk", "terraform", "emulator", "adopt", "probe", "command"];

/** Returns the groups of nodes that all lead to each other (Tarjan). */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    lowest.set(node, order.get(node)!);
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const circle = open.splice(open.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles;
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

const topFolders = [
  "proto",
  "provider",
  "sdk",
  "emulator",
  "terraform",
  "adopt",
  "probe",
  "command",
  "examples",
  "tests",
  "tools",
  "bench",
  "dist",
];

function isPackage(target: string): boolean {
  const first = target.split("/")[0] ?? "";
  return !topFolders.includes(first) && !target.startsWith("..");
}

function under(target: string, ...folders: string[]): boolean {
  return folders.some((folder) => target === folder || target.startsWith(posix.join(folder, "/")));
}
