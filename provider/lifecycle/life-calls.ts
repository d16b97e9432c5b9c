import type { Definition, LifeCalls } from "../model/definition";
import { make } from "./create-once";
import { giveBack } from "./give-back";
import { givesBack } from "./keep-before";
import { removeObject } from "./remove-object";
import { mustRead, write } from "./write";

/** Returns how the steps in the life of an object are made: each by one call of its kind, unless the definition composes it. */
export const callsOf = (definition: Definition): LifeCalls => ({
  ...plain,
  ...(givesBack(definition) && { remove: giveBack }),
  ...definition.composed,
});

const plain: LifeCalls = {
  make,
  membersOf: (id) => [id],
  withoutUnstated: (state) => state,
  mustRead,
  write,
  remove: removeObject,
};
