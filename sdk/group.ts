import type { CustomResourceOptions, ID, Input } from "@pulumi/pulumi";
import type { group } from "../provider/resources/group";
import type { Args } from "./args";
import type { OutputNames, Outputs } from "./outputs";
import { GitpodResource, readOnly } from "./resource";

/** The arguments of a group: {@link Group}. */
export interface GroupArgs extends Args<typeof group> {}

/** The outputs of a group. */
export interface Group extends Outputs<typeof group, "organizationId" | "name" | "createdAt"> {}

/**
 * A set of users and service accounts that roles can be given to.
 *
 * `name` has 3 to 80 characters, `description` at most 255. Another `organizationId` replaces the group.
 *
 * Default timeouts: create 1m, update 1m, delete 1m; the option `customTimeouts` changes them.
 *
 * @example
 * ```ts
 * import * as gitpod from "pulumi-gitpod";
 *
 * const identity = gitpod.getAuthenticatedIdentityOutput();
 *
 * const reviewers = new gitpod.Group("reviewers", {
 *   organizationId: identity.organizationId,
 *   name: "Reviewers",
 *   description: "May open the environments of others",
 * });
 *
 * export const groupId = reviewers.id;
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the engine fills the outputs.
export class Group extends GitpodResource {
  /** Declares a group; `name` is unique among those of the program and need not be the name in Gitpod. */
  constructor(name: string, args: GroupArgs, opts?: CustomResourceOptions) {
    super("Group", outputs, name, args, opts);
  }

  /** Reads a group that exists by its id, without managing it; fails when there is none. */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): Group {
    return new Group(name, readOnly, { ...opts, id });
  }
}

const outputs = {
  organizationId: undefined,
  name: undefined,
  systemManaged: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  description: undefined,
  directShare: undefined,
} satisfies OutputNames<typeof group>;
