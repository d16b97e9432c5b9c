import type { Assumption } from "../assumption";
import {
  ownerTokens,
  portsEnd,
  startingListedFirst,
  teamDeleted,
  withoutOrganization,
} from "../probes/classic/workspace";
import { refusedClass, unknownClass } from "../probes/classic/workspace-class";

/** What is assumed about Gitpod Classic, beyond what the sources of its server say. */
export const classic: readonly Assumption[] = [
  {
    id: "classic-workspace-organization",
    assumes: "A workspace without an organization is `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/classic/workspace-create.ts"],
    probe: withoutOrganization,
  },
  {
    id: "classic-workspace-class",
    assumes: "The class of a workspace is kept for all of its starts, and each of them fails if it does not exist.",
    said: ["docs/emulator.md", "emulator/classic/workspace-class.ts"],
    probe: unknownClass,
  },
  {
    id: "classic-workspace-class-refused",
    assumes: "A workspace of a class that its organization does not allow is refused after it was stored.",
    said: ["docs/emulator.md", "emulator/classic/workspace-class.ts"],
    probe: refusedClass,
  },
  {
    id: "classic-phases",
    assumes: "IMAGEBUILD and INTERRUPTED do not occur.",
    said: ["docs/emulator.md"],
    probe: { cannot: "That a phase did not occur once says nothing about the next time." },
  },
  {
    id: "classic-owner-token",
    assumes: "The owner token is there from PENDING on, and another one for each instance.",
    said: ["docs/emulator.md", "emulator/classic/workspace-step.ts"],
    probe: ownerTokens,
  },
  {
    id: "classic-ports",
    assumes: "Ports end when the instance is STOPPED.",
    said: ["docs/emulator.md", "emulator/classic/workspace-step.ts"],
    probe: portsEnd,
  },
  {
    id: "classic-running",
    assumes: "In lists, whatever has an instance that is not STOPPED runs.",
    said: ["docs/emulator.md", "emulator/classic/workspace.ts"],
    probe: startingListedFirst,
  },
  {
    id: "classic-context-urls",
    assumes:
      "Context URLs are of github.com, gitlab.com and bitbucket.org; variables before one stay in it, and there are no snapshots.",
    said: ["docs/emulator.md"],
    probe: { cannot: "The emulator knows no other hosts; an installation has its own." },
  },
  {
    id: "classic-team-deleted",
    assumes: "A team that is deleted leaves its workspaces to their owners.",
    said: ["docs/emulator.md", "emulator/classic/team.ts"],
    probe: teamDeleted,
  },
  {
    id: "classic-account-deleted",
    assumes: "A token of an account that was deleted is `unauthenticated`.",
    said: ["docs/emulator.md", "emulator/call/authenticate.ts"],
    probe: { cannot: "It takes an account that can be thrown away." },
  },
];
