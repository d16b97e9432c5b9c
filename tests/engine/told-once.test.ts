import { ids } from "../../emulator";
import { adapters } from "../../tools/engine/program";
import { callsOf, javascript, openScene, outcomeOf, type Scene } from "./scene";

/** A program with what is told once, and something that says it on; the round renews. */
const program = (hook: string, round: string, aliases: readonly string[] = []) =>
  javascript(`
const opts = { aliases: ${JSON.stringify(aliases.map((name) => ({ name })))} };
const triggers = { round: "${round}" };
const hook = new gitpod.Webhook("${hook}", {
  name: "${hook}",
  type: gitpod.WebhookType.SCM_REPOSITORY,
  provider: gitpod.WebhookProvider.GITHUB,
  scopes: [{ host: "github.com", owner: "gitpod-io", name: "empty" }],
  triggers,
}, opts);
const runner = new gitpod.Runner("runner", {
  name: "Frankfurt",
  provider: gitpod.RunnerProvider.AWS_EC2,
  spec: { configuration: { region: "eu-central-1" } },
  triggers,
});
const token = new gitpod.RunnerToken("token", { runnerId: runner.id });
new gitpod.Secret("kept", {
  scope: { organizationId: "${ids.organization}" },
  name: "KEPT",
  value: hook.secret,
  environmentVariable: true,
});
exports.told = [hook.secret, runner.exchangeToken, token.exchangeToken];
`);

test.each(adapters)(
  "on the %s adapter what is told once is a secret that stays through a refresh, another name and a move, until it is renewed",
  async (adapter) => {
    const scene = await openScene({ adapter, program: program("hook", "1") });
    const { engine } = scene;
    const created = await engine.up();
    const told = await toldIn(scene);
    const creating = tellingIn(scene);

    const refreshed = await engine.refresh();
    engine.write(program("other", "1", ["hook"]));
    const preview = await engine.preview("--diff");
    const renamed = await engine.up();
    await engine.configure({ "gitpod:adapter": adapters.find((other) => other !== adapter)! });
    const moved = await engine.up();
    const kept = await toldIn(scene);
    const keeping = tellingIn(scene);
    engine.write(program("other", "2"));
    const renewal = await engine.preview("--diff");
    const announcing = tellingIn(scene);
    const renewed = await engine.up();
    const now = await toldIn(scene);
    const renewing = tellingIn(scene);
    const { stdout: stored } = await engine.run("stack", "export");

    expect([created, refreshed, renamed, moved, renewed].map((run) => outcomeOf(run))).toEqual(
      Array(5).fill(expect.objectContaining({ code: 0, complaints: [] })),
    );
    expect(preview.operations.kept).toBe(adapter === "plugin" ? "same" : "update");
    expect(renewal.operations).toMatchObject({ other: "update", runner: "update", token: "same" });
    expect(kept).toEqual(told);
    expect(now.map((secret, i) => secret === told[i])).toEqual([false, false, true]);
    expect([keeping, announcing]).toEqual([{}, {}]);
    expect(creating).toEqual({ GetWebhookSecret: 1, CreateRunner: 1, CreateRunnerToken: 1 });
    expect(renewing).toEqual({ RotateWebhookSecret: 1, CreateRunnerToken: 1 });
    const texts = [created, refreshed, preview, renamed, moved, renewal, renewed].map(({ stdout }) => stdout);
    const secrets = [...told, ...now];
    expect([...texts, stored].flatMap((text) => secrets.filter((secret) => text.includes(secret)))).toEqual([]);
  },
);

/** What the program has been told, by its outputs. */
async function toldIn({ engine }: Scene): Promise<string[]> {
  const { stdout } = await engine.run("stack", "output", "told", "--json", "--show-secrets");
  return JSON.parse(stdout) as string[];
}

/** The calls that tell secrets, since the last time. */
function tellingIn(scene: Scene): Record<string, number> {
  const calls = Object.entries(callsOf(scene)).map(([method, count]): [string, number] => [
    method.split("/").at(-1) ?? "",
    count,
  ]);
  return Object.fromEntries(calls.filter(([name]) => /^(Get|Rotate)WebhookSecret$|^CreateRunner/.test(name)));
}
