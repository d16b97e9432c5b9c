import type { Client } from "../client/client";
import type { Definition } from "../definition";
import { acknowledge } from "../mark";
import { engineAddress, refuses } from "./engine-address";

/**
 * Lets an object show that its create was answered, a moment after the answer: the engine has stored its id by then, and
 * where it was killed in between, the object looks like what it is. A failure of that is no failure of the create.
 */
export function acknowledgeLater(definition: Definition, client: Client, id: string): void {
  if (definition.identity?.by !== "annotation") return;
  let sent: Promise<void> | undefined;
  const send = (): Promise<void> => {
    clearTimeout(timer);
    sent ??= acknowledge(definition, client, id)
      .catch(() => undefined)
      .finally(() => due.delete(send));
    return sent;
  };
  const timer = setTimeout(async () => {
    if (await isEngineThere()) await send();
    else due.delete(send);
  }, moment).unref();
  due.add(send);
}

/** Sends what is due before the process ends; the engine has stored everything when it ends a command. */
export const acknowledgeNow = async (): Promise<unknown> => Promise.all([...due].map((send) => send()));

const due = new Set<() => Promise<void>>();

/** Milliseconds. */
const moment = 1000;

async function isEngineThere(): Promise<boolean> {
  const address = engineAddress();
  return !address || !(await refuses(address, moment));
}
