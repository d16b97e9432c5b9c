import { LLMIntegrationPhase as Phase } from "../../proto/gen/gitpod/v1/model_pb";
import type { LLMIntegration } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { changed } from "../change";
import type { LlmOwed } from "../owed";
import type { Site } from "../site";
import type { Row } from "../table";

/** Tries the endpoint of an integration once that is owed; a key that begins with `bad` opens none. */
export function stepLlmIntegration(site: Site, row: Row<LLMIntegration, LlmOwed>): boolean {
  const { remote, owed } = row;
  if (!owed.check) {
    return false;
  }
  owed.check = false;
  const opens = !owed.apiKey.startsWith("bad");
  remote.phase = opens ? Phase.LLM_INTEGRATION_PHASE_AVAILABLE : Phase.LLM_INTEGRATION_PHASE_UNAVAILABLE;
  remote.phaseReason = opens ? "" : "the endpoint refuses the API key";
  changed(site, site.world.llmIntegrations, row);
  return true;
}
