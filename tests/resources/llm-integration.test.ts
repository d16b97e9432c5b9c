import { llmIntegration } from "../../provider/resources";
import { created, createScene, ids, notReady } from "./scene";

test("a key that the endpoint refuses is told when the time is over", async () => {
  const inputs = {
    runnerId: ids.runner,
    models: ["SUPPORTED_MODEL_SONNET_4_5"],
    endpoint: "https://llm.example.com",
    apiKey: "bad-key",
  };

  const { message } = await notReady(created(createScene(), llmIntegration, inputs, { timeout: 60 }));

  expect(message).toMatch(/did not reach AVAILABLE within 60 s, it is UNAVAILABLE: the endpoint refuses the API key\n/);
});
