import { existsSync } from "node:fs";
import { join } from "node:path";
import { badges } from "../../tools/generate/badges";
import { root } from "../../tools/root";

const facts = {
  license: "Apache-2.0",
  engines: { node: ">=22" },
  peerDependencies: { "@pulumi/pulumi": ">=3.216.0 <4" },
};
const fixed = [
  "[![license: Apache-2.0](https://img.shields.io/badge/license-Apache--2.0-blue)](LICENSE)",
  "[![Node.js: 22 or newer](https://img.shields.io/badge/Node.js-22%20or%20newer-blue)](package.json)",
  "[![Pulumi: 3.216 or newer](https://img.shields.io/badge/Pulumi-3.216%20or%20newer-blue)](package.json)",
];

test("badges say what package.json says, and ask no repository that nobody has named", () => {
  expect(badges(facts)).toBe(`${fixed.join("\n")}\n`);
});

test("with a repository on GitHub, they say what its CI says", () => {
  const ci = "https://github.com/acme/pulumi-gitpod/actions/workflows/ci.yml";
  const repository = { url: "git+https://github.com/acme/pulumi-gitpod.git" };

  expect(badges({ ...facts, repository })).toBe(
    [`[![CI](${ci}/badge.svg?branch=main)](${ci})`, ...fixed, ""].join("\n"),
  );
  expect(existsSync(join(root, ".github", "workflows", "ci.yml"))).toBe(true);
  expect(badges({ ...facts, repository: { url: "https://git.example.com/acme/pulumi-gitpod" } })).toBe(badges(facts));
});
