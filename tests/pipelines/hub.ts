import { createServer, type IncomingMessage } from "node:http";
import { afterTest } from "../after-test";

/** A comment or an issue that a workflow has written. */
export interface Written {
  readonly id: number;
  readonly number: number;
  readonly user: { readonly login: string };
  title?: string;
  body: string;
  state: string;
}

/** The few calls of GitHub's API that the recipes make. */
export interface Hub {
  readonly url: string;
  /** A token that may do what the permissions of a job say. */
  token(permissions: Record<string, string>): string;
  /** The comments of each pull request, by its number. */
  readonly comments: Record<string, Written[]>;
  readonly issues: Written[];
  /** The pull requests by their numbers, with the branch of each. */
  readonly pulls: Record<
    string,
    { state: "open" | "closed"; readonly head: { readonly ref: string; readonly sha: string } }
  >;
}

/** Opens a server that ends with the test. */
export async function openHub(repository: string): Promise<Hub> {
  const hub: Omit<Hub, "url"> = {
    token: (permissions) => JSON.stringify(permissions),
    comments: {},
    issues: [],
    pulls: {},
  };
  const server = createServer(async (request, response) => {
    const { status, body } = answer(hub, repository, request, await textOf(request));
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterTest(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { ...hub, url: `http://127.0.0.1:${address.port}` };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function answer(hub: Omit<Hub, "url">, repository: string, request: IncomingMessage, text: string): Answer {
  const { pathname } = new URL(request.url ?? "", "http://hub.test");
  const call = `${request.method} ${pathname.replace(`/repos/${repository}`, "")}`;
  for (const [pattern, needed, act] of routes) {
    const found = pattern.exec(call);
    if (!found) continue;
    if (!mayDo(request.headers.authorization, needed))
      return { status: 403, body: "Resource not accessible by integration" };
    return { status: 200, body: act(hub, found[1] ?? "", text === "" ? {} : JSON.parse(text)) ?? {} };
  }
  return { status: 404, body: "Not Found" };
}

type Act = (hub: Omit<Hub, "url">, id: string, body: Partial<Written>) => unknown;

/** Each call with the permissions of which a token needs one. */
const routes: readonly [RegExp, string[], Act][] = [
  [
    /^GET \/issues\/(\d+)\/comments$/,
    ["pull-requests: read", "issues: read"],
    ({ comments }, id) => comments[id] ?? [],
  ],
  [
    /^POST \/issues\/(\d+)\/comments$/,
    ["pull-requests: write", "issues: write"],
    ({ comments }, id, body) => {
      comments[id] = [...(comments[id] ?? []), made(Object.values(comments).flat().length + 1, body)];
    },
  ],
  [
    /^PATCH \/issues\/comments\/(\d+)$/,
    ["pull-requests: write", "issues: write"],
    ({ comments }, id, body) => {
      Object.assign(
        Object.values(comments)
          .flat()
          .find((each) => String(each.id) === id) ?? {},
        body,
      );
    },
  ],
  [/^GET \/issues$/, ["issues: read"], ({ issues }) => issues.filter(({ state }) => state === "open")],
  [/^POST \/issues$/, ["issues: write"], ({ issues }, _, body) => void issues.push(made(issues.length + 1, body))],
  [
    /^PATCH \/issues\/(\d+)$/,
    ["issues: write"],
    ({ issues }, id, body) => {
      Object.assign(issues.find(({ number }) => String(number) === id) ?? {}, body);
    },
  ],
  [
    /^GET \/pulls$/,
    ["pull-requests: read"],
    ({ pulls }) =>
      Object.entries(pulls).flatMap(([number, { state }]) => (state === "open" ? [{ number: Number(number) }] : [])),
  ],
  [/^GET \/pulls\/(\d+)$/, ["pull-requests: read"], ({ pulls }, id) => pulls[id]],
];

const made = (id: number, body: Partial<Written>): Written => ({
  body: "",
  state: "open",
  ...body,
  id,
  number: id,
  user: { login: "github-actions[bot]" },
});

function mayDo(authorization: string | undefined, needed: readonly string[]): boolean {
  const permissions: Record<string, string> = JSON.parse(authorization?.replace(/^Bearer /, "") || "{}");
  return needed.some((need) => {
    const [scope = "", level = ""] = need.split(": ");
    return permissions[scope] === "write" || permissions[scope] === level;
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
