import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pulumiOnPath } from "../../tools/pulumi/on-path";
import { testedVersion } from "../../tools/pulumi/version";

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-on-path-"));
  said = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

test("a CLI that is new enough and has its language host beside it is taken", async () => {
  program("pulumi", `echo v${testedVersion}`);
  program("pulumi-language-nodejs", "exit 0");

  const cli = await find();

  expect(cli).toMatchObject({ bin: join(folder, "pulumi"), version: testedVersion });
  expect(said).toEqual([]);
});

test("a CLI that is too old is passed over, with its version and the reason", async () => {
  program("pulumi", "echo v3.100.0");
  program("pulumi-language-nodejs", "exit 0");

  expect(await find()).toBeUndefined();

  expect(said).toEqual([
    `Passing over ${join(folder, "pulumi")}: it is 3.100.0, and ${testedVersion} is the oldest that the engine tests have passed on.`,
  ]);
});

test("a CLI without its Node.js language host is passed over, with the name of what is missing", async () => {
  program("pulumi", `echo v${testedVersion}`);

  expect(await find()).toBeUndefined();

  expect(said).toEqual([expect.stringContaining("pulumi-language-nodejs")]);
});

test("a CLI that does not run is passed over", async () => {
  program("pulumi", "exit 3");

  expect(await find()).toBeUndefined();

  expect(said).toEqual([expect.stringContaining("does not answer")]);
});

test("a PATH without a CLI is passed over without a word", async () => {
  expect(await find()).toBeUndefined();

  expect(said).toEqual([]);
});

function find() {
  return pulumiOnPath((line) => said.push(line), [folder]);
}

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}
