import type { DescField, DescMessage, JsonValue } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";

/**
 * Takes the plus sign from durations such as `+7200s` in the JSON of a message, which the API understands and proto-JSON
 * does not know; what is no JSON stays as it is.
 */
export function withoutPlus(message: DescMessage, text: string): string {
  try {
    return text.includes('"+') ? JSON.stringify(inMessage(message, JSON.parse(text))) : text;
  } catch {
    return text;
  }
}

function inMessage(message: DescMessage, json: JsonValue): JsonValue {
  if (message.typeName === DurationSchema.typeName) {
    return typeof json === "string" ? json.replace(/^\+(?=\d)/, "") : json;
  }
  return mapMembers(json, (name, value) => {
    const field = message.fields.find((one) => one.jsonName === name || one.name === name);
    return field === undefined ? value : inField(field, value);
  });
}

function inField(field: DescField, json: JsonValue): JsonValue {
  const { message } = field;
  if (message === undefined) {
    return json;
  }
  if (field.fieldKind === "list") {
    return Array.isArray(json) ? json.map((item) => inMessage(message, item)) : json;
  }
  return field.fieldKind === "map"
    ? mapMembers(json, (_, value) => inMessage(message, value))
    : inMessage(message, json);
}

function mapMembers(json: JsonValue, change: (name: string, value: JsonValue) => JsonValue): JsonValue {
  return typeof json !== "object" || json === null || Array.isArray(json)
    ? json
    : Object.fromEntries(Object.entries(json).map(([name, value]) => [name, change(name, value)]));
}
