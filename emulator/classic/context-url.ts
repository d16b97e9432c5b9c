import { create } from "@bufbuild/protobuf";
import {
  type WorkspaceContext,
  WorkspaceContext_GitSchema,
  WorkspaceContextSchema,
} from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { readContext } from "../context";

/** What the server makes of a context URL. */
export interface ReadUrl {
  readonly context: WorkspaceContext;
  /** The repository and the branch, as people read them. */
  readonly description: string;
}

/**
 * Reads a context URL and spells it as the server does: without spaces around it, and `host/…` and `git@host:…` as
 * `https://host/…`. Variables before it, as `NAME=value/`, stay. Undefined where no connected Git host understands it.
 */
export function readContextUrl(text: string): ReadUrl | undefined {
  const [, variables = "", written = ""] = /^((?:[A-Za-z_]\w*=[^/]*\/)*)(.*)$/.exec(text.trim()) ?? [];
  const url = respelled(written);
  const context = readContext(url);
  const type = context === undefined ? undefined : hosts[context.host];
  if (context === undefined || type === undefined) {
    return undefined;
  }
  const { owner, repo: name, host: hostname, branch, commit, tag } = context;
  const git = create(WorkspaceContext_GitSchema, {
    normalizedContextUrl: url,
    repository: { owner, name },
    provider: { type, hostname },
  });
  return {
    context: create(WorkspaceContextSchema, { contextUrl: `${variables}${url}`, details: { case: "git", value: git } }),
    description: `${owner}/${name} - ${branch || commit || tag}`,
  };
}

// Facts name no hosts; these are connected for every user of the emulator.
const hosts: Record<string, string> = { "github.com": "GitHub", "gitlab.com": "GitLab", "bitbucket.org": "Bitbucket" };

function respelled(url: string): string {
  const [, sshHost, path] = /^git@([^:/]+):(.+)$/.exec(url) ?? [];
  if (sshHost !== undefined) {
    return `https://${sshHost}/${path}`;
  }
  return (url.split("/", 1)[0] ?? "") in hosts ? `https://${url}` : url;
}
