import { ownWorkflowBreaches } from "../../tools/rules/own-workflows";

const workflow = `on:
  pull_request:
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@0123456789012345678901234567890123456789
        with:
          persist-credentials: false
      - uses: ./.github/actions/set-up
      - run: npm run check && npm test && bash tools/release/tag.sh "$VERSION"
        env:
          FILES: \${{ hashFiles('tools/**', '~/.cache/tools/none', 'build/tools/none') }}
  publish:
    environment: npm
    steps:
      - run: npm publish
        env:
          TOKEN: \${{ secrets.TOKEN }}
`;
const path = ".github/workflows/ci.yml";
const files = [".github/actions/set-up/action.yml", "tools/release/tag.sh"].map((path) => ({ path, text: "" }));
const breachesIn = (text: string): string[] => ownWorkflowBreaches([{ path, text }, ...files], ["check", "test"]);

test("a workflow may name scripts and paths that exist, and hand a secret to a job with an environment", () => {
  expect(breachesIn(workflow)).toEqual([]);
});

test.each([
  ["a script that is not there", "npm run check", "npm run chekc", "package.json has no script `chekc`"],
  ["a file that is not there", "release/tag.sh", "release/gat.sh", "there is no tools/release/gat.sh"],
  ["an action that is not there", "actions/set-up", "actions/set", "there is no .github/actions/set"],
  ["a secret in any job", "    environment: npm\n", "", "publish: a secret needs an environment"],
  ["a token in the checkout", "persist-credentials: false", "fetch-depth: 0", "test: the checkout would leave a token"],
  ["the code of others with rights", "pull_request:", "pull_request_target:", "a pull request would run with the"],
])("a workflow may not have %s", (_what, part, instead, breach) => {
  const text = workflow.replace(part, instead);

  expect(text).not.toBe(workflow);
  expect(breachesIn(text)).toEqual([expect.stringContaining(`${path}: ${breach}`)]);
});

test("a recipe names what is in the repository that it is copied to", () => {
  const text = workflow.replace("npm run check", "npm run deploy");

  expect(ownWorkflowBreaches([{ path: "examples/pipelines/github/up.yml", text }], [])).toEqual([]);
});
