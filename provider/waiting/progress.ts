import type { Definition } from "../model/definition";
import type { Deadline, Operation, Voice } from "../model/operation";
import { phaseOf, shortPhase } from "../model/phase";
import type { JsonObject } from "../value/json";
import { perOwner } from "../value/per-owner";
import { partsOf, warningsOf } from "./status-part";

/** What is seen of an object while it is waited for: told as it happens, and kept for the report of a failure. */
export interface Progress {
  /** Takes note of the object as it is now. */
  see(remote: JsonObject | undefined): void;
  /** Says again where the object is, once enough time has passed. */
  tick(): void;
  /** The phases so far, with the seconds after which each began. */
  phases(): string;
}

/** Begins to follow an object. Times count from the beginning of the operation, which may wait more than once. */
export function createProgress(
  definition: Definition,
  { clock, voice }: Operation,
  { began }: Pick<Deadline, "began">,
): Progress {
  const stages: string[] = [];
  const warned = warnedBy(voice);
  let [where, shown] = ["", ""];
  let told = Number.NEGATIVE_INFINITY;
  const seconds = (): number => Math.floor((clock.now() - began) / 1000);
  const tell = (): void => {
    voice.progress(`${where} · ${elapsed(seconds())}`);
    [shown, told] = [where, clock.now()];
  };
  let last: string | undefined;
  return {
    see(remote) {
      const phase = shortPhase(remote ? (phaseOf(definition, remote) ?? "UNKNOWN") : "gone");
      if (phase !== last) stages.push(`${phase} after ${seconds()} s`);
      last = phase;
      where = remote ? [phase, movingPart(definition, remote)].filter(Boolean).join(" · ") : phase;
      for (const warning of remote ? warningsOf(definition, remote) : []) {
        if (!warned.has(warning)) voice.warn(warning);
        warned.add(warning);
      }
      if (where !== shown) tell();
    },
    tick() {
      if (shown !== "" && clock.now() - told >= voice.every) tell();
    },
    phases: () => abridged(stages),
  };
}

/** An operation that waits several times says each warning once. */
const warnedBy = perOwner((_: Voice) => new Set<string>());

/** Returns the first part that is on its way, such as `content: initializing`. */
function movingPart(definition: Definition, remote: JsonObject): string | undefined {
  const part = partsOf(definition, remote).find(({ isMoving }) => isMoving);
  return part && `${part.name}: ${part.phase!.toLowerCase()}`;
}

const elapsed = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** Leaves out the middle: an object that changes its phase all the time would fill pages. */
function abridged(stages: readonly string[]): string {
  if (stages.length <= 12) return stages.join(", ");
  return [...stages.slice(0, 4), `… (${stages.length - 10} more) …`, ...stages.slice(-6)].join(", ");
}
