import { type Asked, reasonsAgainst } from "../../tools/release/verify";

const asked: Asked = {
  tag: "v1.2.3",
  repository: "acme/pulumi-gitpod",
  manifest: { version: "1.2.3", repository: { url: "git+https://github.com/acme/pulumi-gitpod.git" } },
  changelog: "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-12-01\n\n- A line.\n",
};

test("what package.json and the changelog say may be published under its tag", () => {
  expect(reasonsAgainst(asked)).toEqual([]);
});

test.each<[string, Partial<Asked>, string]>([
  ["another version", { tag: "v1.2.4" }, "the tag is v1.2.4, and the version in package.json 1.2.3"],
  ["no section", { changelog: "## [Unreleased]\n" }, "CHANGELOG.md has no line `## [1.2.3] - YYYY-MM-DD`"],
  ["no date", { changelog: "## [1.2.3]\n" }, "CHANGELOG.md has no line `## [1.2.3] - YYYY-MM-DD`"],
  [
    "no owner",
    { manifest: { version: "1.2.3" } },
    "`repository` in package.json is not set, and this is https://github.com/acme/pulumi-gitpod",
  ],
  [
    "a fork",
    { repository: "evil/pulumi-gitpod" },
    "`repository` in package.json is https://github.com/acme/pulumi-gitpod, and this is https://github.com/evil/pulumi-gitpod",
  ],
])("%s is a reason against it", (_what, change, reason) => {
  expect(reasonsAgainst({ ...asked, ...change })).toEqual([reason]);
});
