import { randomUUID } from "node:crypto";
import { type DescMethodUnary, fromJson, toJson } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { IdentityService, Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { isObject, type JsonObject } from "../../provider/value/json";
import { serve } from "../client/loopback";

/** The organization that everybody belongs to. */
export const organizationId = "01900000-0000-7000-8000-000000000001";

/** An API that knows who calls, and notes. */
export interface NoteServer {
  readonly url: string;
  notes(): JsonObject[];
  /** Writes a note behind the back of every program, a new one where it has no id, and returns the id. */
  put(note: JsonObject): string;
  /** Returns the calls that changed something since the last time. */
  takeWrites(): string[];
}

/** Serves notes by the methods of their service, as generated code describes them. */
export async function serveNotes(methods: readonly DescMethodUnary[]): Promise<NoteServer> {
  const notes = new Map<string, JsonObject>();
  const writes: string[] = [];
  const put = (note: JsonObject): string => {
    const { id = randomUUID(), createdAt = new Date().toISOString() } = note;
    notes.set(String(id), { ...note, id, createdAt });
    return String(id);
  };
  const found = (id: unknown): JsonObject => {
    const note = notes.get(String(id));
    if (!note) throw new ConnectError("there is no such note", Code.NotFound);
    return note;
  };
  const answers: Record<string, (request: JsonObject) => JsonObject> = {
    createNote: (note) => ({ note: found(put(note)) }),
    getNote: ({ id }) => ({ note: found(id) }),
    listNotes: () => ({ notes: [...notes.values()] }),
    updateNote: ({ noteId, ...changes }) => ({ note: found(put({ ...found(noteId), ...changes })) }),
    deleteNote: ({ noteId }) => {
      notes.delete(String(found(noteId).id));
      return {};
    },
  };
  const listener = connectNodeAdapter({
    requestPathPrefix: "/api",
    routes: (router) => {
      router.service(IdentityService, {
        getAuthenticatedIdentity: () => ({
          organizationId,
          subject: { id: "01900000-0000-7000-8000-000000000002", principal: Principal.USER },
        }),
      });
      for (const method of methods) {
        router.rpc(method, (message) => {
          if (!/^(get|list)/.test(method.localName)) writes.push(method.name);
          const request = toJson(method.input, message);
          return fromJson(method.output, answers[method.localName]!(isObject(request) ? request : {}));
        });
      }
    },
  });
  const { url } = await serve(listener);
  return { url, notes: () => [...notes.values()], put, takeWrites: () => writes.splice(0) };
}
