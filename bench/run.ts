import { buildFloors } from "./floor/build";
import { textOf } from "./markdown";
import type { Order } from "./options";
import type { Result } from "./result";

/** Runs the cases one after the other, and returns what they have found. */
export async function runCases({ cases, ...options }: Order, say: (line: string) => void): Promise<Result[]> {
  const floors = await buildFloors();
  try {
    const results: Result[] = [];
    for (const { name, run } of cases) {
      const began = performance.now();
      say(`── ${name}`);
      const result = await run({ ...options, floors, say }).catch((error: unknown) => {
        say(String(error));
        return failed(name);
      });
      say(`   ${((performance.now() - began) / 1000).toFixed(0)} s\n\n${textOf(result)}`);
      results.push(result);
    }
    return results;
  } finally {
    floors.remove();
  }
}

/** A case that fails takes the figures of none of the others along. */
const failed = (name: string): Result => ({
  rows: [{ figure: `the case ${name}`, target: "ends", measured: "failed", holds: false }],
});
