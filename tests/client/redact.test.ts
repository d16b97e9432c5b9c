import { redact } from "../../provider/client/error/redact";

test.each<[string, string, string[], string]>([
  ["every occurrence", "abcd and abcd", ["abcd"], "[secret] and [secret]"],
  ["the longest first", "abcdefgh abcd", ["abcd", "abcdefgh"], "[secret] [secret]"],
  ["as JSON writes it", 'got "a\\"b\\nc"', ['a"b\nc'], 'got "[secret]"'],
  ["as a URL writes it", "/x?t=a%2Fb%20c", ["a/b c"], "/x?t=[secret]"],
  ["a long line of several", "bad line MIIEvQIBADANBgkqhk", ["-----BEGIN\nMIIEvQIBADANBgkqhk\n"], "bad line [secret]"],
  ["as the text that its bytes are", "bad canary of bytes", [btoa("canary of bytes")], "bad [secret]"],
  ["without the newline behind it", "echo abcd!", ["abcd\n"], "echo [secret]!"],
  ["nothing for a short one", "a fat cat", ["a", "cat", ""], "a fat cat"],
  ["replacement patterns are text", "x$&y", ["x$&y"], "[secret]"],
  ["lone surrogates do no harm", "abcd", ["\ud800abc"], "abcd"],
])("a secret is replaced: %s", (_, text, secrets, redacted) => {
  expect(redact(text, secrets)).toBe(redacted);
});
