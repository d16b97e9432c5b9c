import { readFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command";
import { reasonsAgainst } from "./release/verify";
import { root } from "./root";
import { run } from "./run";

command(async () => {
  const [tag, repository] = process.argv.slice(2);
  if (!tag || !repository)
    throw new Error("Say which tag of which repository: npm run release:verify -- v0.1.0 OWNER/NAME");
  const reasons = reasonsAgainst({
    tag,
    repository,
    manifest: JSON.parse(readFileSync(join(root, "package.json"), "utf8")),
    changelog: readFileSync(join(root, "CHANGELOG.md"), "utf8"),
  });
  if (!(await isOnMain())) reasons.push("the commit is not on the branch main of origin");
  if (reasons.length > 0) throw new Error(`This is no release:\n${reasons.map((reason) => `  ${reason}`).join("\n")}`);
  console.log(`${tag} is what package.json and CHANGELOG.md say.`);
});

async function isOnMain(): Promise<boolean> {
  const { code } = await run("git", ["merge-base", "--is-ancestor", "HEAD", "origin/main"], { cwd: root });
  return code === 0;
}
