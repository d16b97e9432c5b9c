import { Code } from "@connectrpc/connect";
import { IdentityService } from "../../proto/gen/gitpod/v1/identity_pb";
import type { Account } from "../../provider/client/account";
import { apis } from "../../provider/client/api";
import { connect } from "../../provider/client/client";
import { identity } from "../../provider/client/identity";
import { accountOf, hasToken } from "../account";
import { clock, watchAnswers } from "./answer";
import { about, type Check } from "./check";
import { events } from "./events";
import { network } from "./network";
import type { Project } from "./project";
import { who } from "./who";

/** Says whether the API answers, whom for, and what it tells of time and events. Nothing is written. */
export async function reached(project: Project | undefined): Promise<Check[]> {
  const settings = project?.settings;
  const token = about("token");
  const isOfStack = settings?.has("gitpod:token") === true;
  if (isOfStack && !hasToken(apis.index))
    return [token.note("gitpod:token of the stack, which is not read here; set GITPOD_API_KEY to have it tried")];
  const stacks = isOfStack ? "; gitpod:token of the stack, which is not read here, counts first" : "";
  const config = { host: settings?.get("gitpod:host")?.value };
  let account: Account;
  try {
    account = accountOf(apis.index, config);
  } catch (error) {
    return [token.wrong("none that can be used", (error as Error).message, { stops: true })];
  }
  const from = `from ${account.tokenFrom}${stacks}`;
  const between = network(account.baseUrl);
  if (between.stops) return [token.ok(from), between];
  return asked(account, from, between);
}

async function asked(account: Account, from: string, between: Check): Promise<Check[]> {
  const [token, host, watch] = [about("token"), about("host"), watchAnswers()];
  const client = connect(account, { watching: [watch.watching] });
  const where = `${account.baseUrl}${isHome(account) ? "" : `, from ${account.hostFrom}`}`;
  const answered = (): Check => host.ok(`${where}, answered in ${watch.last()?.took ?? 0} ms`);
  try {
    const whose = await client.call(IdentityService.method.getAuthenticatedIdentity, {}, { timeoutMs });
    const reach = answered();
    return [token.ok(from), reach, between, ...(await who(client, whose)), clock(watch), await events(client)];
  } catch (error) {
    const { code, message } = client.explain("Asking whom the token stands for", error);
    const isRefused = code === Code.Unauthenticated && watch.last() !== undefined;
    return [
      isRefused ? token.wrong(`${from}, refused`, message, { stops: true }) : token.ok(from),
      isRefused ? answered() : host.wrong(where, message, { stops: true }),
      between,
      clock(watch),
    ];
  }
}

/** Whether the host is that of the product, which nobody has to state. */
const isHome = ({ baseUrl }: Account): boolean =>
  apis.index.products.some(({ home }) => baseUrl === `${home}${apis.index.path}`);

/** Milliseconds that an answer may take. */
const timeoutMs = 10_000;

/** Says whether Gitpod Classic takes its token, where there is one. */
export async function classic(): Promise<Check[]> {
  if (!hasToken(apis.experimental)) return [];
  const { ok, wrong } = about("classic");
  try {
    const account = accountOf(apis.experimental);
    const client = connect(account);
    const says = `${account.baseUrl}, token from ${account.tokenFrom}`;
    return await identity(client).then(
      ({ subjectId }) => [ok(`${says}, user ${subjectId}`)],
      (error) => [wrong(says, client.explain("Asking whom the token of Gitpod Classic stands for", error).message)],
    );
  } catch (error) {
    return [wrong("no account that can be used", (error as Error).message)];
  }
}
