import type { IncomingMessage, ServerResponse } from "node:http";
import type { JsonObject } from "@bufbuild/protobuf";
import type { Limit } from "../call/limit";
import type { StreamEnd } from "../event/stream";
import type { Fault } from "../fault/rule";
import { settle, step } from "../step";
import { type TableName, type Token, tablesOf } from "../world";
import { done, parse, readBody } from "./body";
import { actOnClassic } from "./classic-admin";
import type { Served } from "./served";

/**
 * Answers the admin API, which needs no token and is reached from this machine only.
 *
 * | request                             | body                                     | does                                   |
 * | ----------------------------------- | ---------------------------------------- | -------------------------------------- |
 * | `GET /admin/calls`                  |                                          | counts of calls by method              |
 * | `DELETE /admin/calls`               |                                          | counts anew                            |
 * | `POST /admin/faults`                | a `Fault`                                | lets something go wrong                |
 * | `DELETE /admin/faults`              |                                          | forgets faults and lag                 |
 * | `POST /admin/lag`                   | `{"reads": 2}`                           | hides new objects for some reads       |
 * | `POST /admin/limit`                 | a `Limit`                                | limits the calls of each caller        |
 * | `DELETE /admin/limit`               |                                          | limits them no more                    |
 * | `GET /admin/limit`                  |                                          | how often each call was refused        |
 * | `POST /admin/streams/cut`           | `{"end": "clean"│"error"│"connection"}`  | ends the streams of events             |
 * | `GET /admin/streams`                |                                          | how many are open                      |
 * | `POST /admin/events`                | an event with enum numbers               | sends it to the streams                |
 * | `POST /admin/step`                  | `{"count": 1}`                           | moves time                             |
 * | `POST /admin/settle`                |                                          | moves time until nothing is owed       |
 * | `POST /admin/tokens/TOKEN`          | part of a `Token`                        | changes or adds a token                |
 * | `GET /admin/objects/TABLE`          |                                          | all objects of a table                 |
 * | `PATCH /admin/objects/TABLE/ID`     | proto-JSON                               | merges it into the object              |
 * | `DELETE /admin/objects/TABLE/ID`    |                                          | removes the object                     |
 * | `POST /admin/environments/ID/stop`  | `{"timeout": "why"}`                     | stops it as the inactivity timeout     |
 * | `POST /admin/environments/ID/git`   | `{"changedFiles":[],"unpushedCommits":[]}` | sets what the working copy reports   |
 * | `POST /admin/members`              | `{"name": "Ada", "role": "admin"}`       | lets a person join, answers `userId`   |
 * | `POST /admin/domains/DOMAIN`        | `{"text": "…"}`                          | sets the record of a domain            |
 * | `POST /admin/apps/ID`               | `{"accountName": "acme"}`                | installs the app of an integration     |
 * | `POST /admin/prebuilds/PROJECT`     |                                          | ends a prebuild of a project           |
 * | `POST /admin/classic/…`             | see `classic-admin.ts`                   | does something to Classic              |
 * | `POST /admin/runners`               | `{"exchangeToken": "…"}`                 | deploys a runner, answers `runnerId`   |
 */
export async function answerAdmin(
  served: Served,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  if (request.headers.origin !== undefined || !["127.0.0.1", "localhost"].includes(host)) {
    // A page in a browser of this machine could reach the port too.
    reply(response, 403, { error: "the admin API answers programs on this machine only" });
    return;
  }
  try {
    const text = await readBody(request);
    const parts = path.split("/").slice(2).map(decodeURIComponent);
    const result = act(served, request.method ?? "", parts, text === "" ? "{}" : text);
    reply(response, result === undefined ? 404 : 200, result ?? { error: `no ${request.method} ${path}` });
  } catch (reason) {
    reply(response, 400, { error: reason instanceof Error ? reason.message : String(reason) });
  }
}

function act({ site, admin }: Served, method: string, parts: string[], text: string): object | undefined {
  const [first = "", second = "", third = ""] = parts;
  switch (`${method} ${first}`) {
    case "GET calls":
      return admin.calls();
    case "DELETE calls":
      return done(() => admin.resetCalls());
    case "POST faults":
      return done(() => admin.fault(parse<Fault>(text)));
    case "DELETE faults":
      return done(() => admin.clearFaults());
    case "POST lag":
      return done(() => admin.lag(parse<{ reads: number }>(text).reads));
    case "POST limit":
      return done(() => admin.limit(parse<Limit>(text)));
    case "DELETE limit":
      return done(() => admin.limit());
    case "GET limit":
      return admin.refused();
    case "GET streams":
      return { open: admin.streams() };
    case "POST streams":
      return { cut: admin.cutStreams(parse<{ end?: StreamEnd }>(text).end) };
    case "POST events":
      return done(() => admin.sendEvent(parse<Parameters<typeof admin.sendEvent>[0]>(text)));
    case "POST step":
      return { moved: stepOften(site, parse<{ count?: number }>(text).count ?? 1) };
    case "POST settle":
      return { steps: settle(site) };
    case "POST tokens":
      return done(() => admin.setToken(second, parse<Partial<Token>>(text)));
    case "GET objects":
      return admin.objects(tableName(site, second));
    case "PATCH objects":
      return done(() => admin.patch(tableName(site, second), third, parse<JsonObject>(text)));
    case "DELETE objects":
      return done(() => admin.remove(tableName(site, second), third));
    case "POST members":
      return { userId: admin.addMember(parse<Parameters<typeof admin.addMember>[0]>(text)) };
    case "POST domains":
      return done(() => admin.setDomainRecord(second, parse<{ text: string }>(text).text));
    case "POST apps":
      return done(() => admin.installApp(second, parse<{ accountName?: string }>(text).accountName));
    case "POST prebuilds":
      return done(() => admin.finishPrebuild(second));
    case "POST runners":
      return { runnerId: admin.deployRunner(parse<{ exchangeToken: string }>(text).exchangeToken) };
    case "POST classic":
      return actOnClassic(admin.classic, parts.slice(1), text);
    case "POST environments":
      return done(() =>
        third === "stop"
          ? admin.stopEnvironment(second, parse<{ timeout?: string }>(text).timeout)
          : admin.setGitStatus(second, parse<{ changedFiles?: string[]; unpushedCommits?: string[] }>(text)),
      );
    default:
      return undefined;
  }
}

function stepOften(site: Served["site"], count: number): number {
  return Array.from({ length: count }, () => step(site)).at(-1) ?? 0;
}

function tableName(site: Served["site"], text: string): TableName {
  const names = Object.keys(tablesOf(site.world));
  const isName = (name: string): name is TableName => names.includes(name);
  if (!isName(text)) {
    throw new Error(`no table ${text}; there are ${names.join(", ")}`);
  }
  return text;
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}
