import { createConnectRouter, type Interceptor } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import { EditorService } from "../../proto/gen/gitpod/experimental/v1/editor_service_pb";
import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { UserService } from "../../proto/gen/gitpod/experimental/v1/user_pb";
import { WorkspacesService } from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import type { WatchDesk } from "../event/watch";
import type { Site } from "../site";
import { editorService } from "./editor";
import { teamsService } from "./team";
import { classicUserService } from "./user";
import { workspacesService } from "./workspace";

/** The handlers of every call of `gitpod.experimental.v1`; those that are not written answer `unimplemented`. */
export function createClassicApi(site: Site, desk: WatchDesk, interceptors: Interceptor[]): UniversalHandler[] {
  const router = createConnectRouter({
    interceptors,
    grpc: false,
    grpcWeb: false,
    acceptCompression: [compressionGzip, compressionBrotli],
  });
  return router
    .service(EditorService, editorService())
    .service(TeamsService, teamsService(site))
    .service(UserService, classicUserService(site))
    .service(WorkspacesService, workspacesService(site, desk)).handlers;
}
