import type { Floors } from "./floor/build";
import { openRaw, type Raw } from "./raw/raw";
import { ratios, spread } from "./statistics";
import type { Opened, Operation, Sample, Setting, Subject } from "./subject";

/** What a subject took for an operation, round by round. */
export interface Series {
  readonly operation: Operation;
  readonly subject: Subject;
  readonly samples: Sample[];
  /** Seconds of the same calls without a provider, where they were made. */
  readonly raw: number[];
}

/** What is done how often. */
export interface Plan {
  readonly runs: number;
  /** Done once, before the rounds; the raw calls are not made. */
  readonly first: readonly Operation[];
  /** Done in every round. */
  readonly each: readonly Operation[];
}

interface Side {
  readonly subject: Subject;
  readonly opened: Opened;
  readonly raw: Raw | undefined;
}

/**
 * Measures subjects side by side: each operation is done by all of them, one right after the other, before the next
 * one, so that a machine that is busy is busy for all. Where floors are handed over, the calls of projects are made
 * once more without a provider.
 */
export async function measureLife(
  setting: Setting,
  subjects: readonly Subject[],
  plan: Plan,
  floors?: Floors,
): Promise<Series[]> {
  const sides: Side[] = [];
  try {
    for (const subject of subjects) {
      const isReplayed = floors && subject.floor !== undefined && setting.kind === "Project";
      const raw = isReplayed ? await openRaw(setting.latency, floors.replay) : undefined;
      sides.push({ subject, opened: await subject.open(setting), raw });
    }
    const seriesOf = (operations: readonly Operation[]) =>
      operations.flatMap((operation) =>
        sides.map((side) => ({ side, series: { operation, subject: side.subject, samples: [], raw: [] } as Series })),
      );
    const [first, each] = [seriesOf(plan.first), seriesOf(plan.each)];
    for (const { side, series } of first) await perform({ ...side, raw: undefined }, series);
    for (let round = 0; round < plan.runs; round++) for (const { side, series } of each) await perform(side, series);
    return [...first, ...each].map(({ series }) => series);
  } finally {
    for (const { opened, raw } of sides) await Promise.all([opened.close(), raw?.close()]);
  }
}

async function perform({ opened, raw }: Side, series: Series): Promise<void> {
  const sample = await opened.perform(series.operation);
  if (!sample) return;
  series.samples.push(sample);
  const seconds = await raw?.replay(sample.trace);
  if (seconds !== undefined) series.raw.push(seconds);
}

/** Returns the series of a subject's floor. */
export const floorOf = (all: readonly Series[], { operation, subject }: Series): Series | undefined =>
  all.find((each) => each.operation === operation && each.subject.name === subject.floor);

/** Returns what a table says of a series beside its floor: operation, subject, seconds, ratio, calls and MiB. */
export function lineOf(series: Series, floor: Series | undefined): string[] {
  const memory = series.samples.map((sample) => sample.memory);
  return [
    series.operation,
    series.subject.name,
    spread(secondsOf(series)),
    floor ? spread(ratios(secondsOf(series), secondsOf(floor))) : "",
    floor ? spread(callsOf(series), 0) : "",
    Math.max(...memory) > 0 ? spread(memory, 0) : "",
  ];
}

/** The seconds of each round. */
export const secondsOf = ({ samples }: Series): number[] => samples.map(({ seconds }) => seconds);

/** The calls of each round. */
export const callsOf = ({ samples }: Series): number[] => samples.map(({ trace }) => trace.methods.length);
