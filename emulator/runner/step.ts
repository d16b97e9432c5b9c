import { randomBytes } from "node:crypto";
import { RunnerPhase as Phase } from "../../proto/gen/gitpod/v1/runner_pb";
import { changed } from "../change";
import { openedBy, spendKey } from "../key";
import { type Site, second } from "../site";
import { isStuck } from "../stuck";
import type { RunnerRow } from "../world";

/**
 * Deploys the runner that an exchange token belongs to, as the stack in its owner's cloud does: the token is used up, and
 * with the next step the runner comes up. Returns the id of the runner.
 */
export function deployRunner(site: Site, exchangeToken: string): string {
  const row = site.world.runners.rows.get(openedBy(site, exchangeToken, "exchange") ?? "");
  if (row === undefined || row.linger !== undefined) {
    throw new Error("no runner for this exchange token: it is unknown, used up or older than 24 hours");
  }
  spendKey(site, exchangeToken);
  row.owed = { ...row.owed, deployed: true };
  return row.id;
}

/** Brings a deployed runner up; false when there is none to bring up, or its name lets it never come up. */
export function stepRunner(site: Site, row: RunnerRow): boolean {
  const { name, spec, status } = row.remote;
  if (row.owed?.deployed !== true || isStuck(name, "STARTING", "starting")) {
    return false;
  }
  row.owed = { ...row.owed, deployed: false };
  const isDegraded = name.includes("fail");
  Object.assign(status, {
    phase: isDegraded ? Phase.DEGRADED : Phase.ACTIVE,
    message: isDegraded ? "the runner cannot reach its machines" : "",
    version: "1.0.0",
    region: spec.configuration.region,
    publicKey: status.publicKey.byteLength === 0 ? randomBytes(32) : status.publicKey,
    updatedAt: second(site),
  });
  changed(site, site.world.runners, row);
  return true;
}
