/** Returns what a changelog says of a version, without its heading. Fails where it has no section for it. */
export function notesOf(changelog: string, version: string): string {
  const lines = changelog.split(/\r?\n/);
  const start = lines.findIndex((line) => line === `## [${version}]` || line.startsWith(`## [${version}] - `));
  if (start < 0) throw new Error(`CHANGELOG.md has no section for ${version}: write one under \`## [${version}]\`.`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith("## ") || /^\[[^\]]+\]: /.test(line));
  const notes = rest
    .slice(0, end < 0 ? rest.length : end)
    .join("\n")
    .trim();
  if (notes === "") throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return `${notes}\n`;
}

/** The section for what is not released yet. */
export const unreleased = "Unreleased";
