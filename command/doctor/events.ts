import { setTimeout as sleep } from "node:timers/promises";
import { EventService } from "../../proto/gen/gitpod/v1/event_pb";
import type { Client } from "../../provider/client/client";
import { about, type Check } from "./check";

/** Opens the stream of events for a moment. A server may begin its answer with the first event, so silence is success. */
export async function events(client: Client): Promise<Check> {
  const { ok, wrong } = about("events");
  const leaving = new AbortController();
  const first = firstOf(client, leaving.signal).catch((error) => client.explain("Opening the stream of events", error));
  const failure = await Promise.race([first, sleep(patience)]);
  leaving.abort();
  if (failure === undefined) return ok("the stream stays open");
  return wrong("no stream", `${failure.message} Waits read phases every few seconds instead.`);
}

/** Milliseconds within which a refusal comes. */
const patience = 1000;

async function firstOf(client: Client, signal: AbortSignal): Promise<undefined> {
  const request = { organization: true, resourceTypeFilters: [{ resourceType: "RESOURCE_TYPE_ENVIRONMENT" }] };
  for await (const _ of client.stream(EventService.method.watchEvents, request, { signal })) return;
  throw new Error("it ended at once");
}
