import { create } from "@bufbuild/protobuf";
import {
  EnvironmentSpecSchema,
  GitInitializer_CloneTargetMode as Target,
} from "../../proto/gen/gitpod/v1/environment_pb";
import { open, refusal, small } from "./open";

const sha = "89abcdef0123456789abcdef0123456789abcdef";
const github = "https://github.com/acme/shop";

test.each([
  [github, { branch: "main" }],
  [`${github}.git`, { branch: "main" }],
  [`${github}/tree/feature/cart`, { branch: "feature/cart" }],
  [`${github}/tree/a%20b`, { branch: "a b" }],
  [`${github}/tree/${sha}`, { commit: sha }],
  [`${github}/blob/next/README.md`, { branch: "next" }],
  [`${github}/commit/${sha}`, { commit: sha }],
  [`${github}/releases/tag/v1.0`, { tag: "v1.0" }],
  [`${github}/releases`, { branch: "main" }],
  [`${github}/pull/17`, { branch: "pull-request-17", pullRequest: "17" }],
  [`${github}/issues/18`, { branch: "main", issue: "18" }],
  ["https://gitlab.com/acme/web/shop/-/tree/next", { owner: "acme/web", branch: "next" }],
  ["https://gitlab.com/acme/shop/-/merge_requests/3", { branch: "pull-request-3", pullRequest: "3" }],
  ["https://bitbucket.org/acme/shop/src/next", { branch: "next" }],
])(
  "the URL %s says what of a repository it means",
  async (contextUrl, { owner = "acme", issue, pullRequest, ...git }: Seen) => {
    const { runners } = open();

    const parsed = await runners.parseContextURL({ contextUrl });

    const { host } = new URL(contextUrl);
    const empty = { branch: "", commit: "", tag: "" };
    expect(parsed.git).toMatchObject({
      ...empty,
      ...git,
      host,
      owner,
      repo: "shop",
      cloneUrl: `https://${host}/${owner}/shop.git`,
    });
    expect([parsed.originalContextUrl, parsed.issue?.id, parsed.pullRequest?.id]).toEqual([
      contextUrl,
      issue,
      pullRequest,
    ]);
  },
);

interface Seen {
  owner?: string;
  issue?: string;
  pullRequest?: string;
  branch?: string;
  commit?: string;
  tag?: string;
}

test("a URL that names no repository is refused", async () => {
  const { runners } = open();
  const contextUrl = "https://github.com/acme";

  expect(await refusal(runners.parseContextURL({ contextUrl }))).toEqual([
    "InvalidArgument",
    `context_url: ${contextUrl} does not name a repository`,
  ]);
});

test("a URL comes with the projects of its repository that the caller may see, the oldest first", async () => {
  const { emulator, as, projects, runners } = open();
  const project = async (url: string, kind: "git" | "contextUrl", own = projects) => {
    const spec = kind === "git" ? { case: kind, value: { remoteUri: url } } : { case: kind, value: { url } };
    return (await own.createProject({ name: "Shop", initializer: { specs: [{ spec }] } })).project?.id;
  };
  const wanted = [
    await project(github, "contextUrl"),
    await project("https://GitHub.com/Acme/Shop.git", "git"),
    await project("git@github.com:acme/shop.git", "git"),
    await project(`${github}/tree/next`, "contextUrl"),
  ];
  await project("https://github.com/acme/shopping", "contextUrl");
  await project("https://gitlab.com/acme/shop", "contextUrl");
  await project(github, "contextUrl", as(emulator.tokens.stranger).projects);
  await projects.deleteProject({ projectId: (await project(github, "git")) ?? "" });

  const { projectIds } = await runners.parseContextURL({ contextUrl: `${github}/pull/17` });

  expect(projectIds).toEqual(wanted);
});

test.each([
  ["the URL of a branch", { case: "contextUrl", value: { url: `${github}/tree/next` } }, [github, "next", "shop"]],
  ["a commit", { case: "git", value: target(Target.REMOTE_COMMIT, sha) }, [`${github}.git`, "", "shop", sha]],
  ["a branch", { case: "git", value: target(Target.REMOTE_BRANCH, "next") }, [`${github}.git`, "next", "shop"]],
  [
    "a folder",
    { case: "git", value: { ...target(Target.REMOTE_HEAD, ""), checkoutLocation: "web" } },
    [`${github}.git`, "main", "web"],
  ],
] as const)(
  "an environment checks %s out as its initializer says",
  async (_, spec, [cloneUrl, branch, folder, commit]) => {
    const { emulator, environments, environment } = open();
    const stated = create(EnvironmentSpecSchema, { ...small, content: { initializer: { specs: [{ spec }] } } });
    const created = await environments.createEnvironment({ spec: stated });
    emulator.settle();

    const { status } = await environment(created.environment?.id ?? "");

    expect(status?.content?.git).toMatchObject({
      cloneUrl,
      branch,
      ...(commit === undefined ? {} : { latestCommit: commit }),
    });
    expect(status?.content?.contentLocationInMachine).toBe(`/workspaces/${folder}`);
  },
);

function target(targetMode: Target, cloneTarget: string) {
  return { remoteUri: `${github}.git`, targetMode, cloneTarget };
}
