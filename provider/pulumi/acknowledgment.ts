import type { Client } from "../client/client";
import { acknowledge } from "../mapping/origin";
import type { Definition } from "../model/definition";
import { engineAddress, refuses } from "./engine-address";
import { later } from "./farewell";

/**
 * Lets an object show that its create was answered, a moment after the answer: the engine has stored its id by then, and
 * where it was killed in between, the object looks like what it is. A failure of that is no failure of the create.
 */
export function acknowledgeLater(definition: Definition, client: Client, id: string): void {
  if (definition.identity?.by !== "annotation") return;
  later(() => acknowledge(definition, client, id).catch(() => undefined), moment, isEngineThere);
}

/** Milliseconds. */
const moment = 1000;

async function isEngineThere(): Promise<boolean> {
  const address = engineAddress();
  return !address || !(await refuses(address, moment));
}
