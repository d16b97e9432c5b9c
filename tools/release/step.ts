import type { Log } from "../pulumi/cli";

/** Takes a step and tells it on a line with the seconds that it took. */
export async function step<T>(log: Log, title: string, take: () => Promise<T>): Promise<T> {
  const began = Date.now();
  try {
    const result = await take();
    log(`✓ ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    log(`✗ ${title}`);
    throw error;
  }
}
