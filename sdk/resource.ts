import { CustomResource, type CustomResourceOptions, createUrn, getProject, getStack } from "@pulumi/pulumi";
import { type Adapter, adapterOfStack, objectName, otherThan, typeOf, withFormerType } from "./adapter";
import { requirePlugin } from "./plugin-place";
import { omitPromiseTraces } from "./promise-traces";
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
    const adapter = adapterOfStack();
    if (adapter === "plugin" && !opts.pluginDownloadURL) requirePlugin();
    const type = typeOf(adapter, kind);
    const aliases = withFormerType(opts.aliases, typeOf(otherThan(adapter), kind));
    const passed = hidden(adapter, kind, type, name, args, opts);
    // Pulumi itself looks for the package of the adapter, which nobody names.
    const provider = opts.provider ?? opts.parent?.getProvider(typeOf("plugin", kind));
    const others = { ...options(adapter, opts), aliases };
    const restore = omitPromiseTraces();
    try {
      super(type, name, { ...outputs, ...args, ...passed }, provider ? { ...others, provider } : others);
    } finally {
      restore();
    }
  }
}

/**
 * Returns the options of a resource of a kind that has a natural key: its replacement would find the old object in its
 * way, so that this one is deleted first unless the program says otherwise.
 */
export const deletedFirst = (opts: CustomResourceOptions = {}): CustomResourceOptions => ({
  ...opts,
  deleteBeforeReplace: opts.deleteBeforeReplace ?? true,
});

/** The arguments of an object that is only read: none. */
export const readOnly = {} as never;

/** Keys that start with `__` are compared by nobody and shown to nobody. */
function hidden(
  adapter: Adapter,
  kind: string,
  type: string,
  name: string,
  args: object,
  opts: CustomResourceOptions,
): object {
  const kept = {
    // It stands in every state, so another byte here would be a difference in every stack.
    __provider: `exports.handler=()=>require("pulumi-gitpod/dynamic").${objectName(kind)}`,
    __urn: urn(type, name, opts),
    ...(opts.customTimeouts && { __timeouts: { ...opts.customTimeouts } }),
  };
  // Requests tell the plugin of the rest. It checks the timeouts, and keeps all of these for the way back.
  if (adapter === "plugin") return kept;
  const secrets = secretPaths(args);
  return { ...kept, ...(secrets && { __secrets: secrets }) };
}

/**
 * A promise where there is a parent, because an output would make the resource depend on it, and the children of a
 * component then wait for each other forever.
 */
function urn(type: string, name: string, { parent }: CustomResourceOptions): string | Promise<string> {
  if (!parent) return `urn:pulumi:${getStack()}::${getProject()}::${type}::${name}`;
  return new Promise((resolve) => createUrn(name, type, parent).apply(resolve));
}

/** Pulumi passes timeouts on to the plugin only, and ends the program with a stack where one is no duration. */
function options(adapter: Adapter, { customTimeouts, ...others }: CustomResourceOptions): CustomResourceOptions {
  const isPassedOn = adapter === "plugin" && customTimeouts && Object.values(customTimeouts).every(isDuration);
  return isPassedOn ? { ...others, customTimeouts } : others;
}

const isDuration = (text: unknown): boolean => /^([\d.]+(h|m|s|ms))+$/.test(String(text));
