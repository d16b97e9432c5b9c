import { addressOf, type Manifest } from "../schema/origin";

/** What `package.json` says that a reader wants to know first. */
export interface Facts extends Manifest {
  license: string;
  engines: { node: string };
  peerDependencies: { "@pulumi/pulumi": string };
}

/** Writes the badges of the README: facts of `package.json`, and what CI says once there is a repository to ask. */
export function badges(manifest: Facts): string {
  const { license, engines, peerDependencies } = manifest;
  const facts = [
    badge("license", license, "LICENSE"),
    badge("Node.js", sinceOf(engines.node), "package.json"),
    badge("Pulumi", sinceOf(peerDependencies["@pulumi/pulumi"]), "package.json"),
  ];
  const url = addressOf(manifest);
  const ci = url?.startsWith("https://github.com/") ? `${url}/actions/workflows/ci.yml` : undefined;
  return `${[...(ci ? [`[![CI](${ci}/badge.svg?branch=main)](${ci})`] : []), ...facts].join("\n")}\n`;
}

/** A badge with fixed words, in which `-` and `_` are doubled, since one of them has a meaning there. */
function badge(subject: string, fact: string, link: string): string {
  const words = [subject, fact].map((part) => encodeURIComponent(part.replace(/[-_]/g, "$&$&")));
  return `[![${subject}: ${fact}](https://img.shields.io/badge/${words.join("-")}-blue)](${link})`;
}

/** Says in words from which version on, such as `>=3.216.0 <4`. */
function sinceOf(range: string): string {
  const [, since] = /^>=(\d+(?:\.[1-9]\d*)*)/.exec(range) ?? [];
  if (!since) throw new Error(`The badges have no words for the versions ${range}.`);
  return `${since} or newer`;
}
