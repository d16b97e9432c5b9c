import { setFlagsFromString } from "node:v8";

/**
 * Makes Node.js collect old objects once they have grown by a fifth. By itself it lets garbage grow to many times what is
 * alive: 300 MiB for a thousand resources on the plugin instead of 120. Said while the code is loaded, it would collect
 * again and again for nothing.
 */
export const collectEarly = (): void => setFlagsFromString("--heap-growing-percent=20");
