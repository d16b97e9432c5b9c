import type { Admin, Fault } from "../../emulator";
import type { Mortal } from "./mortal";

/** Something that goes wrong at a call of a method, by the letter and the words of the table. */
export interface Trouble {
  readonly column: string;
  readonly name: string;
  /** Arms the emulator for the next run, and returns what disarms it: a run may not make the call. */
  arm(admin: Admin, method: string): () => void;
}

const once = (column: string, name: string, fault: Omit<Fault, "method">): Trouble => ({
  column,
  name,
  arm(admin, method) {
    admin.fault({ ...fault, method });
    return () => admin.clearFaults();
  },
});

const always = (column: string, name: string, fault: Omit<Fault, "method">): Trouble =>
  once(column, name, { ...fault, times: 1000 });

/** After a call nothing else arrives anymore. */
const darkAfter = (column: string, name: string, fault: Omit<Fault, "method">): Trouble => ({
  column,
  name,
  arm(admin, method) {
    admin.fault({ ...fault, method });
    const stop = admin.onCall((called, moment) => {
      if (called !== method || moment !== "after") return;
      stop();
      admin.fault({ method: "*", lost: "before", times: 1000 });
    });
    return () => {
      stop();
      admin.clearFaults();
    };
  },
});

/** Everything that can go wrong with a call while the provider goes on. */
export const troubles: readonly Trouble[] = [
  always("a refused", "internal", { refuse: { code: "internal" } }),
  always("a refused", "permission denied", { refuse: { code: "permission_denied" } }),
  always("a refused", "failed precondition", { refuse: { code: "failed_precondition" } }),
  once("b lost before", "once", { lost: "before" }),
  always("b lost before", "always", { lost: "before" }),
  once("c answer lost", "once", { lost: "after" }),
  darkAfter("c answer lost", "and then all", { lost: "after" }),
  once("d cut inside", "once", { lost: "inside" }),
  once("e limited", "RetryInfo", { refuse: { code: "resource_exhausted", retryDelay: 0.02 } }),
  once("e limited", "RateLimit-RetryAfter", {
    refuse: { code: "resource_exhausted", headers: { "RateLimit-RetryAfter": "1" } },
  }),
  once("e limited", "Retry-After", { refuse: { code: "resource_exhausted", headers: { "Retry-After": "1" } } }),
  once("e limited", "no delay", { refuse: { code: "resource_exhausted" } }),
  once("f 503", "once", { respond: { status: 503, body: "upstream connect error" } }),
  once("h malformed", "once", { malformed: true }),
];

/** The end of the provider's process at a call: before the server has acted, or after. */
export interface Kill {
  readonly column: string;
  readonly name: string;
  readonly moment: "before" | "after";
  /** How many reads then lag behind what was created. */
  readonly lag: number;
}

/** Every moment at which a process can end, and how far reads lag behind it. */
export const kills: readonly Kill[] = (["before", "after"] as const).flatMap((moment) =>
  [0, 1, 2].map((lag) => ({
    column: lag === 0 ? "g killed" : "i killed, reads lag",
    name: `${moment}, ${lag}`,
    moment,
    lag,
  })),
);

/** Kills a run at its next call of a method, before the server acts or before its answer leaves; returns what lets it live. */
export function killAt(admin: Admin, method: string, moment: Kill["moment"], run: Mortal): () => void {
  const stop = admin.onCall((called, at) => {
    if (called !== method || at !== moment) return;
    stop();
    run.kill();
    if (moment === "before") throw new Error("the call has not arrived");
  });
  return stop;
}
