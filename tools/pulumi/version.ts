/** The oldest Pulumi CLI that the engine tests have passed on, and the one that is built where none can be had. */
export const testedVersion = "3.259.0";

/** Says whether a version such as `v3.259.0` or `3.260.1-dev.0` is at least another. Nothing readable is too old. */
export function atLeast(version: string, minimum: string): boolean {
  const has = numbers(version);
  const wants = numbers(minimum);
  if (!has || !wants) return false;
  for (const [index, wanted] of wants.entries()) {
    const number = has[index] ?? 0;
    if (number !== wanted) return number > wanted;
  }
  return true;
}

function numbers(version: string): number[] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim());
  return match?.slice(1).map(Number);
}
