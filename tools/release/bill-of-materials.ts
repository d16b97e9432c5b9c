/** What npm says of the dependencies of a package, as far as it is read here (CycloneDX). */
export interface Bill {
  serialNumber?: string;
  metadata: { timestamp?: string; component: Component; [key: string]: unknown };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

interface Component {
  "bom-ref": string;
  name: string;
  [key: string]: unknown;
}

/** What `package.json` says of the package. */
export interface Manifest {
  name: string;
  dependencies: Readonly<Record<string, string>>;
}

/** What else is in a release. */
export interface Bundled {
  /** The packages whose code is in the plugin, as `name@version`. */
  packages: readonly string[];
  /** The version of the Node.js that is in the executable. */
  node: string;
}

/**
 * Keeps of npm's bill what a release hands on: the packages that its dependencies lead to, and what the plugin contains.
 * npm's own `--omit dev` also leaves out what a tool needs besides. Nothing stays that differs from make to make: a
 * number, a time, and the name of the folder.
 */
export function releasedBill(bill: Bill, manifest: Manifest, { packages, node }: Bundled): Bill {
  const { serialNumber: _, ...rest } = bill;
  const { timestamp: __, ...metadata } = bill.metadata;
  const own = bill.metadata.component["bom-ref"];
  const runtime = nodeComponent(node);
  const kept = new Set([...ledTo(bill, manifest), ...packages]);
  const components = bill.components.filter((each) => kept.has(each["bom-ref"]));
  if (components.length < kept.size) throw new Error("npm's bill of materials lacks a package that is in the plugin.");
  return {
    ...rest,
    metadata: { ...metadata, component: { ...metadata.component, name: manifest.name } },
    components: [...components, runtime],
    dependencies: bill.dependencies
      .filter(({ ref }) => ref === own || kept.has(ref))
      .map(({ ref, dependsOn }) => ({
        ref,
        dependsOn: [...dependsOn.filter((each) => kept.has(each)), ...(ref === own ? [runtime["bom-ref"]] : [])],
      })),
  };
}

/** The packages that the dependencies of the package lead to. */
function ledTo({ metadata, components, dependencies }: Bill, manifest: Manifest): Set<string> {
  const after = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const names = new Map(components.map((each) => [each["bom-ref"], each.name]));
  const named = Object.keys(manifest.dependencies);
  const direct = (after.get(metadata.component["bom-ref"]) ?? []).filter((ref) => named.includes(names.get(ref) ?? ""));
  if (direct.length !== named.length)
    throw new Error(`npm's bill of materials has ${direct.length} of the ${named.length} dependencies of the package.`);
  const led = new Set<string>();
  const follow = (ref: string): void => {
    if (led.has(ref)) return;
    led.add(ref);
    for (const next of after.get(ref) ?? []) follow(next);
  };
  direct.forEach(follow);
  return led;
}

const nodeComponent = (version: string): Component => ({
  "bom-ref": `node@${version}`,
  type: "platform",
  name: "node",
  version,
  description: "Part of the executable in the plugin archive for the system that made the release.",
  purl: `pkg:generic/node@${version}?download_url=https://nodejs.org/dist/v${version}/`,
  licenses: [{ license: { id: "MIT" } }],
});
