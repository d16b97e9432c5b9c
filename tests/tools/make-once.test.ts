import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeOnce } from "../../tools/pulumi/make-once";

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "pulumi-gitpod-make-once-"));
  folder = join(parent, "made");
});

afterEach(() => rmSync(parent, { recursive: true }));

test("what is made appears under its name when it is finished, and nothing is left beside it", async () => {
  await makeOnce(
    folder,
    async (unfinished) => {
      writeFileSync(join(unfinished, "file"), "made");
      expect(existsSync(folder)).toBe(false);
    },
    silent,
  );

  expect(readFileSync(join(folder, "file"), "utf8")).toBe("made");
  expect(readdirSync(parent)).toEqual(["made"]);
});

test("a failure leaves nothing half-made, and the next caller makes it", async () => {
  const failing = makeOnce(folder, () => Promise.reject(new Error("no compiler")), silent);
  await expect(failing).rejects.toThrow("no compiler");
  expect(readdirSync(parent)).toEqual([]);

  await makeOnce(folder, async () => {}, silent);

  expect(readdirSync(parent)).toEqual(["made"]);
});

test("two callers at the same time make it once", async () => {
  let made = 0;
  const make = async () => {
    made++;
  };

  await Promise.all([makeOnce(folder, make, silent), makeOnce(folder, make, silent)]);

  expect(made).toBe(1);
});

test("the lock and the half of a killed caller are cleared away", async () => {
  mkdirSync(`${folder}.lock`);
  utimesSync(`${folder}.lock`, 0, 0);
  mkdirSync(`${folder}.unfinished-1`);

  await makeOnce(folder, async () => {}, silent);

  expect(readdirSync(parent)).toEqual(["made"]);
});

function silent(): void {}
