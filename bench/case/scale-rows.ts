import { floorOf, type Series, secondsOf } from "../life";
import type { Row } from "../result";
import { median, ratios, spread, sums } from "../statistics";
import type { Operation, Setting } from "../subject";
import { told } from "../trace";

/** What must hold in one setting. */
interface Requirement extends Pick<Setting, "size" | "latency"> {
  readonly figure: string;
  readonly subject: "plugin, YAML" | "dynamic, TypeScript";
  readonly operation: Operation;
  /** The most calls, other than to find out who calls where they are told apart. */
  readonly calls?: { readonly most: number; readonly beyondIdentity?: true };
  /** The most time, as a multiple of that of the floor, or of the floor and the raw calls. */
  readonly time: { readonly most: number; readonly of: "floor" | "floor + raw calls" };
}

const thousand = { size: 1000, latency: 0 } as const;
const create = "create 100 projects with environment classes, 20 ms latency";

const requirements: readonly Requirement[] = [
  {
    figure: "preview with refresh of 1,000 projects, plugin, YAML",
    ...thousand,
    subject: "plugin, YAML",
    operation: "preview with refresh",
    calls: { most: 45 },
    time: { most: 1.3, of: "floor" },
  },
  {
    figure: "no-change preview of 1,000 projects, plugin, YAML",
    ...thousand,
    subject: "plugin, YAML",
    operation: "preview",
    calls: { most: 0, beyondIdentity: true },
    time: { most: 1.3, of: "floor" },
  },
  {
    figure: "update of 1,000 projects, plugin, YAML",
    ...thousand,
    subject: "plugin, YAML",
    operation: "update",
    time: { most: 1.15, of: "floor + raw calls" },
  },
  ...(["preview", "no-change up", "preview with refresh"] as const).map((operation) => ({
    figure: `${operation} of 1,000 projects, dynamic adapter`,
    ...thousand,
    subject: "dynamic, TypeScript" as const,
    operation,
    time: { most: 1.35, of: "floor" as const },
  })),
  ...(["create", "update"] as const).map((operation) => ({
    figure: `${operation} 1,000 projects, dynamic adapter`,
    ...thousand,
    subject: "dynamic, TypeScript" as const,
    operation,
    time: { most: 1.25, of: "floor + raw calls" as const },
  })),
  {
    figure: `${create}, plugin`,
    size: 100,
    latency: 20,
    subject: "plugin, YAML",
    operation: "create",
    calls: { most: 250 },
    time: { most: 1.25, of: "floor + raw calls" },
  },
  {
    figure: `${create}, dynamic adapter`,
    size: 100,
    latency: 20,
    subject: "dynamic, TypeScript",
    operation: "create",
    time: { most: 1.25, of: "floor + raw calls" },
  },
  {
    figure: "create 1 project, plugin, YAML",
    size: 1,
    latency: 0,
    subject: "plugin, YAML",
    operation: "create",
    time: { most: 1.3, of: "floor + raw calls" },
  },
];

/** Returns the rows of what must hold that a setting has measured. */
export function rowsOf({ kind, size, latency }: Setting, all: readonly Series[]): Row[] {
  if (kind !== "Project") return [];
  return requirements
    .filter((each) => each.size === size && each.latency === latency)
    .flatMap((requirement) => {
      const { subject, operation } = requirement;
      const series = all.find((each) => each.subject.name === subject && each.operation === operation);
      const floor = series && floorOf(all, series);
      if (!series || !floor || series.samples.length === 0) return [];
      return [...callsRow(requirement, series), timeRow(requirement, series, floor)];
    });
}

function callsRow({ figure, calls }: Requirement, { samples }: Series): Row[] {
  if (!calls) return [];
  const traces = samples.map(({ trace }) =>
    trace.methods.filter((method) => !calls.beyondIdentity || method !== identity),
  );
  const counts = traces.map(({ length }) => length);
  const middle = traces.find(({ length }) => length === median(counts))!;
  return [
    {
      figure,
      target: `≤ ${calls.most} calls${calls.beyondIdentity ? " beyond identity" : ""}`,
      measured: `${spread(counts, 0)}: ${told(middle)}`,
      holds: median(counts) <= calls.most,
    },
  ];
}

function timeRow({ figure, time }: Requirement, series: Series, floor: Series): Row {
  const least = time.of === "floor" ? secondsOf(floor) : sums(secondsOf(floor), series.raw);
  const measured = ratios(secondsOf(series), least);
  const name = floor.subject.name;
  const of = time.of === "floor" ? name : `(${name} + raw calls)`;
  return { figure, target: `≤ ${time.most} × ${of}`, measured: spread(measured), holds: median(measured) <= time.most };
}

const identity = "IdentityService/GetAuthenticatedIdentity";
