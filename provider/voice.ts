/** How an operation speaks on the row of its resource. */
export interface Voice {
  /** Shows where the operation is, in place of what was shown before. */
  readonly progress: (line: string) => void;
  /** Milliseconds between two lines of progress while nothing happens. */
  readonly every: number;
  /** Says something that stays. */
  readonly inform: (line: string) => void;
  readonly warn: (line: string) => void;
}
