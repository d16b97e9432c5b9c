import type { Bench } from "./bench";
import type { Finding } from "./finding";

/** One thing that the project takes for granted about the API, since nothing public says it. */
export interface Assumption {
  /** Stable, in kebab-case, such as `environment-annotations-kept`: reports and settings name it. */
  readonly id: string;
  /** What is assumed, as one sentence with a full stop. */
  readonly assumes: string;
  /** The files that say it or rest on it, from the root of the repository. */
  readonly said: readonly string[];
  /** What of the provider breaks where the service does otherwise, as a sentence; missing: nothing. */
  readonly leans?: string;
  /** What finds it out. */
  readonly probe: Probe | Impossible;
}

/** Nobody with an account can find it out. */
export interface Impossible {
  /** Why, as a sentence. */
  readonly cannot: string;
}

/** What finds out, on an account, whether an assumption is true. */
export interface Probe {
  /** The calls whose answers tell, such as `GroupService/CreateGroup`. */
  readonly calls: readonly string[];
  /** What it makes and removes again, or changes and gives back, such as `a group`. */
  readonly makes: readonly string[];
  /** What it must be allowed to touch; empty: it makes only what costs nothing and what nobody else notices. */
  readonly needs: readonly Need[];
  /** Finds out. What it throws becomes a finding too: the probe was not tried because a call failed. */
  readonly run: (bench: Bench) => Promise<Finding>;
}

/**
 * What somebody has to allow or to have: machines that cost money, changes of what the whole organization shares, an
 * account of Gitpod Classic.
 */
export type Need = "environments" | "organization" | "classic";
