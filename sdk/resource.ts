import { CustomResource, type CustomResourceOptions, createUrn, getProject, getStack } from "@pulumi/pulumi";
import { secretPaths } from "./secret-paths";

/** The base of every class: a resource whose provider is named, so that nothing of it is serialized into the state. */
export abstract class GitpodResource extends CustomResource {
  protected constructor(
    kind: string,
    outputs: Readonly<Record<string, undefined>>,
    name: string,
    args: object,
    opts: CustomResourceOptions = {},
  ) {
    const type = `pulumi-nodejs:dynamic/gitpod:${kind}`;
    // Pulumi does not pass timeouts on, but ends the program with a stack where one is no duration.
    const { customTimeouts: _, ...others } = opts;
    super(type, name, { ...outputs, ...args, ...hidden(kind, type, name, args, opts) }, others);
  }
}

/** The arguments of an object that is only read: none. */
export const readOnly = {} as never;

/** Keys that start with `__` are compared by nobody and shown to nobody. */
function hidden(kind: string, type: string, name: string, args: object, opts: CustomResourceOptions): object {
  const key = `${kind[0]?.toLowerCase()}${kind.slice(1)}`;
  const secrets = secretPaths(args);
  return {
    // It stands in every state, so another byte here would be a difference in every stack.
    __provider: `exports.handler=()=>require("pulumi-gitpod/dynamic").${key}`,
    __urn: urn(type, name, opts),
    ...(opts.customTimeouts && { __timeouts: { ...opts.customTimeouts } }),
    ...(secrets && { __secrets: secrets }),
  };
}

/**
 * A promise where there is a parent, because an output would make the resource depend on it, and the children of a
 * component then wait for each other forever.
 */
function urn(type: string, name: string, { parent }: CustomResourceOptions): string | Promise<string> {
  if (!parent) return `urn:pulumi:${getStack()}::${getProject()}::${type}::${name}`;
  return new Promise((resolve) => createUrn(name, type, parent).apply(resolve));
}
