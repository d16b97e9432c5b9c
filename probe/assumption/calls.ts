import type { Assumption } from "../assumption";
import { absentNotFound, foreignOrganization, rulesWithoutDetails } from "../probes/calls";
import { idsGrow } from "../probes/ids";

/** What is assumed about calls of all kinds. */
export const calls: readonly Assumption[] = [
  {
    id: "id-grows",
    assumes: "Ids are UUIDs of version 7, so that a later object has a greater id.",
    said: ["emulator/uuid.ts", "provider/lifecycle/recover/looks.ts"],
    leans: "A create does not recognize an older object of an interrupted run that a first list did not show.",
    probe: idsGrow,
  },
  {
    id: "request-rules-without-details",
    assumes: "Rules of the proto that a request breaks are named in the message, without typed details.",
    said: ["docs/emulator.md", "emulator/call/validate.ts"],
    probe: rulesWithoutDetails,
  },
  {
    id: "organization-id-foreign",
    assumes: "An organization's id that is not the token's is `not_found` in every call.",
    said: ["docs/emulator.md"],
    probe: foreignOrganization,
  },
  {
    id: "absent-not-found",
    assumes: "What does not exist, or is hidden from the caller, is `not_found`.",
    said: ["provider/client/error/absence.ts", "provider/reading/confirm-gone.ts", "emulator/caller.ts"],
    leans: "An object that somebody has deleted stays in the state, and its refresh fails.",
    probe: absentNotFound,
  },
  {
    id: "read-lag-after-create",
    assumes: "A read finds a new object within 700 milliseconds, or misses it only within its first minute.",
    said: ["provider/reading/confirm-gone.ts"],
    leans: "An object that a slower replica misses counts as gone.",
    probe: { cannot: "That no replica was slow on one day says nothing about the next." },
  },
  {
    id: "read-lag-after-request",
    assumes: "A read shows a request within 10 seconds.",
    said: ["provider/waiting/reach-phase.ts"],
    leans: "A slower replica lets a wait ask again.",
    probe: { cannot: "That no replica was slow on one day says nothing about the next." },
  },
  {
    id: "replica-caught-up",
    assumes: "A replica has caught up after a minute.",
    said: ["emulator/fault/lag.ts"],
    probe: { cannot: "That no replica was slow on one day says nothing about the next." },
  },
  {
    id: "clocks-close",
    assumes: "The clocks of the platform and of the machine differ by less than a minute.",
    said: ["provider/lifecycle/recover/looks.ts"],
    leans: "After a lost answer, a create does not find what it has made by its name.",
    probe: { cannot: "It is about the machine, not about the platform." },
  },
];
