import { type Clock, jittered } from "../value/clock";

/** When calls may leave, after all that a server has told of a limit. Times are milliseconds since the epoch. */
export interface ToldLimit {
  /** Returns when the next call may leave. */
  next(): number;
  /** Notes that a call leaves. */
  leave(): Departure;
  /** Notes that the server has taken a call. */
  take(call: Departure): void;
  /** Notes that the server has refused a call, with this delay in milliseconds. */
  refuse(call: Departure, delay: number): void;
}

/** A call that has left. */
export interface Departure {
  readonly left: number;
  /** When it counts for the server, at the latest. */
  counts: number;
}

/**
 * Lets no call leave once the server has told a delay, until that is over. How many calls it takes in a time the server does
 * not tell, but the calls that it took before show it: from then on as many leave in the same time, evenly. When there was
 * no refusal for a while, more and more leave, since the guess may be too low, or another process has used the limit, too.
 */
export function toldLimit({ now }: Clock): ToldLimit {
  const taken: Departure[] = [];
  let until = 0;
  let refusal: Refusal | undefined;
  let guess: Guess | undefined;
  const room = ({ calls, within, since, ahead }: Guess): number => {
    const each = within / calls;
    const after = (count: number): number => (taken.at(-count)?.counts ?? 0) + count * each * margin;
    const isAhead = ahead > 0 && (taken.at(-ahead)?.left ?? 0) < since;
    return Math.max(after(Math.max(1, Math.floor(calls))), isAhead ? 0 : after(Math.ceil(late / each)));
  };
  const next = (): number => {
    if (now() < until) return until;
    if (refusal) {
      guess = guessOf(refusal, taken, guess, until);
      taken.sort((one, other) => one.counts - other.counts);
      refusal = undefined;
    }
    const growth = guess ? growthOf(guess, now()) : 0;
    if (growth > forgotten) guess = undefined;
    return guess ? Math.max(until, room({ ...guess, calls: guess.calls * growth })) : until;
  };
  return {
    next,
    leave() {
      // Whoever comes after a timer that was late need not be.
      const at = Math.max(next(), now() - (guess ? late : 0));
      const call = { left: at, counts: at };
      taken.push(call);
      if (taken.length > 2 * remembered) taken.splice(0, remembered);
      return call;
    },
    take(call) {
      // Later on they leave evenly, so that they come evenly, however long they are under way.
      if (!guess) call.counts = now();
    },
    refuse(call, delay) {
      const { left } = call;
      const place = taken.lastIndexOf(call);
      if (place >= 0) taken.splice(place, 1);
      const told = Math.min(delay, longestDelay);
      until = Math.max(until, now() + jittered(told, 1, 1.02));
      if (guess && left < guess.since) {
        // It was under way when the guess was made, which took it for taken.
        guess = { ...guess, calls: Math.max(1, guess.calls - 1) };
        return;
      }
      const { first = left, at = now(), delay: longest = 0 } = refusal ?? {};
      refusal = { first: Math.min(first, left), at, delay: Math.max(longest, told) };
    },
  };
}

/** Calls that were refused before the first refusal was known. */
interface Refusal {
  /** When the first of them left. */
  readonly first: number;
  /** When the first refusal came. */
  readonly at: number;
  /** The longest delay that was told, in milliseconds. */
  readonly delay: number;
}

/** How many calls the server seems to take in a time. */
interface Guess {
  readonly calls: number;
  /** Milliseconds. */
  readonly within: number;
  /** When the first call left that follows it. */
  readonly since: number;
  /** How many calls may leave at once when it begins, since nothing from before counts any more. */
  readonly ahead: number;
  /** After how many milliseconds without a refusal more calls leave. */
  readonly patience: number;
}

/**
 * Counts what the server took before it refused a call: in as many seconds as the delay has, for it cannot count by less.
 * If the guess before is younger than that, the calls since then count, up to when the server takes the next one.
 */
function guessOf(
  { first, at, delay }: Refusal,
  taken: readonly Departure[],
  last: Guess | undefined,
  until: number,
): Guess {
  const seconds = Math.max(1000, Math.ceil(delay / 1000) * 1000, last?.within ?? 0);
  const isYoung = last !== undefined && last.since > first - seconds;
  const from = isYoung ? last.since : first - seconds;
  const within = isYoung ? at + delay - from : seconds;
  const calls = Math.max(1, taken.filter(({ left }) => left >= from).length);
  // The server has taken them at once before, as far as is known after the first refusal.
  const ahead = !last && delay >= within ? Math.floor(calls / 4) : 0;
  return { calls, within, since: until, ahead, patience: patienceFor({ calls, within }, delay, last) };
}

/**
 * A try for more may hold everything up for as long as the last delay, so that there is one in fifteen times that at most.
 * While a guess rests on few calls, and no other has confirmed it, the try comes sooner.
 */
function patienceFor(
  { calls, within }: Pick<Guess, "calls" | "within">,
  delay: number,
  last: Guess | undefined,
): number {
  const isConfirmed = last !== undefined && calls / within < 1.25 * (last.calls / last.within);
  const most = Math.min(15 * delay, 30_000);
  return Math.max(1000, Math.min(most, isConfirmed ? 2 * last.patience : (most * calls) / enough));
}

/** Returns how many times as many calls as guessed may leave by now: after its patience twice as many with each second. */
const growthOf = ({ since, patience }: Guess, now: number): number => 2 ** Math.max(0, (now - since - patience) / 1000);

/** How many calls a guess has to rest on. */
const enough = 50;

/** From which growth on nothing is left of a guess. */
const forgotten = 1000;

/** How much longer than by the server the calls count here, since some are under way for longer than others. */
const margin = 1.04;

/** How many milliseconds a timer may be late. */
const late = 25;

/** How many calls are remembered at least. */
const remembered = 10_000;

/** How many milliseconds calls are held back at most before one is tried. */
const longestDelay = 60_000;
