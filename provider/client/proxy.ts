import { HttpsProxyAgent } from "https-proxy-agent";
import type { Variables } from "./account";
import { isLoopback } from "./base-url";

/**
 * Returns the proxy for a URL from `HTTPS_PROXY` or `ALL_PROXY` (either case), unless `NO_PROXY` excepts its host.
 *
 * `NO_PROXY` is read as curl reads it: names separated by commas or spaces, each covering its subdomains, with an
 * optional port; `*` covers all. This machine is never reached through a proxy, so plain http needs none.
 *
 * @throws Error when the variable is not an http or https URL that can be used.
 */
export function proxyFor(url: string, env: Variables): URL | undefined {
  const target = new URL(url);
  if (isLoopback(target.hostname) || isExcepted(target, setting(env, "NO_PROXY") ?? "")) return undefined;
  const name = ["HTTPS_PROXY", "ALL_PROXY"].find((variable) => setting(env, variable) !== undefined);
  if (name === undefined) return undefined;
  const text = setting(env, name) ?? "";
  const proxy = text.includes("://") ? text : `http://${text}`;
  if (!isUsable(proxy)) {
    throw new Error(`${name} is not a proxy that can be used: set it to an address such as http://proxy.example:3128.`);
  }
  return new URL(proxy);
}

/** Creates an agent that reaches https hosts through a proxy's tunnel. */
export function createProxyAgent(
  proxy: URL,
  options: { keepAlive: boolean; maxSockets: number },
): HttpsProxyAgent<string> {
  const agent = new HttpsProxyAgent(proxy.href, options);
  // The agent replays a refusal as if the host had answered, on a socket that never connects: the call would hang.
  agent.on("proxyConnect", ({ statusCode, statusText }, request) => {
    if (statusCode !== 200) request.destroy(new ProxyRefusal(statusCode, statusText));
  });
  return agent;
}

/** The proxy answered, but does not open a tunnel to the host. */
export class ProxyRefusal extends Error {
  override readonly name = "ProxyRefusal";
  constructor(status: number, text: string) {
    super(`HTTP ${status}${text === "" ? "" : ` ${text}`}`);
  }
}

/** A user or password with a bare `%` parses as a URL, but cannot be decoded into what the proxy is told. */
function isUsable(proxy: string): boolean {
  if (!URL.canParse(proxy)) return false;
  const { protocol, username, password } = new URL(proxy);
  return /^https?:$/.test(protocol) && !/%(?![0-9a-f]{2})/i.test(username + password);
}

function isExcepted(target: URL, exceptions: string): boolean {
  const port = target.port === "" ? "443" : target.port;
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      const [, name = entry, only = port] = /^(.+?):(\d+)$/.exec(entry) ?? [];
      const suffix = name.replace(/^\*?\.?/, "");
      const named = suffix === "" ? name === "*" : target.hostname === suffix || target.hostname.endsWith(`.${suffix}`);
      return named && only === port;
    });
}

function setting(env: Variables, name: string): string | undefined {
  return [env[name], env[name.toLowerCase()]].map((value) => value?.trim()).find((value) => value);
}
