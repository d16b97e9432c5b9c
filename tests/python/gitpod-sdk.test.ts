import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type DescFile, fromBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import { createEmulator, type Emulator, ids, tokens } from "../../emulator";
import { ofVendor, pythonPackages } from "../../tools/pulumi/python-packages";
import { root } from "../../tools/root";
import { run } from "../../tools/run";

let emulator: Emulator;
let url: string;

beforeEach(async () => {
  emulator = createEmulator({ pace: "brisk" });
  url = (await emulator.listen()).url;
});

afterEach(() => emulator.close());

/** Runs a program on the vendor's client, with `ona` as the client of the owner, and returns what it says. */
async function python<Said>(program: string): Promise<Said> {
  const { code, stdout, stderr } = await run("python3", ["-c", prelude + program], {
    env: {
      PATH: process.env.PATH,
      PYTHONPATH: await pythonPackages(() => undefined, ofVendor),
      ONA_API_KEY: tokens.owner,
      ONA_BASE_URL: `${url}/api`,
    },
  });
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

const prelude = `import base64
import json

from connectrpc.errors import ConnectError
from google.protobuf import descriptor_pool
from gitpod.v1 import (
    environment_pb2, insights_pb2, login_provider_pb2, organization_pb2, pagination_pb2, project_pb2,
    secret_pb2, user_pb2,
)
from ona_sdk import create_client_from_env

ona = create_client_from_env(timeout=30)
services = ona.services
repository = "https://github.com/acme/shop"


def refusal(call, request):
    try:
        return str(call(request))
    except ConnectError as error:
        return error.code.value


def project(name="Shop"):
    spec = environment_pb2.EnvironmentInitializer.Spec(
        context_url=environment_pb2.ContextURLInitializer(url=repository)
    )
    request = project_pb2.CreateProjectRequest(
        name=name, initializer=environment_pb2.EnvironmentInitializer(specs=[spec])
    )
    made = services.project.create_project(request).project.id
    one = project_pb2.ProjectEnvironmentClass(environment_class_id="${ids.smallClass}")
    services.project.update_project_environment_classes(
        project_pb2.UpdateProjectEnvironmentClassesRequest(project_id=made, project_environment_classes=[one])
    )
    return made


`;

test("the vendor's client for Python makes an environment of the project of a URL, uses it, and deletes it", async () => {
  const said = await python(`
wanted = project()
scope = secret_pb2.SecretScope(project_id=wanted)
secret = secret_pb2.CreateSecretRequest(name="TOKEN", value="hidden", scope=scope, environment_variable=True)
services.secret.create_secret(secret)
environments = ona.environments()
made = environments.create(repository + "/tree/next", name="work")
running = made.proto()
listed = [one.id() for one in environments.list()]
try:
    made.run_command("echo hello")
    ran = "ran"
except Exception as error:
    ran = f"{type(error).__name__}: {error}"
phases = []
for _ in range(4):
    environments.stop(made.id())
    phases.append(made.refresh().status.phase)
    environments.start(made.id())
    phases.append(made.refresh().status.phase)
restarted = made.proto()
environments.delete(made.id(), force=True)
user = services.user.get_authenticated_user(user_pb2.GetAuthenticatedUserRequest()).user
used = services.project.get_project(project_pb2.GetProjectRequest(project_id=wanted)).project.used_by
print(json.dumps({
    "isOfProject": running.metadata.project_id == wanted,
    "branch": running.status.content.git.branch,
    "folder": made.workspace_dir(),
    "secrets": [[one.name, one.environment_variable] for one in running.spec.secrets],
    "placed": [[one.secret_name, one.phase] for one in running.status.secrets],
    "isListed": listed == [made.id()],
    "startedLater": restarted.metadata.last_started_at.ToNanoseconds() > running.metadata.last_started_at.ToNanoseconds(),
    "ran": ran,
    "phases": phases,
    "user": user.id,
    "used": [[one.id for one in used.subjects], used.total_subjects],
}))
`);

  expect(said).toEqual({
    isOfProject: true,
    branch: "next",
    folder: "/workspaces/shop",
    secrets: [["TOKEN", "TOKEN"]],
    placed: [["TOKEN", 30]],
    isListed: true,
    startedLater: true,
    ran: expect.stringContaining("the emulator runs nothing inside environments"),
    phases: [60, 40, 60, 40, 60, 40, 60, 40],
    user: ids.owner,
    used: [[ids.owner], 1],
  });
});

test("the vendor's client for Python turns insights on and off, sorts projects and lists across the organization", async () => {
  const said = await python(`
idle, used = project("Idle"), project("Used")
insights = services.insights
disable = insights_pb2.DisableProjectInsightsRequest(project_id=used)
status = insights_pb2.GetProjectInsightsStatusRequest(project_id=used)
turned = [refusal(insights.disable_project_insights, disable), refusal(insights.get_project_insights_status, status)]
insights.enable_project_insights(insights_pb2.EnableProjectInsightsRequest(project_id=used))
turned.append(insights.get_project_insights_status(status).enabled)
services.environment.create_environment_from_project(
    environment_pb2.CreateEnvironmentFromProjectRequest(project_id=used)
)
colleague = type(ona)(api_key="${tokens.colleague}", base_url=ona.base_url, timeout=30)


def names(order):
    sort = pagination_pb2.Sort(field="popularity", order=order)
    return [one.metadata.name for one in services.project.list_projects(project_pb2.ListProjectsRequest(sort=sort)).projects]


listing = environment_pb2.ListEnvironmentsRequest()
filter = organization_pb2.ListMembersRequest.Filter(
    email="user-0003@emulator.localhost", login_provider=login_provider_pb2.LOGIN_PROVIDER_KIND_GOOGLE
)
members = organization_pb2.ListMembersRequest(organization_id="${ids.organization}", filter=filter)
print(json.dumps({
    "turned": turned,
    "projects": [names(pagination_pb2.SORT_ORDER_DESC), names(pagination_pb2.SORT_ORDER_ASC)],
    "colleague": len(colleague.services.environment.list_environments(listing).environments),
    "own": len(list(colleague.environments().list())),
    "members": [one.user_id for one in services.organization.list_members(members).members],
}))
`);

  expect(said).toEqual({
    turned: ["not_found", "not_found", true],
    projects: [
      ["Used", "Idle"],
      ["Idle", "Used"],
    ],
    colleague: 1,
    own: 0,
    members: [ids.colleague],
  });
});

test("the messages, values and calls of the protos are those of the vendor's client", async () => {
  const said = await python<string[]>(`
import gitpod.v1, importlib, pkgutil

names = [one.name for one in pkgutil.iter_modules(gitpod.v1.__path__) if one.name.endswith("_pb2")]
files = [importlib.import_module("gitpod.v1." + name).DESCRIPTOR for name in names]
print(json.dumps([base64.b64encode(one.serialized_pb).decode() for one in files]))
`);
  const folder = join(root, "proto", "gen", "gitpod", "v1");
  const own = readdirSync(folder).map((name) => {
    const exported: Record<string, unknown> = require(join(folder, name));
    return Object.values(exported).find(isFile)?.proto;
  });

  const theirs = said.map((text) => fromBinary(FileDescriptorProtoSchema, Buffer.from(text, "base64")));
  expect(contentOf(own)).toEqual(contentOf(theirs));
});

function isFile(value: unknown): value is DescFile {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "file";
}

/** Everything that files declare and that shows on the wire, by its full name. */
function contentOf(files: (FileDescriptorProto | undefined)[]): Record<string, unknown> {
  const all: [string, unknown][] = files.flatMap((file) => [
    ...(file?.messageType ?? []).flatMap((message) => inMessage("", message)),
    ...(file?.enumType ?? []).map((one) => inEnum("", one)),
    ...(file?.service ?? []).flatMap(({ name, method }) =>
      method.map((one): [string, unknown] => [
        `${name}.${one.name}`,
        [one.inputType, one.outputType, one.serverStreaming, one.options?.idempotencyLevel ?? 0],
      ]),
    ),
  ]);
  return Object.fromEntries(all);
}

function inMessage(
  prefix: string,
  { name, field, nestedType, enumType, oneofDecl }: DescriptorProto,
): [string, unknown][] {
  const full = `${prefix}${name}`;
  return [
    ...field.map((one): [string, unknown] => [
      `${full}.${one.name}`,
      [
        one.number,
        one.type,
        one.typeName,
        one.label,
        one.proto3Optional,
        one.jsonName,
        oneofDecl[one.oneofIndex]?.name,
      ],
    ]),
    ...nestedType.flatMap((nested) => inMessage(`${full}.`, nested)),
    ...enumType.map((one) => inEnum(`${full}.`, one)),
  ];
}

function inEnum(prefix: string, { name, value }: EnumDescriptorProto): [string, unknown] {
  return [`${prefix}${name}`, value.map((one) => [one.name, one.number])];
}
