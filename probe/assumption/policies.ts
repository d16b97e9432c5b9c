import type { Assumption } from "../assumption";
import { policiesExclusive } from "../probes/organization/policy-exclusive";

/** What is assumed about the policies of an organization. */
export const policies: readonly Assumption[] = [
  {
    id: "organization-policy-exclusive",
    assumes: "Of `membersRequireProjects` and `membersCreateProjects` one is true at most: setting one ends the other.",
    said: [
      "docs/emulator.md",
      "emulator/service/organization-policy.ts",
      "provider/resources/organization-policies.ts",
    ],
    leans: "A program that goes from one of the two to the other leaves both on.",
    probe: policiesExclusive,
  },
];
