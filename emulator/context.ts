/** The repository that a URL stands for, and what of it. */
export interface Context {
  readonly host: string;
  /** The owner of the repository; of nested groups all of them. */
  readonly owner: string;
  readonly repo: string;
  /** The URL of the repository alone, as it was written. */
  readonly repositoryUrl: string;
  /** Empty where the URL names a commit or a tag. */
  readonly branch: string;
  readonly commit: string;
  readonly tag: string;
  /** The number of the issue or the pull request; empty where the URL names none. */
  readonly issue: string;
  readonly pullRequest: string;
}

/**
 * Takes the URL of a repository, branch, commit, tag, issue or pull request apart, as GitHub, GitLab and Bitbucket write
 * them; undefined where it names no repository. Nothing is looked up, so that every name counts as existing, what
 * follows `tree` is a branch unless it looks like a commit, and a URL of a repository alone stands for its branch main.
 */
export function readContext(text: string): Context | undefined {
  const url = URL.parse(text);
  const parts = (url?.pathname ?? "").split("/").filter((part) => part !== "");
  // GitLab ends the path of a repository, which may be longer there, with a dash.
  const dash = parts.indexOf("-");
  const path = parts.slice(0, dash === -1 ? 2 : dash);
  if (url === null || path.length < 2) {
    return undefined;
  }
  const [kind = "", ...rest] = parts.slice(dash === -1 ? 2 : dash + 1).map(decoded);
  return {
    host: url.host,
    owner: path.slice(0, -1).join("/"),
    repo: (path.at(-1) ?? "").replace(/\.git$/, ""),
    repositoryUrl: `${url.origin}/${path.join("/")}`,
    branch: "main",
    commit: "",
    tag: "",
    issue: "",
    pullRequest: "",
    ...revisionIn(kind, rest),
  };
}

/** Says whether two URIs are of one repository, however they are written. */
export function isSameRepository(one: string, other: string): boolean {
  return repositoryKey(one) === repositoryKey(other);
}

function revisionIn(kind: string, rest: string[]): Partial<Context> {
  const [first = "", ...others] = rest;
  const whole = rest.join("/");
  switch (first === "" ? "" : kind) {
    case "tree":
    case "src":
      return /^[0-9a-f]{40}$/.test(whole) ? { branch: "", commit: whole } : { branch: whole };
    case "blob":
      return { branch: first };
    case "commit":
    case "commits":
      return { branch: "", commit: first };
    case "tags":
      return { branch: "", tag: whole };
    case "releases":
      return first === "tag" && others.length > 0 ? { branch: "", tag: others.join("/") } : {};
    case "issues":
      return { issue: first };
    case "pull":
    case "pull-requests":
    case "merge_requests":
      return { branch: `pull-request-${first}`, pullRequest: first };
    default:
      return {};
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function repositoryKey(uri: string): string {
  const [, host, path] = /^(?:[^@/]+@)([^:/]+):(.+)$/.exec(uri) ?? [];
  const context = readContext(host === undefined ? uri : `ssh://${host}/${path}`);
  return (context === undefined ? uri : `${context.host}/${context.owner}/${context.repo}`).toLowerCase();
}
