import { check } from "../../provider/check/check";
import { create } from "../../provider/lifecycle/create";
import { callsOf } from "../../provider/lifecycle/life-calls";
import { read } from "../../provider/lifecycle/read";
import { remove } from "../../provider/lifecycle/remove";
import { update } from "../../provider/lifecycle/update";
import { diff } from "../../provider/mapping/diff";
import { acknowledge } from "../../provider/mapping/origin";
import type { Definition } from "../../provider/model/definition";
import { kindName, tokenOf } from "../../provider/model/module";
import { NotReady } from "../../provider/model/not-ready";
import { hold, takeNote } from "../../provider/model/run-memory";
import type { State } from "../../provider/model/state";
import * as resources from "../../provider/resources";
import type { JsonObject } from "../../provider/value/json";
import type { Scene } from "../resources/scene";
import type { Answer, Connection } from "./connection";
import type { Resource } from "./engine";

/** What a run is told of itself. */
interface InCore {
  readonly isKilled: () => boolean;
  /** The state that it works on; the dynamic adapter is not told. */
  readonly stateId?: string | undefined;
}

/** Calls the core as an adapter would, without a process in between; where the process is killed nothing comes back. */
export function inCore(scene: Scene, { isKilled, stateId }: InCore): Connection {
  const alive = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work.then(
      (value) => () => value,
      (error) => () => {
        throw error;
      },
    );
    if (isKilled()) throw new Error("the process has ended");
    return result();
  };
  return {
    check: async ({ type }, _olds, news) => {
      const { inputs, failures } = check(definitionOf(type), news);
      return { inputs, failures: failures.map(({ reason }) => reason) };
    },
    diff: async ({ type, urn }, id, old, news) => {
      const definition = definitionOf(type);
      const memory = scene.memory();
      const state = stateIn(old);
      takeNote(memory, definition, id, news);
      hold({ memory, urn }, definition, callsOf(definition).membersOf(id, state.outputs), state);
      const { changes, unsettled, replaces, deleteBeforeReplace } = diff(memory, definition, state, news, id);
      const isChanged = changes.length > 0 || unsettled;
      return { changes: isChanged ? "some" : "none", replaces: [...replaces], deletesFirst: deleteBeforeReplace };
    },
    create: async ({ type, urn }, inputs) => {
      const definition = definitionOf(type);
      const answered = await alive(
        orNotReady(create(definition, scene.operation({ urn, stateId }), inputs).then(answer)),
      );
      await acknowledge(definition, scene.operation().client, answered.id).catch(() => undefined);
      return answered;
    },
    update: ({ type, urn }, id, old, news) =>
      alive(
        orNotReady(
          update(definitionOf(type), scene.operation({ urn }), id, stateIn(old), news).then((state) =>
            answer({ id, state }),
          ),
        ),
      ),
    read: async ({ type, urn }, id, old) => {
      const state = await alive(read(definitionOf(type), scene.operation({ urn }), id, stateIn(old)));
      return state && { inputs: state.inputs, outputs: asOutputs(state) };
    },
    delete: ({ type, urn }, id, old) => alive(remove(definitionOf(type), scene.operation({ urn }), id, stateIn(old))),
  };
}

/** Returns a resource of a program. */
export const resourceOf = (definition: Definition, name: string, inputs: JsonObject): Resource => ({
  urn: `urn:pulumi:test::model::${tokenOf(kindName(definition))}::${name}`,
  type: kindName(definition),
  name,
  inputs,
});

const definitionOf = (kind: string): Definition => {
  const found = Object.values<Definition>(resources).find((definition) => kindName(definition) === kind);
  if (!found) throw new Error(`no kind ${kind}`);
  return found;
};

/** The state travels as the outputs. */
const stateIn = ({ outputs }: { outputs: JsonObject }): State => outputs as unknown as State;

const asOutputs = ({ inputs, outputs, seen }: State): JsonObject => ({ inputs, outputs, seen: { ...seen } });

const answer = ({ id, state }: { id: string; state: State }): Answer => ({
  id,
  outputs: asOutputs(state),
  initErrors: [],
});

async function orNotReady(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    return { id: error.id, outputs: asOutputs(error.state), initErrors: [error.message] };
  }
}
