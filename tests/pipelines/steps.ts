/** Which shell steps of recipes ran in this suite, by the file that states them. */
export interface Steps {
  /** Takes down that a step ran. */
  ran(file: string, script: string): void;
  /** Those of the stated steps that did not run. */
  missing(stated: readonly (readonly [file: string, script: string])[]): string[];
}

/** Makes an empty list of steps. */
export function createSteps(): Steps {
  const known = new Set<string>();
  const key = (file: string, script: string): string => `${file}: ${script.trim()}`;
  return {
    ran: (file, script) => void known.add(key(file, script)),
    missing: (stated) => stated.map(([file, script]) => key(file, script)).filter((step) => !known.has(step)),
  };
}
