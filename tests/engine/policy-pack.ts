import { chmodSync, cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Engine, EngineRun } from "../../tools/engine/engine";
import { handedCli } from "../../tools/pulumi/cli-environment";
import { findExecutable } from "../../tools/pulumi/executable";
import { root } from "../../tools/root";

/** Puts a policy pack of the repository beside a project, with the packages that it needs. Returns its folder. */
export async function addPolicyPack(engine: Engine, pack: string): Promise<string> {
  const folder = join(engine.folder, "..", "policy");
  cpSync(join(root, pack), folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  const { bin } = await handedCli();
  if (!findExecutable("pulumi-analyzer-policy", [dirname(bin)])) startByScript(engine, folder);
  return folder;
}

/**
 * The Node.js language host of a CLI that was built from source cannot start a policy pack. For a runtime without a
 * language host, Pulumi calls a program that is named for it: here one that starts the pack as Pulumi's own does.
 */
function startByScript(engine: Engine, folder: string): void {
  const project = join(folder, "PulumiPolicy.yaml");
  writeFileSync(project, readFileSync(project, "utf8").replace("runtime: nodejs", "runtime: script"));
  const script = join(folder, "pulumi-analyzer-policy-script");
  writeFileSync(script, `#!/bin/sh\nexec node node_modules/@pulumi/pulumi/cmd/run-policy-pack "$@"\n`);
  chmodSync(script, 0o755);
  engine.env.PATH = [folder, engine.env.PATH].join(delimiter);
}

/** What the policies said of a run: by the policy and the resource, without the description of the policy. */
export function violationsOf({ events }: EngineRun): Record<string, Record<string, string>> {
  const violations: Record<string, Record<string, string>> = {};
  for (const { policyEvent } of events) {
    if (policyEvent === undefined) continue;
    const resource = policyEvent.resourceUrn?.split("::").at(-1) ?? "";
    const advice = policyEvent.message
      .replace(/<\{%[^%]*%\}>/g, "")
      .split("\n")
      .slice(1)
      .join("\n")
      .trim();
    violations[policyEvent.policyName] = { ...violations[policyEvent.policyName], [resource]: advice };
  }
  return violations;
}
