import type { Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { HandlerContext } from "@connectrpc/connect";
import { type Caller, callerOf, find, visible } from "./caller";
import { changed, insert, remove } from "./change";
import { put, stampChanged, stampNew } from "./message";
import { cutPage, type Page, type PageRequest } from "./page";
import { taken } from "./refusal";
import { type Site, second } from "./site";
import type { Row, Table } from "./table";

/** What a kind says of its objects beyond its messages. */
export interface Rules<Remote, Owed> {
  /** What is checked, and filled in, before a new or changed object is kept. */
  readonly settle?: (remote: Remote, caller: Caller, row?: Row<Remote, Owed>) => void;
  /** What no two objects of an organization share; an empty text is shared by any. */
  readonly key?: (remote: Remote) => string;
  /** Refuses changes and the deletion of an object that stands as it is. */
  readonly changeable?: (row: Row<Remote, Owed>) => void;
  /** What is added to the object when it is shown. */
  readonly show?: (shown: Remote, row: Row<Remote, Owed>) => void;
}

/** What the calls of a kind do whose create, read, update and delete have their effect with the answer. */
export interface PlainCalls<Remote extends Message, Owed> {
  /** Makes an object of what the request says, and then by hand. */
  add(request: Message, context: HandlerContext, owed: Owed, apply?: (row: Row<Remote, Owed>) => void): Remote;
  /** Shows one object that the caller may see. */
  get(id: string, context: HandlerContext): Remote;
  /** Shows one page of the objects that the caller may see, the oldest first where nothing else is asked for. */
  list<Named extends object>(
    request: PageRequest,
    context: HandlerContext,
    name: (items: Remote[]) => Named,
    keep?: (remote: Remote) => boolean,
    order?: (one: Remote, other: Remote) => number,
  ): Named & Omit<Page<Remote>, "items">;
  /** Changes an object by what the request says, and then by hand. */
  change(id: string, request: Message, context: HandlerContext, apply?: (row: Row<Remote, Owed>) => void): Remote;
  /** Takes an object out of the world at once. */
  drop(id: string, context: HandlerContext): Record<never, never>;
  /** The object as the API shows it. */
  view(row: Row<Remote, Owed>): Remote;
}

/** Makes what the calls of a plain kind do with its table. */
export function plainCalls<Remote extends Message, Owed>(
  site: Site,
  table: Table<Remote, Owed>,
  { settle, key = () => "", changeable, show }: Rules<Remote, Owed> = {},
): PlainCalls<Remote, Owed> {
  const view = (row: Row<Remote, Owed>): Remote => {
    const shown = table.copy(row.remote);
    show?.(shown, row);
    return shown;
  };
  const requireFree = (remote: Remote, caller: Caller, ownId: string): void => {
    const wanted = key(remote);
    const other =
      wanted === ""
        ? undefined
        : visible(table, caller).find(({ id, linger, remote: present }) => {
            return id !== ownId && linger === undefined && key(present) === wanted;
          });
    if (other !== undefined) {
      throw taken(`a ${table.noun} for ${wanted} exists already`);
    }
  };
  return {
    view,

    add: (request, context, owed, apply) => {
      const caller = callerOf(context);
      const id = site.newId();
      const remote = table.fresh();
      const object = reflect(table.desc, remote);
      put(object, reflect(context.method.input, request));
      stampNew(object, id, caller, second(site));
      const owner = { organizationId: caller.organizationId, creatorId: caller.id };
      const row: Row<Remote, Owed> = { id, remote, owner, owed };
      settle?.(remote, caller);
      apply?.(row);
      requireFree(remote, caller, id);
      insert(site, table, row);
      return view(row);
    },

    get: (id, context) => view(find(table, callerOf(context), id)),

    list: (request, context, name, keep = () => true, order) => {
      const rows = visible(table, callerOf(context)).filter(({ remote }) => keep(remote));
      if (order !== undefined) {
        rows.sort((one, other) => order(one.remote, other.remote));
      }
      const { items, ...page } = cutPage(rows, request);
      return { ...page, ...name(items.map(view)) };
    },

    change: (id, request, context, apply) => {
      const caller = callerOf(context);
      const row = find(table, caller, id);
      changeable?.(row);
      // What is refused must change nothing, so that the change is made on a draft.
      const draft: Row<Remote, Owed> = { ...row, remote: table.copy(row.remote), owed: structuredClone(row.owed) };
      const object = reflect(table.desc, draft.remote);
      put(object, reflect(context.method.input, request));
      apply?.(draft);
      settle?.(draft.remote, caller, row);
      requireFree(draft.remote, caller, id);
      stampChanged(object, second(site));
      Object.assign(row, { remote: draft.remote, owed: draft.owed });
      changed(site, table, row);
      return view(row);
    },

    drop: (id, context) => {
      const row = find(table, callerOf(context), id);
      changeable?.(row);
      remove(site, table, row);
      return {};
    },
  };
}
