import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ids, tokens } from "../../emulator";
import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import { pattern } from "../../provider/value/path";
import type { EngineRun } from "../../tools/engine/engine";
import { adapters } from "../../tools/engine/program";
import { cagesOf, changed, textsIn } from "../core/canary";
import { verifyDomains } from "../kinds/domains";
import { housed } from "../kinds/housed";
import { argumentsOf, inJavaScript, keyOf } from "../kinds/program";
import { callsOf, needs, subjects } from "../kinds/subject";
import { isForeseen } from "./every-answer";
import { complaintsOf, openScene, type Scene } from "./scene";

const definitions = Object.values(resources) as Definition[];

/** What the kinds live in. */
const homes = needs.map(({ name, definition, inputs }) => ({ name, kind: kindName(definition), inputs }));

/** What the emulator needs beside the canaries, by kind. */
const stated = new Map(subjects().map((subject) => [kindName(subject.definition), subject]));

/** Inputs with canaries, and what is said of them in JavaScript beside. */
interface Caged {
  readonly kind: string;
  readonly inputs: JsonObject;
  readonly more?: string;
}

/** The same as the emulator takes it; an environment has one automations file only. */
function accepted({ kind, inputs }: Caged): Caged {
  const { definition, inputs: needed } = stated.get(kind)!;
  const more = "automations" in inputs ? "environmentId: aHome(), automations: onTheirOwn(args.automations)" : "";
  return { kind, inputs: housed(definition, inputs, needed), more };
}

/** What a program says of kinds that change less than their calls take: an app of one's own keeps its id. */
const optionsOf: Readonly<Record<string, string>> = { Integration: 'replaceOnChanges: ["auth"]' };

/** A program in which every text that begins like a canary is a secret, unless it is left to the provider what is one. */
function programOf(all: readonly Caged[], areSaid = true): Record<string, string> {
  const declared = all.map(
    ({ kind, inputs, more = "" }, i) => `{
  const args = caged(${argumentsOf(homes, inputs)});
  new gitpod.${kind.replace(":", ".")}("${kind}-${i}", { ...args, ${more} }, { dependsOn: homes, ${(areSaid && optionsOf[kind]) || ""} });
}`,
  );
  return inJavaScript(
    homes,
    `
const caged = (value) => {
  if (typeof value === "string") return ${areSaid} && /canary/.test(value) ? pulumi.secret(value) : value;
  if (Array.isArray(value)) return value.map(caged);
  if (typeof value !== "object" || value === null || pulumi.Output.isInstance(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, caged(part)]));
};
const homes = [${homes.map(({ name }) => keyOf(name))}];
let count = 0;
const aHome = () => new gitpod.Environment("home-" + count++, { spec: { machine: { class: "${ids.smallClass}" } } }).id;
const onTheirOwn = ({ tasks = {}, ...file }) => ({
  ...file,
  tasks: Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, { ...task, dependsOn: [] }])),
});
${declared.join("\n")}`,
  );
}

/** The calls of the API that create an object of each kind. */
const creates = new Map(subjects().map((subject) => [kindName(subject.definition), callsOf(subject, "create")]));

/** The calls that change one. */
const updates = new Map(subjects().map((subject) => [kindName(subject.definition), callsOf(subject, "update")]));

const every = (brood: string) =>
  definitions.flatMap((definition) =>
    cagesOf(definition, brood).map((cage) => ({ kind: kindName(definition), ...cage })),
  );

/** Everything that a person or a program could read: what was printed, reported and stored. */
async function traces({ engine }: Scene, runs: readonly EngineRun[]): Promise<Record<string, string>> {
  const backend = join(engine.folder, "..", "backend");
  const files = readdirSync(backend, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return {
    ...Object.fromEntries(runs.map((run, i) => [`run ${i}`, run.stdout + run.stderr + JSON.stringify(shown(run))])),
    export: JSON.stringify(await engine.export()),
    files: files.map((file) => readFileSync(join(file.parentPath, file.name), "utf8")).join("\n"),
  };
}

/** What Pulumi's own Node.js SDK says to developers of Pulumi has every answer in clear, and is shown with --debug only. */
const shown = ({ events }: EngineRun) => events.filter(({ diagnosticEvent }) => !isDebug(diagnosticEvent?.severity));

const isDebug = (severity: string | undefined): boolean => severity === "debug";

/** Where which canary is seen. */
function sightings(found: Record<string, string>, all: ReturnType<typeof every>): string[] {
  const canaries = all.flatMap(({ kind, canaries }) =>
    Object.entries(canaries).map(([path, canary]) => [`${kind} ${path}`, canary] as const),
  );
  const watched = [...canaries, ["token", tokens.owner] as const];
  return Object.entries(found).flatMap(([place, text]) =>
    watched.filter(([, canary]) => text.toLowerCase().includes(canary)).map(([path]) => `${place}: ${path}`),
  );
}

test("there is a canary at every path that takes free text", () => {
  const paths = definitions.map((definition) => [
    kindName(definition),
    [...new Set(cagesOf(definition, "a").flatMap(({ canaries }) => Object.keys(canaries)))].sort(),
  ]);

  expect(Object.fromEntries(paths)).toMatchSnapshot();
});

test.each(adapters)(
  "on the %s adapter a secret in any input of any kind is in no state, output or log in clear, whatever is done",
  async (adapter) => {
    const [first, second] = [every("a"), every("b")];
    const scene = await openScene({ adapter, program: programOf(first.map(accepted)) });
    const { engine } = scene;
    for (const { inputs } of [...first, ...second].map(accepted)) await verifyDomains(scene.emulator, inputs);

    const created = await engine.up();
    const createdTraces = await traces(scene, [created]);
    const repeated = await engine.up();
    engine.write(programOf(second.map(accepted)));
    const previewed = await engine.preview("--diff", "--show-replacement-steps");
    const updated = await engine.up("--diff");
    const refreshed = await engine.refresh("--diff");
    const updatedTraces = await traces(scene, [previewed, updated, refreshed]);
    const logged = await engine.preview("--logtostderr", "-v=9");
    const destroyed = await engine.destroy();
    const lastTraces = await traces(scene, [destroyed]);
    const loggedTraces = await traces(scene, [logged]);

    const complaints = [created, repeated, previewed, updated, refreshed, destroyed].flatMap(complaintsOf);
    expect(complaints.filter((complaint) => !isForeseen(complaint))).toEqual([]);
    expect(Object.values(repeated.operations).filter((operation) => operation !== "same")).toEqual([]);
    expect(refreshed.summary).toEqual({ same: expect.any(Number) });
    expect(sightings(createdTraces, first)).toEqual([]);
    expect(sightings(updatedTraces, [...first, ...second])).toEqual([]);
    expect(sightings(lastTraces, [...first, ...second])).toEqual([]);
    // Pulumi itself writes the values of a program into its verbose log, but the token is no value of the program.
    expect(sightings(loggedTraces, [])).toEqual([]);
  },
);

test.each(adapters)(
  "on the %s adapter a failed create tells the server's words without the secrets that the server repeats",
  async (adapter) => {
    const all = definitions.flatMap((definition) => {
      const [cage] = cagesOf(definition, "c");
      return cage ? [{ kind: kindName(definition), ...cage }] : [];
    });
    // What is asked for before the create has to be there: the account of a token, and the team of an invitation.
    const asksBefore = ({ as, module }: Definition): boolean => as !== undefined || module !== undefined;
    const given = all.map((caged) => (asksBefore(stated.get(caged.kind)!.definition) ? accepted(caged) : caged));
    const scene = await openScene({ adapter, program: programOf(given) });
    const { engine, emulator } = scene;
    for (const { kind, inputs } of given) {
      const [method = ""] = creates.get(kind) ?? [];
      const words = textsIn(inputs, []).flatMap(([, text]) => (text.includes("canary") ? [text] : []));
      const message = `cannot take ${words.join(", ")}`;
      const after = homes.filter((home) => home.kind === kind).length;
      emulator.admin.fault({ method, after, times: 100, refuse: { code: "failed_precondition", message } });
    }

    const up = await engine.up("--continue-on-error");

    const told = complaintsOf(up).filter((complaint) => complaint.includes("cannot take [secret]"));
    expect(told.map((complaint) => complaint.split("-")[0]).sort()).toEqual(all.map(({ kind }) => kind).sort());
    expect(sightings(await traces(scene, [up]), all)).toEqual([]);
  },
);

test.each(adapters)(
  "on the %s adapter an input that is always secret is in no state, output, error, plan or import file in clear, though no program calls it a secret",
  async (adapter) => {
    const [first, second] = [sensitive("d"), sensitive("e")];
    const scene = await openScene({ adapter, program: programOf(first.map(accepted), false) });
    const { engine, emulator } = scene;
    const files = ["import.json", "plan.json"].map((file) => join(engine.folder, file));
    const [imports = "", plan = ""] = files;

    const listed = await engine.preview("--import-file", imports);
    const created = await engine.up();
    const createdTraces = await traces(scene, [listed, created]);
    engine.write(programOf(second.map(accepted), false));
    const planned = await engine.preview("--diff", "--save-plan", plan);
    for (const { kind, inputs, canaries } of second) {
      const { definition } = stated.get(kind)!;
      const texts = textsIn(check(definition, inputs).inputs, []).filter(([path]) => canaries[pattern(path)]);
      const message = `cannot take ${texts.map(([, text]) => text).join(", ")}`;
      const [method = ""] = updates.get(kind) ?? [];
      emulator.admin.fault({ method, times: 1, refuse: { code: "failed_precondition", message } });
    }
    const failed = await engine.up("--continue-on-error", "--diff");
    const updated = await engine.up("--diff");
    const refreshed = await engine.refresh("--diff");
    const updatedTraces = await traces(scene, [planned, failed, updated, refreshed]);

    expect([listed, created, planned, updated, refreshed].flatMap(complaintsOf)).toEqual([]);
    const written = Object.fromEntries(files.map((file) => [file, readFileSync(file, "utf8")]));
    const told = complaintsOf(failed).filter((complaint) => complaint.includes("cannot take [secret]"));
    expect(told.map((complaint) => complaint.split("-")[0]).sort()).toEqual(second.map(({ kind }) => kind).sort());
    expect(sightings(createdTraces, first)).toEqual([]);
    expect(sightings({ ...updatedTraces, ...written }, [...first, ...second])).toEqual([]);
  },
);

/** Inputs of all kinds that have any which are always secret, with a canary in each of these and nowhere else. */
function sensitive(brood: string): ReturnType<typeof every> {
  const found = every(brood).flatMap(({ kind, inputs, canaries }) => {
    const paths: readonly string[] = definitions.find((definition) => kindName(definition) === kind)?.sensitive ?? [];
    const isSensitive = (place: string): boolean =>
      paths.some((path) => place === path || place.startsWith(`${path}.`) || place.startsWith(`${path}[]`));
    const plain = textsIn(inputs, []).reduce((some, [path, text]) => {
      if (!text.includes("canary") || isSensitive(pattern(path))) return some;
      const isOfDomain = String(path[0]).startsWith("emailDomain");
      return changed(some, path, isOfDomain ? undefined : text.replace(`canary${brood}`, "canaryz")) as JsonObject;
    }, inputs);
    const kept = Object.entries(canaries).filter(([place]) => isSensitive(place));
    return kept.length > 0 ? [{ kind, inputs: plain, canaries: Object.fromEntries(kept) }] : [];
  });
  return found.filter(({ kind }, i) => found.findIndex((other) => other.kind === kind) === i);
}
