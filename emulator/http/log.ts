import type { IncomingMessage, ServerResponse } from "node:http";
import { isOpenedBy } from "../environment/key";
import { environmentLog, executionLog, serviceLog } from "../log";
import type { Site } from "../site";

/** Answers with the log of an environment, a service or an execution to a holder of a logs token. */
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
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
  response.end(found.lines.map((line) => `${line}\n`).join(""));
}

function find(site: Site, path: string): { environmentId: string; lines: string[] } | undefined {
  const [, , kind = "", id = ""] = path.split("/");
  const { environments, services, taskExecutions } = site.world;
  const environment = kind === "environments" ? environments.rows.get(id) : undefined;
  const service = kind === "services" ? services.rows.get(id) : undefined;
  const execution = kind === "executions" ? taskExecutions.rows.get(id) : undefined;
  const environmentId = (environment ?? service ?? execution)?.owner.environmentId;
  if (environmentId === undefined) {
    return undefined;
  }
  const lines = [
    ...(environment === undefined ? [] : environmentLog(environment)),
    ...(service === undefined ? [] : serviceLog(service)),
    ...(execution === undefined ? [] : executionLog(execution)),
  ];
  return { environmentId, lines };
}
