import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "../pulumi/cli";
import { findExecutable } from "../pulumi/executable";
import { run } from "../run";
import { buildSdks, sdksFolder } from "../sdks/build-sdks";
import { writeArchive } from "./archive";
import type { LeftOut } from "./make";
import { step } from "./step";

const languages = ["go", "java", "python"];

/** Makes the SDKs for Go, Java and Python: their sources where Go is, and a wheel where a package index answers. */
export async function makeSdks(folder: string, version: string, log: Log): Promise<LeftOut[]> {
  if (!findExecutable("go"))
    return [{ what: "the SDKs for Go, Java and Python", why: "Go, which makes them, is not on PATH" }];
  await step(log, "SDKs for Go, Java and Python, as sources", async () => {
    await buildSdks(log);
    for (const language of languages)
      await writeArchive(join(sdksFolder, language), join(folder, `pulumi-gitpod-sdk-${language}-${version}.tar.gz`));
  });
  return [
    ...(await makeWheel(folder, log)),
    { what: "the jar", why: "the SDK for Java has a build for Gradle, which the publisher runs on its sources" },
  ];
}

/** Builds the wheel from a copy, since setuptools leaves files beside the sources. */
async function makeWheel(folder: string, log: Log): Promise<LeftOut[]> {
  const what = "the wheel for Python";
  if (!findExecutable("python3")) return [{ what, why: "there is no python3 on PATH" }];
  const copy = mkdtempSync(join(tmpdir(), "pulumi-gitpod-wheel-"));
  try {
    cpSync(join(sdksFolder, "python"), copy, { recursive: true });
    // The first day that a zip can name, so that no clock gets into the wheel.
    const env = { ...process.env, SOURCE_DATE_EPOCH: "315532800" };
    const args = [
      "-m",
      "pip",
      "wheel",
      "--quiet",
      "--no-deps",
      "--retries=0",
      "--timeout=10",
      "--wheel-dir",
      folder,
      copy,
    ];
    return await step(log, what, async () => {
      const { code, stderr } = await run("python3", args, { env });
      return code === 0 ? [] : [{ what, why: `pip could not make it: ${lastLine(stderr)}` }];
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
