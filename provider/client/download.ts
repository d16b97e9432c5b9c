import { type Agent, get as httpGet, type IncomingMessage } from "node:http";
import { get as httpsGet } from "node:https";
import { isLoopback } from "./base-url";
import { createProxyAgent } from "./proxy";

/** What a download may set: its cancellation, and how many bytes at the end of it are kept. */
export type DownloadOptions = { readonly signal: AbortSignal; readonly tail: number };

/**
 * Reads the end of a text behind a URL that the API has given, with a bearer token made for it.
 *
 * @throws Error when the URL is neither https nor on this machine, or the answer is not a success.
 */
export async function download(
  url: string,
  token: string,
  proxy: URL | undefined,
  options: DownloadOptions,
): Promise<string> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname))) throw new Error("the URL is not safe");
  const agent =
    proxy && !isLoopback(hostname) ? createProxyAgent(proxy, { keepAlive: false, maxSockets: 1 }) : undefined;
  const answer = await open(url, token, agent, options.signal);
  if (answer.statusCode !== 200) {
    answer.destroy();
    throw new Error(`HTTP ${answer.statusCode}`);
  }
  let tail = Buffer.alloc(0);
  for await (const chunk of answer) tail = Buffer.concat([tail, chunk as Buffer]).subarray(-options.tail);
  return tail.toString("utf8");
}

function open(url: string, token: string, agent: Agent | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.startsWith("https:") ? httpsGet : httpGet;
  const headers = { Authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    get(url, { headers, signal, ...(agent && { agent }) }, resolve).once("error", reject);
  });
}
