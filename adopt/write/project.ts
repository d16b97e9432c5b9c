import { userAgent } from "../../provider/client/user-agent";

/** How a project is written in its language. */
export interface Style {
  readonly name: string;
  readonly protect: boolean;
}

/** What a project has in its language. */
export interface Written {
  readonly files: ReadonlyMap<string, string>;
  /** The commands before the import. */
  readonly before: readonly string[];
  /** What a person does to have an addition in the program: sentences. */
  readonly addition?: readonly string[];
}

/** Returns the package file of a project, in which this package brings the plugin. */
export function packageFile({ dependencies, ...more }: Packages): string {
  const [own = "", version = ""] = userAgent().split("/");
  const file = { private: true, ...more, dependencies: { ...dependencies, [own]: version } };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** What a package file says beside that. */
interface Packages {
  readonly main?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
