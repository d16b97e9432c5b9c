import { types } from "node:util";
import { Code, ConnectError } from "@connectrpc/connect";
import { lazily } from "../../value/lazily";
import { plainLine } from "../../value/plain-line";
import { requestId } from "../request-id";
import { adviceFor } from "./advice";
import { ApiError, type Diagnosis, type ErrorContext } from "./api-error";
import type * as Details from "./details";
import { strangeAnswer } from "./foreign-answer";
import { redact } from "./redact";
import { unreachable } from "./unreachable";

/**
 * Converts anything thrown into one error for the user: `<attempted>: <the server's words>. <what to do> (request id …)`.
 *
 * An error that is in words already is returned as it is. The cause is kept, or a redacted copy of it when it holds one
 * of the secrets.
 */
export function explain(attempted: string, error: unknown, context: ErrorContext): ApiError {
  if (error instanceof ApiError) return error;
  const secrets = [...(context.secrets ?? [])];
  const { code, words, advice } = diagnose(error, context);
  const sentences = [words, advice ?? ""].map((text) => plainLine(redact(text, secrets))).filter((text) => text !== "");
  const id = error instanceof ConnectError ? requestId(error.metadata) : undefined;
  const message = `${redact(attempted, secrets)}: ${joined(sentences)}${id === undefined ? "" : ` (request id ${id})`}`;
  return new ApiError(redact(message, secrets), code, harmless(error, secrets));
}

function diagnose(error: unknown, context: ErrorContext): Diagnosis {
  const known = unreachable(error, context);
  if (known !== undefined) return known;
  if (!(error instanceof ConnectError)) {
    return { code: Code.Unknown, words: types.isNativeError(error) ? error.message : String(error) };
  }
  const strange = strangeAnswer(error, context);
  if (strange !== undefined) return strange;
  const words = error.rawMessage === "" ? wordsFor(error.code) : error.rawMessage;
  const details = error.details.length > 0 ? inWords().detailsIn(error, context) : [];
  const advice = details.length > 0 ? details : [adviceFor(error, context) ?? ""];
  const lost = error.code === Code.PermissionDenied ? (context.lostRight ?? "") : "";
  return { code: error.code, words, advice: joined([...advice, lost].filter((text) => text !== "")) };
}

/** Details stand in the protos of half of the API, which is loaded with the first error that has any. */
const inWords = lazily((): typeof Details => require("./details"));

/** A code in words, for the server that says nothing else: `PermissionDenied` is "permission denied". */
function wordsFor(code: Code): string {
  return Code[code].replace(/(?<=.)[A-Z]/g, " $&").toLowerCase();
}

function joined([first = "", ...others]: readonly string[]): string {
  return others.reduce((before, next) => `${/[.!?\u2026]$/.test(before) ? before : `${before}.`} ${next}`, first);
}

function harmless(error: unknown, secrets: readonly string[]): unknown {
  const texts: string[] = [];
  for (let link = error; types.isNativeError(link) && texts.length < 30; link = link.cause) {
    const metadata = link instanceof ConnectError ? [...link.metadata.values()] : [];
    texts.push(link.message, link.stack ?? "", ...metadata);
  }
  const text = types.isNativeError(error) ? texts.join("\n") : String(error);
  if (redact(text, secrets) === text) return error;
  if (!types.isNativeError(error)) return redact(text, secrets);
  return Object.assign(new Error(redact(error.message, secrets)), { name: error.name, stack: undefined });
}
