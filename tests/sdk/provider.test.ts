import * as pulumi from "@pulumi/pulumi";
import { Group, Provider, Task } from "../../sdk";
import { registrations } from "./registration";

const token = "a-token-that-is-secret";

test("a provider hands token and host to Pulumi's dynamic provider, and leaves out what is left out", async () => {
  const seen = await registrations(() => [
    new Provider("staging", { token, host: "gitpod.example.com" }),
    new Provider("both", { token, classicToken: "another", classicHost: "api.gitpod.example.com" }),
    new Provider("ambient"),
  ]);

  const inputs = Object.fromEntries(seen.map((each) => [each.name, [each.type, each.inputs]]));
  expect(inputs).toEqual({
    staging: [
      "pulumi:providers:pulumi-nodejs",
      { "gitpod:token": token, "gitpod:host": "gitpod.example.com", "gitpod:provider": "staging" },
    ],
    both: [
      "pulumi:providers:pulumi-nodejs",
      {
        "gitpod:token": token,
        "gitpod:classicToken": "another",
        "gitpod:classicHost": "api.gitpod.example.com",
        "gitpod:provider": "both",
      },
    ],
    ambient: ["pulumi:providers:pulumi-nodejs", { "gitpod:provider": "ambient" }],
  });
});

test("the tokens of a provider are secret although they are given in clear", async () => {
  const outputs: Record<string, pulumi.Output<unknown>> = {};

  await registrations(() => {
    const provider = new Provider("staging", { token, host: "h", classicToken: "another", classicHost: "h" });
    Object.assign(outputs, provider);
    return [provider];
  });

  const secret = await Promise.all(
    ["gitpod:token", "gitpod:host", "gitpod:classicToken", "gitpod:classicHost"].map((key) =>
      pulumi.isSecret(outputs[key]!),
    ),
  );
  expect(secret).toEqual([true, false, true, false]);
});

test("no property of a provider holds the token in clear", async () => {
  let provider: Provider | undefined;

  await registrations(() => {
    provider = new Provider("staging", { token });
    return [provider];
  });

  const { inspect } = await import("node:util");
  const shown = Object.entries(provider ?? {}).filter(([, value]) => !pulumi.Output.isInstance(value));
  expect(inspect(shown)).not.toContain(token);
});

test("a resource with a provider, and what it makes below itself, use that provider", async () => {
  const providers: Record<string, string | undefined> = {};
  await pulumi.runtime.setMocks({
    newResource({ type, name, provider }) {
      providers[type] = provider;
      return { id: `${name}-id`, state: {} };
    },
    call: () => ({}),
  });
  const provider = new Provider("staging", { token });

  const task = new Task(
    "seed",
    { environmentId: "e", metadata: { reference: "s", name: "S" }, spec: { command: "true" }, run: {} },
    { provider },
  );
  const group = new Group("a", { organizationId: "o", name: "Reviewers" }, { parent: task });
  await Promise.all([task.execution, group].map((each) => new Promise((resolve) => each?.urn.apply(resolve))));

  const ofStaging = expect.stringMatching(/::staging::staging-id$/);
  expect(providers).toMatchObject({
    "pulumi-nodejs:dynamic/gitpod:Task": ofStaging,
    "pulumi-nodejs:dynamic/gitpod:TaskExecution": ofStaging,
    "pulumi-nodejs:dynamic/gitpod:Group": ofStaging,
  });
});
