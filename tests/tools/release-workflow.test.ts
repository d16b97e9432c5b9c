import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { writeArchive, writeChecksums } from "../../tools/release/archive";
import { root } from "../../tools/root";
import type { Workflow } from "../../tools/rules/workflows";
import { run } from "../../tools/run";

const { jobs }: Workflow = parse(readFileSync(join(root, ".github", "workflows", "release.yml"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-publish-"));
const release = join(folder, "release");
const programs = join(folder, "programs");
const called = join(folder, "called");
const plain = ["RELEASE_NOTES.md", "pulumi-gitpod-0.1.0.cdx.json", "pulumi-gitpod-0.1.0.tgz"];
const archives = ["go", "java", "python"].map((language) => `pulumi-gitpod-sdk-${language}-0.1.0.tar.gz`);
const wheel = "pulumi_gitpod-0.1.0-py3-none-any.whl";
const all = [...plain, ...archives, wheel];

/** What a job has called, and what it hands to an action in a folder of its own. */
interface Published {
  code: number;
  calls: string[];
  wheel?: string[];
}

beforeAll(async () => {
  const sdk = join(folder, "sdk");
  for (const each of [release, programs, sdk]) mkdirSync(each);
  for (const each of [...plain, wheel]) writeFileSync(join(release, each), each);
  writeFileSync(join(sdk, "build.gradle"), "");
  for (const each of archives) await writeArchive(sdk, join(release, each));
  const files = all.map((each) => join(release, each));
  await writeChecksums(files, join(release, "SHA256SUMS"));
  for (const each of ["gh", "npm", "gradle"]) {
    writeFileSync(join(programs, each), recorder(each));
    chmodSync(join(programs, each), 0o755);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each<[job: string, calls: string[], handed: Partial<Published>]>([
  ["attest", [], {}],
  [
    "github",
    [
      `gh release create v0.1.0 --verify-tag --title v0.1.0 --notes-file RELEASE_NOTES.md ./${[...all, "SHA256SUMS"].sort().join(" ./")}`,
    ],
    {},
  ],
  ["npm", ["npm publish ./pulumi-gitpod-0.1.0.tgz --provenance --access public"], {}],
  ["pypi", [], { wheel: [wheel] }],
  ["go", ["gh auth setup-git", "tag-go-sdk.sh v0.1.0 build/release/pulumi-gitpod-sdk-go-0.1.0.tar.gz"], {}],
  [
    "maven",
    [
      "gradle --no-daemon -Porg.gradle.java.installations.fromEnv=JAVA_HOME_11_X64 publishToSonatype closeAndReleaseSonatypeStagingRepository",
    ],
    {},
  ],
])(
  "the job %s publishes what is meant for it, and nothing that differs from its checksum",
  async (job, calls, handed) => {
    const sound = await publish(job, release);
    const spoilt = join(folder, "spoilt");
    cpSync(release, spoilt, { recursive: true });
    writeFileSync(join(spoilt, wheel), "another");

    expect(sound).toEqual({ code: 0, calls, ...handed });
    expect(await publish(job, spoilt)).toEqual({ code: 1, calls: [] });
  },
);

test.each([wheel, ...archives.slice(0, 2)])("a release without %s is not handed on", async (left) => {
  const partial = mkdtempSync(join(folder, "partial-"));
  cpSync(release, partial, { recursive: true });
  rmSync(join(partial, left));

  const calls = ["npm run release -- --dry-run --out build/release"];
  expect(await publish("make", release)).toEqual({ code: 0, calls });
  expect(await publish("make", partial)).toEqual({ code: 2, calls });
});

/** Runs the shell steps of a job where its files are, until one fails. */
async function publish(job: string, files: string): Promise<Published> {
  const steps = jobs[job]?.steps ?? [];
  const place = mkdtempSync(join(folder, "place-"));
  const artifact = steps.find(({ uses }) => /^actions\/(down|up)load-artifact@/.test(uses ?? ""));
  cpSync(files, join(place, String(artifact?.with?.path ?? ".")), { recursive: true });
  if (steps.some(({ uses }) => uses?.startsWith("actions/checkout@"))) {
    mkdirSync(join(place, "tools", "release"), { recursive: true });
    writeFileSync(join(place, "tools", "release", "tag-go-sdk.sh"), recorder("tag-go-sdk.sh"));
  }
  rmSync(called, { force: true });
  const PATH = [programs, process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH, GITHUB_REF_NAME: "v0.1.0", LC_ALL: "C" };
  let code = 0;
  for (const step of steps)
    if (step.run && code === 0)
      ({ code } = await run("bash", ["-eo", "pipefail", "-c", step.run], {
        cwd: join(place, step["working-directory"] ?? "."),
        env,
      }));
  const calls = existsSync(called) ? readFileSync(called, "utf8").trim().split("\n") : [];
  const wheels = join(place, "wheel");
  return { code, calls, ...(existsSync(wheels) && { wheel: readdirSync(wheels) }) };
}

const recorder = (name: string): string => `#!/bin/sh\necho "${name} $*" >> '${called}'\n`;
