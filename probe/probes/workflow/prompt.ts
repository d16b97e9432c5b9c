import { prompt } from "../../../provider/resources/prompt";
import { workflow } from "../../../provider/resources/workflow";
import type { Probe } from "../../assumption";
import { answered, compared } from "../../finding";

export const commandTaken: Probe = {
  calls: ["AgentService/CreatePrompt"],
  makes: ["two prompts with one command"],
  needs: [],
  async run(bench) {
    const inputs = { description: "Nobody runs it.", prompt: "Do nothing.", isCommand: true, command: bench.name() };
    await bench.make(prompt, inputs);
    return answered("AlreadyExists", () => bench.tryToMake(prompt, inputs));
  },
};

export const namesNotUnique: Probe = {
  calls: ["AgentService/CreatePrompt", "WorkflowService/CreateWorkflow"],
  makes: ["two prompts of one name", "two workflows of one name that nothing starts"],
  needs: [],
  async run(bench) {
    const step = { description: "Nobody runs it.", prompt: "Do nothing." };
    const flow = {
      triggers: [{ manual: {}, context: { projects: { projectIds: [] } } }],
      action: { limits: { maxParallel: 1, maxTotal: 1 }, steps: [{ agent: { prompt: step.prompt } }] },
    };
    const [first, other] = [await bench.make(prompt, step), await bench.make(workflow, flow)];
    return compared(
      ["ok", "ok"],
      [
        await bench.tryToMake(prompt, { ...step, name: first.name }),
        await bench.tryToMake(workflow, { ...flow, name: other.name }),
      ],
    );
  },
};
