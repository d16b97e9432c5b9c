import { kinds } from "./kind";
import type { Resource } from "./state";

/** What `pulumi import --file` takes. */
export interface ImportFile {
  resources: { type: string; name: string; id: string }[];
}

/** What can be imported of a state, and a line with the reason for each resource that cannot. */
export interface Conversion {
  file: ImportFile;
  left: string[];
}

/** Returns the import file for the resources of a state. */
export function convert(resources: readonly Resource[]): Conversion {
  const conversion: Conversion = { file: { resources: [] }, left: [] };
  const names = new Set<string>();
  for (const resource of resources) {
    const kind = kinds[resource.type];
    const id = kind && !resource.tainted ? kind.id(resource.values) : undefined;
    if (kind && id !== undefined) {
      const name = unique(names, nameOf(resource.address), kind.name);
      conversion.file.resources.push({ type: `gitpod:index:${kind.name}`, name, id });
    } else conversion.left.push(`${resource.address}: ${whyLeft(resource)}`);
  }
  return conversion;
}

function whyLeft({ type, tainted }: Resource): string {
  if (!kinds[type]) return `there is no kind for ${type}, so it stays with Terraform`;
  if (tainted) return "Terraform has marked it as tainted and would replace it: repair it there first";
  return "the state lacks its id or its scope: refresh the state first, or import it by hand";
}

/** The name of a resource in a program: `module.web.ona_group.team["a"]` becomes `web-team-a`. */
function nameOf(address: string): string {
  return address
    .replaceAll(/(^|\.)module\./g, "$1")
    .replace(/(^|\.)ona_[a-z_]+\./, "$1")
    .replaceAll(/[^A-Za-z0-9_]+/g, "-")
    .replace(/-$/, "");
}

/** Names are unique in an import file, and in Terraform only within a type. */
function unique(names: Set<string>, name: string, kind: string): string {
  const free = names.has(name) ? `${name}-${kind.toLowerCase()}` : name;
  names.add(free);
  return free;
}
