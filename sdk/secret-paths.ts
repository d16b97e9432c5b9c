import { isSecret, Output } from "@pulumi/pulumi";

/** Where a value is inside the arguments: the names and indexes that lead there. */
export type SecretPath = readonly (string | number)[];

/**
 * Finds the arguments that are secret, so that the provider, which receives them in clear, can mark what the server
 * gives back of them.
 *
 * Absent at once when nothing in the arguments is an output or a promise, later when none of them is secret.
 */
export function secretPaths(args: object): Promise<readonly SecretPath[] | undefined> | undefined {
  const pending = pendingIn(args, []);
  if (pending.length === 0) return undefined;
  const paths = resolved(pending);
  // The engine waits for it after the argument itself, whose failure is the one to tell.
  paths.catch(() => {});
  return paths;
}

/** A part of the arguments that has no value yet. */
interface Pending {
  readonly value: Output<unknown> | Promise<unknown>;
  readonly path: SecretPath;
}

function pendingIn(value: unknown, path: SecretPath, found: Pending[] = []): Pending[] {
  if (typeof value !== "object" || value === null) return found;
  if (Output.isInstance(value) || value instanceof Promise) found.push({ value, path });
  else if (Array.isArray(value)) value.forEach((entry, i) => void pendingIn(entry, [...path, i], found));
  else for (const [name, part] of Object.entries(value)) pendingIn(part, [...path, name], found);
  return found;
}

async function resolved(pending: readonly Pending[]): Promise<readonly SecretPath[] | undefined> {
  const paths = (await Promise.all(pending.map(secretIn))).flat();
  return paths.length === 0 ? undefined : paths;
}

/** An output is secret as a whole; a promise may hold outputs inside. */
async function secretIn({ value, path }: Pending): Promise<SecretPath[]> {
  if (Output.isInstance(value)) return (await isSecret(value)) ? [path] : [];
  return (await Promise.all(pendingIn(await value, path).map(secretIn))).flat();
}
