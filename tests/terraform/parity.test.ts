import { readFileSync } from "node:fs";
import { join } from "node:path";
import { functionNames } from "../../provider/functions";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import * as resources from "../../provider/resources";
import { convert } from "../../terraform/import-file";
import { kinds } from "../../terraform/kind";
import { readState } from "../../terraform/state";
import { root } from "../../tools/root";
import { samples, shown } from "./sample";

/** What the vendor's provider registers, by its public source. */
const vendor = {
  resources:
    "announcement_banner automation automation_role_assignment custom_domain environment_class git_authentication github_app_integration group group_membership integration oidc_config organization_ai_budget organization_policies organization_role_assignment project project_role_assignment runner runner_llm_integration runner_role_assignment runner_token scim_configuration scm_integration secret security_policy service_account skill sso_configuration team team_ai_budget team_membership terms_of_service user_ai_budget warm_pool webhook",
  dataSources:
    "automations integration_definitions project runner runners security_policies skill user users warm_pool warm_pools",
  ephemerals: "service_account_token webhook_secret",
  lists:
    "announcement_banner automation custom_domain environment_class git_authentication github_app_integration group group_membership integration oidc_config organization_policies organization_role_assignment project runner runner_llm_integration scim_configuration scm_integration secret security_policy service_account skill sso_configuration team team_membership terms_of_service warm_pool webhook",
};

const schema: { resources: Record<string, { listInputs?: object }> } = JSON.parse(
  readFileSync(join(root, "provider/plugin/schema.json"), "utf8"),
);

const typesOf = (names: string): string[] => names.split(" ").map((name) => `ona_${name}`);

const byKind = new Map(Object.values<Definition>(resources).map((definition) => [kindName(definition), definition]));

test("every resource of the vendor's provider stands in the table, with the kinds that its objects are imported as", () => {
  const told = tableUnder("Resources").map(([type = "", here = ""]) => [
    ...namesIn(type),
    namesIn(here).filter((name) => byKind.has(name)),
  ]);

  expect(told).toHaveLength(34);
  expect(told).toEqual(typesOf(vendor.resources).map((type) => [type, kinds[type]?.map(({ name }) => name)]));
});

test("what each resource is imported as is what the command makes of it", () => {
  const idsOf = (type: string) =>
    samples(String).flatMap(([name, ...rest]) => (`ona_${name}` === type ? [idIn(shown([name, ...rest]))] : []));

  const told = tableUnder("Resources").filter(([type = "", , how = ""]) => {
    const ids = idsOf(namesIn(type)[0] ?? "");
    const forms = namesIn(how).map((form) => new RegExp(`^${form.replaceAll(/\b[A-Z]+\b/g, "[^/]+")}$`));
    return forms.length > 0
      ? !forms.every((form) => ids.some((id) => form.test(id)))
      : ids.some((id) => id.includes("/"));
  });

  expect(told).toEqual([]);
});

test("every data source of the vendor's provider stands in the table, with a function that there is", () => {
  const told = tableUnder("Data sources");

  expect(told).toHaveLength(11);
  expect(told.flatMap(([type = ""]) => namesIn(type))).toEqual(typesOf(vendor.dataSources));
  expect(told.map(([, here = ""]) => namesIn(here)[0]).filter((name = "") => !functionNames.includes(name))).toEqual(
    [],
  );
});

test("every ephemeral resource of the vendor's provider stands in the table, with an output that is told once", () => {
  const told = tableUnder("Ephemeral resources");
  const outputs = told.map(([, here = ""]) => namesIn(here));

  expect(told.flatMap(([type = ""]) => namesIn(type))).toEqual(typesOf(vendor.ephemerals));
  expect(outputs.filter(([output = "", kind = ""]) => byKind.get(kind)?.once?.[output] === undefined)).toEqual([]);
});

test("every list resource of the vendor's provider stands in the table, with a kind that the plugin lists and its function", () => {
  const told = tableUnder("List resources").map((row) => row.flatMap(namesIn));

  expect(told).toHaveLength(27);
  expect(told).toEqual(
    typesOf(vendor.lists).map((type) => {
      const kind = kinds[type]?.[0]?.name ?? "";
      const { as, list, get } = byKind.get(kind) ?? {};
      return [type, kind, ...(as ? ["subjectId"] : [(list ?? get)?.localName])];
    }),
  );
  expect(told.map(([, , name = ""]) => name).filter((name) => !functionNames.includes(name))).toEqual(["subjectId"]);
  expect(told.map(([, kind]) => kind).filter((kind) => !schema.resources[`gitpod:index:${kind}`]?.listInputs)).toEqual(
    [],
  );
});

test("the page names everything that no API gives back of what the vendor's types stand for", () => {
  const untold = Object.values(kinds).flatMap((among = []) => among.filter(({ untold }) => untold.length > 0));

  const told = tableUnder("What no API gives back").map((row) => row.map(namesIn));

  const expected = new Map(untold.map(({ name, untold }) => [name, untold]));
  expect(Object.fromEntries(told.map(([[kind = ""] = [], ...values]) => [kind, values.flat()]))).toEqual(
    Object.fromEntries(expected),
  );
});

test("each row of the README's comparison with the vendor's provider names a test that there is", () => {
  const rows = tableUnder("Compared with the vendor's Terraform provider", "README.md");

  const untested = rows.filter((row) => !/\]\(tests\/[^)]*\)/.test(row.at(-1) ?? "")).map(([question]) => question);
  expect(rows.length).toBeGreaterThan(0);
  expect(untested).toEqual([]);
});

/** The id by which the command imports the only resource of a state. */
function idIn(resource: object): string {
  const state = { format_version: "1.0", values: { root_module: { resources: [resource] } } };
  return convert(readState(JSON.stringify(state))).file.resources[0]?.id ?? "";
}

/** The rows of the table under a heading of a document, without the head of the table. */
function tableUnder(heading: string, document = "docs/terraform.md"): string[][] {
  const text = readFileSync(join(root, document), "utf8");
  const [, section = ""] = text.split(new RegExp(`^#+ ${heading}$`, "m"));
  const lines = section.split(/^#/m)[0]?.split("\n") ?? [];
  const rows = lines.filter((line) => line.startsWith("|")).slice(2);
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The code spans of a cell. */
const namesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);
