import type { Transport } from "@connectrpc/connect";
import { type Admin, createAdmin } from "./admin";
import { createApi } from "./api";
import { type Assumed, readSwitches } from "./assumption";
import { authentication } from "./call/authenticate";
import { type LimitBook, limiting } from "./call/limit";
import { createCallLog } from "./call/log";
import { type Pace, readPace, startTimer } from "./call/pace";
import { permission } from "./call/permit";
import { urlPagination } from "./call/url-pagination";
import { validation } from "./call/validate";
import { createClassicApi } from "./classic/api";
import { limiting as limitingClassic } from "./classic/limit";
import { classicIds, classicTokens, seedClassic } from "./classic/seed";
import { createChangeFeed } from "./event/feed";
import { createWatchDesk } from "./event/watch";
import { lagging } from "./fault/lag";
import { refusing } from "./fault/refuse";
import { createFaultBook } from "./fault/rule";
import { onTheWire } from "./fault/wire";
import { type Listening, listen } from "./http/server";
import { ids, seed, tokens } from "./seed";
import type { Site } from "./site";
import { addStanding } from "./standing";
import { keepSaved, loadWorld } from "./state-file";
import { settle, step } from "./step";
import { inMemory } from "./transport";
import { createIdSource, createRandomIds } from "./uuid";
import { emptyWorld, type World } from "./world";

export type { Admin } from "./admin";
export { type Assumed, type Other, readAssumed, type SwitchId, switches } from "./assumption";
export type { Limit } from "./call/limit";
export type { CallListener } from "./call/log";
export type { Pace } from "./call/pace";
export type { ClassicAdmin, ClassicGitStatus, ClassicRole } from "./classic/admin";
export { classicIds, classicTokens } from "./classic/seed";
export type { StreamEnd } from "./event/stream";
export type { CodeName, Fault, RawAnswer, Refusal } from "./fault/rule";
export type { Listening } from "./http/server";
export { ids, tokens } from "./seed";
export type { TableName, Token, World } from "./world";

/** How an emulator is made. */
export interface EmulatorOptions {
  /** What makes time pass; `manual` when left out: the test steps. */
  readonly pace?: Pace;
  /** The clock, in milliseconds since the epoch; the system's when left out. */
  readonly now?: () => number;
  /** The file that the world is loaded from and saved to; none when left out. */
  readonly stateFile?: string;
  /** How many steps a deleted object stays visible; 2 when left out. */
  readonly linger?: number;
  /** Whether Classic refuses calls above its limits; it does not when left out. */
  readonly limits?: boolean;
  /** The choices of the emulator to switch, by their ids; none when left out. */
  readonly assume?: Assumed;
}

/** The API on this machine, without an account. */
export interface Emulator {
  /** Everything that exists, as plain data. */
  readonly world: World;
  /** Faults, changes by hand, and counts of calls. */
  readonly admin: Admin;
  /** The ids that exist from the start. */
  readonly ids: typeof ids;
  /** The bearer tokens that exist from the start. */
  readonly tokens: typeof tokens;
  /** The ids that exist in Classic from the start. */
  readonly classicIds: typeof classicIds;
  /** The bearer tokens of Classic that exist from the start. */
  readonly classicTokens: typeof classicTokens;
  /** A transport that calls the emulator in memory; with the token of the owner when none is given. */
  transport(token?: string): Transport;
  /** Moves every object by at most one phase, and returns how many have moved. */
  step(): number;
  /** Steps until nothing moves anymore, and returns how many steps that took. */
  settle(): number;
  /** How often each method has been called, as `EnvironmentService/GetEnvironment`. */
  calls(): Record<string, number>;
  /** Answers over HTTP on the loopback interface; port 0 takes a free one. */
  listen(options?: { readonly port?: number }): Promise<Listening>;
  /** Stops the timer, closes the servers and saves the world a last time. */
  close(): Promise<void>;
}

/** Makes an emulator. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { pace = "manual", now = Date.now, linger = 2, stateFile, assume = {} } = options;
  const otherwise = readSwitches(assume);
  const loaded = stateFile === undefined ? undefined : loadWorld(stateFile);
  const world = loaded ?? emptyWorld();
  const origin = "http://emulator.localhost";
  const newId = otherwise("id-grows") ? createRandomIds() : createIdSource(now);
  const site: Site = { world, changes: createChangeFeed(), now, newId, otherwise, linger, origin };
  if (loaded === undefined) {
    seed(site);
  }
  addStanding(site);
  seedClassic(site);
  const [book, log, desk, lag] = [createFaultBook(), createCallLog(), createWatchDesk(), { reads: 0 }];
  const limits: LimitBook = { refused: new Map() };
  const admin = createAdmin(site, { book, lag, limits, desk, log });
  const last = [lagging(site, lag), ...(pace === "per-read" ? [readPace(site)] : [])];
  const handlers = [
    ...createApi(site, desk, [
      refusing,
      authentication(site, "gitpod"),
      limiting(limits),
      urlPagination,
      validation,
      permission(site),
      ...last,
    ]),
    ...createClassicApi(site, desk, [
      refusing,
      authentication(site, "classic"),
      ...(options.limits === true ? [limitingClassic(site)] : []),
      ...last,
    ]),
  ].map((handler) => onTheWire(handler, book, log));
  const open = new Set<Listening>();
  const stop = [
    startTimer(site, pace),
    ...(stateFile === undefined ? [] : [keepSaved(stateFile, world, site.changes)]),
  ];
  return {
    world,
    admin,
    ids,
    tokens,
    classicIds,
    classicTokens,
    transport: (token = tokens.owner) => inMemory(handlers, token),
    step: () => step(site),
    settle: () => settle(site),
    calls: () => log.counts(),
    listen: async ({ port = 0 } = {}) => {
      const listening = await listen({ site, desk, admin, handlers }, port);
      open.add(listening);
      return listening;
    },
    close: async () => {
      await Promise.all([...open].map((listening) => listening.close()));
      for (const end of stop) {
        end();
      }
    },
  };
}
