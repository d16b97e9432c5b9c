import type { DescMethod } from "@bufbuild/protobuf";
import { EditorService } from "../../proto/gen/gitpod/experimental/v1/editor_service_pb";
import { UserService } from "../../proto/gen/gitpod/experimental/v1/user_pb";

/** The name of a method in counts and faults, such as `EnvironmentService/GetEnvironment`. */
export function callName({ parent, name }: DescMethod): string {
  return `${inBoth.has(parent.typeName) ? "experimental." : ""}${parent.name}/${name}`;
}

/** The services of Classic whose name a service of the other API has, too. */
const inBoth = new Set<string>([EditorService.typeName, UserService.typeName]);
