import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { type Duration, timestampDate } from "@bufbuild/protobuf/wkt";
import type { ConnectError } from "@connectrpc/connect";
import { ActionableErrorDetailsSchema } from "../../../proto/gen/gitpod/v1/actionable_error_pb";
import { PromptValidationErrorDetailsSchema } from "../../../proto/gen/gitpod/v1/agent_pb";
import {
  CreateEnvironmentFromProjectBadRequestEnvironmentClassDetailsSchema,
  CreateEnvironmentPreconditionFailureDetailsSchema,
} from "../../../proto/gen/gitpod/v1/environment_pb";
import {
  OrganizationTier,
  OrganizationTierFailedPreconditionDetailsSchema,
  PolicyEnforcedFailedPreconditionDetailsSchema,
} from "../../../proto/gen/gitpod/v1/organization_pb";
import { ParseContextURLPreconditionFailureDetailsSchema } from "../../../proto/gen/gitpod/v1/runner_pb";
import type { ErrorContext } from "./api-error";

/** Returns what the typed details of an error say, one sentence each; unknown details say nothing. */
export function detailsIn(error: ConnectError, context: ErrorContext): string[] {
  return readers.flatMap((read) => read(error, context)).filter((sentence) => sentence !== "");
}

/** Writes a positive duration as seconds; anything else is nothing. */
export function durationText(duration: Duration | undefined): string | undefined {
  if (duration === undefined) return undefined;
  const seconds = Number(duration.seconds) + duration.nanos / 1e9;
  return seconds > 0 ? `${Number(seconds.toFixed(3))} s` : undefined;
}

const readers = [
  detail(ActionableErrorDetailsSchema, ({ userMessage, actions }, { host }) => {
    const links = actions.map(({ label, target }) => {
      const to = target.case === "dashboardPath" ? onDashboard(target.value, host) : (target.value ?? "");
      return [label, to].filter((part) => part !== "").join(": ");
    });
    return [userMessage, links.filter((link) => link !== "").join("; ")].filter((part) => part !== "").join(" – ");
  }),
  detail(
    CreateEnvironmentPreconditionFailureDetailsSchema,
    ({ missingAuthenticationTokensForHosts: hosts }, { host }) =>
      hosts.length === 0
        ? ""
        : `Sign in to ${hosts.join(", ")} first, as the token's owner, in the user settings of ${new URL(host).origin}.`,
  ),
  detail(CreateEnvironmentFromProjectBadRequestEnvironmentClassDetailsSchema, ({ environmentClassIds: ids }) =>
    ids.length === 0
      ? "The project allows no environment class: add one to the project first."
      : `The project allows these environment classes: ${ids.join(", ")}.`,
  ),
  detail(PolicyEnforcedFailedPreconditionDetailsSchema, ({ message, policyName, details }) => {
    const { expiredAt, policyValue } = details.value ?? {};
    const limit = durationText(policyValue);
    const facts = [
      message,
      limit === undefined ? "" : `maximum lifetime ${limit}`,
      expiredAt === undefined ? "" : `expired at ${timestampDate(expiredAt).toISOString()}`,
    ].filter((fact) => fact !== "");
    const policy = `The organization's policy ${policyName || "settings"} forbids it`;
    return `${policy}${facts.length === 0 ? "" : ` (${facts.join("; ")})`}: stay within it, or ask an organization admin to change it.`;
  }),
  detail(OrganizationTierFailedPreconditionDetailsSchema, ({ message, requiredTier }) => {
    const tier =
      requiredTier === OrganizationTier.UNSPECIFIED
        ? "a higher tier"
        : `the tier ${OrganizationTier[requiredTier] ?? requiredTier}`;
    return `The organization needs ${tier}${message === "" ? "" : ` (${message})`}.`;
  }),
  detail(ParseContextURLPreconditionFailureDetailsSchema, ({ authenticationRequiredUrl: url, scmId, runnerIds }) => {
    const runners = runnerIds.length === 0 ? "" : ` (for the runners ${runnerIds.join(", ")})`;
    return `Sign in to ${scmId || "the source control system"} first, as the token's owner${url === "" ? "" : `, at ${url}`}${runners}.`;
  }),
  detail(PromptValidationErrorDetailsSchema, ({ cleanedText, removedCount }) => {
    const shown = cleanedText.length > 200 ? `${cleanedText.slice(0, 200)} …` : cleanedText;
    return `The server does not accept ${removedCount} parts of the prompt; without them it reads: ${JSON.stringify(shown)}.`;
  }),
];

function detail<D extends DescMessage>(schema: D, read: (details: MessageShape<D>, context: ErrorContext) => string) {
  return (error: ConnectError, context: ErrorContext) =>
    error.findDetails(schema).map((details) => read(details, context));
}

function onDashboard(path: string, host: string): string {
  return URL.canParse(path, host) ? new URL(path, host).href : path;
}
