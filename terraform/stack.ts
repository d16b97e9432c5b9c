import { envelopes, signature } from "../provider/pulumi/value";
import type { Resource, Values } from "./resource";

/** What `pulumi stack export` gives of a stack. */
interface Deployment {
  resources?: Entry[];
}

interface Entry {
  urn: string;
  type: string;
  id?: string;
  outputs?: Values;
  /** Whether the program only reads it. */
  external?: boolean;
  /** Whether another object has taken its place, and its own deletion is still to come. */
  delete?: boolean;
  /** Whether it is deleted, and the object that takes its place is still to come. */
  pendingReplacement?: boolean;
  taint?: boolean;
}

/**
 * Returns the resources of `gitpod-io/ona` in a stack. Pulumi's bridge names types `ona:index/userAiBudget:UserAiBudget`,
 * spells attributes `userId`, and wraps secrets; what the bridge adds for itself begins with `__`.
 */
export function resourcesOfStack({ resources = [] }: Deployment): Resource[] {
  return resources.flatMap((entry) => {
    const [, name] = /^ona:\w+(?:\/\w+)?:(\w+)$/.exec(entry.type) ?? [];
    if (name === undefined) return [];
    const [, , , ...names] = entry.urn.split("::");
    const attributes = Object.entries(entry.outputs ?? {}).map(([key, value]) => [snake(key), opened(value)] as const);
    return {
      address: [entry.type, ...names].join("::"),
      name: names.join("::"),
      type: `ona_${snake(name)}`,
      values: { ...Object.fromEntries(attributes), id: entry.id },
      unfit: unfit(entry),
    };
  });
}

function unfit(entry: Entry): string | undefined {
  if (entry.external) return "the program only reads it: call a function of this provider for that";
  if (entry.delete || entry.pendingReplacement) return "its replacement is not finished: run `pulumi up` there first";
  return entry.taint ? "Pulumi has marked it as tainted and would replace it: run `pulumi up` there first" : undefined;
}

/** `user_ai_budget` of `UserAiBudget`, and `user_id` of `userId`. */
const snake = (name: string): string => name.replaceAll(/(?<=.)[A-Z]/g, "_$&").toLowerCase();

/** A value without its envelope; undefined where the export has it encrypted. */
function opened(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(signature in value)) return value;
  const isClear = value[signature] === envelopes.secret && "plaintext" in value && typeof value.plaintext === "string";
  return isClear ? JSON.parse(String(value.plaintext)) : undefined;
}
