import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { DescFile, DescMethod, DescMethodServerStreaming, DescMethodUnary } from "@bufbuild/protobuf";
import { root } from "../../tools/root";

/** All methods of the protos in a folder, such as `gitpod/v1`. */
export function methodsOf(folder: string): DescMethod[] {
  const generated = join(root, "proto/gen", folder);
  return readdirSync(generated)
    .flatMap((file) => Object.values(require(join(generated, file)) as Record<string, unknown>))
    .filter(isFile)
    .flatMap(({ services }) => services.flatMap(({ methods }) => methods));
}

export const isUnary = (method: DescMethod): method is DescMethodUnary => method.methodKind === "unary";

export const isStream = (method: DescMethod): method is DescMethodServerStreaming =>
  method.methodKind === "server_streaming";

const isFile = (value: unknown): value is DescFile =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "file";
