import { types } from "node:util";
import { Code } from "@connectrpc/connect";
import { ProxyRefusal } from "../proxy";
import { hostSetting } from "../setting";
import type { Diagnosis, ErrorContext } from "./api-error";

/** Diagnoses a call that never got to a server or lost it on the way, by the codes that Node.js puts on its errors. */
export function unreachable(error: unknown, context: ErrorContext): Diagnosis | undefined {
  for (const link of chain(error)) {
    if (link instanceof ProxyRefusal) {
      const words = `the proxy ${context.proxy ?? ""} refused to connect to ${context.host} with ${link.message}`;
      const advice = "Check HTTPS_PROXY with its user and password, or add the host to NO_PROXY.";
      return { code: Code.Unavailable, words, advice };
    }
    const reason = reasons.find(({ codes }) => codes.test(nodeCode(link)));
    if (reason !== undefined) {
      return {
        code: Code.Unavailable,
        words: `${reason.what(context)}: ${told(link)}`,
        advice: reason.advice(context),
      };
    }
  }
  return undefined;
}

interface Reason {
  readonly codes: RegExp;
  readonly what: (context: ErrorContext) => string;
  readonly advice: (context: ErrorContext) => string;
}

const reasons: readonly Reason[] = [
  {
    codes:
      /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EACCES)$/,
    what: ({ host, proxy }) => `${host} cannot be reached${proxy === undefined ? "" : ` through the proxy ${proxy}`}`,
    advice: (context) =>
      `Check ${hostSetting(context)} and the network${context.proxy === undefined ? "" : ", and HTTPS_PROXY"}.`,
  },
  {
    codes:
      /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_CHAIN_TOO_LONG|INVALID_CA)$/,
    what: ({ host }) => `the certificate of ${host} is not trusted`,
    advice: (context) =>
      `If your organization has its own certificate authority, set NODE_EXTRA_CA_CERTS to the file with its certificate; otherwise check ${hostSetting(context)}.`,
  },
  {
    codes: /^(CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|CRL_\w+|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE)$/,
    what: ({ host }) => `the certificate of ${host} is not valid`,
    advice: (context) => `Check ${hostSetting(context)} and the clock of this machine.`,
  },
  {
    codes: /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+|HPE_\w+)$/,
    what: ({ host }) => `${host} does not speak ${host.startsWith("https:") ? "TLS" : "HTTP"}`,
    advice: (context) => `Check the scheme and the port in ${hostSetting(context)}.`,
  },
  {
    codes: /^(ECONNRESET|ECONNABORTED|EPIPE|ERR_STREAM_\w+)$/,
    what: ({ host }) => `the connection to ${host} was lost`,
    advice: () => "The server may have done what was asked: run it again, and it continues from what is there.",
  },
];

/** By what they are, not by `instanceof`: the errors of Node.js may come from another realm than this module. */
function chain(error: unknown): Error[] {
  const links: Error[] = [];
  for (let link = error; types.isNativeError(link) && !links.includes(link); link = link.cause) links.push(link);
  return links;
}

function nodeCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Node.js says nothing itself when it has tried several addresses. */
function told(error: Error): string {
  if (error.message !== "" || !("errors" in error) || !Array.isArray(error.errors))
    return error.message || nodeCode(error);
  const each = error.errors.map((one: unknown) => (types.isNativeError(one) ? one.message : String(one)));
  return [...new Set(each)].join(", ");
}
