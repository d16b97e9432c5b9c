import { randomInt } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  type CreateAndStartWorkspaceRequest,
  WorkspaceSchema,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import type { Caller } from "../caller";
import { insert } from "../change";
import { invalid, notFound, precondition } from "../refusal";
import type { Site } from "../site";
import type { ClassicWorkspaceRow } from "../world";
import { type ReadUrl, readContextUrl } from "./context-url";
import { chooseEditor } from "./editor";
import { start } from "./instance";
import { memberKey } from "./seed";
import { sentinelIn } from "./sentinel";
import { isCollaborator } from "./team-access";

/** Stores a workspace and starts it; a start that is refused leaves it there. */
export function createWorkspace(site: Site, caller: Caller, request: CreateAndStartWorkspaceRequest): string {
  const { source, startSpec, organizationId } = request;
  if (startSpec === undefined) {
    throw new ConnectError("the server has crashed", Code.Internal);
  }
  if (source.case !== "contextUrl") {
    throw invalid("context_url: is required");
  }
  requireOrganization(site, caller, organizationId);
  const url = readContextUrl(source.value);
  if (url === undefined) {
    throw invalid("context_url: no connected Git host understands it");
  }
  requireRepository(url);
  const id = newWorkspaceId();
  const { workspaceClass, ideSettings } = startSpec;
  const row: ClassicWorkspaceRow = {
    id,
    remote: create(WorkspaceSchema, { ...url, workspaceId: id, ownerId: caller.id }),
    owner: { organizationId, creatorId: caller.id },
    owed: {
      deleted: false,
      stop: false,
      attempts: 0,
      usedAt: site.now(),
      ownerToken: "",
      workspaceClass,
      editor: chooseEditor(ideSettings?.defaultIde ?? "", ideSettings?.useLatestVersion ?? false),
    },
  };
  insert(site, site.world.classicWorkspaces, row);
  start(site, row);
  return id;
}

function requireOrganization({ world }: Site, caller: Caller, organizationId: string): void {
  const member = world.classicTeamMembers.rows.get(memberKey(organizationId, caller.id));
  // `classic-workspace-organization`: Facts are silent on a request without an organization.
  if (organizationId === "") {
    throw invalid("organization_id: is required");
  }
  if (member === undefined) {
    throw notFound("organization", organizationId);
  }
  if (isCollaborator(member)) {
    throw precondition("a collaborator cannot start any repository");
  }
}

function requireRepository({ context }: ReadUrl): void {
  const sentinel = sentinelIn({ context });
  if (sentinel === "not-connected") {
    throw new ConnectError("the Git host is not connected", Code.Unauthenticated);
  }
  if (sentinel === "not-found") {
    throw notFound("repository", context.contextUrl);
  }
}

const colors = ["amber", "azure", "coral", "green", "ivory", "olive", "plum", "teal", "violet", "white"];
const animals = ["badger", "cat", "crane", "finch", "gecko", "heron", "lynx", "newt", "otter", "wombat"];

/** Makes an id that ends in a digit, so that no three words look like one. */
function newWorkspaceId(): string {
  const tail = Array.from({ length: 11 }, (_, i) => randomInt(i < 10 ? 36 : 10).toString(36)).join("");
  return `${colors[randomInt(colors.length)]}-${animals[randomInt(animals.length)]}-${tail}`;
}
