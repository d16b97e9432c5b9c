// Serves calls of Pulumi in this process, and prints which files of descriptors each has loaded.
const { EventEmitter } = require("node:events");
const { basename, join } = require("node:path");
const { ConfigureRequest, InvokeRequest } = require("@pulumi/pulumi/proto/provider_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
const { createService } = require("../../dist/provider/plugin/service");

const [host, token, organizationId] = process.argv.slice(2);
const { implementation } = createService();
const known = new Set();
const steps = [];

function step(name) {
  const files = Object.keys(require.cache).filter((file) => file.includes(join("dist", "proto", "gen")));
  const loaded = files.map((file) => basename(file, "_pb.js")).filter((file) => !known.has(file));
  for (const file of loaded) known.add(file);
  steps.push([name, loaded.sort()]);
}

const call = (method, request) =>
  new Promise((resolve, reject) =>
    implementation[method](Object.assign(new EventEmitter(), { request }), (error, answer) =>
      error ? reject(new Error(error.details)) : resolve(answer),
    ),
  );

const urnOf = (kind) => `urn:pulumi:test::test::gitpod:index:${kind}::subject`;
const check = (kind, news) => call("check", { urn: urnOf(kind), olds: {}, news });

async function main() {
  step("start");
  await call("configure", new ConfigureRequest().setArgs(Struct.fromJavaScript({ host, token })));
  step("configure");
  const scope = { organizationId };
  const { inputs } = await check("Secret", { name: "TOKEN", value: "x", apiOnly: true, scope });
  step("check a secret");
  const urn = urnOf("Secret");
  const { id } = await call("create", { urn, properties: inputs });
  await call("delete", { urn, id, properties: inputs });
  step("create and delete it");
  await check("Task", { metadata: { name: "Seed" } });
  step("check a task");
  await check("Environment", { name: "Demo" });
  step("check an environment");
  await call("invoke", new InvokeRequest().setTok("gitpod:index:listProjects").setArgs(Struct.fromJavaScript({})));
  step("list projects");
  process.stdout.write(JSON.stringify(Object.fromEntries(steps)));
  process.exit(0);
}

main();
