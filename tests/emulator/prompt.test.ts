import { ids, tokens } from "../../emulator";
import { open, refusal } from "./open";

const review = {
  name: "Review",
  description: "reads changes",
  prompt: "Read the change.",
  isCommand: true,
  command: "rv",
};

test("a prompt is shown by metadata and spec, and an update changes what it sets", async () => {
  const { agents } = open();
  const { prompt } = await agents.createPrompt(review);
  const promptId = prompt?.id ?? "";
  const updated = await agents.updatePrompt({ promptId, spec: { isCommand: false, command: "" } });

  expect(prompt).toMatchObject({
    metadata: { name: "Review", description: "reads changes", organizationId: ids.organization },
    spec: { prompt: "Read the change.", isCommand: true, command: "rv", isSkill: false },
  });
  expect(updated.prompt).toMatchObject({
    metadata: { name: "Review" },
    spec: { prompt: "Read the change.", isCommand: false, command: "" },
  });
});

test("a command is taken once, and prompts without one are not told apart", async () => {
  const { agents } = open();
  await agents.createPrompt(review);
  const { command: _, ...without } = review;
  const other = (await agents.createPrompt(without)).prompt;
  await agents.createPrompt(without);

  expect((await refusal(agents.createPrompt(review)))[0]).toBe("AlreadyExists");
  expect((await refusal(agents.updatePrompt({ promptId: other?.id ?? "", spec: { command: "rv" } })))[0]).toBe(
    "AlreadyExists",
  );
  expect((await agents.getPrompt({ promptId: other?.id ?? "" })).prompt).toEqual(other);
});

test("prompts are listed by what they are, and without their texts where that is asked for", async () => {
  const { agents } = open();
  const command = (await agents.createPrompt(review)).prompt;
  const { isCommand: _is, command: _, ...skill } = { ...review, name: "Skill", isSkill: true };
  const other = (await agents.createPrompt(skill)).prompt;
  const list = async (filter: object) => (await agents.listPrompts({ filter })).prompts;

  expect(await list({})).toEqual([command, other]);
  expect(await list({ isSkill: true })).toEqual([other]);
  expect(await list({ isCommand: true, command: "rv", commandPrefix: "r", search: "VIEW" })).toEqual([command]);
  expect(await list({ isTemplate: true })).toEqual([]);
  expect((await list({ excludePromptContent: true })).map(({ spec }) => spec?.prompt)).toEqual(["", ""]);
});

test("reads of prompts are no writes, whatever they declare", async () => {
  const { as, agents } = open();
  const { prompt } = await agents.createPrompt(review);
  const { agents: reading } = as(tokens.readOnly);

  expect((await reading.listPrompts({})).prompts).toEqual([prompt]);
  expect((await reading.getPrompt({ promptId: prompt?.id ?? "" })).prompt).toEqual(prompt);
  expect((await refusal(reading.createPrompt(review)))[0]).toBe("PermissionDenied");
});

test("prompts are changed by administrators, deleted at once, and unknown to other organizations", async () => {
  const { as, agents } = open();
  const promptId = (await agents.createPrompt(review)).prompt?.id ?? "";

  expect((await refusal(as(tokens.colleague).agents.deletePrompt({ promptId })))[0]).toBe("PermissionDenied");
  expect((await refusal(as(tokens.stranger).agents.getPrompt({ promptId })))[0]).toBe("NotFound");
  await agents.deletePrompt({ promptId });
  expect((await refusal(agents.getPrompt({ promptId })))[0]).toBe("NotFound");
});
