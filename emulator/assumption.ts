/**
 * Choices of the emulator on which a client's behavior may hang, by their ids, and what the platform may do instead.
 * What is not switched is as docs/emulator.md says.
 */
export const switches = {
  "environment-annotations-kept": "dropped",
  "environment-unopened-inactive": "reported",
  "environment-mark-active-shown": "hidden",
  "environment-created-stopped": "ignored",
  "environment-start-at-once": "with-next-step",
  "environment-start-clears-failure": "kept",
  "environment-start-running": "refused",
  "environment-stop-stopped": "refused",
  "environment-update-stopped": "refused",
  "environment-update-confirmed": "never",
  "environment-ports-merged": "replaced",
  "environment-delete-again": "refused",
  "environment-deleted-visible": "gone-at-once",
  "service-created-running": "rests",
  "service-spec-at-rest": "any-time",
  "service-stop-failed": "stays-failed",
  "service-reference-taken": "invalid",
  "automation-empty-list": "clears",
  "automations-file-others-kept": "removed",
  "task-execution-stop-ended": "refused",
  "prebuild-delete-running": "refused",
  "runner-deleted-visible": "gone-at-once",
  "host-token-read-lags": "at-once",
  "id-grows": "random",
  "organization-policy-exclusive": "independent",
} as const;

/** The id of a choice that can be switched. */
export type SwitchId = keyof typeof switches;

/** What the platform may do instead of some choice. */
export type Other = (typeof switches)[SwitchId];

/** The choices to switch, each with what is done instead. */
export type Assumed = { readonly [Id in SwitchId]?: Other };

/** Returns whether a choice is switched; throws in words where the emulator does not know a choice, or not that way. */
export function readSwitches(assumed: Assumed): (id: SwitchId) => boolean {
  const on = new Set(Object.entries(assumed).map(([id, other]) => known(id, other).id));
  return (id) => on.has(id);
}

/** Reads what a command line says, as `ID=OTHER`; throws in words where the emulator does not know it. */
export function readAssumed(texts: readonly string[]): Assumed {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = "", ...rest] = text.split("=");
      const { id, other } = known(name, rest.join("="));
      return [id, other];
    }),
  );
}

function known(id: string, other: string): { readonly id: SwitchId; readonly other: Other } {
  if (!isSwitch(id)) {
    throw new Error(`the emulator has no choice ${id} to switch; it has ${Object.keys(switches).join(", ")}`);
  }
  const present = switches[id];
  if (other !== present) {
    throw new Error(`the choice ${id} can be switched to ${present} only, not to ${JSON.stringify(other)}`);
  }
  return { id, other: present };
}

function isSwitch(id: string): id is SwitchId {
  return Object.hasOwn(switches, id);
}
