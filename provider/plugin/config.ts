import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type CheckRequest,
  type CheckResponseSchema,
  DiffResponse_DiffChanges as DiffChanges,
  type DiffRequest,
  type DiffResponseSchema,
} from "../../proto/gen/pulumi/provider_pb";
import { settings, tokens } from "../client/api";
import { keyOf } from "../client/setting";
import type { Configuration } from "../pulumi/open-connection";
import { secretValue } from "../pulumi/value";
import { isUnknown, type Json, type JsonObject } from "../value/json";
import { open } from "./envelope";

/** Checks the arguments of the provider. */
export function checkConfig({ news }: CheckRequest): MessageInitShape<typeof CheckResponseSchema> {
  const { inputs, reasons } = checkedArguments(open(news).value);
  return { inputs, failures: reasons.map((reason) => ({ reason })) };
}

/** Compares the arguments of the provider. */
export function diffConfig({ oldInputs, olds, news }: DiffRequest): MessageInitShape<typeof DiffResponseSchema> {
  const diffs = changedArguments(open(oldInputs ?? olds).value, open(news).value);
  return { changes: diffs.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE, diffs };
}

/**
 * Returns arguments of the provider without the prefix that they have in a stack's settings and in the state of the
 * dynamic adapter, and without hidden ones.
 */
export const plainArguments = (args: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(args)
      .filter(([name]) => !name.startsWith("__"))
      .map(([name, value]) => [name.replace(/^gitpod:/, ""), value]),
  );

/**
 * Checks the arguments of the provider; tokens come back as secrets, because nothing else keeps them from the state.
 * They keep their names: on the way back to the dynamic adapter, that is configured with what the state has.
 */
export function checkedArguments(args: JsonObject): { readonly inputs: JsonObject; readonly reasons: string[] } {
  const stated = Object.entries(args).filter(([name]) => !name.startsWith("__"));
  const plain = plainArguments(args);
  const reasons = settings.filter((name) => !isText(plain[name])).map((name) => `${name}: must be a string`);
  const inputs = stated.map(([name, value]) => [
    name,
    isToken(name) && isText(value) && value ? secretValue(value) : value,
  ]);
  return { inputs: Object.fromEntries(inputs), reasons };
}

/** Returns the arguments that differ. None of them replaces the provider, because that would replace all its resources. */
export function changedArguments(olds: JsonObject, news: JsonObject): string[] {
  const [old, now] = [plainArguments(olds), plainArguments(news)];
  return settings.filter((name) => old[name] !== now[name]);
}

/**
 * Returns the accounts of a provider. A refresh or a destroy hands over what the state holds, which may be old tokens: for
 * default providers the stack's settings as they are now count first.
 */
export function configurationOf(args: JsonObject, name: string, settings: string | undefined): Configuration {
  const stored = plainArguments(args);
  if (/^default(_\d|$)/.test(name)) return { stored, current: plainArguments(parsed(settings)) };
  return { stored, ...(name !== "" && { provider: name }) };
}

function parsed(settings: string | undefined): JsonObject {
  try {
    return JSON.parse(settings ?? "{}");
  } catch {
    return {};
  }
}

const isText = (value: Json | undefined): boolean =>
  value === undefined || value === null || typeof value === "string" || isUnknown(value);

const isToken = (name: string): boolean => tokens.some((token) => name === token || name === keyOf(token));
