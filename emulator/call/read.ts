import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";

/** Whether a call changes nothing, whether or not the API declares it. */
export function isRead({ idempotency, name, parent }: DescMethod): boolean {
  return (
    idempotency === Idempotency.NO_SIDE_EFFECTS ||
    undeclared.has(name) ||
    (parent.file.proto.package === "gitpod.experimental.v1" && /^(Get|List|Stream)/.test(name))
  );
}

const undeclared = new Set([
  "WatchEvents",
  "ParseContextURL",
  "CheckAuthenticationForHost",
  "CheckRepositoryAccess",
  "SearchRepositories",
  "GetAnnouncementBanner",
  "GetPrompt",
  "ListPrompts",
]);
