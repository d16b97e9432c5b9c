import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { modules } from "../provider/model/module";
import { buildPlugin } from "./build-plugin";
import { command } from "./command";
import { isFresh, stampName } from "./fresh";
import { makeLazy } from "./lazy-index";
import { root } from "./root";
import { runScript } from "./run";
import { hashSources } from "./sources";

/** Builds the package into `dist` unless the build there is fresh. Says whether it did. */
export async function build({ force = false } = {}): Promise<boolean> {
  if (!force && isFresh()) return false;
  const sources = hashSources();
  const unfinished = join(root, "node_modules", ".cache", "pulumi-gitpod", `build-${process.pid}`);
  rmSync(unfinished, { recursive: true, force: true });
  try {
    await compile(unfinished);
    for (const module of ["", ...modules]) makeLazy(join(unfinished, "sdk", module));
    writeKinds(join(unfinished, "provider", "dynamic"));
    for (const program of programs()) makeExecutable(join(unfinished, program));
    await buildPlugin(join(unfinished, "bin"));
    writeFileSync(join(unfinished, stampName), sources);
    swap(unfinished, join(root, "dist"));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return true;
}

async function compile(folder: string): Promise<void> {
  const compiler = require.resolve("typescript/bin/tsc");
  const { code, stdout } = await runScript(compiler, ["-p", "tsconfig.json", "--outDir", folder], { cwd: root });
  if (code !== 0) throw new Error(`The sources do not compile:\n${stdout.trim()}`);
}

/**
 * Gives every provider object a module of its own, whose `module.exports` is that object: only then does Pulumi
 * serialize a reference to it into a program's state instead of all its code.
 */
function writeKinds(dynamic: string): void {
  if (!existsSync(join(dynamic, "index.js"))) return;
  const providers: Record<string, unknown> = require(join(dynamic, "index.js"));
  mkdirSync(join(dynamic, "kinds"), { recursive: true });
  for (const [name, provider] of Object.entries(providers)) {
    if (!isProvider(provider)) continue;
    const file = join(dynamic, "kinds", kebab(name));
    writeFileSync(`${file}.js`, `"use strict";\nmodule.exports = require("../index").${name};\n`);
    writeFileSync(`${file}.d.ts`, `import { ${name} } from "../index";\nexport = ${name};\n`);
  }
}

function isProvider(exported: unknown): boolean {
  return typeof exported === "object" && exported !== null && "create" in exported && "diff" in exported;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The files that are commands of the package, as paths in `dist`. */
function programs(): string[] {
  const { bin }: { bin: Record<string, string> } = require("../package.json");
  return Object.values(bin).map((file) => posix.relative("dist", file));
}

function makeExecutable(file: string): void {
  if (existsSync(file)) chmodSync(file, 0o755);
}

/** Puts the finished build in the place of the old one in two renames, so that no half of it is ever seen. */
function swap(finished: string, place: string): void {
  const old = `${finished}-old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(place)) renameSync(place, old);
  renameSync(finished, place);
  rmSync(old, { recursive: true, force: true });
}

if (require.main === module) {
  command(async () => {
    const began = Date.now();
    const built = await build({ force: process.argv.includes("--force") });
    console.log(built ? `Built dist in ${((Date.now() - began) / 1000).toFixed(1)} s.` : "dist is up to date.");
  });
}
