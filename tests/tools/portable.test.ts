import { portableBreaches } from "../../tools/rules/portable";
import { portableCodeBreaches } from "../../tools/rules/portable-code";
import {
  importCaseBreaches,
  lineEndBreaches,
  modeBreaches,
  portableNameBreaches,
} from "../../tools/rules/portable-names";

const named = (...paths: string[]) => paths.map((path) => ({ path, text: "" }));
const attributes = { path: ".gitattributes", text: "* text=auto eol=lf\n*.cmd text eol=crlf\n" };

test("nothing in the repository is for one kind of system only", async () => {
  expect(await portableBreaches()).toEqual([]);
});

// Put together here, so that this file does not hold what it looks for.
test.each([
  ["the URL of a file put together", ["`file:", "//$", "{place}`"]],
  ["a path put together", ["`$", "{folder}/a`"]],
  ["a path added up", ["folder +", ' "/a"']],
  ["a path taken apart", ["file.split(", '"/")']],
  ["the path of a URL", ["new URL(a, import.meta.url)", ".pathname"]],
  ["npm without a shell", ["spawn(", '"npm", ["ci"], { cwd })']],
  ["a signal", ["child.kill(", '"SIG', 'HUP")']],
  ["a group of processes", ["process.kill(", "-child.pid)"]],
  ["a folder for temporary files", ['mkdir("/', 'tmp/a")']],
  ["what takes everything", ['open("/dev', '/null")']],
  ["a time as a name", ["join(folder, new Date().to", "ISOString())"]],
])("%s is found, with its line", (_what, parts) => {
  const code = parts.join("");

  expect(portableCodeBreaches([{ path: "tools/a.ts", text: `const a = 1;\n${code};\n` }])).toEqual([
    expect.stringMatching(/^tools\/a\.ts:2 has .+: .+/),
  ]);
  expect(portableCodeBreaches([{ path: "examples/a/index.ts", text: code }])).toEqual([]);
});

test.each([
  ["npm with a shell", 'spawnSync("npm", ["ci"], { shell: windows })'],
  ["the path of a route", 'request.url.split("/")'],
  ["a command of an environment", '{ start: "tail -f /dev/null" }'],
  ["a signal that all have", 'child.kill("SIGTERM")'],
])("%s is left alone", (_what, text) => {
  expect(portableCodeBreaches([{ path: "tools/a.ts", text }])).toEqual([]);
});

test("names that Windows forbids, and names that are one where case does not count, are found", () => {
  expect(portableNameBreaches(named("a/aux.ts", "a/b:c", "a/d.", "Nul", "a/auxiliary.ts"))).toEqual(
    ["a/aux.ts", "a/b:c", "a/d.", "Nul"].map((path) => `${path}: Windows allows no such name`),
  );
  expect(portableNameBreaches(named("docs/a.md", "Docs/b.md", "docs/A.md"))).toEqual([
    "Docs and docs are one where case does not count",
    "docs/A.md and docs/a.md are one where case does not count",
  ]);
});

test("an import that spells its file otherwise is found", () => {
  const files = [...named("a/Reader.ts", "a/b/index.ts"), { path: "a/c.ts", text: "" }];
  const importing = (text: string) => importCaseBreaches([...files, { path: "a/d.ts", text }]);

  expect(importing('import { a } from "./reader";\nconst b = require("./B");\n')).toEqual([
    "a/d.ts imports ./reader, and the file is called a/Reader",
    "a/d.ts imports ./B, and the file is called a/b",
  ]);
  expect(importing('import { a } from "./Reader";\nimport "./b";\nimport { c } from "./c";\n')).toEqual([]);
});

test("line ends of another system are found, and so is a checkout that would make them", () => {
  const files = [
    { path: "a.ts", text: "a\r\nb\n" },
    { path: "a.cmd", text: "a\r\nb\n" },
    { path: "b.cmd", text: "a\r\nb\r\n" },
  ];

  expect(lineEndBreaches([attributes, ...files])).toEqual(["a.ts has CRLF", "a.cmd has LF"]);
  expect(lineEndBreaches([{ ...attributes, text: "* text=auto\n*.cmd text eol=crlf\n" }])).toEqual([
    ".gitattributes lacks `* text=auto eol=lf`, so that Git on Windows changes line ends",
  ]);
});

test("a script that Git does not make executable is found, by the mode in its index", () => {
  const script = { path: "ci/a.sh", text: "#!/bin/sh\n" };

  expect(modeBreaches([script], new Map([["ci/a.sh", "100644"]]))).toEqual([
    "ci/a.sh is a script, and not executable: git update-index --chmod=+x ci/a.sh",
  ]);
  expect(modeBreaches([script], new Map([["ci/a.sh", "100755"]]))).toEqual([]);
});
