import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { type ResourceOperation, type ResourceType, WatchEventsResponseSchema } from "../proto/gen/gitpod/v1/event_pb";
import type { CallListener, CallLog } from "./call/log";
import { remove } from "./change";
import { requestStop } from "./environment/request";
import type { StreamEnd, WatchDesk } from "./event/watch";
import type { Lag } from "./fault/lag";
import type { Fault, FaultBook } from "./fault/rule";
import { patchRow } from "./patch";
import type { Site } from "./site";
import { type TableName, type Token, tablesOf } from "./world";

/** What is done to an emulator from the side: faults, changes by hand, and what happened so far. */
export interface Admin {
  /** Lets something go wrong with the next calls of a method. */
  fault(fault: Fault): void;
  /** Forgets the faults that have not happened yet, and the lag. */
  clearFaults(): void;
  /** Lets each new object stay unseen for a number of reads. */
  lag(reads: number): void;
  /** Ends the open streams of events, and returns how many there were. */
  cutStreams(end?: StreamEnd): number;
  /** Sends an event that nothing has caused to every open stream. */
  sendEvent(event: { operation: ResourceOperation; resourceType: ResourceType; resourceId: string }): void;
  /** How many streams of events are open. */
  streams(): number;
  /** Changes what a token stands for, or adds a token. */
  setToken(text: string, change: Partial<Token>): void;
  /** The objects of a kind as proto-JSON, with those that only others may see. */
  objects(table: TableName): JsonValue[];
  /** Merges proto-JSON into an object, as if the server or somebody else had changed it. */
  patch(table: TableName, id: string, change: JsonObject): void;
  /** Takes an object out of the world at once, as if somebody else had deleted it. */
  remove(table: TableName, id: string): void;
  /** Stops an environment as its inactivity timeout would. */
  stopEnvironment(id: string, timeout?: string): void;
  /** Sets what the working copy of an environment reports. */
  setGitStatus(id: string, git: { changedFiles?: string[]; unpushedCommits?: string[] }): void;
  /** How often each method has been called, as `EnvironmentService/GetEnvironment`. */
  calls(): Record<string, number>;
  /** Begins to count calls anew. */
  resetCalls(): void;
  /** Hears of each call before the server acts and after it acted, and holds it up as long as it likes. */
  onCall(listener: CallListener): () => void;
}

/** Makes the admin side of an emulator. */
export function createAdmin(site: Site, book: FaultBook, lag: Lag, desk: WatchDesk, log: CallLog): Admin {
  const tables = tablesOf(site.world);
  const environment = (id: string) => {
    const row = site.world.environments.rows.get(id);
    if (row === undefined) {
      throw new Error(`no environment ${id}`);
    }
    return row;
  };
  return {
    fault: (fault) => book.add(fault),
    clearFaults: () => {
      book.clear();
      lag.reads = 0;
    },
    lag: (reads) => {
      lag.reads = reads;
    },
    cutStreams: (end = "connection") => {
      const open = [...desk.open];
      for (const close of open) {
        close(end);
      }
      return open.length;
    },
    sendEvent: (event) => {
      for (const tell of desk.tell) {
        tell(create(WatchEventsResponseSchema, event));
      }
    },
    streams: () => desk.open.size,
    setToken: (text, change) => setToken(site, text, change),
    objects: (table) => [...tables[table].rows.values()].map(({ remote }) => tables[table].write(remote)),
    patch: (table, id, change) => patchRow(site, table, id, change),
    remove: (table, id) => {
      const row = tables[table].rows.get(id);
      if (row !== undefined) {
        remove(site, tables[table], row);
      }
    },
    stopEnvironment: (id, timeout = "the environment was not used for 30 minutes") =>
      requestStop(site, environment(id), timeout),
    setGitStatus: (id, { changedFiles = [], unpushedCommits = [] }) =>
      patchRow(site, "environments", id, {
        status: {
          content: {
            git: {
              changedFiles: changedFiles.map((path) => ({ path, changeType: "CHANGE_TYPE_MODIFIED" })),
              totalChangedFiles: changedFiles.length,
              unpushedCommits,
              totalUnpushedCommits: unpushedCommits.length,
            },
          },
        },
      }),
    calls: () => log.counts(),
    resetCalls: () => log.reset(),
    onCall: (listener) => log.listen(listener),
  };
}

function setToken(site: Site, text: string, change: Partial<Token>): void {
  const present = site.world.tokens.get(text);
  const { subject, organizationId } = { ...present, ...change };
  if (subject === undefined || organizationId === undefined) {
    throw new Error(`token ${text} is new, so it needs a subject and an organizationId`);
  }
  site.world.tokens.set(text, { readOnly: false, revoked: false, ...present, ...change, subject, organizationId });
}
