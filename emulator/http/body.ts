import type { IncomingMessage } from "node:http";

const limit = 1_000_000;

/** Reads the body of a request as text, up to a million bytes. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) {
      throw new Error(`the body is longer than ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The body of a request to the admin API; its form is trusted, and what is wrong with it shows as an error. */
export function parse<Body>(text: string): Body {
  return JSON.parse(text);
}

/** Acts, and answers that nothing else is to be said. */
export function done(act: () => void): object {
  act();
  return {};
}
