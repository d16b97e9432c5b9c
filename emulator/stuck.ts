/**
 * Whether the name of an object, or of what it is made from, holds it in a phase: `stuck-PHASE` does so in that one, `stuck`
 * alone in the one in which the object does its work.
 */
export function isStuck(name: string, phase: string | undefined, work: string): boolean {
  const [said, where = work] = /stuck(?:-([a-z]+))?/.exec(name) ?? [];
  return said !== undefined && where.toUpperCase() === phase;
}
