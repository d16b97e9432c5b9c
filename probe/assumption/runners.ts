import type { Assumption } from "../assumption";
import { equalTokens, hostTokenReadLags } from "../probes/host-token";
import { awsRegion, deletedRunnerVisible, kindOrProvider, updateWindow } from "../probes/runner";
import { integrationKey, oauthHalf } from "../probes/scm-integration";

/** What is assumed about runners and what belongs to them. */
export const runners: readonly Assumption[] = [
  {
    id: "runner-deleted-visible",
    assumes:
      "A deleted runner is visible for a while as it was, takes no change, and is then gone with its classes, integrations and environments; with environments only by force.",
    said: ["docs/emulator.md", "emulator/service/runner-registration.ts", "provider/resources/runner.ts"],
    probe: deletedRunnerVisible,
  },
  {
    id: "runner-kind-or-provider",
    assumes:
      "A runner with neither or both of kind and provider is `invalid_argument`; a provider means the kind REMOTE.",
    said: ["docs/emulator.md", "emulator/service/runner-registration.ts"],
    probe: kindOrProvider,
  },
  {
    id: "runner-aws-region",
    assumes: "A runner on AWS without a region is `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/service/runner-registration.ts"],
    probe: awsRegion,
  },
  {
    id: "runner-update-window",
    assumes: "An update window of which one hour is said is two hours long; one without hours is none.",
    said: ["docs/emulator.md", "emulator/service/runner-registration.ts"],
    probe: updateWindow,
  },
  {
    id: "runner-of-platform",
    assumes: "The runner that the platform operates cannot be deleted: `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/service/runner-registration.ts"],
    probe: { cannot: "Where it is otherwise, the attempt would take the organization's runner away." },
  },
  {
    id: "environment-class-equal",
    assumes: "Equal environment classes are allowed.",
    said: ["docs/emulator.md", "emulator/service/runner-configuration.ts"],
    probe: { cannot: "No call deletes environment classes, so that each attempt would leave two." },
  },
  {
    id: "scm-integration-key",
    assumes: "A second SCM integration of the same runner, system and host is refused with `already_exists`.",
    said: ["docs/emulator.md", "emulator/service/scm-integration.ts"],
    probe: integrationKey,
  },
  {
    id: "scm-oauth-half",
    assumes: "An OAuth client id without a secret is `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/service/scm-integration.ts"],
    probe: oauthHalf,
  },
  {
    id: "host-token-of-subject",
    assumes:
      "A token of a host is made by its subject and known to nobody else; equal ones are allowed, and it ends with its runner, its integration and the OAuth application of that.",
    said: ["docs/emulator.md", "emulator/service/host-token.ts"],
    leans: "Another token of the same host is refused, or a token of a service account cannot be made in its name.",
    probe: equalTokens,
  },
  {
    id: "host-token-read-lags",
    assumes: "The first read after an update of a token of a host may still show what was before.",
    said: ["docs/emulator.md", "emulator/service/host-token.ts", "provider/lifecycle/update.ts"],
    probe: hostTokenReadLags,
  },
  {
    id: "llm-integration-unavailable",
    assumes:
      "A new LLM integration is UNAVAILABLE with a reason until it was tried; requests can ask for AVAILABLE and DISABLED only.",
    said: ["docs/emulator.md", "emulator/runner/llm-step.ts"],
    probe: { cannot: "It takes the key of a paid model." },
  },
];
