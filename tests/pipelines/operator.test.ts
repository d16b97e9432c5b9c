import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { tokens } from "../../emulator";
import { builtPlugin } from "../../tools/engine/yaml";
import { root } from "../../tools/root";
import { javascript, openScene, outcomeOf, writesOf } from "../engine/scene";

const folder = join(root, "examples", "pipelines", "operator");

/** A resource of Kubernetes, as far as this test reads it. */
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly envRefs?: Record<string, EnvRef>;
    readonly workspaceTemplate?: { readonly spec: object };
  };
  readonly program?: Record<string, unknown>;
}

interface EnvRef {
  readonly type: string;
  readonly secret: { readonly name: string; readonly key: string };
}

test("what a pod of the operator runs on the program of the recipe makes it, and finds and repairs drift", async () => {
  const [program] = manifests("program.yaml");
  const [stack] = manifests("stack.yaml");
  const [drift] = manifests("drift.yaml");
  const scene = await openScene({ program: javascript(""), env: { GITPOD_API_KEY: "" } });
  const { engine, emulator } = scene;
  engine.write({
    "Pulumi.yaml": JSON.stringify({ name: program?.metadata.name, runtime: "yaml", ...program?.program }),
  });
  const become = (manifest: Manifest | undefined): void => {
    for (const [name, ref] of Object.entries(manifest?.spec?.envRefs ?? {})) engine.env[name] = valueIn(ref);
  };

  const plugin = await engine.run(...pluginInstall(), builtPlugin);
  become(stack);
  await engine.run("stack", "select", "--create", "test");
  const install = await engine.run("install");
  const up = outcomeOf(await engine.up("--refresh"));
  const [group] = emulator.admin.objects("groups") as { id: string }[];
  emulator.admin.patch("groups", group?.id ?? "", { name: "By hand" });
  writesOf(scene);
  become(drift);
  const found = outcomeOf(await engine.preview("--refresh"));
  const writes = writesOf(scene);
  become(stack);
  const repair = outcomeOf(await engine.up("--refresh"));

  const fine = { code: 0, complaints: [] };
  expect([plugin.code, install.code]).toEqual([0, 0]);
  expect(up).toEqual({ ...fine, operations: { website: "create", reviewers: "create" } });
  expect([found, writes]).toEqual([{ ...fine, operations: { website: "same", reviewers: "update" } }, []]);
  expect(repair).toEqual({ ...fine, operations: { website: "same", reviewers: "update" } });
  expect(emulator.admin.objects("groups")).toEqual([expect.objectContaining({ name: "Reviewers" })]);
});

test("the recipes state only fields that the operator's resources have", () => {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  const unknown = files.flatMap(manifests).flatMap(({ kind, spec = {}, program = {} }) => {
    const template = templateOf(spec);
    return [
      ...Object.keys(spec).filter((field) => !fields[kind]?.includes(field)),
      ...Object.keys(template).filter((field) => !fields.Workspace?.includes(field)),
      ...Object.keys(program).filter((field) => !fields.Program?.includes(field)),
    ].map((field) => `${kind}: ${field}`);
  });

  expect(files).toHaveLength(5);
  expect(unknown).toEqual([]);
});

const templateOf = ({ workspaceTemplate }: NonNullable<Manifest["spec"]>): object => workspaceTemplate?.spec ?? {};

/** The fields that version 2 of the operator documents, of each kind that the recipes use. */
const fields: Record<string, string[]> = {
  Stack: [
    ...["backend", "branch", "commit", "config", "configRef", "continueResyncOnCommitMatch", "destroyOnFinalize"],
    ...["envRefs", "environment", "expectNoRefreshChanges", "fluxSource", "gitAuth", "prerequisites", "preview"],
    ...["programRef", "projectRepo", "refresh", "repoDir", "resyncFrequencySeconds", "retryMaxBackoffDurationSeconds"],
    ...["retryOnUpdateConflict", "secretsProvider", "secretsRef", "serviceAccountName", "shallow", "stack"],
    ...["targetDependents", "targets", "updateTemplate", "useLocalStackOnly", "workspaceReclaimPolicy"],
    "workspaceTemplate",
  ],
  Workspace: [
    ...["env", "envFrom", "flux", "git", "image", "imagePullPolicy", "local", "podTemplate", "pulumiLogLevel"],
    ...["resources", "securityProfile", "serviceAccountName", "stacks"],
  ],
  Update: [
    ...["continueOnError", "expectNoChanges", "message", "parallel", "refresh", "remove", "replace", "stackName"],
    ...["target", "targetDependents", "ttlAfterCompleted", "type", "workspaceName"],
  ],
  Program: ["configuration", "outputs", "resources", "variables"],
};

function manifests(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document): Manifest => document.toJS());
}

/** The Secrets of the cluster. */
const secrets: Record<string, Record<string, string>> = {
  gitpod: { token: tokens.owner, readToken: tokens.readOnly },
  pulumi: { accessToken: "pul-0123456789" },
};

function valueIn({ type, secret }: EnvRef): string {
  const value = secrets[secret.name]?.[secret.key];
  if (type !== "Secret" || value === undefined) throw new Error(`no Secret ${secret.name} has ${secret.key}`);
  return value;
}

/** The command of the image that installs the plugin, without the file. */
function pluginInstall(): string[] {
  const [, command = ""] =
    /^RUN pulumi (plugin install .* --file) \S/m.exec(readFileSync(join(folder, "Dockerfile"), "utf8")) ?? [];
  return command.split(" ");
}
