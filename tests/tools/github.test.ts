import { readFileSync } from "node:fs";
import { join, matchesGlob, posix } from "node:path";
import { parse } from "yaml";
import { root } from "../../tools/root";
import { sourceFiles } from "../../tools/rules/source-files";

interface Update {
  "package-ecosystem": string;
  directory?: string;
  directories?: string[];
  groups: object;
}

interface Field {
  type: string;
  id?: string;
  attributes: { label?: string; value?: string; options?: string[] };
}

const yaml = (path: string) => parse(readFileSync(join(root, path), "utf8"));

test.each([
  ["npm", /^package-lock\.json$/],
  ["gomod", /(^|\/)go\.mod$/],
  ["github-actions", /^\.github\/(workflows\/ci\.yml|actions\/.*\/action\.yml)$/],
])("Dependabot looks at every place of %s, and has its pull requests in groups", async (ecosystem, file) => {
  const paths = (await sourceFiles()).map(({ path }) => path).filter((path) => file.test(path));
  const places = paths.map((path) => (path.endsWith("workflows/ci.yml") ? "/" : posix.join("/", posix.dirname(path))));

  const { updates }: { updates: Update[] } = yaml(".github/dependabot.yml");
  const [update] = updates.filter((each) => each["package-ecosystem"] === ecosystem);
  const looked = [...(update?.directories ?? []), update?.directory ?? []].flat();
  expect(places.length).toBeGreaterThan(0);
  expect(places.filter((place) => !looked.some((pattern) => matchesGlob(place, pattern)))).toEqual([]);
  expect(Object.keys(update?.groups ?? {}).length).toBeGreaterThan(0);
});

test("issue forms have what GitHub asks of them", async () => {
  const forms = (await sourceFiles()).filter(({ path }) => /^\.github\/ISSUE_TEMPLATE\/(?!config)/.test(path));

  expect(forms.map(({ path }) => posix.basename(path))).toEqual(["assumption.yml", "bug.yml", "kind.yml"]);
  for (const { path } of forms) {
    const { name, description, body }: { name: string; description: string; body: Field[] } = yaml(path);
    const asked = body.filter(({ type }) => type !== "markdown");
    const ids = asked.map(({ id }) => id);
    expect({ path, name, description }).toEqual({ path, name: expect.any(String), description: expect.any(String) });
    expect(body.filter(({ type }) => !["markdown", "input", "textarea", "dropdown"].includes(type))).toEqual([]);
    expect(asked.filter(({ attributes }) => !attributes.label)).toEqual([]);
    expect(
      asked.filter(({ type, attributes }) => (type === "dropdown") !== Boolean(attributes.options?.length)),
    ).toEqual([]);
    expect(ids.filter((id, index) => !/^[\w-]+$/.test(id ?? "") || ids.indexOf(id) !== index)).toEqual([]);
  }
});
