import { own } from "../../provider/client/user-agent";

/** How a project is written in its language. */
export interface Style {
  readonly name: string;
  readonly protect: boolean;
  /** What npm installs as this package; the version from the registry if missing. */
  readonly own?: string | undefined;
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
export function packageFile({ dependencies, ...more }: Packages, style: Style): string {
  const file = { private: true, ...more, dependencies: { ...dependencies, [own.name]: style.own ?? own.version } };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** What belongs into no repository. */
export const ignored = "node_modules/\n";

/** What a package file says beside that. */
interface Packages {
  readonly main?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
