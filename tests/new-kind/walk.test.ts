import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DescMethodUnary } from "@bufbuild/protobuf";
import type { JsonObject } from "../../provider/value/json";
import { createEngine, type Engine } from "../../tools/engine/engine";
import { type AdapterName, adapters } from "../../tools/engine/program";
import { npm } from "../../tools/npm";
import { root } from "../../tools/root";
import { stopAll } from "../client/loopback";
import { outcomeOf } from "../engine/scene";
import { type BadgeServer, organizationId, serveBadges } from "./badge-server";
import { copyRepository, type Repository } from "./repository";
import { stepsOfPage } from "./steps";

// The page shows how the group was added. Here a badge is, in the same words: `Group` is read as `Badge`.
const steps = stepsOfPage();
const asBadge = (text: string): string => text.replaceAll("group", "badge").replaceAll("Group", "Badge");
const fileOf = (path: string, kind: string): string => path.replaceAll("<kind>", kind);

let copy: Repository;
let example: string;

beforeAll(async () => {
  copy = await copyRepository();
  copy.write("proto/gitpod/v1/badge.proto", readFileSync(join(__dirname, "badge.proto"), "utf8"));
  for (const step of steps) {
    if (step.does === "write") copy.write(fileOf(step.path, "badge"), asBadge(step.text));
    else await follow(fileOf(step.command, "badge"));
  }
  example = readFileSync(join(copy.folder, "examples", "badge", "index.ts"), "utf8");
}, 600_000);

afterAll(() => copy.remove());

let engine: Engine | undefined;

afterEach(async () => {
  await engine?.dispose();
  await stopAll();
});

test("the page shows the files of the group as they are", () => {
  const shown = steps.flatMap((step) => (step.does === "write" ? [step] : []));

  expect(shown.map(({ path, text }) => [path, text])).toEqual(
    shown.map(({ path }) => [path, readFileSync(join(root, fileOf(path, "group")), "utf8")]),
  );
});

test.each(adapters)(
  "on the %s adapter the kind of the page is created, left alone, updated, replaced, refreshed, imported and destroyed",
  async (adapter) => {
    const server = await serveBadges(badgeMethods());
    const stack = await engineOf(adapter, server);
    engine = stack;
    const after = async (command: "up" | "refresh" | "destroy", program?: string) => {
      if (program) stack.write({ "index.ts": program });
      const run = await stack[command]();
      return { ...outcomeOf(run), writes: server.takeWrites(), badges: server.badges().map(withoutIdentity) };
    };

    const creation = await after("up");
    // Its types have been checked once now.
    stack.env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    const { badgeId } = await stack.outputs();
    const [first] = server.badges();
    const repetition = await after("up");
    const update = await after("up", stating('name: "Readers"'));
    const [second] = server.badges();
    const replacement = await after("up", stating('name: "Readers", color: "red"'));
    server.put({ ...server.badges()[0], name: "By hand" });
    const refresh = await after("refresh");
    const found = server.put({ organizationId, name: "Found" });
    const taken = `new gitpod.Badge("found", ${taking[adapter](found)});`;
    const repair = await after("up", `${stating('name: "Readers", color: "red"')}\n${taken}`);
    const destruction = await after("destroy");

    const quiet = { code: 0, complaints: [], writes: [] };
    const badge = { organizationId, name: "Reviewers", description: "May open the environments of others" };
    const renamed = { ...badge, name: "Readers" };
    const red = { ...renamed, color: "red" };
    const byHand = { ...red, name: "By hand" };
    expect(creation).toEqual({
      ...quiet,
      operations: { reviewers: "create" },
      writes: ["CreateBadge"],
      badges: [badge],
    });
    expect(badgeId).toBe(first?.id);
    expect(repetition).toEqual({ ...quiet, operations: { reviewers: "same" }, badges: [badge] });
    expect(update).toEqual({
      ...quiet,
      operations: { reviewers: "update" },
      writes: ["UpdateBadge"],
      badges: [renamed],
    });
    expect(second?.id).toBe(badgeId);
    expect(replacement).toEqual({
      ...quiet,
      operations: { reviewers: "replace" },
      writes: ["CreateBadge", "DeleteBadge"],
      badges: [red],
    });
    expect(refresh).toEqual({ ...quiet, operations: { reviewers: "update" }, badges: [byHand] });
    expect(repair).toEqual({
      ...quiet,
      operations: { reviewers: "update", found: adapter === "plugin" ? "import" : "create" },
      writes: ["UpdateBadge"],
      badges: [red, { organizationId, name: "Found" }],
    });
    expect(destruction).toEqual({
      ...quiet,
      operations: { reviewers: "delete", found: "delete" },
      writes: ["DeleteBadge", "DeleteBadge"],
      badges: [],
    });
  },
  300_000,
);

/** What a program says to take over a badge that is there already; Pulumi can import on the plugin only. */
const taking: Record<AdapterName, (id: string) => string> = {
  dynamic: (id) => `{ organizationId: "${organizationId}", name: "Found", adopt: "${id}" }`,
  plugin: (id) => `{ organizationId: "${organizationId}", name: "Found" }, { import: "${id}" }`,
};

/** The example with other inputs in the place of its name. */
const stating = (inputs: string): string => example.replace(/\bname: "[^"]*"/, inputs);

const withoutIdentity = ({ id: _, createdAt: __, ...badge }: JsonObject): JsonObject => badge;

/** The methods of the service, as the code describes it that was generated in the copy. */
function badgeMethods(): readonly DescMethodUnary[] {
  const { BadgeService }: { BadgeService: { methods: readonly DescMethodUnary[] } } = require(
    join(copy.folder, "dist", "proto", "gen", "gitpod", "v1", "badge_pb.js"),
  );
  return BadgeService.methods;
}

const engineOf = (adapter: AdapterName, { url }: BadgeServer): Promise<Engine> =>
  createEngine({
    adapter,
    program: { "index.ts": example },
    modules: join(copy.folder, "node_modules"),
    env: { GITPOD_BASE_URL: url, GITPOD_API_KEY: "token" },
  });

/** Runs a command of the page, but for the tests: they need the kind in the emulator, in whose place a server stands here. */
async function follow(command: string): Promise<void> {
  if (command === "npm test") return;
  const [program, ...args] = command.split(" ");
  if (program === "npm") await npm(copy.folder, args);
  else if (program === "cp") cpSync(inCopy(args.at(-2)), inCopy(args.at(-1)), { recursive: true });
  else throw new Error(`The page says ${command}, which is neither npm nor cp.`);
}

const inCopy = (path = ""): string => join(copy.folder, path);
