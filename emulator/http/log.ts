import type { IncomingMessage, ServerResponse } from "node:http";
import { ServicePhase } from "../../proto/gen/gitpod/v1/environment_automation_pb";
import { EnvironmentPhase } from "../../proto/gen/gitpod/v1/environment_pb";
import { isOver } from "../automation/execution-step";
import { isOpenedBy } from "../environment/key";
import { environmentLog, executionLog, serviceLog } from "../log";
import type { Site } from "../site";

/**
 * Answers with the log of an environment, a service or an execution to a holder of a logs token: what there is, and then
 * what is added, until nothing can be anymore.
 */
export function answerLog(site: Site, path: string, request: IncomingMessage, response: ServerResponse): void {
  const found = find(site, path);
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (found === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("no such log\n");
    return;
  }
  if (!isOpenedBy(site, token, found.environmentId, "logs")) {
    response.writeHead(401, { "content-type": "text/plain" }).end("a logs token of this environment is required\n");
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
  readonly environmentId: string;
  readonly lines: string[];
  /** Whether more may be added. */
  readonly isLive: boolean;
}

function find(site: Site, path: string): Log | undefined {
  const [, , kind = "", id = ""] = path.split("/");
  const { environments, services, taskExecutions } = site.world;
  const environment = kind === "environments" ? environments.rows.get(id) : undefined;
  const service = kind === "services" ? services.rows.get(id) : undefined;
  const execution = kind === "executions" ? taskExecutions.rows.get(id) : undefined;
  const environmentId = (environment ?? service ?? execution)?.owner.environmentId;
  if (environmentId === undefined) {
    return undefined;
  }
  if (environment !== undefined) {
    return { environmentId, lines: environmentLog(environment), isLive: !atRest.has(environment.remote.status.phase) };
  }
  if (service !== undefined) {
    const isLive = service.owed.action === "start" || !ended.has(service.remote.status.phase);
    return { environmentId, lines: serviceLog(service), isLive };
  }
  return (
    execution && {
      environmentId,
      lines: executionLog(execution),
      isLive: !isOver(execution.remote.status.phase),
    }
  );
}

const atRest = new Set([EnvironmentPhase.STOPPED, EnvironmentPhase.DELETING, EnvironmentPhase.DELETED]);
const ended = new Set([ServicePhase.STOPPED, ServicePhase.FAILED, ServicePhase.DELETED]);
