import { titleOf } from "./area";
import { partsOf } from "./expression";
import type { Group, Resource } from "./resource";

/**
 * Puts resources together by their areas, each group after those that it refers to. Areas that refer to each other are one
 * group. The resources come in an order in which each is after those that it refers to.
 */
export function groupsOf(resources: readonly Resource[]): Group[] {
  const areaOf = new Map(resources.map(({ name, area }) => [name, area]));
  const next = new Map<string, Set<string>>();
  for (const { area, inputs } of resources) {
    const others = next.get(area) ?? new Set();
    next.set(area, others);
    for (const part of partsOf({ is: "object", entries: inputs })) {
      const other = part.is === "reference" ? areaOf.get(part.to.name) : undefined;
      if (other !== undefined && other !== area) others.add(other);
    }
  }
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const area of next.get(from) ?? []) if (!seen.has(area)) reach(area, seen.add(area));
    return seen;
  };
  const reached = new Map([...next.keys()].sort().map((area) => [area, reach(area)]));
  const leftOver = new Set(reached.keys());
  const groups: Group[] = [];
  const take = (area: string): void => {
    if (!leftOver.has(area)) return;
    const together = [...leftOver].filter(
      (other) => other === area || (reached.get(area)!.has(other) && reached.get(other)!.has(area)),
    );
    for (const each of together) leftOver.delete(each);
    for (const each of together) for (const other of [...next.get(each)!].sort()) take(other);
    groups.push({
      name: together.join("-and-"),
      title: together.map(titleOf).join(", "),
      resources: resources.filter((resource) => together.includes(resource.area)),
    });
  };
  for (const area of reached.keys()) take(area);
  return groups;
}
