/** The attributes of a resource in the state. */
export type Values = Record<string, unknown>;

/** A resource of the vendor's provider in a state. */
export interface Resource {
  /** Such as `module.web.ona_group.team["a"]`. */
  address: string;
  type: string;
  values: Values;
  tainted: boolean;
}

/** What `terraform show -json` prints of a module. */
interface Module {
  resources?: { address: string; mode: string; type: string; values?: Values; tainted?: boolean }[];
  child_modules?: Module[];
}

/** Returns the resources of `gitpod-io/ona` in what `terraform show -json` or `tofu show -json` prints. */
export function readState(text: string): Resource[] {
  const shown = parse(text);
  if (shown.version !== undefined || shown.planned_values !== undefined || shown.format_version === undefined)
    throw new Error(`This is not the output of \`terraform show -json\` for a state: ${whatElse(shown)}.`);
  return resourcesOf(shown.values?.root_module ?? {});
}

interface Shown {
  format_version?: string;
  values?: { root_module?: Module };
  planned_values?: unknown;
  /** Only in a state file itself. */
  version?: number;
}

function parse(text: string): Shown {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
    // The error below says more than a parser's position to somebody who has passed the wrong file.
  }
  throw new Error("This is not JSON: pass the output of `terraform show -json`.");
}

function whatElse(shown: Shown): string {
  if (shown.version !== undefined) return "it is the state file itself; run `terraform show -json` in its folder";
  if (shown.planned_values !== undefined) return "it is a plan; run `terraform show -json` without a file";
  return "it has no format_version";
}

function resourcesOf({ resources = [], child_modules: children = [] }: Module): Resource[] {
  const own = resources
    .filter(({ mode, type }) => mode === "managed" && type.startsWith("ona_"))
    .map(({ address, type, values = {}, tainted = false }) => ({ address, type, values, tainted }));
  return [...own, ...children.flatMap(resourcesOf)];
}
