/** Counts calls by method, and lets a listener stop them on their way in and out. */
export interface CallLog {
  begin(method: string): Promise<void>;
  end(method: string): Promise<void>;
  counts(): Record<string, number>;
  reset(): void;
  /** Calls the listener on both sides of each call, and waits for it; returns what ends that. */
  listen(listener: CallListener): () => void;
}

/** Hears of a call before the server acts, and again after it acted but before the answer leaves. */
export type CallListener = (method: string, moment: "before" | "after") => void | Promise<void>;

/** Makes a log without entries. */
export function createCallLog(): CallLog {
  const counts = new Map<string, number>();
  const listeners = new Set<CallListener>();
  const tell = async (method: string, moment: "before" | "after") => {
    for (const listener of [...listeners]) {
      await listener(method, moment);
    }
  };
  return {
    begin: (method) => {
      counts.set(method, (counts.get(method) ?? 0) + 1);
      return tell(method, "before");
    },
    end: (method) => tell(method, "after"),
    counts: () => Object.fromEntries(counts),
    reset: () => counts.clear(),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
