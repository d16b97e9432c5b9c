import { type Api, apis } from "./api";

/**
 * Turns a host as people write it (scheme optional, slashes behind it, with or without the path that the API's base URL
 * ends in) into that base URL.
 *
 * A host without a scheme gets `https`, a loopback one `http`. Plain `http` to any other host is refused, because the
 * token would travel in clear. What cannot be a host is refused without being printed: it may be a token in the wrong
 * place.
 *
 * @throws Error one sentence that names `from`, the setting to correct.
 */
export function baseUrl(host: string, from: string, api: Api = apis.index): string {
  const text = host.trim();
  const stated = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const parsed = parse(stated ? text : `https://${text}`);
  if (parsed === undefined || !isHostName(parsed.hostname, stated)) {
    throw new Error(`${from} is not the address of a host: set it to one such as ${api.products[0].home}.`);
  }
  const url = !stated && isLoopback(parsed.hostname) ? new URL(`http://${text}`) : parsed;
  if (url.protocol !== "https:" && !isLoopback(url.hostname)) {
    throw new Error(
      `${from} does not start with https://, so the token would travel in clear: use https (http is for localhost only).`,
    );
  }
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path.endsWith(api.path) ? path : `${path}${api.path}`}`;
}

/** Tells whether a URL's host name is this machine, where nothing travels over a network. */
export function isLoopback(hostname: string): boolean {
  return /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
}

function parse(text: string): URL | undefined {
  if (/\s/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  return plain && /^https?:$/.test(url.protocol) ? url : undefined;
}

function isHostName(hostname: string, schemeStated: boolean): boolean {
  if (isLoopback(hostname) || /^\[.*\]$/.test(hostname)) return true;
  const labels = hostname.replace(/\.$/, "").split(".");
  return (
    hostname.length <= 253 &&
    labels.every((label) => label.length >= 1 && label.length <= 63) &&
    (schemeStated || labels.length > 1)
  );
}
