import type { CustomResourceOptions, ID, Input } from "@pulumi/pulumi";
import type { automationsFile } from "../provider/resources/automations-file";
import type { Args } from "./args";
import type { OutputNames, Outputs } from "./outputs";
import { deletedFirst, GitpodResource, readOnly } from "./resource";

/** The arguments of an automations file: {@link AutomationsFile}. */
export interface AutomationsFileArgs extends Args<typeof automationsFile> {}

/** The outputs of an automations file. */
export interface AutomationsFile
  extends Outputs<typeof automationsFile, "environmentId" | "automations" | "services" | "tasks"> {}

/**
 * The services and tasks that one automations file makes in an environment.
 *
 * Exactly one of `automations` (an object), `yaml` (a text) and `path` (a file on the machine on which the program
 * runs) says what they are, in the form that a repository's `.ona/automations.yaml` has; in the last two, what is wrong
 * is told with line and column, text is the characters that stand there, and a name without a value is a mistake. A
 * service needs a start command, and a task depends on what the same file names. Only the content is compared. What the file has made is changed with it, and deleted
 * once the file does not name it any more; every other service or task of the environment is left alone, and a
 * reference that one of them has is refused. To take those over instead, state `adopt` with the id of the environment.
 *
 * Services are declared and not waited for: triggers and people start them, and an update neither stops nor starts them.
 * The id is that of the environment; `services` and `tasks` have the ids of what was made, by
 * reference. Another `environmentId` replaces.
 *
 * Default timeouts: create 1m, update 5m, delete 5m; the option `customTimeouts` changes them.
 *
 * @example
 * ```ts
 * import * as gitpod from "pulumi-gitpod";
 *
 * const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
 * const environment = new gitpod.Environment("workshop", {
 *   spec: {
 *     machine: { class: classes.apply((found) => found[0]?.id) },
 *     content: { initializer: { specs: [{ contextUrl: { url: "https://github.com/gitpod-io/empty" } }] } },
 *   },
 * });
 *
 * // The provider reads the file where the program runs; a preview reports mistakes with line and column.
 * const file = new gitpod.AutomationsFile("automations", {
 *   environmentId: environment.id,
 *   path: "automations.yaml",
 * });
 *
 * // Or declare them here, or pass the text of a file as `yaml`.
 * new gitpod.AutomationsFile("checks", {
 *   environmentId: environment.id,
 *   automations: { tasks: { lint: { name: "Lint", command: "npm run lint", triggeredBy: ["prebuild"] } } },
 * });
 *
 * export const seedTaskId = file.tasks.apply((tasks) => tasks.seed);
 * ```
 */
export class AutomationsFile extends GitpodResource {
  /** Declares an automations file; `name` is unique among those of the program. */
  constructor(name: string, args: AutomationsFileArgs, opts?: CustomResourceOptions) {
    super("AutomationsFile", outputs, name, args, deletedFirst(opts));
  }

  /** Reads all services and tasks of an environment by its id, without managing them; fails when there is none. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): AutomationsFile {
    return new AutomationsFile(name, readOnly, { ...opts, id });
  }
}

const outputs = {
  environmentId: undefined,
  automations: undefined,
  services: undefined,
  tasks: undefined,
} satisfies OutputNames<typeof automationsFile>;
