import { type EngineAddress, engineAddress, refuses } from "../pulumi/engine-address";

/** Milliseconds between two looks at the engine. */
const every = 2000;

/** Misses in a row that are no accident. */
const enough = 2;

/** Milliseconds for operations to hear that they are cancelled, and to close their connections. */
const notice = 500;

const gone = new AbortController();

/**
 * Fires when the engine is gone, killed or crashed. What goes on then is heard by nobody and kept nowhere, so that the
 * process ends as well, a moment later: from when this is loaded, since the engine may be gone before it asks for anything.
 */
export const engineGone: AbortSignal = gone.signal;

const address = engineAddress();
if (address) watch(address);

function watch(address: EngineAddress): void {
  let misses = 0;
  const timer = setInterval(async () => {
    misses = (await refuses(address, every / 2)) ? misses + 1 : 0;
    if (misses < enough) return;
    clearInterval(timer);
    gone.abort(new Error("the engine is gone"));
    setTimeout(() => process.exit(1), notice);
  }, every).unref();
}
