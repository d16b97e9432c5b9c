import { createServer } from "node:http";
import { join } from "node:path";
import { root } from "../../tools/root";
import { afterTest } from "../after-test";
import { openSite } from "./site";

jest.setTimeout(120_000);

test("the CLI takes the settings for Pulumi Deployments, and sends the token as a secret and a schedule for drift", async () => {
  const cloud = await openCloud();
  const { push, machine } = await openSite([]);
  push({ "Pulumi.yaml": "name: platform\nruntime: yaml\n" });
  const { checkOut, run } = machine();
  checkOut();

  const scripts = ["settings.sh", "schedule.sh"].map((file) =>
    join(root, "examples", "pipelines", "deployments", file),
  );
  const { code, output } = await run(["sh", "-e"], scripts.map((script) => `sh '${script}' ${stack}`).join("\n"), {
    PULUMI_BACKEND_URL: cloud.url,
    PULUMI_ACCESS_TOKEN: "pul-0123456789",
    REPOSITORY: "acme/platform",
    GITPOD_API_KEY: "a-token",
  });

  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  expect(cloud.written).toEqual({
    [`/api/stacks/${stack}/deployments/settings`]: {
      gitHub: { repository: "acme/platform", deployCommits: true, previewPullRequests: true },
      sourceContext: { git: { branch: "main" } },
      executorContext: { executorImage: "pulumi/pulumi-nodejs-22:3.259.0" },
      operationContext: {
        preRunCommands: ["npm ci"],
        environmentVariables: { GITPOD_BASE_URL: "https://app.gitpod.io", GITPOD_API_KEY: { secret: "a-token" } },
        options: { skipInstallDependencies: true },
      },
    },
    [`/api/stacks/${stack}/deployments/drift/schedules`]: { scheduleCron: "17 3 * * *", autoRemediate: false },
  });
});

const stack = "acme/platform/prod";

/** Pulumi Cloud, as far as the CLI asks it here, with what was written by its path. */
async function openCloud(): Promise<{ readonly url: string; readonly written: Record<string, unknown> }> {
  const written: Record<string, unknown> = {};
  const answers: Record<string, object> = {
    "/api/user": { githubLogin: "robot", name: "Robot", organizations: [{ githubLogin: "acme", name: "Acme" }] },
    [`/api/stacks/${stack}`]: { orgName: "acme", projectName: "platform", stackName: "prod", version: 1 },
  };
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const path = request.url ?? "";
    if (request.method === "POST") written[path] = JSON.parse(text);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answers[path] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterTest(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, written };
}
