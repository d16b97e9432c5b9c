import type { Definition } from "../../provider/model/definition";
import type { JsonObject } from "../../provider/value/json";
import type { Made, Undo } from "../bench";

/** What probes make and change, written down before they do. */
export interface Ledger {
  /** What is not known to be removed or given back, the oldest first. */
  open(): readonly Entry[];
  /** Writes down an object before it is made. */
  makes(object: Omit<ObjectEntry, "ids" | "isInDoubt">): ObjectEntry;
  /** Writes down a setting before it is changed. */
  changes(setting: SettingEntry): SettingEntry;
  close(entry: Entry): void;
  /** All names and ids that were ever written down, none of which a report may have. */
  readonly known: Set<string>;
}

/** An object, or a setting that goes back. */
export type Entry = ObjectEntry | SettingEntry;

/** An object that was made, or that a create without an answer may have made. */
export interface ObjectEntry extends Whose {
  readonly definition: Definition;
  /** What every object that the create may have made has as its name, or in another of its fields. */
  readonly name: string;
  readonly request: JsonObject;
  /** The ids as far as they are known. */
  readonly ids: Set<string>;
  /** Whether a create has begun whose answer never came. */
  isInDoubt: boolean;
}

/** A setting, and the calls that give it back. */
export interface SettingEntry extends Whose {
  readonly what: string;
  readonly undo: readonly Undo[];
}

/** Whose client undoes it. */
export interface Whose {
  readonly api: "index" | "experimental";
  /** The token that it was made with, where that is not the account's own. */
  readonly token?: string | undefined;
}

/** Opens a ledger, which tells of each line before the call that it is about. */
export function openLedger(tell: (line: string) => void): Ledger {
  const entries = new Set<Entry>();
  const known = new Set<string>();
  return {
    known,
    open: () => [...entries],
    makes(object) {
      const entry = { ...object, ids: new Set<string>(), isInDoubt: true };
      tell(`makes ${entry.definition.kind} ${entry.name}`);
      known.add(entry.name);
      entries.add(entry);
      return entry;
    },
    changes(setting) {
      tell(`changes ${setting.what}`);
      entries.add(setting);
      return setting;
    },
    close: (entry) => entries.delete(entry),
  };
}

/** Notes the answer to a create. */
export function note(ledger: Ledger, entry: ObjectEntry, made?: Pick<Made, "id">): void {
  entry.isInDoubt = false;
  if (made === undefined) return;
  entry.ids.add(made.id);
  ledger.known.add(made.id);
}
