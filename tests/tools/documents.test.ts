import { documentBreaches } from "../../tools/rules/documents";

const code = { path: "provider/check/check.ts", text: "export async function* check() {}\nfunction hidden() {}\n" };
const other = { path: "docs/architecture.md", text: "" };

test("a document may name scripts, files, folders and links that exist, placeholders and other addresses", () => {
  const text =
    "`npm run check` `provider/check/check.ts` `check/check.ts` `check.ts` `provider/` `tests/<kind>.test.ts` `examples/*` [a](docs/architecture.md#top) [b](https://example.com) [c](#here) | `provider/check/check.ts` | `check` |";

  expect(documentBreaches([{ path: "README.md", text }, code, other], ["check"])).toEqual([]);
});

test.each([
  ["README.md", "Run `npm run chekc`.", "`npm run chekc`"],
  ["AGENTS.md", "See `check/chekc.ts`.", "`check/chekc.ts`"],
  ["AGENTS.md", "See `heck.ts`.", "`heck.ts`"],
  ["docs/architecture.md", "| `provider/check/check.ts` | `hidden` |", "`hidden`"],
  ["docs/architecture.md", "See [the check](../provider/chekc.ts).", "provider/chekc.ts"],
])("%s may not name what does not exist: %s", (path, text, named) => {
  expect(documentBreaches([{ path, text }, code], ["check"])).toEqual([expect.stringContaining(named)]);
});
