import type { Definition } from "../../provider/model/definition";

/** Returns the timeouts of a kind as Pulumi writes them. */
export function timeoutsOf({ timeouts }: Definition): { create: string; update: string; delete: string } {
  const words = (seconds: number): string => (seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`);
  return { create: words(timeouts.create), update: words(timeouts.update), delete: words(timeouts.delete) };
}
