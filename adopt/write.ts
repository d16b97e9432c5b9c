import type { Inventory } from "./inventory";
import { earlierOf } from "./write/earlier";
import { importFileOf } from "./write/import-file";
import { planOf } from "./write/plan";
import { readme } from "./write/readme";
import { typescriptFiles } from "./write/typescript-project";
import { yamlFiles } from "./write/yaml-project";

/** How a project is written. */
export interface ProjectOptions {
  readonly language: Language;
  /** The name of the project. */
  readonly name: string;
  /** Whether Pulumi refuses to delete what the program declares. */
  readonly protect: boolean;
  /** What npm installs as this package, such as `file:../pulumi-gitpod-0.1.0.tgz`; its version if missing. */
  readonly own?: string | undefined;
  /** The files of the project where there is one already, by their paths: then only what it has not comes, in new files. */
  readonly existing?: ReadonlyMap<string, string> | undefined;
}

/** A language that a project is written in. */
export type Language = "yaml" | "typescript";

/** Returns the files of a project that has all objects of an account, by their paths; none where nothing is new. */
export function projectOf(inventory: Inventory, options: ProjectOptions): ReadonlyMap<string, string> {
  const earlier = options.existing && earlierOf(options.existing);
  const plan = planOf(inventory, earlier);
  if (earlier && plan.resources.length === 0) return new Map();
  // The settings of a project of the package's name would be the provider's.
  const name = options.name === "gitpod" ? "gitpod-account" : options.name;
  const style = { name, protect: options.protect, own: options.own };
  const written = { yaml: yamlFiles, typescript: typescriptFiles }[options.language](plan, style, earlier);
  const number = earlier ? `-${earlier.number}` : "";
  const importFile = `import${number}.json`;
  const described = { ...written, ...style, importFile };
  return new Map([
    [`README${number}.md`, readme(inventory, plan, described)],
    ...written.files,
    // What this names counts as taken over, so that it comes last.
    [importFile, `${JSON.stringify(importFileOf(plan.resources), null, 2)}\n`],
  ]);
}
