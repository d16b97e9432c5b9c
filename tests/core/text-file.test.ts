import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../provider/check/check";
import { inputsOf } from "../../provider/mapping/live-inputs";
import { automationsFile, prompt, secret } from "../../provider/resources";
import { readText } from "../../provider/value/text-file";

const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-text-"));
const file = join(folder, "automations.yaml");
const text = `tasks:
  lint:
    name: Prüfen 🚀
    command: |
      npm ci
      npm run lint
`;
const onWindows = text.replaceAll("\n", "\r\n");
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The ways in which editors and shells write the same text. */
const written: [what: string, bytes: Buffer][] = [
  ["with the line ends of Windows", Buffer.from(onWindows)],
  ["with a byte order mark", Buffer.from(`\ufeff${text}`)],
  ["as Notepad writes it", Buffer.from(`\ufeff${onWindows}`)],
  ["as Windows PowerShell redirects it", Buffer.from(`\ufeff${onWindows}`, "utf16le")],
  ["in UTF-16 with the other order of bytes", swapped(Buffer.from(`\ufeff${onWindows}`, "utf16le"))],
];

test.each(written)("a file that is written %s says the same", (_what, bytes) => {
  const environmentId = "0199a1b2-0000-7000-8000-000000000001";
  const plain = check(automationsFile, { environmentId, yaml: text });
  writeFileSync(file, bytes);

  expect(readText(file)).toBe(text);
  expect(check(automationsFile, { environmentId, path: file })).toEqual(plain);
  expect(check(automationsFile, { environmentId, yaml: `\ufeff${onWindows}` })).toEqual(plain);
  expect(plain.failures).toEqual([]);
});

test.each([
  ["of another encoding", Buffer.from("name: Pr\xfcfen\n", "latin1")],
  ["in UTF-16 without its mark", Buffer.from("name: Demo\n", "utf16le")],
  ["in half a character", Buffer.from([0xff, 0xfe, 0x00])],
])("a file %s is refused in words, and by its name", (_what, bytes) => {
  writeFileSync(file, bytes);

  expect(() => readText(file)).toThrow(`${file} is not text in UTF-8, and not marked as UTF-16: save it in UTF-8`);
});

test("a text that a program has read from such a file is the same text, but for a secret, which is sent as it stands", () => {
  const given = { name: "Kind", command: "kind", prompt: "\ufeffBe kind.\r\nBe short.\r\n" };
  const scope = { projectId: "0199a1b2-0000-7000-8000-000000000001" };

  const { inputs: prompted } = check(prompt, given);
  const { inputs: kept } = check(secret, { name: "KEY", scope, environmentVariable: true, value: "a\r\nb\r\n" });

  const typed = { metadata: { name: "Kind" }, spec: { isCommand: true, command: "kind", prompt: given.prompt } };
  expect(inputsOf(prompt, typed, prompted)).toEqual(prompted);
  expect(prompted).toMatchObject({ prompt: "Be kind.\nBe short.\n" });
  expect(kept).toMatchObject({ value: "a\r\nb\r\n" });
});
