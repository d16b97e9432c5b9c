/** What has been looked at, and how it is. */
export interface Check {
  /** What it is about, in one word. */
  readonly name: string;
  /** A note is neither good nor bad, such as what is not used or what nobody tells. */
  readonly mark: "ok" | "wrong" | "note";
  readonly says: string;
  /** A sentence that says what to do, where something is wrong. */
  readonly advice?: string;
  /** Whether `pulumi up` cannot work while it is so. */
  readonly stops?: boolean;
}

/** Makes checks of one name. */
export const about = (name: string) => ({
  ok: (says: string): Check => ({ name, mark: "ok", says }),
  note: (says: string): Check => ({ name, mark: "note", says }),
  wrong: (says: string, advice: string, { stops = false } = {}): Check => ({
    name,
    mark: "wrong",
    says,
    advice,
    stops,
  }),
});
