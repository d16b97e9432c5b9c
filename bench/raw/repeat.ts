// Makes calls that are told with the provider's client and nothing else. Node.js runs it in a process of its own, as cold
// as a command: node … HOST TOKEN CLASSIC-TOKEN, the calls as JSON on the standard input.
import { readFileSync } from "node:fs";
import { UserService } from "../../proto/gen/gitpod/experimental/v1/user_pb";
import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import { resolveAccount } from "../../provider/client/account";
import { apis } from "../../provider/client/api";
import { connect } from "../../provider/client/client";
import type { Definition } from "../../provider/model/definition";
import type { Method } from "../../provider/model/descriptor";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";

/** A call of one of the two APIs. */
export interface Call {
  readonly api: keyof typeof apis;
  /** Its name with that of its service. */
  readonly method: string;
  readonly request: JsonObject;
}

async function main(): Promise<void> {
  const [host = "", token = "", classicToken = ""] = process.argv.slice(2);
  const queue: Call[] = JSON.parse(readFileSync(0, "utf8"));
  const clients = {
    index: connect(resolveAccount({ host, token }, {}), { env: {} }),
    experimental: connect(resolveAccount({ classicHost: host, classicToken }, {}, apis.experimental), { env: {} }),
  };
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift())
      // What is not there is asked for as well.
      await clients[next.api].call(methods.get(next.method)!, next.request).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

const methods = new Map<string, Method>(
  [
    IdentityService.method.getAuthenticatedIdentity,
    UserService.method.getAuthenticatedUser,
    ...Object.values<Definition>(resources).flatMap(({ list, get }) => [
      ...(list ? [list] : []),
      ...(get ? [get] : []),
    ]),
  ].map((method) => [`${method.parent.typeName}/${method.name}`, method]),
);

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
