import { accessSync, constants } from "node:fs";
import { proxyFor } from "../../provider/client/proxy";
import { about, type Check } from "./check";

/** Says what lies between this machine and a URL, as far as variables tell. */
export function network(url: string): Check {
  const { ok, note, wrong } = about("network");
  const { NODE_EXTRA_CA_CERTS: file, NODE_TLS_REJECT_UNAUTHORIZED: verified } = process.env;
  let proxy: string | undefined;
  try {
    proxy = proxyFor(url, process.env)?.origin;
  } catch (error) {
    return wrong("the proxy is not usable", (error as Error).message, { stops: true });
  }
  const says = [
    proxy === undefined ? "no proxy" : `through the proxy ${proxy}`,
    file ? `extra certificates from ${file}` : "no extra certificates",
  ].join(", ");
  if (file && !isReadable(file))
    return wrong(says, "Set NODE_EXTRA_CA_CERTS to a file that can be read; as it is, Node.js passes over it.");
  if (verified === "0")
    return wrong(
      `${says}, certificates are not verified`,
      "Unset NODE_TLS_REJECT_UNAUTHORIZED: anybody on the way can read the token. For a certificate authority of your own set NODE_EXTRA_CA_CERTS.",
    );
  return proxy === undefined && !file ? note(says) : ok(says);
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
