import { AgentService } from "../../proto/gen/gitpod/v1/agent_pb";
import { defineResource } from "../model/definition";

const agents = AgentService.method;

/**
 * A text for agents that the organization keeps: a template, a command, or, with `isSkill`, a skill, as the product
 * calls it.
 *
 * Two prompts cannot have the same `command`, and removing it replaces the prompt.
 */
export const prompt = defineResource({
  kind: "Prompt",
  create: agents.createPrompt,
  get: agents.getPrompt,
  list: agents.listPrompts,
  update: agents.updatePrompt,
  delete: agents.deletePrompt,
  required: ["name", "description", "prompt"],
  cannotClear: { command: "replace" },
  volatile: ["metadata.updatedAt"],
  naturalKey: ["command"],
});
