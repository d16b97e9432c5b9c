import { convert } from "../../terraform/import-file";
import { readState } from "../../terraform/state";
import { shownState } from "./sample";

const ids = { project: "p-1", group: "g-1", secret: "s-1" };

const shown = (...resources: object[]) =>
  JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } });

const group = {
  address: "ona_group.team",
  mode: "managed",
  type: "ona_group",
  name: "team",
  values: { id: "g-1" },
};

test("what there is a kind for goes into the import file, and the rest is told with the reason", () => {
  const conversion = convert(readState(JSON.stringify(shownState(ids))));

  expect(conversion).toEqual({
    file: {
      resources: [
        { type: "gitpod:index:Project", name: "shop", id: "p-1" },
        { type: "gitpod:index:Secret", name: "token", id: "projectId/p-1/s-1" },
        { type: "gitpod:index:Group", name: "people-team-reviewers", id: "g-1" },
      ],
    },
    left: ["ona_runner.eu: there is no kind for ona_runner, so it stays with Terraform"],
  });
});

test.each([
  ["organization", { organization_id: "o-1" }, "organizationId/o-1/s-1"],
  ["user", { user_id: "u-1" }, "userId/u-1/s-1"],
  ["service_account", { service_account_id: "a-1" }, "serviceAccountId/a-1/s-1"],
])("a secret of the scope %s is imported by its owner", (scope, owner, id) => {
  const secret = {
    address: "ona_secret.a",
    mode: "managed",
    type: "ona_secret",
    values: { id: "s-1", scope, ...owner },
  };

  const { file } = convert(readState(shown(secret)));

  expect(file.resources).toEqual([{ type: "gitpod:index:Secret", name: "a", id }]);
});

test("the same name in two types becomes two names", () => {
  const project = { ...group, address: "ona_project.team", type: "ona_project", values: { id: "p-1" } };

  const { file } = convert(readState(shown(group, project)));

  expect(file.resources.map(({ name }) => name)).toEqual(["team", "team-project"]);
});

test("what the state does not know well enough is left, with what to do", () => {
  const secret = { address: "ona_secret.a", mode: "managed", type: "ona_secret", values: { id: "s-1", scope: "user" } };

  const conversion = convert(readState(shown(secret, { ...group, tainted: true })));

  expect(conversion).toEqual({
    file: { resources: [] },
    left: [
      "ona_secret.a: the state lacks its id or its scope: refresh the state first, or import it by hand",
      "ona_group.team: Terraform has marked it as tainted and would replace it: repair it there first",
    ],
  });
});

test.each([
  ["text", "no JSON", "This is not JSON: pass the output of `terraform show -json`."],
  [
    "the file of a state",
    '{ "version": 4, "serial": 1, "resources": [] }',
    "This is not the output of `terraform show -json` for a state: it is the state file itself; run `terraform show -json` in its folder.",
  ],
  [
    "a plan",
    '{ "format_version": "1.2", "planned_values": {} }',
    "This is not the output of `terraform show -json` for a state: it is a plan; run `terraform show -json` without a file.",
  ],
])("%s is refused with what to give", (_, text, reason) => {
  expect(() => readState(text)).toThrow(reason);
});
