import type {
  DescMessage,
  DescMethod,
  DescMethodServerStreaming,
  DescMethodUnary,
  JsonObject,
  Message,
  MessageShape,
} from "@bufbuild/protobuf";
import { fromJson, isMessage } from "@bufbuild/protobuf";
import { createContextValues, type Interceptor, type Transport } from "@connectrpc/connect";
import type { Account, Variables } from "./account";
import { type Api, apis } from "./api";
import { deadlineKey } from "./deadline";
import { isWatched } from "./debug-flag";
import { type DownloadOptions, download } from "./download";
import type { ApiError, ErrorContext } from "./error/api-error";
import { explain } from "./error/explain";
import { bearer, interceptors } from "./interceptors";
import { onlyReads } from "./only-reads";
import { proxyFor } from "./proxy";
import { repeatableKey } from "./retry";
import { beforeItCounts, tokenSetting } from "./setting";
import { createTransport } from "./transport";
import type { Tell } from "./watch";

/**
 * Calls an API by method descriptor; requests are proto-JSON or messages, answers are messages. A call of ours is made of
 * the calls of the API that it names.
 */
export interface Client {
  /** The API; no call of another one is made. */
  readonly api: Api;
  /** The base URL, for words to the user. */
  readonly host: string;
  /** Whom it calls for, where that is another account than the one of its own token. */
  readonly actor?: Actor;
  /** How many calls that may have side effects have begun, whoever they are for. */
  writes(): number;
  /** Makes a unary call; rejects with a ConnectError, or an Error when the request does not fit its message. */
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: JsonObject | MessageShape<I>,
    options?: CallOptions,
  ): Promise<MessageShape<O>>;
  /** Opens a server stream when it is first read, and closes it when the reader stops or the signal fires. */
  stream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: JsonObject | MessageShape<I>,
    options?: StreamOptions,
  ): AsyncGenerator<MessageShape<O>, void>;
  /** Returns a client that calls with another token, and is the same in all else. */
  as(token: string): Client;
  /** Reads the end of a text behind a URL that the API has given, with a bearer token made for it. */
  download(url: string, token: string, options: DownloadOptions): Promise<string>;
  /** Says how to have another token used. */
  useToken(which: string): string;
  /** Puts anything thrown into words, without the token and the secrets given; what else a refusal may be due to is added. */
  explain(attempted: string, error: unknown, secrets?: Iterable<string>, lostRight?: string): ApiError;
}

/** An account in whose name calls are made, and the client that may do so. */
export interface Actor {
  readonly accountId: string;
  readonly given: Client;
}

/** What one call may set. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** The deadline in milliseconds, 60 s otherwise. */
  readonly timeoutMs?: number | undefined;
  /** Whether the call may be made again when its answer is lost, although it has side effects. */
  readonly repeatable?: boolean | undefined;
  /** Whether the call only reads, although the proto does not say so. */
  readonly reads?: boolean | undefined;
}

/** A call that no server has: it says of which calls of the API it is made. */
export interface OwnCall<I extends DescMessage, O extends DescMessage> extends DescMethodUnary<I, O> {
  readonly by: (client: Client, request: MessageShape<I>, options: CallOptions) => Promise<MessageShape<O>>;
}

/** What a stream may set. */
export type StreamOptions = Pick<CallOptions, "signal">;

/** What connecting may take beside the account. */
export interface ConnectOptions {
  /** The variables that proxies come from. */
  readonly env?: Variables;
  /** Is told of each call; standard error, where the variables ask for that, if missing. */
  readonly tell?: Tell | undefined;
  /** What sees each attempt of a call last before it leaves, and its answer first. */
  readonly watching?: readonly Interceptor[];
}

/** Connects to the account's API over HTTP; nothing is sent before the first call. */
export function connect(
  account: Account,
  { env = process.env, tell = onStandardError(env), watching = [] }: ConnectOptions = {},
): Client {
  const proxy = proxyFor(account.baseUrl, env);
  return createClient(
    createTransport(account.baseUrl, proxy, [...interceptors(account.token, account.api, tell), ...watching]),
    {
      host: account.baseUrl,
      api: account.api,
      tokenFrom: account.tokenFrom,
      hostFrom: account.hostFrom,
      provider: account.provider,
      isStored: account.isStored,
      proxy: proxy?.origin,
      secrets: proxy?.password ? [account.token, decodeURIComponent(proxy.password)] : [account.token],
    },
    proxy,
  );
}

const onStandardError = (env: Variables): Tell | undefined =>
  isWatched(env) ? (line) => process.stderr.write(`${line}\n`) : undefined;

/**
 * Makes a client of any transport, such as one in memory; the context is what its errors name. Token and deadlines come
 * from the interceptors that the transport was made with.
 */
export function createClient(transport: Transport, context: ErrorContext, proxy?: URL): Client {
  const { api = apis.index } = context;
  let writes = 0;
  const callingWith = (token?: string): Client => ({
    api,
    host: context.host,
    writes: () => writes,
    as: callingWith,
    async call(method, request, options = {}) {
      if (isOwnCall(method)) return method.by(this, message(method.input, request), options);
      const { signal, timeoutMs, repeatable, reads } = options;
      requireOf(api, method);
      if (!onlyReads(method) && !reads) writes += 1;
      const values = createContextValues();
      if (timeoutMs !== undefined) values.set(deadlineKey, timeoutMs);
      if (repeatable || reads) values.set(repeatableKey, true);
      const input = message(method.input, request);
      const answer = await transport.unary(method, signal, undefined, headersOf(token), input, values);
      return answer.message;
    },
    async *stream(method, request, { signal } = {}) {
      requireOf(api, method);
      const reader = new AbortController();
      const either = signal === undefined ? reader.signal : AbortSignal.any([signal, reader.signal]);
      try {
        const input = once(message(method.input, request));
        const answer = await transport.stream(method, either, undefined, headersOf(token), input);
        yield* answer.message;
      } finally {
        reader.abort();
      }
    },
    download: (url, given, options) => download(url, given, { host: context.host, proxy }, options),
    useToken: (which) => `Set ${tokenSetting(context)} to ${which}.${beforeItCounts(context)}`,
    explain(attempted, error, secrets = [], lostRight) {
      const all = [...(context.secrets ?? []), ...(token === undefined ? [] : [token]), ...secrets];
      return explain(attempted, error, { ...context, secrets: all, lostRight });
    },
  });
  return callingWith();
}

const isOwnCall = <I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
): method is OwnCall<I, O> => "by" in method;

/** Throws for a call of another API, which must never see the token of this one. */
function requireOf(api: Api, { parent, name }: DescMethod): void {
  if (parent.file.proto.package !== api.package)
    throw new Error(`${parent.typeName}.${name} is no call of ${api.title}`);
}

/** What the interceptors of the transport leave as it is. */
const headersOf = (token: string | undefined): Record<string, string> | undefined =>
  token === undefined ? undefined : { Authorization: bearer(token) };

function message<I extends DescMessage>(schema: I, request: JsonObject | MessageShape<I>): MessageShape<I> {
  return isJson(request) ? fromJson(schema, request) : request;
}

function isJson(request: JsonObject | Message): request is JsonObject {
  return !isMessage(request);
}

async function* once<T>(value: T): AsyncGenerator<T, void> {
  yield value;
}
