import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { create, extract } from "tar";
import { npm } from "../../tools/npm";
import { root } from "../../tools/root";
import { openSite } from "./site";

jest.setTimeout(300_000);

test("whoever follows the page in an empty folder has a preview, an up, a check that finds drift, and a program for reviews", async () => {
  const { machine, vars, secrets } = await openSite([]);
  const { folder, run } = machine();
  await packInto(folder);
  const mail = "reader@example.com";
  const reader = {
    GIT_AUTHOR_NAME: "Reader",
    GIT_AUTHOR_EMAIL: mail,
    GIT_COMMITTER_NAME: "Reader",
    GIT_COMMITTER_EMAIL: mail,
  };
  const env = {
    ...reader,
    GITPOD_BASE_URL: `${vars.GITPOD_BASE_URL}/api`,
    GITPOD_API_KEY: secrets.GITPOD_API_KEY ?? "",
  };

  const steps = stepsIn(readFileSync(join(root, "docs", "pipelines.md"), "utf8"));
  const marked = steps.map(({ commands }, index) => `printf '\\n%s\\n' "${mark} ${index}"\n${commands}`);
  const { code, output } = await run(["bash", "-e"], `exec 2>&1\n${marked.join("\n")}`, env);
  const printed = output.split(new RegExp(`^${mark} \\d+$`, "m")).slice(1);

  expect({ code, steps: printed.length }).toEqual({ code: 0, steps: steps.length });
  expect(steps.flatMap(({ prints }) => prints).length).toBe(5);
  expect(steps.flatMap(({ prints }, index) => prints.filter((text) => !printed[index]?.includes(text)))).toEqual([]);
  expect(readFileSync(join(folder, "drift.md"), "utf8")).toContain("dev differs from its program");
  expect(readFileSync(join(folder, "review", "Pulumi.yaml"), "utf8")).toContain(
    "path: ../node_modules/pulumi-gitpod/dist/bin\n",
  );
});

const mark = "---- step";

/** The commands that set a repository and its review environments up, each with what the text before it says that it prints. */
function stepsIn(page: string): { commands: string; prints: string[] }[] {
  const section = ["Set up a repository", "Review environments"]
    .map((title) => new RegExp(`^## ${title}\n(.*?)^## `, "ms").exec(page)?.[1] ?? "")
    .join("");
  return [...section.matchAll(/(.*?)```sh\n(.*?)```/gs)].map(([, text = "", commands = ""]) => ({
    commands,
    prints: [...text.matchAll(/It\s+prints\s+`([^`]+)`/g)].flatMap(([, said]) => said ?? []),
  }));
}

/** Makes the tarball as it is published, but for its dependencies, which need a network. */
async function packInto(folder: string): Promise<void> {
  const packing = join(folder, "..", "packing");
  await mkdir(packing);
  const [packed]: { filename: string }[] = JSON.parse(
    await npm(root, ["pack", "--json", "--ignore-scripts", "--pack-destination", packing]),
  );
  const file = packed?.filename ?? "";
  await extract({ file: join(packing, file), cwd: packing });
  const manifest = join(packing, "package", "package.json");
  const {
    dependencies: _,
    peerDependencies: __,
    devDependencies: ___,
    ...rest
  } = JSON.parse(readFileSync(manifest, "utf8"));
  await writeFile(manifest, JSON.stringify(rest));
  await create({ file: join(folder, file), cwd: packing, gzip: true }, ["package"]);
}
