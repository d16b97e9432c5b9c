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
import { type NoteServer, organizationId, serveNotes } from "./note-server";
import { copyRepository, type Repository } from "./repository";
import { stepsOfPage } from "./steps";

// The page shows how the group was added. Here a note is, in the same words: `Group` is read as `Note`.
const steps = stepsOfPage();
const asNote = (text: string): string => text.replaceAll("group", "note").replaceAll("Group", "Note");
const fileOf = (path: string, kind: string): string => path.replaceAll("<kind>", kind);

let copy: Repository;
let example: string;

beforeAll(async () => {
  copy = await copyRepository();
  copy.write("proto/gitpod/v1/note.proto", readFileSync(join(__dirname, "note.proto"), "utf8"));
  for (const step of steps) {
    if (step.does === "write") copy.write(fileOf(step.path, "note"), asNote(step.text));
    else await follow(fileOf(step.command, "note"));
  }
  example = readFileSync(join(copy.folder, "examples", "note", "index.ts"), "utf8");
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
    const server = await serveNotes(noteMethods());
    const stack = await engineOf(adapter, server);
    engine = stack;
    const after = async (command: "up" | "refresh" | "destroy", program?: string) => {
      if (program) stack.write({ "index.ts": program });
      const run = await stack[command]();
      return { ...outcomeOf(run), writes: server.takeWrites(), notes: server.notes().map(withoutIdentity) };
    };

    const creation = await after("up");
    // Its types have been checked once now.
    stack.env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    const { noteId } = await stack.outputs();
    const [first] = server.notes();
    const repetition = await after("up");
    const update = await after("up", stating('name: "Readers"'));
    const [second] = server.notes();
    const replacement = await after("up", stating('name: "Readers", color: "red"'));
    server.put({ ...server.notes()[0], name: "By hand" });
    const refresh = await after("refresh");
    const found = server.put({ organizationId, name: "Found" });
    const taken = `new gitpod.Note("found", ${taking[adapter](found)});`;
    const repair = await after("up", `${stating('name: "Readers", color: "red"')}\n${taken}`);
    const destruction = await after("destroy");

    const quiet = { code: 0, complaints: [], writes: [] };
    const note = { organizationId, name: "Reviewers", description: "May open the environments of others" };
    const renamed = { ...note, name: "Readers" };
    const red = { ...renamed, color: "red" };
    const byHand = { ...red, name: "By hand" };
    expect(creation).toEqual({ ...quiet, operations: { reviewers: "create" }, writes: ["CreateNote"], notes: [note] });
    expect(noteId).toBe(first?.id);
    expect(repetition).toEqual({ ...quiet, operations: { reviewers: "same" }, notes: [note] });
    expect(update).toEqual({ ...quiet, operations: { reviewers: "update" }, writes: ["UpdateNote"], notes: [renamed] });
    expect(second?.id).toBe(noteId);
    expect(replacement).toEqual({
      ...quiet,
      operations: { reviewers: "replace" },
      writes: ["CreateNote", "DeleteNote"],
      notes: [red],
    });
    expect(refresh).toEqual({ ...quiet, operations: { reviewers: "update" }, notes: [byHand] });
    expect(repair).toEqual({
      ...quiet,
      operations: { reviewers: "update", found: adapter === "plugin" ? "import" : "create" },
      writes: ["UpdateNote"],
      notes: [red, { organizationId, name: "Found" }],
    });
    expect(destruction).toEqual({
      ...quiet,
      operations: { reviewers: "delete", found: "delete" },
      writes: ["DeleteNote", "DeleteNote"],
      notes: [],
    });
  },
  300_000,
);

/** What a program says to take over a note that is there already; Pulumi can import on the plugin only. */
const taking: Record<AdapterName, (id: string) => string> = {
  dynamic: (id) => `{ organizationId: "${organizationId}", name: "Found", adopt: "${id}" }`,
  plugin: (id) => `{ organizationId: "${organizationId}", name: "Found" }, { import: "${id}" }`,
};

/** The example with other inputs in the place of its name. */
const stating = (inputs: string): string => example.replace(/\bname: "[^"]*"/, inputs);

const withoutIdentity = ({ id: _, createdAt: __, ...note }: JsonObject): JsonObject => note;

/** The methods of the service, as the code describes it that was generated in the copy. */
function noteMethods(): readonly DescMethodUnary[] {
  const { NoteService }: { NoteService: { methods: readonly DescMethodUnary[] } } = require(
    join(copy.folder, "dist", "proto", "gen", "gitpod", "v1", "note_pb.js"),
  );
  return NoteService.methods;
}

const engineOf = (adapter: AdapterName, { url }: NoteServer): Promise<Engine> =>
  createEngine({
    adapter,
    program: { "index.ts": example },
    modules: join(copy.folder, "node_modules"),
    env: { GITPOD_BASE_URL: url, GITPOD_API_KEY: "token" },
  });

/** Runs a command of the page. */
async function follow(command: string): Promise<void> {
  if (ofAllKinds.includes(command)) return;
  const [program, ...args] = command.split(" ");
  if (program === "npm") await npm(copy.folder, args);
  else if (program === "cp") cpSync(inCopy(args.at(-2)), inCopy(args.at(-1)), { recursive: true });
  else throw new Error(`The page says ${command}, which is neither npm nor cp.`);
}

/** These need the kind in the emulator as well, in whose place a server of this test stands. */
const ofAllKinds = ["npm run check", "npm test"];

const inCopy = (path = ""): string => join(copy.folder, path);
