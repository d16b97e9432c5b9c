import {
  clone,
  create,
  type DescMessage,
  fromJson,
  type JsonValue,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import type { ResourceType } from "../proto/gen/gitpod/v1/event_pb";

/** The objects of one kind, and how they turn into JSON and back. */
export interface Table<Remote, Owed> {
  readonly noun: string;
  /** The type that events name; unspecified where no event tells of the kind. */
  readonly resourceType: ResourceType;
  /** Who may see a row: everybody in its organization, or its creator only. */
  readonly reach: "organization" | "creator";
  readonly desc: DescMessage;
  readonly rows: Map<string, Row<Remote, Owed>>;
  /** The ids of the objects that a row lives in: it goes with them, and who may change them may change it. */
  within(row: Row<Remote, Owed>): readonly string[];
  fresh(): Remote;
  copy(remote: Remote): Remote;
  read(json: JsonValue): Remote;
  write(remote: Remote): JsonValue;
}

/** One object: what the API returns, whom it belongs to, and what is still to happen to it. */
export interface Row<Remote, Owed> {
  readonly id: string;
  remote: Remote;
  readonly owner: Owner;
  owed: Owed;
  /** How many more steps it stays visible; absent while it is not deleted. */
  linger?: number;
  /** Whether the platform has made it, so that it is nobody's. */
  readonly platform?: true;
}

/** Whom an object belongs to. */
export interface Owner {
  readonly organizationId: string;
  readonly creatorId: string;
  /** The environment that the object lives in; absent for objects outside of environments. */
  readonly environmentId?: string;
}

/** What is particular about a table. */
interface Particulars<Whole> {
  readonly reach?: "organization" | "creator";
  readonly within?: (remote: Whole, owner: Owner) => readonly string[];
}

/** Makes an empty table. */
export function table<Desc extends DescMessage, Remote extends MessageShape<Desc>, Owed>(
  noun: string,
  resourceType: ResourceType,
  schema: Desc,
  complete: (remote: MessageShape<Desc>) => Remote,
  { reach = "organization", within = () => [] }: Particulars<Remote> = {},
): Table<Remote, Owed> {
  return {
    noun,
    resourceType,
    reach,
    desc: schema,
    rows: new Map(),
    within: ({ remote, owner }) => within(remote, owner),
    fresh: () => complete(create(schema)),
    copy: (remote) => complete(clone(schema, remote)),
    read: (json) => complete(fromJson(schema, json)),
    write: (remote) => toJson(schema, remote),
  };
}

/** Fills nothing, for messages that the emulator takes as they are. */
export function asIs<Remote>(remote: Remote): Remote {
  return remote;
}
