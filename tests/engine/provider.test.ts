import { ids, tokens } from "../../emulator";
import { adapters } from "../../tools/engine/program";
import { callsOf, complaintsOf, javascript, openScene, outcomeOf, stateOf } from "./scene";

const group = (name: string, organizationId: string, opts: string) =>
  `new gitpod.Group("${name}", { organizationId: "${organizationId}", name: "${name}" }, ${opts});`;

test.each(adapters)(
  "on the %s adapter a program works for two accounts at once, and a resource moves between providers without a call",
  async (adapter) => {
    const accounts = (host: string) => `
const ours = new gitpod.Provider("ours", { token: "${tokens.owner}", host: "${host}" });
const same = new gitpod.Provider("same", { token: "${tokens.owner}", host: "${host}" });
const theirs = new gitpod.Provider("theirs", { token: "${tokens.stranger}", host: "${host}" });`;
    const scene = await openScene({
      adapter,
      program: javascript(""),
      env: { GITPOD_API_KEY: "", GITPOD_BASE_URL: "" },
    });
    const { engine, emulator, host } = scene;

    engine.write(
      javascript(`${accounts(host)}
${group("ours-group", ids.organization, "{ provider: ours }")}
${group("their-group", ids.otherOrganization, "{ provider: theirs }")}`),
    );
    const first = outcomeOf(await engine.up());
    const before = await stateOf(scene);
    callsOf(scene);
    engine.write(
      javascript(`${accounts(host)}
${group("ours-group", ids.organization, "{ provider: same }")}
${group("their-group", ids.otherOrganization, "{ provider: theirs }")}`),
    );
    const moved = outcomeOf(await engine.up());
    const calls = callsOf(scene);
    const state = await engine.run("stack", "export");
    const destruction = await engine.destroy();

    expect(first).toEqual({
      code: 0,
      operations: { "ours-group": "create", "their-group": "create" },
      complaints: [],
    });
    expect(moved).toEqual({ code: 0, operations: { "ours-group": "same", "their-group": "same" }, complaints: [] });
    expect(calls).toEqual({});
    expect((await stateOf(scene))["ours-group"]?.id ?? before["ours-group"]?.id).toBe(before["ours-group"]?.id);
    expect([tokens.owner, tokens.stranger].filter((token) => state.stdout.includes(token))).toEqual([]);
    expect(destruction.code).toBe(0);
    expect(emulator.admin.objects("groups")).toEqual([]);
  },
);

test.each(adapters)(
  "on the %s adapter whom a token stands for is asked once in a process, whatever kinds the program has",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: javascript(`
new gitpod.Group("group", { organizationId: "${ids.organization}", name: "Group" });
const project = new gitpod.Project("project", {
  name: "Project",
  initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] },
});
const dev = new gitpod.Environment("dev", { spec: { machine: { class: "${ids.smallClass}" } } });
new gitpod.Secret("secret", {
  name: "SECRET",
  value: "hunter2-hunter2",
  scope: { projectId: project.id },
  environmentVariable: true,
});
new gitpod.Task("task", {
  environmentId: dev.id,
  metadata: { reference: "task", name: "Task" },
  spec: { command: "true" },
});`),
    });
    const { engine, emulator } = scene;
    const asked: unknown[] = [];
    const count = async (command: "up" | "refresh" | "destroy") => {
      emulator.admin.resetCalls();
      const { code } = await engine[command]();
      asked.push([command, code, emulator.calls()["IdentityService/GetAuthenticatedIdentity"]]);
    };

    await count("up");
    await count("up");
    await count("refresh");
    await count("destroy");

    expect(asked).toEqual([
      ["up", 0, 1],
      ["up", 0, 1],
      ["refresh", 0, 1],
      ["destroy", 0, 1],
    ]);
  },
);

test.each(adapters)(
  "on the %s adapter get reads what exists without managing it, and refuses what does not exist",
  async (adapter) => {
    const scene = await openScene({
      adapter,
      program: javascript(
        `new gitpod.Group("made", { organizationId: "${ids.organization}", name: "Made elsewhere" });`,
      ),
    });
    const { engine, emulator } = scene;
    await engine.up();
    const [made] = emulator.admin.objects("groups") as { id: string }[];
    const get = (id: string) => ({
      ...javascript(`
new gitpod.Group("made", { organizationId: "${ids.organization}", name: "Made elsewhere" });
const found = gitpod.Group.get("found", "${id}");
module.exports = { name: found.name };`),
    });

    engine.write(get(made?.id ?? ""));
    const found = outcomeOf(await engine.up());
    const outputs = await engine.outputs();
    engine.write(get(ids.colleague));
    const missing = await engine.preview();

    expect(found).toEqual({ code: 0, operations: { made: "same", found: "read" }, complaints: [] });
    expect(outputs).toEqual({ name: "Made elsewhere" });
    expect(complaintsOf(missing)).toEqual([
      expect.stringMatching(new RegExp(`^found: .*${ids.colleague}'? does not exist`, "s")),
      "preview failed",
    ]);
  },
);
