import { createServer, type IncomingMessage } from "node:http";
import { afterTest } from "../../after-test";

/** A note or an issue. */
export interface Written {
  readonly id: number;
  readonly iid: number;
  readonly author: { readonly id: number };
  readonly title?: string;
  readonly body?: string;
  readonly description?: string;
  readonly state: string;
}

/** A merge request. */
export interface MergeRequest {
  readonly iid: number;
  readonly state: string;
  readonly source_branch: string;
  readonly sha: string;
}

/** The few calls of GitLab's API that the recipes make. */
export interface Lab {
  /** Where the API answers. */
  readonly url: string;
  readonly token: string;
  /** The notes of each merge request, by its number. */
  readonly notes: Record<string, Written[]>;
  readonly issues: Written[];
  readonly mergeRequests: MergeRequest[];
}

/** Opens a server that ends with the test. */
export async function openLab(project: string): Promise<Lab> {
  const lab: Omit<Lab, "url"> = { token: "lab-token", notes: {}, issues: [], mergeRequests: [] };
  const server = createServer(async (request, response) => {
    const { status, body, headers = {} } = answer(lab, project, request, await textOf(request));
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterTest(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { ...lab, url: `http://127.0.0.1:${address.port}` };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

function answer(lab: Omit<Lab, "url">, project: string, request: IncomingMessage, text: string): Answer {
  if (request.headers["private-token"] !== lab.token) return { status: 401, body: { message: "401 Unauthorized" } };
  const { pathname, searchParams } = new URL(request.url ?? "", "http://lab.test");
  const call = `${request.method} ${pathname.replace(`/projects/${project}`, "")}`;
  for (const [pattern, act] of routes) {
    const found = pattern.exec(call);
    if (!found) continue;
    const given = act(lab, found.slice(1), text === "" ? {} : JSON.parse(text));
    if (!Array.isArray(given)) return { status: given === undefined ? 404 : 200, body: given ?? { message: "404" } };
    // A page has one of what is listed, so that each list is read to its end.
    const page = Number(searchParams.get("page") ?? 1);
    const wanted = given.filter(({ state }) => [null, state].includes(searchParams.get("state")));
    const next = page < wanted.length ? String(page + 1) : "";
    return { status: 200, body: wanted.slice(page - 1, page), headers: { "x-next-page": next } };
  }
  return { status: 404, body: { message: "404 Not Found" } };
}

interface Sent {
  readonly title?: string;
  readonly body?: string;
  readonly description?: string;
  readonly state_event?: string;
}

const me = { id: 1 };

const routes: readonly [RegExp, (lab: Omit<Lab, "url">, ids: string[], sent: Sent) => unknown][] = [
  [/^GET \/user$/, () => me],
  [/^GET \/merge_requests\/(\d+)\/notes$/, ({ notes }, [of = ""]) => notes[of] ?? []],
  [
    /^POST \/merge_requests\/(\d+)\/notes$/,
    ({ notes }, [of = ""], sent) => {
      const made = written(Object.values(notes).flat().length + 1, sent);
      notes[of] = [...(notes[of] ?? []), made];
      return made;
    },
  ],
  [
    /^PUT \/merge_requests\/(\d+)\/notes\/(\d+)$/,
    ({ notes }, [of = "", id], sent) => renewed(notes[of] ?? [], id, sent),
  ],
  [/^GET \/issues$/, ({ issues }) => issues],
  [
    /^POST \/issues$/,
    ({ issues }, _, sent) => {
      issues.push(written(issues.length + 1, sent));
      return issues.at(-1);
    },
  ],
  [/^PUT \/issues\/(\d+)$/, ({ issues }, [id], sent) => renewed(issues, id, sent)],
  [/^GET \/merge_requests$/, ({ mergeRequests }) => mergeRequests],
  [/^GET \/merge_requests\/(\d+)$/, ({ mergeRequests }, [id]) => mergeRequests.find(({ iid }) => String(iid) === id)],
];

const written = (number: number, sent: Sent): Written => ({
  ...sent,
  id: number,
  iid: number,
  author: me,
  state: "opened",
});

function renewed(all: Written[], number: string | undefined, { state_event, ...sent }: Sent): Written | undefined {
  const found = all.find(({ id }) => String(id) === number);
  return found && Object.assign(found, sent, state_event === "close" && { state: "closed" });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
