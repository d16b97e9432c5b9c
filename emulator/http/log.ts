import type { IncomingMessage, ServerResponse } from "node:http";
import { ServicePhase } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentPhase } from "../../proto/gen/gitpod/v1/environment_pb";
import { isOver } from "../automation/execution-step";
import { openedBy } from "../key";
import { environmentLog, executionLog, prebuildLog, runnerLog, serviceLog } from "../log";
import { isPrebuilding } from "../project/prebuild";
import type { Site } from "../site";

/**
 * Answers with the log of a runner, a prebuild, an environment, a service or an execution to a holder of a logs token: what there is, and then
 * what is added, until nothing can be anymore.
 */
export function answerLog(site: Site, path: string, request: IncomingMessage, response: ServerResponse): void {
  const found = find(site, path);
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (found === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("no such log\n");
    return;
  }
  if (openedBy(site, token, "logs") !== found.ownerId) {
    response.writeHead(401, { "content-type": "text/plain" }).end("a logs token of its object is required\n");
    return;
  }
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).flushHeaders();
  follow(site, path, response);
}

function follow(site: Site, path: string, response: ServerResponse): void {
  let written = 0;
  const write = () => {
    const { lines = [], isLive = false } = find(site, path) ?? {};
    response.write(
      lines
        .slice(written)
        .map((line) => `${line}\n`)
        .join(""),
    );
    written = Math.max(written, lines.length);
    if (!isLive) {
      unwatch();
      response.end();
    }
  };
  const unwatch = site.changes.watch(write);
  response.once("close", unwatch);
  write();
}

interface Log {
  /** What the tokens that open it are tokens of. */
  readonly ownerId: string;
  readonly lines: string[];
  /** Whether more may be added. */
  readonly isLive: boolean;
}

function find(site: Site, path: string): Log | undefined {
  const [, , kind = "", id = ""] = path.split("/");
  const { environments, prebuilds, runners, services, taskExecutions } = site.world;
  const environment = kind === "environments" ? environments.rows.get(id) : undefined;
  const service = kind === "services" ? services.rows.get(id) : undefined;
  const execution = kind === "executions" ? taskExecutions.rows.get(id) : undefined;
  const runner = kind === "runners" ? runners.rows.get(id) : undefined;
  if (runner !== undefined) {
    return { ownerId: id, lines: runnerLog(runner), isLive: true };
  }
  const prebuild = kind === "prebuilds" ? prebuilds.rows.get(id) : undefined;
  if (prebuild !== undefined) {
    return { ownerId: id, lines: prebuildLog(prebuild), isLive: isPrebuilding(prebuild.remote.status.phase) };
  }
  const ownerId = (environment ?? service ?? execution)?.owner.environmentId;
  if (ownerId === undefined) {
    return undefined;
  }
  if (environment !== undefined) {
    return { ownerId, lines: environmentLog(environment), isLive: !atRest.has(environment.remote.status.phase) };
  }
  if (service !== undefined) {
    const isLive = service.owed.action === "start" || !ended.has(service.remote.status.phase);
    return { ownerId, lines: serviceLog(service), isLive };
  }
  return (
    execution && {
      ownerId,
      lines: executionLog(execution),
      isLive: !isOver(execution.remote.status.phase),
    }
  );
}

const atRest = new Set([EnvironmentPhase.STOPPED, EnvironmentPhase.DELETING, EnvironmentPhase.DELETED]);
const ended = new Set([ServicePhase.STOPPED, ServicePhase.FAILED, ServicePhase.DELETED]);
