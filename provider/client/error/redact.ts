import { isUtf8 } from "node:buffer";

/**
 * Replaces every occurrence of the secrets in a text with `[secret]`, also as they look inside JSON or a URL, and what
 * stands in them as base64, which is how inputs state bytes.
 *
 * Secrets of fewer than four characters stay: they occur in ordinary words, so replacing them would make the text
 * unreadable and, by the places where it is cut, tell the secret. Of a secret with several lines each long line counts.
 */
export function redact(text: string, secrets: Iterable<string>): string {
  const forms = [...secrets]
    .flatMap((secret) => [secret, ...decoded(secret)])
    .flatMap((secret) => [secret, ...secret.split(/[\r\n]+/).filter((line) => line.length >= 16)])
    .filter((secret) => secret.trim().length >= 4)
    .flatMap((secret) => [secret, secret.trim(), JSON.stringify(secret).slice(1, -1), encoded(secret)])
    .sort((one, other) => other.length - one.length);
  return forms.reduce((redacted, form) => redacted.replaceAll(form, "[secret]"), text);
}

/** The text that a secret has as base64; none where that would be no text. */
function decoded(secret: string): string[] {
  const bytes = Buffer.from(secret, "base64");
  return secret !== "" && bytes.toString("base64") === secret && isUtf8(bytes) ? [bytes.toString()] : [];
}

function encoded(secret: string): string {
  return encodeURIComponent(secret.replace(/\p{Surrogate}/gu, "\ufffd"));
}
