import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { run as runProgram, runScript } from "../../tools/run";
import { serve, stopAll } from "../client/loopback";
import { fileOf, folderWith, run } from "./command";

const { version }: { version: string } = require("../../package.json");
const commands = ["adopt", "doctor", "emulator", "import-terraform", "probe"];

beforeAll(() => requireFresh());
afterEach(stopAll);

test("each command is in the help, and has a help with an example of its own", async () => {
  const program = await run(["--help"]);
  const each = await Promise.all(commands.map((name) => run([name, "--help"])));

  expect([program.code, program.stderr]).toEqual([0, ""]);
  expect([...program.stdout.matchAll(/^ {2}([a-z][a-z-]*) .* {2}/gm)].map(([, name]) => name)).toEqual(commands);
  expect(each.map(({ code, stderr }) => [code, stderr])).toEqual(commands.map(() => [0, ""]));
  expect(each.map(({ stdout }) => /Example:\n {2}npx pulumi-gitpod (\S+)/.exec(stdout)?.[1])).toEqual(commands);
});

test("the version is that of the package", async () => {
  expect(await run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([
  [["emulate"], "unknown command 'emulate'; did you mean emulator?"],
  [["--verison"], "unknown option '--verison'; did you mean --version?"],
  [["doctor", "--jsn"], "unknown option '--jsn'; did you mean --json?"],
  [["import-terraform", "a", "b"], "too many arguments for 'import-terraform'. Expected 1 argument but got 2."],
])("wrong usage is told in a sentence: %j", async (args, sentence) => {
  expect(await run(args)).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n` });
});

test("without a command the program shows its help as wrong usage", async () => {
  const { code, stdout, stderr } = await run([]);

  expect([code, stdout, stderr.split("\n", 1)]).toEqual([2, "", ["Usage: pulumi-gitpod <command> [options]"]]);
});

test("a failure is told in words", async () => {
  const missing = await run(["import-terraform", "missing.json"]);
  const foreign = await run(["import-terraform", "state.json"], { cwd: folderWith({ "state.json": "{}" }) });

  expect([missing.code, foreign.code]).toEqual([1, 1]);
  expect(missing.stderr).toBe("ENOENT: no such file or directory, open 'missing.json'\n");
  expect(foreign.stderr).toMatch(/^[^\n]+\n$/);
});

test.each(["utf8", "utf16le"] as const)("a state that PowerShell has written in %s is read", async (encoding) => {
  const cwd = folderWith();
  const values = {
    root_module: {
      resources: [{ address: "ona_group.a", mode: "managed", type: "ona_group", name: "a", values: { id: "1" } }],
    },
  };
  const state = JSON.stringify({ format_version: "1.0", values }, undefined, 2).replaceAll("\n", "\r\n");
  writeFileSync(join(cwd, "plain.json"), state);
  writeFileSync(join(cwd, "state.json"), Buffer.from(`\ufeff${state}`, encoding));

  const plain = await run(["import-terraform", "plain.json"], { cwd });

  expect(plain).toMatchObject({ code: 0, stdout: expect.stringContaining('"gitpod:index:Group"') });
  expect(await run(["import-terraform", "state.json"], { cwd })).toEqual(plain);
});

test("a reader that leaves ends the program quietly", async () => {
  const child = spawn(process.execPath, [fileOf("pulumi-gitpod"), "--help"]);
  child.stdout.destroy();
  const said = text(child.stderr);
  const [code] = await once(child, "close");

  expect([code, await said]).toEqual([0, ""]);
});

test("a Ctrl-C ends the program quietly", async () => {
  const { server, url } = await serve(() => {});
  const env = { GITPOD_BASE_URL: url, GITPOD_API_KEY: "token" };
  const child = spawn(process.execPath, [fileOf("pulumi-gitpod"), "doctor"], { env, cwd: folderWith() });
  const said = [text(child.stdout), text(child.stderr)];
  await once(server, "request");
  child.kill("SIGINT");
  const [code] = await once(child, "close");

  expect([code, ...(await Promise.all(said))]).toEqual([130, "", ""]);
});

test("help loads neither protos nor what the commands do", async () => {
  const program = `process.on("exit", () => console.log("\\n" + JSON.stringify(Object.keys(require.cache))));
    process.argv = ["", "", "--help"]; require("./dist/command/main.js");`;
  const { stdout } = await runProgram(process.execPath, ["--eval", program], { cwd: root });
  const files: string[] = JSON.parse(stdout.trim().split("\n").at(-1) ?? "[]");
  const loaded = files.map((file) => relative(root, file)).filter((file) => !/^dist\/command\/[\w-]+\.js$/.test(file));

  expect(loaded.filter((file) => !/^(node_modules\/commander\/|package\.json$)/.test(file))).toEqual([
    "dist/provider/client/user-agent.js",
  ]);
});

test("the commands that were alone run the same", async () => {
  const { stdout } = await runScript(fileOf("pulumi-gitpod-import-terraform"), ["--help"]);

  expect(stdout).toBe((await run(["import-terraform", "--help"])).stdout);
});
