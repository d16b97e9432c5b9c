import { type ContextKey, createContextKey, type HandlerContext } from "@connectrpc/connect";
import type { Principal } from "../proto/gen/gitpod/v1/identity_pb";
import { notFound } from "./refusal";
import type { Row, Table } from "./table";

/** Who makes a call. */
export interface Caller {
  readonly id: string;
  readonly principal: Principal;
  readonly organizationId: string;
  readonly readOnly: boolean;
}

/** Where the caller stands in the values of a call. */
export const callerKey: ContextKey<Caller | undefined> = createContextKey<Caller | undefined>(undefined, {
  description: "caller",
});

/** The caller of a call that has been authenticated. */
export function callerOf(context: Pick<HandlerContext, "values">): Caller {
  const caller = context.values.get(callerKey);
  if (caller === undefined) {
    throw new Error("a handler ran before the call was authenticated");
  }
  return caller;
}

/** Finds an object that the caller may see; one that exists but is not theirs is not found. */
export function find<Remote, Owed>(table: Table<Remote, Owed>, caller: Caller, id: string): Row<Remote, Owed> {
  const row = table.rows.get(id);
  if (row === undefined || !maySee(table, caller, row)) {
    throw notFound(table.noun, id);
  }
  return row;
}

/** All objects of a table that the caller may see, the oldest first. */
export function visible<Remote, Owed>(table: Table<Remote, Owed>, caller: Caller): Row<Remote, Owed>[] {
  return [...table.rows.values()].filter((row) => maySee(table, caller, row));
}

/** Whether the caller may see an object. */
export function maySee(
  table: Pick<Table<unknown, unknown>, "reach">,
  caller: Caller,
  row: Pick<Row<unknown, unknown>, "owner">,
): boolean {
  return (
    row.owner.organizationId === caller.organizationId &&
    (table.reach === "organization" || row.owner.creatorId === caller.id)
  );
}
