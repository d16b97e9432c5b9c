import type { Admin, Fault } from "../../emulator";

/** Something that goes wrong at a call of a method, by the letter and the words of the table. */
export interface Trouble {
  readonly column: string;
  readonly name: string;
  /** Arms the emulator for the next run. */
  arm(admin: Admin, method: string): void;
}

const once = (column: string, name: string, fault: Omit<Fault, "method">): Trouble => ({
  column,
  name,
  arm: (admin, method) => admin.fault({ ...fault, method }),
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
