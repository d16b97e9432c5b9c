import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";

const pages = ["_index.md", "installation-configuration.md"];

test.each(pages)("%s begins with what the registry asks of a page", (page) => {
  const [, front = ""] = /^---\n(.*?)\n---\n/s.exec(textOf(page)) ?? [];

  const keys = front.split("\n").map((line) => line.split(": ")[0]);

  expect(keys).toEqual(["title", "meta_desc", "layout"]);
  expect(front).toContain("layout: package");
});

test.each(pages)("%s has for each language that is offered one sample", (page) => {
  const [, offered = ""] = /\{\{< chooser language "([^"]+)" >\}\}/.exec(textOf(page)) ?? [];
  const samples = [...textOf(page).matchAll(/\{\{% choosable language (\w+) %\}\}\n\n```(\w+)\n/g)];

  expect(offered).toBe("typescript,python,go,yaml");
  expect(samples.map(([, language, block]) => `${language}:${block}`)).toEqual(
    offered.split(",").map((language) => `${language}:${language}`),
  );
});

const textOf = (page: string): string => readFileSync(join(root, "docs", page), "utf8");
