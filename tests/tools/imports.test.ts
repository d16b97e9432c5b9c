import { importBreaches, importCircles } from "../../tools/rules/imports";

test.each([
  ["proto/gen/a_pb.ts", 'import { b } from "./b_pb";\nimport { c } from "@bufbuild/protobuf";'],
  ["provider/check/check.ts", 'import { Code } from "@connectrpc/connect";\nimport { a } from "../../proto/gen/a_pb";'],
  ["provider/check/check.ts", 'import { find } from "../reading/find";\nimport { yaml } from "./yaml";'],
  ["provider/resources/group.ts", 'import { defineResource } from "../model/definition";'],
  ["provider/resources/file.ts", 'import { calls } from "./file/calls";'],
  ["provider/resources/file/calls.ts", 'import { find } from "../../reading/find";'],
  ["provider/dynamic/host.ts", 'import * as grpc from "@grpc/grpc-js";\nimport { check } from "../check/check";'],
  [
    "sdk/group.ts",
    'import type { group } from "../provider/resources/group";\nimport * as pulumi from "@pulumi/pulumi";',
  ],
  ["sdk/group.ts", 'type Group = import("../provider/resources/group").Group;'],
  ["sdk/functions/list.ts", 'export async function list() { return import("../../provider/functions/list"); }'],
  ["emulator/world.ts", 'import { a } from "../proto/gen/a_pb";\nimport { create } from "@bufbuild/protobuf";'],
  ["examples/group/index.ts", 'import { Group } from "pulumi-gitpod";\nimport { names } from "./names";'],
  ["tools/build.ts", 'import { anything } from "../provider/check/check";'],
])("%s may import what its place allows", (path, text) => {
  expect(importBreaches([{ path, text }])).toEqual([]);
});

test.each([
  ["proto/gen/a_pb.ts", 'import { check } from "../../provider/check/check";', "provider/check"],
  ["provider/check/check.ts", 'import * as pulumi from "@pulumi/pulumi";', "@pulumi/pulumi"],
  ["provider/check/check.ts", 'import type { Output } from "@pulumi/pulumi";', "@pulumi/pulumi"],
  ["provider/client/call.ts", 'import * as grpc from "@grpc/grpc-js";', "@grpc/grpc-js"],
  [
    "provider/check/check.ts",
    'import { Struct } from "google-protobuf/google/protobuf/struct_pb";',
    "google-protobuf/",
  ],
  ["provider/check/check.ts", 'export { host } from "../dynamic/host";', "provider/dynamic/host"],
  ["provider/check/check.ts", 'import { world } from "../../emulator/world";', "emulator/world"],
  ["provider/check/check.ts", 'import type { Wait } from "../waiting/wait";', "provider/waiting/wait"],
  ["provider/plugin/main.ts", 'import { host } from "../dynamic/host";', "provider/dynamic/host"],
  ["provider/stray.ts", 'import { at } from "./value/json";', "provider/value/json"],
  ["provider/resources/group.ts", 'import { check } from "../check/check";', "provider/check/check"],
  ["provider/dynamic/host.ts", 'import { Group } from "../../sdk";', "sdk"],
  ["sdk/group.ts", 'import { group } from "../provider/resources/group";', "provider/resources/group"],
  ["sdk/group.ts", 'import { type Group, group } from "../provider/resources/group";', "provider/resources/group"],
  ["sdk/group.ts", 'import "../proto/gen/a_pb";', "proto/gen/a_pb"],
  ["sdk/group.ts", 'const a = require("../proto/gen/a_pb");', "proto/gen/a_pb"],
  ["sdk/list.ts", 'import { list } from "../provider/functions/list";', "provider/functions/list"],
  ["emulator/world.ts", 'import { check } from "../provider/check/check";', "provider/check/check"],
  ["examples/group/index.ts", 'import { Group } from "../../sdk";', "sdk"],
  ["examples/group/index.ts", 'import { create } from "@bufbuild/protobuf";', "@bufbuild/protobuf"],
])("%s may not import what its place forbids: %s", (path, text, target) => {
  expect(importBreaches([{ path, text }])).toEqual([expect.stringContaining(`${path} imports ${target}`)]);
});

test("files that import each other in a circle are named, by way of types and of a folder's index too", () => {
  const files = [
    { path: "provider/value/a.ts", text: 'import type { B } from "./b";' },
    { path: "provider/value/b.ts", text: 'import { c } from "./c";' },
    { path: "provider/value/c/index.ts", text: 'export { a } from "../a";' },
    { path: "provider/value/d.ts", text: 'import { a } from "./a";' },
    { path: "emulator/a.ts", text: 'import { a } from "./a";' },
  ];

  expect(importCircles(files)).toEqual([
    "these files import each other in a circle: provider/value/a, provider/value/b, provider/value/c/index",
  ]);
});
