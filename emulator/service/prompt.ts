import type { ServiceImpl } from "@connectrpc/connect";
import type { AgentService } from "../../proto/gen/gitpod/v1/agent_pb";
import { mentions } from "../message";
import { plainCalls } from "../plain";
import type { Site } from "../site";

/** Answers the calls of the agent service that concern prompts; agents themselves do not run. */
export function promptCalls(
  site: Site,
): Pick<
  ServiceImpl<typeof AgentService>,
  "createPrompt" | "getPrompt" | "listPrompts" | "updatePrompt" | "deletePrompt"
> {
  const prompts = plainCalls(site, site.world.prompts, { key: ({ spec }) => spec.command });
  return {
    createPrompt: (request, context) => ({ prompt: prompts.add(request, context, null) }),
    getPrompt: ({ promptId }, context) => ({ prompt: prompts.get(promptId, context) }),
    listPrompts: (request, context) => {
      const { filter } = request;
      return prompts.list(
        request,
        context,
        (items) => {
          for (const { spec } of items) {
            spec.prompt = filter?.excludePromptContent === true ? "" : spec.prompt;
          }
          return { prompts: items };
        },
        ({ metadata, spec }) =>
          (spec.isTemplate || filter?.isTemplate !== true) &&
          (spec.isCommand || filter?.isCommand !== true) &&
          (spec.isSkill || filter?.isSkill !== true) &&
          (!filter?.command || spec.command === filter.command) &&
          spec.command.startsWith(filter?.commandPrefix ?? "") &&
          mentions(filter?.search, metadata.name, metadata.description),
      );
    },
    updatePrompt: (request, context) => ({ prompt: prompts.change(request.promptId, request, context) }),
    deletePrompt: ({ promptId }, context) => prompts.drop(promptId, context),
  };
}
