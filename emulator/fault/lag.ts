import { type DescField, type DescMessage, type Message, toJson } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { Interceptor } from "@connectrpc/connect";
import { TeamMemberSchema } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { GetEnterpriseAIUserBudgetPolicyResponseSchema } from "../../proto/gen/gitpod/v1/billing_pb";
import { ResourceOperation } from "../../proto/gen/gitpod/v1/event_pb";
import { isRead } from "../call/read";
import { memberKey } from "../classic/seed";
import { notFound } from "../refusal";
import type { Site } from "../site";

/** How far reads lag behind creations, as those of a read replica do. */
export interface Lag {
  /** How many reads of a new object do not find it; 0 means none. */
  reads: number;
}

/**
 * Lets reads of new objects answer that there is no such object, and lists leave them out. A replica takes over writes in
 * their order, so a list that shows an object shows all older ones of the list, too, whatever the lag was before.
 */
export function lagging(site: Site, lag: Lag): Interceptor {
  const unseen = new Map<string, { left: number; readonly until: number }>();
  const born = new Map<string, number>();
  site.changes.watch(({ operation, resourceId }) => {
    if (operation === ResourceOperation.CREATE) {
      born.set(resourceId, born.size);
      if (lag.reads > 0) {
        unseen.set(resourceId, { left: lag.reads, until: site.now() + longest });
      }
    }
  });
  const misses = (id: unknown): id is string => {
    const lagging = typeof id === "string" ? unseen.get(id) : undefined;
    if (lagging === undefined || typeof id !== "string") {
      return false;
    }
    lagging.left -= 1;
    if (lagging.left === 0 || site.now() >= lagging.until) {
      unseen.delete(id);
    }
    return site.now() < lagging.until;
  };
  const catchUp = (listed: readonly unknown[]): void => {
    const age = (id: string) => born.get(id) ?? -1;
    const ids = listed.map(String);
    const newest = Math.max(-1, ...ids.filter((id) => !unseen.has(id)).map(age));
    for (const id of ids.filter((one) => age(one) < newest)) {
      unseen.delete(id);
    }
  };
  return (next) => async (request) => {
    if (request.stream || !isRead(request.method) || unseen.size === 0) {
      return next(request);
    }
    // The organization only narrows what is listed.
    const { organizationId: _, ...named } = Object(toJson(request.method.input, request.message));
    const missed = Object.values(named).find(misses);
    if (missed !== undefined) {
      throw notFound("object", missed);
    }
    const response = await next(request);
    if (!response.stream) {
      leaveOut(response.method.output, response.message, named, { catchUp, misses });
    }
    return response;
  };
}

/**
 * Milliseconds after which a replica has caught up, although nobody has read; facts are silent, and more would be an
 * outage (`replica-caught-up`).
 */
const longest = 60_000;

/** The fields of a request, as proto-JSON. */
type Asked = Readonly<Record<string, unknown>>;

/** What a read does not find. */
interface Unseen {
  /** Lets a list show what is older than something else that it shows. */
  catchUp(listed: readonly unknown[]): void;
  /** Whether this read does not find an id, which is one read less. */
  misses(id: unknown): id is string;
}

function leaveOut(schema: DescMessage, message: Message, asked: Asked, { catchUp, misses }: Unseen): void {
  const answer = reflect(schema, message);
  for (const field of schema.fields) {
    if (field.fieldKind === "message" && answer.isSet(field)) {
      const id = idOf(answer.get(field), asked);
      if (misses(id)) {
        missing(answer, field, id);
      }
    }
    if (field.fieldKind === "list" && field.listKind === "message") {
      const list = answer.get(field);
      catchUp([...list].map((item) => idOf(item, asked)));
      const kept = [...list].filter((item) => !misses(idOf(item, asked)));
      list.clear();
      for (const item of kept) {
        list.add(item);
      }
    }
  }
}

/** Answers a read by something else than the id: without the object where that is what its absence means. */
function missing(answer: ReflectMessage, field: DescField, id: string): void {
  if (answer.desc.typeName !== GetEnterpriseAIUserBudgetPolicyResponseSchema.typeName) {
    throw notFound("object", id);
  }
  answer.clear(field);
}

function idOf(item: unknown, { teamId }: Asked): unknown {
  if (!isReflectMessage(item)) {
    return undefined;
  }
  const { field: fields, name, typeName } = item.desc;
  if (typeName === TeamMemberSchema.typeName) {
    return memberKey(String(teamId), String(item.get(TeamMemberSchema.field.userId)));
  }
  const field = fields.id ?? fields[`${name[0]?.toLowerCase()}${name.slice(1)}Id`];
  return field === undefined ? undefined : item.get(field);
}
