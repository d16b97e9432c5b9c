import { type Agent, get as httpGet, type IncomingMessage } from "node:http";
import { get as httpsGet } from "node:https";
import { isLoopback } from "./base-url";
import { createProxyAgent } from "./proxy";

/** What a download may set: its cancellation, and how many bytes at the end of it are kept. */
export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly tail: number;
}

/** Where a download goes: the base URL of the API, and the proxy on the way. */
export interface Route {
  readonly host: string;
  readonly proxy: URL | undefined;
}

/** A download that was refused. */
export class HttpError extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/**
 * Reads the end of a text behind a URL that the API has given, with a bearer token made for it; redirections are not
 * followed. A text that does not end in time, or is endless, counts as far as it got. Where its beginning is left out,
 * the first whole line is the first one.
 *
 * @throws HttpError when the answer is not a success, Error when there is none or the URL is not safe.
 */
export async function download(
  url: string,
  token: string,
  { host, proxy }: Route,
  options: DownloadOptions,
): Promise<string> {
  const { protocol, hostname } = new URL(url);
  if (!isSafe(protocol, hostname, host)) throw new Error("the URL is not safe");
  const agent =
    proxy && !isLoopback(hostname) ? createProxyAgent(proxy, { keepAlive: false, maxSockets: 1 }) : undefined;
  const answer = await open(url, token, agent, options.signal);
  if (answer.statusCode !== 200) {
    answer.destroy();
    throw new HttpError(answer.statusCode ?? 0);
  }
  return endOf(answer, options.tail);
}

/** Plain http, and this machine, are for an API that is on this machine itself. */
function isSafe(protocol: string, hostname: string, host: string): boolean {
  if (isLoopback(hostname) && !isLoopback(new URL(host).hostname)) return false;
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

function open(url: string, token: string, agent: Agent | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.startsWith("https:") ? httpsGet : httpGet;
  const headers = { Authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    get(url, { headers, signal, agent: agent ?? false }, resolve).once("error", reject);
  });
}

async function endOf(answer: IncomingMessage, most: number): Promise<string> {
  let tail: Buffer = Buffer.alloc(0);
  let length = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length;
      tail = Buffer.concat([tail, chunk]).subarray(-most);
      if (length > longest) break;
    }
  } catch (error) {
    if (length === 0) throw error;
  }
  return length > tail.length ? withoutFirstLine(tail) : tail.toString("utf8");
}

/** What stands before the first line break may be the end of a secret that nobody would recognize. */
function withoutFirstLine(tail: Buffer): string {
  const end = tail.indexOf("\n");
  return end < 0 ? "" : tail.subarray(end + 1).toString("utf8");
}

/** Bytes after which a text counts as endless. */
const longest = 16 * 1024 * 1024;
