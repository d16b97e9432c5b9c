import { classicTokens, createEmulator, type Emulator, type Pace, tokens } from "../emulator";
import { type Home, type Parents, settleHome } from "./home";
import { follow, type Trace } from "./trace";

/** An emulator that serves one subject, as far away as is wanted. */
export interface Site {
  readonly emulator: Emulator;
  readonly host: string;
  readonly token: string;
  readonly classicToken: string;
  readonly home: Home;
  close(): Promise<void>;
}

/** How quickly objects move there, and what others live in. */
interface Terms {
  readonly pace?: Pace;
  readonly parents?: Partial<Parents>;
}

/** Opens a site whose calls take these milliseconds longer. */
export async function openSite(latency: number, { pace = "fast", parents }: Terms = {}): Promise<Site> {
  const emulator = createEmulator({ pace });
  const home = await settleHome(emulator, parents);
  const { url: host } = await emulator.listen();
  if (latency > 0) emulator.admin.fault({ method: "*", times: Number.POSITIVE_INFINITY, delay: latency });
  return {
    emulator,
    host,
    token: tokens.owner,
    classicToken: classicTokens.owner,
    home,
    close: () => emulator.close(),
  };
}

/** Does something, and returns its seconds and the calls that it led to. */
export async function timed({ emulator }: Site, work: () => Promise<void>): Promise<{ seconds: number; trace: Trace }> {
  const followed = follow(emulator);
  const began = performance.now();
  await work();
  return { seconds: (performance.now() - began) / 1000, trace: followed() };
}
