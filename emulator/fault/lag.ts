import { toJson } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import type { Interceptor } from "@connectrpc/connect";
import { ResourceOperation } from "../../proto/gen/gitpod/v1/event_pb";
import { notFound } from "../refusal";
import type { Site } from "../site";

/** How far reads lag behind creations, as those of a read replica do. */
export interface Lag {
  /** How many reads of a new object do not find it; 0 means none. */
  reads: number;
}

/** Lets reads of new objects answer that there is no such object. */
export function lagging(site: Site, lag: Lag): Interceptor {
  const unseen = new Map<string, number>();
  site.changes.watch(({ operation, resourceId }) => {
    if (operation === ResourceOperation.CREATE && lag.reads > 0) {
      unseen.set(resourceId, lag.reads);
    }
  });
  return (next) => (request) => {
    if (request.stream || request.method.idempotency !== Idempotency.NO_SIDE_EFFECTS || unseen.size === 0) {
      return next(request);
    }
    const values = Object.values(Object(toJson(request.method.input, request.message)));
    const id = values.find((value): value is string => typeof value === "string" && unseen.has(value));
    const left = unseen.get(id ?? "") ?? 0;
    if (id === undefined) {
      return next(request);
    }
    if (left <= 1) {
      unseen.delete(id);
    } else {
      unseen.set(id, left - 1);
    }
    throw notFound("object", id);
  };
}
