import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requireFresh } from "../../tools/fresh";
import { root } from "../../tools/root";
import { run } from "../command/command";
import { blocksOf } from "../docs/page";
import { writesOf } from "../engine/scene";
import { openAccount } from "./account";
import { openShell } from "./shell";

jest.setTimeout(300_000);
beforeAll(() => requireFresh());

const page = readFileSync(join(root, "docs", "adopt.md"), "utf8");
const [setToken = "", ...commands] = blocksOf("adopt.md", "sh");
const [first = "", ...others] = commands.slice(0, 5);

test.each([
  ["YAML", first],
  ["TypeScript", commands[5] ?? ""],
])("the five commands of the page lead to an empty preview in %s", async (_, adopt) => {
  const account = await openAccount({ count: 40 });
  const shell = await openShell(account);

  const { code, stdout } = await shell.run(".", [adopt, ...others].join("\n"));

  expect(setToken).toBe("export GITPOD_API_KEY=…\n");
  expect([code, stdout.match(/^ +\d+ unchanged$/gm)]).toEqual([0, [expect.any(String)]]);
  expect(writesOf(account)).toEqual([]);
});

test("the page has the options of the command, and no others", async () => {
  const { stdout } = await run(["adopt", "--help"]);

  const optionsIn = (text: string, form: RegExp) => [...text.matchAll(form)].map(([, option]) => option).sort();
  expect(optionsIn(page, /^\| `(--[\w-]+)/gm)).toEqual(
    optionsIn(stdout, /^ +(--[\w-]+)/gm).filter((option) => option !== "--help"),
  );
});
