import type { Stored } from "../pulumi/stored-properties";

/** Returns a failure that hands over the id and the state of the object that exists nevertheless. */
export const keptFailure = ({ id, outputs }: Stored, reason: string): Error =>
  Object.assign(new Error(reason), { id, properties: outputs, reasons: [reason] });

/** Lets a failure be told once and without a stack. */
export async function plainly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error) {
      error.stack = "";
      untold.add(`${error}: `);
      console.error = withoutUntold;
    }
    throw error;
  }
}

/** Pulumi prints these lines to the standard error of the process, and then tells the same failure on its resource. */
const untold = new Set<string>();

const { error: print } = console;

function withoutUntold(...said: unknown[]): void {
  if (!untold.has(String(said[0]))) print(...said);
}
