import type { Resource } from "./resource";
import { resourcesShown } from "./shown";
import { resourcesOfStack } from "./stack";

/**
 * Returns the resources of `gitpod-io/ona` in a state: in what `terraform show -json` or `tofu show -json` prints, or
 * `pulumi stack export` of a stack that uses that provider through Pulumi's bridge.
 */
export function readState(text: string): Resource[] {
  const { deployment, ...shown } = parse(text);
  if (deployment) return resourcesOfStack(deployment);
  const other = whatElse(shown);
  if (other)
    throw new Error(
      `This is not the output of \`terraform show -json\` for a state or of \`pulumi stack export\`: ${other}.`,
    );
  return resourcesShown(shown.values ?? {});
}

/** What tells the files apart that somebody may pass. */
interface State {
  /** In what Terraform shows. */
  format_version?: string;
  values?: Parameters<typeof resourcesShown>[0];
  planned_values?: unknown;
  /** In a state file itself. */
  version?: number;
  /** In what Pulumi exports. */
  deployment?: Parameters<typeof resourcesOfStack>[0];
  /** In a file of Pulumi's backend. */
  checkpoint?: unknown;
}

function parse(text: string): State {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
    // The error below says more than a parser's position to somebody who has passed the wrong file.
  }
  throw new Error("This is not JSON: pass the output of `terraform show -json` or of `pulumi stack export`.");
}

function whatElse(state: State): string | undefined {
  if (state.checkpoint !== undefined)
    return "it is a file of Pulumi's backend; run `pulumi stack export` for its stack";
  if (state.version !== undefined) return "it is the state file itself; run `terraform show -json` in its folder";
  if (state.planned_values !== undefined) return "it is a plan; run `terraform show -json` without a file";
  return state.format_version === undefined ? "it has neither format_version nor deployment" : undefined;
}
