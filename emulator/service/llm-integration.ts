import { randomBytes } from "node:crypto";
import type { ServiceImpl } from "@connectrpc/connect";
import { LLMIntegrationPhase as Phase, SupportedModel } from "../../proto/gen/gitpod/v1/model_pb";
import {
  type LLMIntegration,
  LLMProvider as Provider,
  type RunnerConfigurationService,
} from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { callerOf, find } from "../caller";
import { keeps } from "../page";
import { plainCalls } from "../plain";
import { invalid, precondition } from "../refusal";
import { requireKey } from "../runner/key";
import type { Site } from "../site";

/** Answers the calls of the runner configuration service that connect a runner to endpoints of language models. */
export function llmIntegrationCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof RunnerConfigurationService>,
  "createLLMIntegration" | "getLLMIntegration" | "listLLMIntegrations" | "updateLLMIntegration" | "deleteLLMIntegration"
> {
  const { llmIntegrations, runners } = site.world;
  const integrations = plainCalls(site, llmIntegrations, {
    settle: (integration, caller) => {
      find(runners, caller, integration.runnerId);
      integration.provider = providerOf(integration);
    },
  });
  return {
    createLLMIntegration: (request, context) => {
      const { apiKey } = request;
      const { id } = integrations.add(request, context, { apiKey, check: true }, ({ remote }) => {
        requireKey(site, remote.runnerId);
        remote.encryptedApiKey = randomBytes(32);
        wait(remote);
      });
      return { id };
    },
    getLLMIntegration: ({ id }, context) => ({ integration: integrations.get(id, context) }),
    listLLMIntegrations: (request, context) =>
      integrations.list(
        request,
        context,
        (items) => ({ integrations: items }),
        ({ runnerId }) => keeps(request.filter?.runnerIds, runnerId),
      ),
    updateLLMIntegration: (request, context) => {
      const { apiKey, endpoint, phase } = request;
      if (phase !== undefined && phase !== Phase.LLM_INTEGRATION_PHASE_AVAILABLE && phase !== disabled) {
        throw invalid("phase: only AVAILABLE and DISABLED can be asked for");
      }
      const before = find(llmIntegrations, callerOf(context), request.id).remote.phase;
      integrations.change(request.id, request, context, ({ remote, owed }) => {
        if (apiKey !== undefined) {
          requireKey(site, remote.runnerId);
          owed.apiKey = apiKey;
          remote.encryptedApiKey = randomBytes(32);
        }
        const isTried = apiKey !== undefined || endpoint !== undefined || before !== remote.phase;
        owed.check = remote.phase !== disabled && (owed.check || isTried);
        if (owed.check) {
          wait(remote);
        } else if (remote.phase === disabled) {
          remote.phaseReason = "";
        }
      });
      return {};
    },
    deleteLLMIntegration: ({ id, force }, context) => {
      const { endpoint } = find(llmIntegrations, callerOf(context), id).remote;
      if (endpoint.includes("in-use") && !force) {
        throw precondition(`LLM integration ${id} is in use`);
      }
      return integrations.drop(id, context);
    },
  };
}

const disabled = Phase.LLM_INTEGRATION_PHASE_DISABLED;

/** Lets an integration wait until its endpoint has been tried. */
function wait(remote: LLMIntegration): void {
  remote.phase = Phase.LLM_INTEGRATION_PHASE_UNAVAILABLE;
  remote.phaseReason = "the endpoint has not been tried yet";
}

function providerOf({ models: [first = SupportedModel.UNSPECIFIED] }: LLMIntegration): Provider {
  return SupportedModel[first]?.startsWith("OPENAI") ? Provider.LLM_PROVIDER_OPENAI : Provider.LLM_PROVIDER_ANTHROPIC;
}
