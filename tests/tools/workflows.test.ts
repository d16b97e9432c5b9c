import { workflowBreaches, workflowsIn } from "../../tools/rules/workflows";

const digest = "0123456789012345678901234567890123456789";
const workflow = `on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: acme/set-up@${digest} # v1.2.3
      - uses: ./.github/actions/set-up
      - run: npm test -- "$NAME"
        env:
          NAME: \${{ github.head_ref }}
  called:
    uses: ./.github/workflows/ci.yml
    permissions: {}
`;
const path = ".github/workflows/ci.yml";

test("a workflow may do what it states", () => {
  expect(workflowBreaches([{ path, text: workflow }])).toEqual([]);
});

test.each([
  ["an action by its tag", `@${digest} # v1.2.3`, "@v1.2.3", "uses: acme/set-up@v1.2.3: pin"],
  ["a digest without a version", " # v1.2.3", "", "pin the digest, comment the version"],
  ["a version that is not exact", "# v1.2.3", "# v1", "pin the digest, comment the version"],
  ["an image by its tag", `acme/set-up@${digest}`, "docker://acme/set-up:1", "docker://acme/set-up:1 # v1.2.3: pin"],
  ["no permissions", "permissions: {}\njobs", "jobs", "state `permissions: {}`"],
  ["all permissions", "permissions: {}\njobs", "permissions: write-all\njobs", "let a job state what it may write"],
  ["a right of all jobs", "permissions: {}\njobs", "permissions:\n  issues: write\njobs", "let a job state"],
  ["a job without permissions", "    permissions:\n      contents: read\n", "", "test: state permissions"],
  ["a job without a limit", "    timeout-minutes: 5\n", "", "test: state timeout-minutes"],
  ["code in a name", '"$NAME"', "$" + "{{ github.head_ref }}", "test: hand $" + "{{ github.head_ref }} to the shell"],
])("a workflow may not have %s", (_what, part, instead, breach) => {
  const text = workflow.replace(part, instead);

  expect(text).not.toBe(workflow);
  expect(workflowBreaches([{ path, text }])).toEqual([expect.stringContaining(breach)]);
});

test("recipes are held to it, too, and so are actions of the repository", () => {
  const text = workflow.replace(` # v1.2.3`, "");
  const action = `runs:\n  using: composite\n  steps:\n    - uses: acme/set-up@v1\n`;
  const files = [
    { path: "examples/pipelines/github/up.yml", text },
    { path: ".github/actions/set-up/action.yml", text: action },
    { path: "examples/pipelines/gitlab/up.yml", text: "test:\n  script: npm test\n" },
  ];

  expect(workflowBreaches(files)).toEqual([
    `examples/pipelines/github/up.yml: uses: acme/set-up@${digest}: pin the digest, comment the version`,
    ".github/actions/set-up/action.yml: uses: acme/set-up@v1: pin the digest, comment the version",
  ]);
  expect(workflowsIn(files).map((file) => file.path)).toEqual(["examples/pipelines/github/up.yml"]);
});

test("a version has one digest", () => {
  const other = digest.replace("0", "a");
  const files = [digest, other].map((each, index) => ({
    path: `.github/workflows/${index}.yml`,
    text: workflow.replace(digest, each),
  }));

  expect(workflowBreaches(files)).toEqual([
    `acme/set-up v1.2.3 has one digest, and workflows give it ${digest} and ${other}`,
  ]);
});
