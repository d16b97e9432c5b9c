import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { root } from "../root";

/** A folder of the repository, or files by their paths in the project. */
export type Program = string | Record<string, string>;

/** What brings the resources of a program to the API; a program does not change with it. */
export const adapters = ["dynamic", "plugin"] as const;
export type AdapterName = (typeof adapters)[number];

/** What a project's folder is made from. */
export interface Project {
  program: Program;
  modules?: string | undefined;
  adapter?: AdapterName | undefined;
}

/** Where a stack lives. */
export interface Folders {
  folder: string;
  home: string;
  backend: string;
}

/** Creates the folders of a stack: project, Pulumi home and file backend. */
export function createFolder(): Folders {
  const parent = mkdtempSync(join(tmpdir(), "pulumi-gitpod-engine-"));
  const [folder, home, backend] = ["project", "home", "backend"].map((name) => join(parent, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [folder, home, backend]) mkdirSync(each);
  return { folder, home, backend };
}

/** Puts a program into the project's folder, and what every project needs where the program does not bring it. */
export function writeProgram(folder: string, { program, modules, adapter }: Project): void {
  if (typeof program === "string") copyProgram(resolve(root, program), folder);
  else writeFiles(folder, program);
  const defaults: Record<string, string> = {
    "Pulumi.yaml": "name: test\nruntime: nodejs\nmain: index.ts\n",
    "package.json": '{ "name": "test", "private": true }\n',
    "tsconfig.json": readFileSync(join(__dirname, "program-tsconfig.json"), "utf8"),
  };
  writeFiles(folder, Object.fromEntries(Object.entries(defaults).filter(([file]) => !existsSync(join(folder, file)))));
  const place = join(folder, "node_modules");
  if (!existsSync(place)) symlinkSync(modules ?? join(root, "node_modules"), place, "junction");
  if (adapter) namePlugin(join(folder, "Pulumi.yaml"));
}

/** Names the folder of the plugin in a `Pulumi.yaml`, as the README shows it. */
function namePlugin(file: string): void {
  const text = readFileSync(file, "utf8");
  if (!text.includes("plugins:")) writeFileSync(file, `${text.trimEnd()}\n${pluginOfPackage}`);
}

const pluginOfPackage = `plugins:
  providers:
    - name: gitpod
      path: node_modules/pulumi-gitpod/dist/bin
`;

function copyProgram(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (file) => basename(file) !== "node_modules" });
}

function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}
