import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { type ResourceOperation, type ResourceType, WatchEventsResponseSchema } from "../proto/gen/gitpod/v1/event_pb";
import { OrganizationRole } from "../proto/gen/gitpod/v1/organization_pb";
import { createCounter } from "./call/count";
import type { Limit, LimitBook } from "./call/limit";
import type { CallListener, CallLog } from "./call/log";
import { remove } from "./change";
import { type ClassicAdmin, createClassicAdmin } from "./classic/admin";
import { requestStop } from "./environment/request";
import type { StreamEnd } from "./event/stream";
import type { WatchDesk } from "./event/watch";
import type { Lag } from "./fault/lag";
import type { Fault, FaultBook } from "./fault/rule";
import { patchRow } from "./patch";
import { deployRunner } from "./runner/step";
import { addMember, ids } from "./seed";
import { scimConfigurationOf } from "./service/scim";
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
  /** Limits the calls of each caller from now on; not at all without a limit. */
  limit(limit?: Limit): void;
  /** How often a limit has refused each call since it was set, by its method and request. */
  refused(): Record<string, number>;
  /** Ends the open streams of events, and returns how many there were. */
  cutStreams(end?: StreamEnd): number;
  /** Sends an event that nothing has caused to every open stream. */
  sendEvent(event: { operation: ResourceOperation; resourceType: ResourceType; resourceId: string }): void;
  /** How many streams of events are open. */
  streams(): number;
  /** Changes what a token stands for, or adds a token. */
  setToken(text: string, change: Partial<Token>): void;
  /** The objects of a kind as proto-JSON, with those that only others may see, without what the platform has made. */
  objects(table: TableName): JsonValue[];
  /** Merges proto-JSON into an object, as if the server or somebody else had changed it. */
  patch(table: TableName, id: string, change: JsonObject): void;
  /** Takes an object out of the world at once, as if somebody else had deleted it. */
  remove(table: TableName, id: string): void;
  /** Stops an environment as its inactivity timeout would. */
  stopEnvironment(id: string, timeout?: string): void;
  /** Sets what the working copy of an environment reports. */
  setGitStatus(id: string, git: { changedFiles?: string[]; unpushedCommits?: string[] }): void;
  /** Lets a person join the organization of the owner, and returns the id of the user. */
  addMember(person?: { readonly name?: string; readonly userId?: string; readonly role?: "admin" | "member" }): string;
  /** Sets the text that the name servers of a domain answer with. */
  setDomainRecord(domain: string, text: string): void;
  /** Installs the app of an integration, as its owner does in a browser. */
  installApp(integrationId: string, accountName?: string): void;
  /** Lets a prebuild of a project come to its end, from which its warm pools are filled. */
  finishPrebuild(projectId: string): void;
  /** Deploys the runner of an exchange token, which is used up by that, and returns the runner's id. */
  deployRunner(exchangeToken: string): string;
  /** The SCIM configuration that a token is good for now; undefined where it is good for none. */
  scimConfiguration(token: string): string | undefined;
  /** What is done to Classic. */
  readonly classic: ClassicAdmin;
  /** How often each method has been called, as `EnvironmentService/GetEnvironment`. */
  calls(): Record<string, number>;
  /** Begins to count calls anew. */
  resetCalls(): void;
  /** Hears of each call before the server acts and after it acted, and holds it up as long as it likes. */
  onCall(listener: CallListener): () => void;
}

/** What the admin side of an emulator moves. */
interface Levers {
  readonly book: FaultBook;
  readonly lag: Lag;
  readonly limits: LimitBook;
  readonly desk: WatchDesk;
  readonly log: CallLog;
}

/** Makes the admin side of an emulator. */
export function createAdmin(site: Site, { book, lag, limits, desk, log }: Levers): Admin {
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
    limit: (limit) => {
      limits.current = limit && { limit, counter: createCounter(site) };
      limits.refused.clear();
    },
    refused: () => Object.fromEntries(limits.refused),
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
    objects: (table) =>
      [...tables[table].rows.values()]
        .filter(({ platform = false }) => !platform)
        .map(({ remote }) => tables[table].write(remote)),
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
    addMember: ({ name, userId = site.newId(), role = "member" } = {}) => {
      const rank = role === "admin" ? OrganizationRole.ADMIN : OrganizationRole.MEMBER;
      addMember(site, ids.organization, userId, rank, name);
      return userId;
    },
    setDomainRecord: (domain, text) => {
      site.world.domainRecords.set(domain.toLowerCase(), text);
    },
    installApp: (integrationId, accountName = "acme") =>
      patchRow(site, "integrations", integrationId, {
        externalInstallation: { id: "4242", accountName, accountType: "Organization" },
      }),
    finishPrebuild: (projectId) => {
      const project = site.world.projects.rows.get(projectId);
      if (project === undefined) {
        throw new Error(`no project ${projectId}`);
      }
      project.owed.snapshotId = site.newId();
    },
    deployRunner: (exchangeToken) => deployRunner(site, exchangeToken),
    scimConfiguration: (token) => scimConfigurationOf(site, token),
    classic: createClassicAdmin(site),
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
