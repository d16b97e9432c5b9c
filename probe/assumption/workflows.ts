import type { Assumption } from "../assumption";
import { failureStopped, manualContext } from "../probes/workflow/execution";
import { credentialsTogether, customChanges, emptiedStays, webhookScope } from "../probes/workflow/integration";
import { commandTaken } from "../probes/workflow/prompt";
import { absentWebhook, anotherExecutor, deletedShown, disabledStart } from "../probes/workflow/workflow";

/** What is assumed about workflows, webhooks, prompts and integrations. */
export const workflows: readonly Assumption[] = [
  {
    id: "workflow-executor",
    assumes:
      "The executor of a workflow is the caller or an existing service account; another user is `permission_denied`.",
    said: ["docs/emulator.md", "emulator/service/workflow.ts"],
    probe: anotherExecutor,
  },
  {
    id: "workflow-deleted",
    assumes: "A deleted workflow is `deleting` until its executions have stopped, for a moment at least.",
    said: ["docs/emulator.md", "emulator/workflow/step.ts"],
    probe: deletedShown,
  },
  {
    id: "workflow-start-disabled",
    assumes:
      "A start of a disabled workflow, or one by hand for what its trigger is about, is refused with `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/service/workflow-execution.ts"],
    probe: disabledStart,
  },
  {
    id: "workflow-start-context",
    assumes: "A start by hand is about what it says, else about the context of the manual trigger, else of the first.",
    said: ["docs/emulator.md", "emulator/service/workflow-execution.ts"],
    probe: manualContext,
  },
  {
    id: "workflow-execution-failed",
    assumes: "An execution that fails is STOPPED with `failures`.",
    said: ["docs/emulator.md", "emulator/workflow/step.ts", "provider/resources/workflow-execution.ts"],
    leans: "An execution that fails counts as one that somebody has stopped.",
    probe: failureStopped,
  },
  {
    id: "workflow-trigger-absent",
    assumes: "A webhook or integration in a trigger that does not exist is `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/service/workflow.ts"],
    probe: absentWebhook,
  },
  {
    id: "webhook-scope",
    assumes: "A webhook with the scope of the other type is `invalid_argument`; names need not be unique.",
    said: ["docs/emulator.md", "emulator/service/webhook.ts"],
    probe: webhookScope,
  },
  {
    id: "webhook-who",
    assumes:
      "Its creator, and who has `WEBHOOK_ADMIN` or `ORG_AUTOMATIONS_ADMIN`, changes a webhook and sees its secret.",
    said: ["docs/emulator.md", "emulator/service/webhook.ts"],
    probe: {
      cannot: "It takes a second account, and no call removes a service account: a deleted one stays, suspended.",
    },
  },
  {
    id: "webhook-secret-audit",
    assumes: "Reads of a secret are counted.",
    said: ["docs/emulator.md"],
    probe: { cannot: "The emulator has no audit log, and counts calls instead." },
  },
  {
    id: "prompt-command-taken",
    assumes: "A command of a prompt that is in use is refused with `already_exists`.",
    said: ["docs/emulator.md", "emulator/service/prompt.ts"],
    probe: commandTaken,
  },
  {
    id: "integration-changes",
    assumes:
      "The app id of an integration never changes; a custom integration changes only `enabled`: `failed_precondition`.",
    said: ["docs/emulator.md", "emulator/service/integration.ts"],
    probe: customChanges,
  },
  {
    id: "integration-emptied",
    assumes:
      "What of an integration is emptied after its create stays empty; the definition fills in at the create only.",
    said: ["docs/emulator.md", "emulator/service/integration.ts"],
    probe: emptiedStays,
  },
  {
    id: "integration-app-credentials",
    assumes: "Credentials of an app are all four or none: `invalid_argument`.",
    said: ["docs/emulator.md", "emulator/service/integration.ts"],
    probe: credentialsTogether,
  },
];
