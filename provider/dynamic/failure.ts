import type { Definition } from "../model/definition";
import { NotReady } from "../model/not-ready";
import { storedFailure } from "../pulumi/lifecycle";
import type { JsonObject } from "../value/json";

/** Hands the id and the state of an object that is not ready to Pulumi together with the reason, so that both are kept. */
export async function keepingId<T>(definition: Definition, passed: JsonObject, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    const { id, outputs } = storedFailure(definition, error, passed);
    throw Object.assign(new Error(error.message), { id, properties: outputs, reasons: [error.message] });
  }
}

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
