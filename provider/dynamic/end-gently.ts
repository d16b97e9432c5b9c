import { doNow } from "../pulumi/farewell";

/** Lets the process that Pulumi ends with SIGINT send what is due before; it has five seconds for that. */
export function endGently(): void {
  if (isGentle) return;
  isGentle = true;
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}

let isGentle = false;

async function end(): Promise<void> {
  setTimeout(() => process.exit(0), patience).unref();
  await doNow();
  process.exit(0);
}

/** Milliseconds. */
const patience = 3000;
