import { importBreaches } from "../../tools/rules/imports";

test.each([
  ["proto/gen/a_pb.ts", 'import { b } from "./b_pb";\nimport { c } from "@bufbuild/protobuf";'],
  ["provider/check.ts", 'import { Code } from "@connectrpc/connect";\nimport { a } from "../proto/gen/a_pb";'],
  ["provider/resources/group.ts", 'import { defineResource } from "../definition";'],
  ["provider/dynamic/host.ts", 'import * as grpc from "@grpc/grpc-js";\nimport { check } from "../check";'],
  [
    "sdk/group.ts",
    'import type { group } from "../provider/resources/group";\nimport * as pulumi from "@pulumi/pulumi";',
  ],
  ["sdk/group.ts", 'type Group = import("../provider/resources/group").Group;'],
  ["sdk/functions/list.ts", 'export async function list() { return import("../../provider/functions/list"); }'],
  ["emulator/world.ts", 'import { a } from "../proto/gen/a_pb";\nimport { create } from "@bufbuild/protobuf";'],
  ["examples/group/index.ts", 'import { Group } from "pulumi-gitpod";\nimport { names } from "./names";'],
  ["tools/build.ts", 'import { anything } from "../provider/check";'],
])("%s may import what its place allows", (path, text) => {
  expect(importBreaches([{ path, text }])).toEqual([]);
});

test.each([
  ["proto/gen/a_pb.ts", 'import { check } from "../../provider/check";', "provider/check"],
  ["provider/check.ts", 'import * as pulumi from "@pulumi/pulumi";', "@pulumi/pulumi"],
  ["provider/check.ts", 'import type { Output } from "@pulumi/pulumi";', "@pulumi/pulumi"],
  ["provider/client/call.ts", 'import * as grpc from "@grpc/grpc-js";', "@grpc/grpc-js"],
  ["provider/check.ts", 'import { Struct } from "google-protobuf/google/protobuf/struct_pb";', "google-protobuf/"],
  ["provider/check.ts", 'export { host } from "./dynamic/host";', "provider/dynamic/host"],
  ["provider/check.ts", 'import { world } from "../emulator/world";', "emulator/world"],
  ["provider/resources/group.ts", 'import { check } from "../check";', "provider/check"],
  ["provider/dynamic/host.ts", 'import { Group } from "../../sdk";', "sdk"],
  ["sdk/group.ts", 'import { group } from "../provider/resources/group";', "provider/resources/group"],
  ["sdk/group.ts", 'import { type Group, group } from "../provider/resources/group";', "provider/resources/group"],
  ["sdk/group.ts", 'import "../proto/gen/a_pb";', "proto/gen/a_pb"],
  ["sdk/group.ts", 'const a = require("../proto/gen/a_pb");', "proto/gen/a_pb"],
  ["sdk/list.ts", 'import { list } from "../provider/functions/list";', "provider/functions/list"],
  ["emulator/world.ts", 'import { check } from "../provider/check";', "provider/check"],
  ["examples/group/index.ts", 'import { Group } from "../../sdk";', "sdk"],
  ["examples/group/index.ts", 'import { create } from "@bufbuild/protobuf";', "@bufbuild/protobuf"],
])("%s may not import what its place forbids: %s", (path, text, target) => {
  expect(importBreaches([{ path, text }])).toEqual([expect.stringContaining(`${path} imports ${target}`)]);
});
