import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { ResourceOperation } from "../proto/gen/gitpod/v1/event_pb";
import type { Site } from "./site";
import { type TableName, tablesOf } from "./world";

/** Merges proto-JSON into an object: members of objects are merged, lists and scalars replaced, null removes. */
export function patchRow(site: Site, name: TableName, id: string, change: JsonObject): void {
  const table = tablesOf(site.world)[name];
  const row = table.rows.get(id);
  if (row === undefined) {
    throw new Error(`no ${table.noun} ${id}`);
  }
  const { status, ...rest } = change;
  const onlyStatus = status !== undefined && Object.keys(rest).length === 0;
  row.remote = table.read(withNewVersions(merge(table.write(row.remote), change), onlyStatus));
  site.changes.publish({
    operation: onlyStatus ? ResourceOperation.UPDATE_STATUS : ResourceOperation.UPDATE,
    resourceType: table.resourceType,
    resourceId: id,
    owner: row.owner,
  });
}

function merge(present: JsonValue | undefined, change: JsonValue): JsonValue {
  if (!isObject(change)) {
    return change;
  }
  const merged: JsonObject = isObject(present) ? { ...present } : {};
  for (const [name, value] of Object.entries(change)) {
    if (value === null) {
      delete merged[name];
    } else {
      merged[name] = merge(merged[name], value);
    }
  }
  return merged;
}

function withNewVersions(json: JsonValue, onlyStatus: boolean): JsonValue {
  if (!isObject(json)) {
    return json;
  }
  const { spec, status } = json;
  return {
    ...json,
    ...(onlyStatus || !isObject(spec) ? {} : { spec: counted(spec, "specVersion") }),
    ...(isObject(status) ? { status: counted(status, "statusVersion") } : {}),
  };
}

function counted(part: JsonObject, name: string): JsonObject {
  const version = part[name];
  return typeof version === "string" ? { ...part, [name]: String(BigInt(version) + 1n) } : part;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
