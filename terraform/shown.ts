import type { Resource, Values } from "./resource";

/** What `terraform show -json` prints of a state. */
interface Shown {
  root_module?: Module;
}

interface Module {
  resources?: { address: string; mode: string; type: string; values?: Values; tainted?: boolean }[];
  child_modules?: Module[];
}

/** Returns the resources of `gitpod-io/ona` that Terraform shows. */
export function resourcesShown({ root_module: root = {} }: Shown): Resource[] {
  return resourcesOf(root);
}

function resourcesOf({ resources = [], child_modules: children = [] }: Module): Resource[] {
  const own = resources
    .filter(({ mode, type }) => mode === "managed" && type.startsWith("ona_"))
    .map(({ address, type, values = {}, tainted }) => ({
      address,
      name: nameOf(address),
      type,
      values,
      unfit: tainted ? "Terraform has marked it as tainted and would replace it: repair it there first" : undefined,
    }));
  return [...own, ...children.flatMap(resourcesOf)];
}

/** The name of a resource in a program: `module.web.ona_group.team["a"]` becomes `web-team-a`. */
function nameOf(address: string): string {
  return address
    .replaceAll(/(^|\.)module\./g, "$1")
    .replace(/(^|\.)ona_[a-z_]+\./, "$1")
    .replaceAll(/[^A-Za-z0-9_]+/g, "-")
    .replace(/-$/, "");
}
