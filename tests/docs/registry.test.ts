import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";

const languages = "typescript,python,go,yaml";
const pages = [
  { page: "_index.md", languages },
  { page: "installation-configuration.md", languages },
  { page: "organization.md", languages: "typescript,python,go,java,yaml" },
];

test.each(pages)("$page begins with what the registry asks of a page", ({ page }) => {
  const [, front = ""] = /^---\n(.*?)\n---\n/s.exec(textOf(page)) ?? [];

  const keys = front.split("\n").map((line) => line.split(": ")[0]);

  expect(keys).toEqual(["title", "meta_desc", "layout"]);
  expect(front).toContain("layout: package");
});

test.each(pages)("$page has for each language that is offered one sample", ({ page, languages }) => {
  const [, offered = ""] = /\{\{< chooser language "([^"]+)" >\}\}/.exec(textOf(page)) ?? [];
  const samples = [...textOf(page).matchAll(/\{\{% choosable language (\w+) %\}\}\n\n```(\w+)\n/g)];

  expect(offered).toBe(languages);
  expect(samples.map(([, language, block]) => `${language}:${block}`)).toEqual(
    offered.split(",").map((language) => `${language}:${language}`),
  );
});

const textOf = (page: string): string => readFileSync(join(root, "docs", page), "utf8");
