import { create } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import {
  type StreamWorkspaceStatusResponse,
  StreamWorkspaceStatusResponseSchema,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { openStream } from "../event/stream";
import type { WatchDesk } from "../event/watch";
import { cut } from "../fault/wire";
import { precondition } from "../refusal";
import type { Site } from "../site";
import type { ClassicWorkspaceRow } from "../world";

/** Opens a stream of the changes of a workspace's status from now on; the present one is not told. */
export function streamStatus(
  site: Site,
  desk: WatchDesk,
  row: ClassicWorkspaceRow,
  { signal, values }: Pick<HandlerContext, "signal" | "values">,
): AsyncGenerator<StreamWorkspaceStatusResponse> {
  if (row.remote.status?.instance === undefined) {
    throw precondition(`workspace ${row.id} has no instance`);
  }
  const line = { signal, hangUp: () => cut({ contextValues: values }) };
  return openStream(line, (push, close) => {
    let told = versionOf(row);
    const unwatch = site.changes.watch(({ resourceId }) => {
      if (resourceId === row.id && versionOf(row) !== told) {
        told = versionOf(row);
        const { status } = site.world.classicWorkspaces.copy(row.remote);
        push(create(StreamWorkspaceStatusResponseSchema, status === undefined ? {} : { result: status }));
      }
    });
    desk.open.add(close);
    return () => {
      unwatch();
      desk.open.delete(close);
    };
  });
}

/** What changes with each status: a new instance counts from 0. */
function versionOf({ remote }: ClassicWorkspaceRow): string {
  const { instanceId, status } = remote.status?.instance ?? {};
  return `${instanceId} ${status?.statusVersion}`;
}
