import { addressOf, type Manifest } from "../schema/origin";

/** What a release is made of, and what it is asked to be. */
export interface Asked {
  /** The tag, such as `v0.1.0`. */
  tag: string;
  /** The repository whose workflow asks, such as `acme/pulumi-gitpod`. */
  repository: string;
  manifest: Manifest & { version: string };
  changelog: string;
}

/** One line for each reason not to publish what is here under the tag. */
export function reasonsAgainst({ tag, repository, manifest, changelog }: Asked): string[] {
  const { version } = manifest;
  const origin = addressOf(manifest);
  const dated = new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - \\d{4}-\\d{2}-\\d{2}$`, "m");
  return [
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, and the version in package.json ${version}`]),
    ...(dated.test(changelog) ? [] : [`CHANGELOG.md has no line \`## [${version}] - YYYY-MM-DD\``]),
    ...(origin === `https://github.com/${repository}`
      ? []
      : [`\`repository\` in package.json is ${origin ?? "not set"}, and this is https://github.com/${repository}`]),
  ];
}
