import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../provider/value/json";
import type { Answer, Connection, Subject } from "./connection";
import { shown } from "./value";

/** A resource as a program states it, with what its class puts beside the inputs. */
export interface Resource extends Subject {
  readonly inputs: JsonObject;
  /** Whether it is replaced whatever the provider says, which is not asked then; and whether the old one goes first. */
  readonly isReplaced?: boolean;
  readonly deletesFirst?: boolean;
}

/** A resource as the state holds it. */
export interface Stored extends Subject {
  readonly id: string;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
  readonly initErrors: readonly string[];
  /** Whether it still has to be deleted because another one has taken its place, or is deleted and has to be made again. */
  readonly isLeft?: "to delete" | "to make";
}

/** How a run ended. */
export interface Run {
  /** The state, which each step changes on its own, so that an interrupted run has a part of them. */
  readonly state: readonly Stored[];
  /** What happened to each resource, by its name. */
  readonly operations: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
}

/** Brings the resources of a program about, one after the other, and deletes those that it no longer has. */
export async function up(provider: Connection, before: readonly Stored[], program: readonly Resource[]): Promise<Run> {
  const steps = recorder(before);
  for (const resource of program) await steps.attempt(resource, () => step(provider, steps, resource));
  const wanted = new Set(program.map(({ urn }) => urn));
  const superfluous = steps.state().filter((each) => each.isLeft === "to delete" || !wanted.has(each.urn));
  // After a failure the engine deletes nothing.
  if (steps.errors.length === 0) for (const each of superfluous.reverse()) await remove(provider, steps, each);
  return steps.run();
}

/** Reads every resource. */
export async function refresh(provider: Connection, before: readonly Stored[]): Promise<Run> {
  const steps = recorder(before);
  for (const old of before.filter(({ isLeft }) => isLeft === undefined))
    await steps.attempt(old, async () => {
      const found = await provider.read(old, old.id, old);
      if (!found) return steps.replace(old, undefined, "gone");
      const isSame = isDeepStrictEqual(shown(found.inputs), shown(old.inputs));
      steps.replace(old, { ...old, ...found, initErrors: [] }, isSame ? "same" : "drift");
    });
  return steps.run();
}

/** Deletes every resource. */
export const destroy = (provider: Connection, before: readonly Stored[]): Promise<Run> => up(provider, before, []);

/** Does to one resource what the engine would, by what the provider says is different. */
async function step(provider: Connection, steps: Recorder, resource: Resource): Promise<void> {
  const old = steps.state().find(({ urn, isLeft }) => urn === resource.urn && isLeft !== "to delete");
  const { inputs, failures } = await provider.check(resource, old?.inputs ?? {}, resource.inputs);
  if (failures.length > 0) throw new Error(failures.join("\n"));
  if (!old || old.isLeft === "to make") return create(provider, steps, resource, old);
  if (resource.isReplaced) return replace(provider, steps, resource, old, resource.deletesFirst ?? false);
  const { changes, replaces, deletesFirst } = await provider.diff(resource, old.id, old, inputs);
  const isChanged = changes === "unknown" ? !isDeepStrictEqual(shown(old.inputs), shown(inputs)) : changes === "some";
  if (replaces.length > 0) return replace(provider, steps, resource, old, deletesFirst);
  if (!isChanged && old.initErrors.length === 0) return steps.replace(old, { ...old, inputs }, "same");
  const answer = await provider.update(resource, old.id, old, inputs);
  // An update that has failed leaves the old inputs.
  steps.replace(old, { ...old, ...answer, inputs: answer.initErrors.length > 0 ? old.inputs : inputs }, "update");
  complain(answer);
}

async function create(
  provider: Connection,
  steps: Recorder,
  resource: Resource,
  old: Stored | undefined,
  operation = "create",
): Promise<void> {
  const { urn, type, name } = resource;
  const { inputs, failures } = await provider.check(resource, {}, resource.inputs);
  if (failures.length > 0) throw new Error(failures.join("\n"));
  const answer = await provider.create(resource, inputs);
  steps.replace(old, { urn, type, name, ...answer, inputs }, operation);
  complain(answer);
}

async function replace(
  provider: Connection,
  steps: Recorder,
  resource: Resource,
  old: Stored,
  deletesFirst: boolean,
): Promise<void> {
  if (!deletesFirst) {
    try {
      return await create(provider, steps, resource, undefined, "replace");
    } finally {
      const isMade = steps.state().some((each) => each.urn === old.urn && each.id !== old.id);
      if (isMade) steps.replace(old, { ...old, isLeft: "to delete" }, "replace");
    }
  }
  await provider.delete(old, old.id, old);
  const deleted: Stored = { ...old, isLeft: "to make" };
  steps.replace(old, deleted, "delete");
  await create(provider, steps, resource, deleted, "replace");
}

function remove(provider: Connection, steps: Recorder, old: Stored): Promise<void> {
  return steps.attempt(old, async () => {
    if (old.isLeft !== "to make") await provider.delete(old, old.id, old);
    steps.replace(old, undefined, old.isLeft === "to delete" ? "replace" : "delete");
  });
}

function complain({ initErrors }: Answer): void {
  if (initErrors.length > 0) throw new Error(initErrors.join("\n"));
}

type Recorder = ReturnType<typeof recorder>;

function recorder(before: readonly Stored[]) {
  const state = [...before];
  const operations: Record<string, string> = {};
  const errors: string[] = [];
  return {
    errors,
    state: () => [...state],
    run: (): Run => ({ state: [...state], operations, errors }),
    /** Puts a resource in the place of an old one, or takes that away. */
    replace(old: Stored | undefined, now: Stored | undefined, operation: string): void {
      const place = old ? state.indexOf(old) : state.length;
      state.splice(place < 0 ? state.length : place, old ? 1 : 0, ...(now ? [now] : []));
      operations[(now ?? old)?.name ?? ""] = operation;
    },
    /** Does a step whose failure the other resources do not feel. */
    async attempt({ name }: Subject, work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        errors.push(`${name}: ${(error as Error).message}`);
      }
    },
  };
}
