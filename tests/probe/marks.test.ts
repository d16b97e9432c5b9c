import { assumptions } from "../../probe/assumptions";
import { markBreaches } from "../../tools/rules/marks";
import { sourceFiles } from "../../tools/rules/source-files";

test("every choice that code and documents mark names an assumption that says where", async () => {
  expect(markBreaches(await sourceFiles(), assumptions)).toEqual([]);
});

const assumption = { id: "color-red", said: ["docs/emulator.md", "emulator/color.ts"] };
const document = {
  path: "docs/emulator.md",
  text: "# It\n\n## What it had to choose\n\n| question | it | id |\n| --- | --- | --- |\n| color | red | `color-red` |\n",
};
const code = { path: "emulator/color.ts", text: "// `color-red`: Facts are silent on the color.\nconst color = 1;\n" };

test("a row, a comment and an assumption that agree are no breach", () => {
  expect(markBreaches([document, code], [assumption])).toEqual([]);
});

test.each([
  ["a new row", { ...document, text: `${document.text}| size | big | |\n` }, code, /marks a choice .*\| size \|/],
  [
    "a new comment",
    document,
    { ...code, text: `${code.text}\n// The size\n// is not known.\n` },
    /marks a choice .*The size is not known\./,
  ],
  [
    "a doubt of the provider",
    document,
    { path: "provider/size.ts", text: "/** Big (?). */" },
    /provider\/size.ts marks/,
  ],
  [
    "a doubt of an example",
    document,
    { path: "examples/size/Pulumi.yaml", text: "outputs:\n  # This\n  # assumes that it is big.\n  size: big\n" },
    /examples\/size\/Pulumi.yaml marks/,
  ],
  ["a row that is gone", { ...document, text: document.text.replace(/\| color.*\n/, "") }, code, /names it in no row/],
])("%s without an assumption is a breach", (_, first, second, message) => {
  const breaches = markBreaches([first, second, code], [assumption]);

  expect(breaches).toEqual([expect.stringMatching(message)]);
});
