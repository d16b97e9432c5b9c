import type { Assumption } from "../assumption";
import { nameInUse } from "../probes/organization/group";

/** What is assumed about groups, their members and their roles. */
export const groups: readonly Assumption[] = [
  {
    id: "group-name-in-use",
    assumes: "A group with a name that another group of the organization has is refused with `already_exists`.",
    said: ["docs/emulator.md", "emulator/service/group.ts"],
    probe: nameInUse,
  },
];
