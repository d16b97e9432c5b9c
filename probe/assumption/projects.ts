import type { Assumption } from "../assumption";
import { classWithoutPrebuilds, deleteRunning, poolWithoutPrebuilds } from "../probes/prebuild";
import { classUnknown, insightsNeverOn } from "../probes/project";
import { allFilled, changedWhileDeleted, defaultSizes } from "../probes/warm-pool";

/** What is assumed about projects, their prebuilds and warm pools. */
export const projects: readonly Assumption[] = [
  {
    id: "prebuild-delete-running",
    assumes: "Deleting a prebuild that goes on cancels it first; then it is DELETING, DELETED and gone.",
    said: ["docs/emulator.md", "emulator/project/prebuild.ts"],
    probe: deleteRunning,
  },
  {
    id: "prebuild-class-without-prebuilds",
    assumes:
      "A prebuild for a class without prebuilds is refused with `failed_precondition`; without a class it is for the first.",
    said: ["docs/emulator.md", "emulator/project/prebuild.ts"],
    probe: classWithoutPrebuilds,
  },
  {
    id: "warm-pool-class-without-prebuilds",
    assumes:
      "A warm pool for a class without prebuilds is refused with `failed_precondition`; turning prebuilds off deletes the pools.",
    said: ["docs/emulator.md", "emulator/project/warm-pool.ts"],
    probe: poolWithoutPrebuilds,
  },
  {
    id: "warm-pool-filled",
    assumes: "A finished prebuild fills all warm pools of its project.",
    said: ["docs/emulator.md", "emulator/project/warm-pool.ts"],
    probe: allFilled,
  },
  {
    id: "warm-pool-sizes",
    assumes:
      "A warm pool has the sizes 0 and 2 by default, `desiredSize` is the largest, and it is READY once a prebuild has finished.",
    said: ["docs/emulator.md", "emulator/project/warm-pool.ts"],
    probe: defaultSizes,
  },
  {
    id: "project-popularity",
    assumes:
      "The popularity of a project counts the environments of the last 30 days at each call; `totalSubjects` has no limit.",
    said: ["docs/emulator.md", "emulator/project/use.ts"],
    probe: { cannot: "It takes a month and several people." },
  },
  {
    id: "project-insights-never-on",
    assumes:
      "Insights that were never turned on are `not_found` for the status and for turning them off; turning them off twice is no error.",
    said: ["docs/emulator.md", "emulator/service/insights.ts"],
    probe: insightsNeverOn,
  },
  {
    id: "project-class-unknown",
    assumes: "An environment class that does not exist is `invalid_argument` for a project.",
    said: ["emulator/service/project.ts"],
    probe: classUnknown,
  },
  {
    id: "project-changed-while-deleted",
    assumes: "Changes of a project that is being deleted are refused.",
    said: ["emulator/service/project.ts"],
    probe: changedWhileDeleted,
  },
];
