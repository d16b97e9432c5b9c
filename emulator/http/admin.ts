import type { IncomingMessage, ServerResponse } from "node:http";
import { settle, step } from "../step";
import { type TableName, tablesOf } from "../world";
import { readBody } from "./body";
import type { Served } from "./server";

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
 */
export async function answerAdmin(
  served: Served,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  if (!["127.0.0.1", "localhost", "[::1]"].includes(host)) {
    reply(response, 403, { error: "the admin API answers on the loopback interface only" });
    return;
  }
  try {
    const text = await readBody(request);
    const parts = path.split("/").slice(2).map(decodeURIComponent);
    const result = act(served, request.method ?? "", parts, text === "" ? {} : JSON.parse(text));
    reply(response, result === undefined ? 404 : 200, result ?? { error: `no ${request.method} ${path}` });
  } catch (reason) {
    reply(response, 400, { error: reason instanceof Error ? reason.message : String(reason) });
  }
}

// The body comes from a test of our own, so its form is trusted; what is wrong with it shows as an error.
// biome-ignore lint/suspicious/noExplicitAny: the host boundary of a local test interface
function act({ site, admin }: Served, method: string, parts: string[], body: any): object | undefined {
  const [first = "", second = "", third = ""] = parts;
  const done = (_: void) => ({});
  switch (`${method} ${first}`) {
    case "GET calls":
      return admin.calls();
    case "DELETE calls":
      return done(admin.resetCalls());
    case "POST faults":
      return done(admin.fault(body));
    case "DELETE faults":
      return done(admin.clearFaults());
    case "POST lag":
      return done(admin.lag(body.reads));
    case "GET streams":
      return { open: admin.streams() };
    case "POST streams":
      return { cut: admin.cutStreams(body.end) };
    case "POST events":
      return done(admin.sendEvent(body));
    case "POST step":
      return { moved: Array.from({ length: body.count ?? 1 }, () => step(site)).at(-1) ?? 0 };
    case "POST settle":
      return { steps: settle(site) };
    case "POST tokens":
      return done(admin.setToken(second, body));
    case "GET objects":
      return admin.objects(tableName(site, second));
    case "PATCH objects":
      return done(admin.patch(tableName(site, second), third, body));
    case "DELETE objects":
      return done(admin.remove(tableName(site, second), third));
    case "POST environments":
      return done(third === "stop" ? admin.stopEnvironment(second, body.timeout) : admin.setGitStatus(second, body));
    default:
      return undefined;
  }
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
