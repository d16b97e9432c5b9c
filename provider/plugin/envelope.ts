import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { envelopes, received, signature, storableObject } from "../pulumi/value";
import { isObject, type Json, type JsonObject, type Path, type Step, unknown } from "../value/json";

/** Properties in clear, and where they were secret. */
export interface Opened {
  readonly value: JsonObject;
  readonly secrets: readonly Path[];
}

/** Takes secrets, outputs and references out of their envelopes, at any depth. */
export function open(properties: JsonObject | undefined): Opened {
  const secrets: Path[] = [];
  const value = properties ? plain(properties, [], secrets) : {};
  return { value: isObject(value) ? value : {}, secrets };
}

/** Takes properties out of their envelopes that a message of Pulumi's stubs carries. */
export const openStruct = (struct: Struct | undefined): Opened =>
  open(struct?.toJavaScript() as JsonObject | undefined);

/** Returns what a message of Pulumi's stubs may carry in place of an object, whatever it holds. */
export const structOf = (value: object): Struct => Struct.fromJavaScript(storableObject(value));

/** The path is that of the value while this looks through it, and copied where a secret stands. */
function plain(value: Json, path: Step[], secrets: Path[]): Json {
  if (Array.isArray(value)) return value.map((entry, i) => below(entry, i, path, secrets));
  if (!isObject(value)) return received(value);
  const { [signature]: kind, value: inside } = value;
  if (kind === undefined)
    return Object.fromEntries(
      // The engine sends names in any order, and what is told of them shall be the same each time.
      Object.keys(value)
        .sort()
        .map((name) => [name, below(value[name]!, name, path, secrets)]),
    );
  if (kind === envelopes.secret || (kind === envelopes.output && value.secret === true)) secrets.push([...path]);
  if (kind === envelopes.reference) return plain(value.id ?? unknown, path, secrets);
  return inside === undefined ? unknown : plain(inside, path, secrets);
}

function below(value: Json, step: Step, path: Step[], secrets: Path[]): Json {
  path.push(step);
  const part = plain(value, path, secrets);
  path.pop();
  return part;
}
