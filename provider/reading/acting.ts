import { toJson } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Client } from "../client/client";
import type { ActingWords } from "../model/acting-words";
import { partsOf } from "../model/address";
import type { Definition } from "../model/definition";
import type { Operation } from "../model/operation";
import { isOver } from "../model/phase";
import type { Clue } from "../model/state";
import { at, type Json, type JsonObject } from "../value/json";
import { steps } from "../value/path";
import { perOwner } from "../value/per-owner";
import { find } from "./find";
import { namedRequest } from "./named-request";

/**
 * Returns the operation in the name of the service account that an object belongs to; as it is where its kind calls for
 * no other account, or the object belongs to a person. What is known of the object says which account it is.
 */
export function acting(definition: Definition, operation: Operation, known: Clue, id?: string): Operation {
  const { as } = definition;
  const accountId = accountOf(definition, known, id);
  if (!as || accountId === undefined || operation.client.actor) return operation;
  const clients = clientsOf(operation.client);
  const client = clients.get(accountId) ?? clientFor(as, operation, accountId);
  clients.set(accountId, client);
  return { ...operation, client };
}

type As = ActingWords<string, Definition>;

/** The clients of accounts, each with one token for all that is done in the name of its account. */
const clientsOf = perOwner((_: Client) => new Map<string, Client>());

/** Returns the id of the account in whose name calls about an object are made; undefined where whoever has a token calls. */
export function accountOf(definition: Definition, { inputs, remote }: Clue, id?: string): string | undefined {
  const { as } = definition;
  if (!as) return undefined;
  const told = id === undefined || !definition.address ? undefined : partsOf(definition, id);
  const said = (path: string) => [told, inputs, remote].map((each) => at(each, steps(path))).find(isSaid);
  const isMeant = Object.entries(as.where ?? {}).every(([path, value]) => said(path) === value);
  const account = said(as.account);
  return isMeant && typeof account === "string" ? account : undefined;
}

const isSaid = (value: Json | undefined): value is Json => value !== undefined;

/** Makes a client that calls with a token of the account, which is made when it is first needed, and then before it ends. */
function clientFor(as: As, operation: Operation, accountId: string): Client {
  const { client: given, clock } = operation;
  const made: string[] = [];
  let current: { readonly token: Promise<string>; readonly until: number } | undefined;
  const renewed = (): Promise<string> => {
    const minted = mint(as, operation, accountId);
    const known = { token: minted, until: clock.now() + goodFor };
    current = known;
    const forget = () => {
      if (current === known) current = undefined;
    };
    minted.then((token) => made.push(token), forget);
    return minted;
  };
  const token = (): Promise<string> => (current && clock.now() < current.until ? current.token : renewed());
  return {
    ...given,
    actor: { accountId, given },
    async call(method, request, options) {
      const used = current;
      const first = await token();
      try {
        return await given.as(first).call(method, request, options);
      } catch (error) {
        // The token has ended with its account, or earlier than this clock says.
        if (!isCode(error, Code.Unauthenticated) || used === undefined) throw error;
        if (current === used) current = undefined;
        return given.as(await token()).call(method, request, options);
      }
    },
    async *stream(method, request, options) {
      yield* given.as(await token()).stream(method, request, options);
    },
    explain: (attempted, error, secrets = [], lostRight) =>
      given.explain(attempted, error, [...secrets, ...made], lostRight),
  };
}

/** Milliseconds for which a token is used; it ends five minutes later. */
const goodFor = 25 * 60_000;

/** Makes a token; where the account is over, it is absent, and so is what it has. */
async function mint({ mint: method, kind, overIf }: As, given: Operation, accountId: string): Promise<string> {
  // Whoever needs the token waits for it, also when the operation that has come first is cancelled.
  const operation = { ...given, signal: undefined };
  try {
    const request = await namedRequest(kind(), operation, method, accountId);
    const answer = await operation.client.call(method, request, { reads: true });
    const { token } = toJson(method.output, answer) as JsonObject;
    return String(token);
  } catch (error) {
    if (!isCode(error, Code.FailedPrecondition)) throw error;
    const account = await find(kind(), operation, accountId);
    if (account && !isOver(kind(), overIf, account, operation.clock.now())) throw error;
    throw new ConnectError(error.rawMessage, Code.NotFound, error.metadata, undefined, error);
  }
}

const isCode = (error: unknown, code: Code): error is ConnectError =>
  error instanceof ConnectError && error.code === code;
