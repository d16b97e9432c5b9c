import type { CustomResourceOptions, ID, Input } from "@pulumi/pulumi";
import type { project } from "../provider/resources/project";
import type { Args } from "./args";
import type { OutputNames, Outputs } from "./outputs";
import { GitpodResource, readOnly } from "./resource";

/** The arguments of a project: {@link Project}. */
export interface ProjectArgs extends Args<typeof project> {}

/** The outputs of a project. */
export interface Project extends Outputs<typeof project, "metadata" | "initializer" | "desiredPhase"> {}

/**
 * A repository together with the settings of the environments made from it.
 *
 * `initializer` says what is cloned, `environmentClasses` which machines environments may have, by order of preference:
 * 1 to 30 entries, which replace the earlier ones together; when the list is removed from the program, the project keeps
 * what it has, because the API has no way to empty it. `technicalDescription` (at most 8192 characters) is never given back by the
 * API, so a change made elsewhere goes unnoticed.
 *
 * Default timeouts: create 1m, update 1m, delete 10m; the option `customTimeouts` changes them.
 *
 * @example
 * ```ts
 * import * as gitpod from "pulumi-gitpod";
 *
 * const classes = gitpod.listEnvironmentClassesOutput({ filter: { enabled: true, canCreateEnvironments: true } });
 *
 * const project = new gitpod.Project("website", {
 *   name: "Website",
 *   initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
 *   devcontainerFilePath: ".devcontainer/devcontainer.json",
 *   // An environment gets the first class unless somebody chooses another one from the list.
 *   environmentClasses: classes.apply((found) => found.map(({ id }, order) => ({ environmentClassId: id, order }))),
 *   recommendedEditors: { editors: { vscode: {} } },
 * });
 *
 * export const projectId = project.id;
 * export const organizationId = project.metadata.organizationId;
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the engine fills the outputs.
export class Project extends GitpodResource {
  /** Declares a project; `name` is unique among those of the program and need not be the name in Gitpod. */
  constructor(name: string, args: ProjectArgs, opts?: CustomResourceOptions) {
    super("Project", outputs, name, args, opts);
  }

  /** Reads a project that exists by its id, without managing it; fails when there is none. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): Project {
    return new Project(name, readOnly, { ...opts, id });
  }
}

const outputs = {
  metadata: undefined,
  initializer: undefined,
  environmentClasses: undefined,
  devcontainerFilePath: undefined,
  automationsFilePath: undefined,
  technicalDescription: undefined,
  prebuildConfiguration: undefined,
  desiredPhase: undefined,
  recommendedEditors: undefined,
} satisfies OutputNames<typeof project>;
