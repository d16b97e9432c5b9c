import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FileDescriptorProto,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { root } from "../root";
import { runScript } from "../run";

/** What the protos say in comments, which the generated code does not carry: by the full name of what it is said of. */
export type Comments = ReadonlyMap<string, string>;

/** Reads the comments of all protos. */
export async function readComments(): Promise<Comments> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-gitpod-image-"));
  try {
    const image = join(folder, "image.binpb");
    const args = ["build", "--as-file-descriptor-set", "-o", image];
    const { code, stderr } = await runScript(require.resolve("@bufbuild/buf/bin/buf"), args, {
      cwd: join(root, "proto"),
    });
    if (code !== 0) throw new Error(`buf build failed:\n${stderr.trim()}`);
    const { file: files } = fromBinary(FileDescriptorSetSchema, readFileSync(image));
    return new Map(files.flatMap(commentsOf));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commentsOf(file: FileDescriptorProto): [string, string][] {
  const names = new Map<string, string>();
  const name = (path: readonly number[], full: string) => names.set(path.join("."), full);
  file.messageType.forEach((message, i) => void nameMessage(message, [4, i], file.package, name));
  file.enumType.forEach((each, i) => void nameEnum(each, [5, i], file.package, name));
  file.service.forEach((service, i) => {
    for (const [j, method] of service.method.entries())
      name([6, i, 2, j], `${file.package}.${service.name}.${method.name}`);
  });
  return (file.sourceCodeInfo?.location ?? []).flatMap(({ path, leadingComments }): [string, string][] => {
    const full = names.get(path.join("."));
    return full && leadingComments ? [[full, leadingComments.trim().replaceAll(/\s+/g, " ")]] : [];
  });
}

type Name = (path: readonly number[], full: string) => void;

function nameMessage(message: DescriptorProto, path: readonly number[], parent: string, name: Name): void {
  const full = `${parent}.${message.name}`;
  name(path, full);
  message.field.forEach((field, i) => void name([...path, 2, i], `${full}.${field.name}`));
  message.nestedType.forEach((nested, i) => void nameMessage(nested, [...path, 3, i], full, name));
  message.enumType.forEach((nested, i) => void nameEnum(nested, [...path, 4, i], full, name));
}

function nameEnum(each: EnumDescriptorProto, path: readonly number[], parent: string, name: Name): void {
  const full = `${parent}.${each.name}`;
  name(path, full);
  each.value.forEach((value, i) => void name([...path, 2, i], `${full}.${value.name}`));
}
