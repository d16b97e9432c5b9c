import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { tokens } from "../../emulator";
import { requireFresh } from "../../tools/fresh";
import { handedCli } from "../../tools/pulumi/cli-environment";
import { root } from "../../tools/root";
import { runScript } from "../../tools/run";
import { afterTest } from "../after-test";
import { openEmulator } from "../scene";
import { fileOf, folderWith, scriptsIn } from "./command";

jest.setTimeout(300_000);

test("a program in TypeScript is imported on the real CLI, and the preview shows no change", async () => {
  requireFresh();
  const { emulator, host, close } = await openEmulator();
  afterTest(close);
  const cwd = folderWith();
  mkdirSync(join(cwd, "state"));
  const cli = await handedCli();
  // What is not published yet is linked where it would be installed.
  const npm = scriptsIn(folderWith(), { npm: `ln -s "${join(root, "node_modules")}" node_modules` });
  const env = {
    ...cli.env,
    PATH: [npm, cli.env.PATH, process.env.PATH].join(delimiter),
    HOME: cwd,
    PULUMI_HOME: join(cwd, "home"),
    PULUMI_BACKEND_URL: pathToFileURL(join(cwd, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "test",
    GITPOD_BASE_URL: host,
    GITPOD_API_KEY: tokens.readOnly,
  };
  const applied = await runScript(fileOf("pulumi-gitpod"), ["adopt", "--apply", "--language", "typescript", "--json"], {
    cwd,
    env,
  });
  const { exit, objects }: { exit: unknown; objects: unknown[] } = JSON.parse(applied.stdout);

  expect(exit).toEqual({ code: 0, reason: "done" });
  expect(applied.stderr).toContain(`= ${objects.length} imported`);
  // The stack stands beside them.
  expect(applied.stderr).toContain(`${objects.length + 1} unchanged`);
  expect(Object.keys(emulator.calls()).filter((name) => !/\/(Get|List)/.test(name))).toEqual([]);
});
