import type { DescMessage } from "@bufbuild/protobuf";
import type { Json, JsonObject } from "../value/json";
import type { ActingWords } from "./acting-words";
import type { InputPath, OnlyKnown, PhaseName, RequestField, ResourcePath } from "./definition-paths";
import type { Method } from "./descriptor";
import type { Identity } from "./identity-words";
import type { InModule } from "./module";
import type { Operation } from "./operation";
import type { Phase } from "./phase-words";
import type { Clue, Known, Listing, Made, State, Written } from "./state";

/**
 * The methods of a kind, and what the proto cannot say about it, under five headings. Paths are dotted; `[]` steps into a
 * list.
 */
export interface Definition<I extends string = string, R extends string = string, P extends string = string>
  extends Calls<I>,
    InputWords<I>,
    OutputWords<I, R>,
    IdentityWords<I, R>,
    LifeWords<I, R, P>,
    InModule {}

/** How the API makes, reads, changes and deletes it. */
interface Calls<I extends string> {
  /** Missing where the object is always there: then it is taken over as it is, and brought to the inputs. */
  readonly create?: Method;
  /** What has to happen first where there is none, and no call creates one. */
  readonly whenAbsent?: string;
  /** Another create method for when this input is set. */
  readonly createWith?: { readonly [input: string]: Method };
  /** Inputs that have another name in the create request, by the name they have there. */
  readonly renamed?: { readonly [field: string]: string };
  readonly get?: Method;
  readonly list?: Method;
  /** Reads the object where neither call does; undefined where it is absent. */
  readonly find?: (operation: Operation, id: string, clue: Clue) => Promise<JsonObject | undefined>;
  /** Reads all objects that the token may see, where no call lists them. */
  readonly findAll?: (operation: Pick<Operation, "client">) => Promise<Listing>;
  /** Inputs that make the filter by which `list` finds the object, where there is no `get`. */
  readonly within?: readonly I[];
  readonly update?: Method;
  /** Inputs that another call takes: after each write, with the delete, or when they change. */
  readonly extra?: { readonly [input: string]: Extra };
  /** Fields that only the update request has, and that are inputs all the same. */
  readonly updateOnly?: readonly string[];
  /** The call that deletes it, or what a deletion does where the API has none. */
  readonly delete: Method | Undo;
  readonly as?: ActingWords<I, Definition>;
  /** The steps in its life that consist of other calls, or of more than theirs; the others are those of a plain kind. */
  readonly composed?: Partial<LifeCalls>;
}

/** What a program states. */
interface InputWords<I extends string> {
  /** A message with inputs of our own, which no call of the API takes, and with our rules for those that one takes. */
  readonly own?: DescMessage;
  /** Inputs that say what another input says as YAML, in a text or in a file: that one takes their place. */
  readonly sources?: { readonly [path in I]?: { readonly [input: string]: "text" | "file" } };
  /** Inputs that have to be set; what stands before a `[]` does not. */
  readonly required?: readonly I[];
  /** Why they have to be, where the API itself would let them be left out. */
  readonly because?: { readonly [path in I]?: string };
  /**
   * Lists of names, and the maps of which each has to be a key, the first that has it counts; no name may lead back to
   * where it stands.
   */
  readonly references?: { readonly [path in I]?: readonly I[] };
  /** Inputs that name something which nobody declares, and how what can be used is listed. */
  readonly choices?: { readonly [path in I]?: Choice };
  /** Fields of the create request that only the server writes: not inputs. */
  readonly outputOnly?: readonly I[];
  /** Fields of the create request that the API has given up: not inputs. */
  readonly deprecated?: readonly I[];
  /** Inputs that the server fills in where nobody states them, such as markers of sessions: an import leaves them out. */
  readonly filledIn?: readonly I[];
  /** Inputs that the server does not give back, beside the sensitive ones. */
  readonly writeOnly?: readonly I[];
  /** Inputs that are secret whether or not the program says so, and that the server does not give back. */
  readonly sensitive?: readonly I[];
  /** Lists without an order. */
  readonly sets?: readonly I[];
  /** Inputs in which others have entries as well: a write leaves alone what nobody states. */
  readonly shared?: readonly I[];
  /** Lists whose entries the API finds by a key. */
  readonly mergeBy?: { readonly [path in I]?: Merge };
  /**
   * Inputs whose removal the API cannot express, or not without harm: replaced, left as they are, or refused where a
   * replacement would do harm as well.
   */
  readonly cannotClear?: { readonly [path in I]?: "replace" | "leave" | "refuse" };
  /** Inputs of which a write of one may change the others: those are given back with it where the program states none. */
  readonly coupled?: readonly (readonly I[])[];
  /** Inputs of our own that count with another operation only, so that a change of them alone does nothing. */
  readonly passive?: readonly I[];
}

/** What the object shows. */
interface OutputWords<I extends string, R extends string> {
  /**
   * Secrets that are told once: in the answer to the create and to a renewal, or by a call of their own after these.
   */
  readonly once?: { readonly [output: string]: "answer" | Method };
  /** Where the object shows an input, if not by the same name. */
  readonly readAt?: { readonly [path in I]?: R };
  /** Outputs in which the server repeats an input, beside the place where it is read back. */
  readonly repeatedIn?: { readonly [path in I]?: readonly R[] };
  /** Outputs that change by themselves or repeat other objects: not stored, no more than the counter beside a phase. */
  readonly volatile?: readonly R[];
  /** Outputs that follow from inputs, so that they may change with them. */
  readonly derived?: readonly R[];
}

/** Which object it is, and who may see it. */
interface IdentityWords<I extends string, R extends string> {
  /**
   * The inputs that say which object it is, where it has no id of its own that would do. Its id here is their values,
   * joined by slashes; they are required and replace. It may end in `id`, the object's own; inputs that the proto marks
   * optional may be left out at the end.
   */
  readonly address?: readonly (I | "id")[];
  /** What its own id looks like, as a rule and in words; a UUID if missing. */
  readonly idForm?: { readonly pattern: RegExp; readonly words: string };
  /** Values with which an object counts as gone: the value itself, `"set"` for any, `"past"` for a time that is over. */
  readonly goneIf?: { readonly [path in R]?: Json };
  /** Inputs that no two objects may share, so that a replacement has to wait for the deletion. */
  readonly naturalKey?: readonly I[];
  /** How the object of a create is found whose answer was lost; without one, by name, creator and time only. */
  readonly identity?: Identity<I, R>;
  /** Whether only the creator may see objects of the kind, so that others are told that they do not exist. */
  readonly creatorOnly?: boolean;
  /** Why no program manages objects that show a value, as a sentence, by the path and by the value as a text. */
  readonly unmanaged?: { readonly [path in R]?: { readonly [value: string]: string } };
  /** The input that names what an object is a part of, so that no program manages it where none manages that. */
  readonly partOf?: I;
}

/** How it comes about and ends. */
interface LifeWords<I extends string, R extends string, P extends string> {
  readonly phase?: Phase<I, R, P, Definition>;
  /**
   * What a deletion would destroy for good, with its names, and the input that agrees to that: numbers, lists that have
   * more than the one entry that is always there, and flags.
   */
  readonly guard?: { readonly counts: { readonly [path in R]?: string }; readonly unless: I };
  /**
   * Whether an answer to the deletion does not mean that it is gone, so that the deletion is waited for; where it is
   * brought to phases, that is so unless this is false.
   */
  readonly lingers?: boolean;
  /** Whether it gives somebody rights, so that its deletion may take from the token what the rest of the run needs. */
  readonly grantsRights?: boolean;
  /** The longest time in seconds that an operation may take, unless `customTimeouts` say otherwise; 60 each if missing. */
  readonly timeouts?: Timeouts;
}

/** The longest time in seconds that each operation may take. */
export interface Timeouts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/**
 * The steps in the life of an object. A plain kind makes each with one call. An object that the API does not know as one
 * consists of several, and each step is made of the calls that those have; a step that is not stated is the plain one.
 * Everything else, what is checked, compared, stored and shown, follows from the descriptors of the calls that the
 * definition declares.
 */
export interface LifeCalls {
  /** Makes the object, or takes what an earlier attempt has left; refuses where that would take what is others'. */
  make(definition: Definition, operation: Operation, inputs: JsonObject): Promise<Made>;
  /** Returns the ids of what the object consists of. */
  membersOf(id: string, object: JsonObject): readonly string[];
  /** Lets go of what an imported object consists of and nobody has stated, before it is written or deleted. */
  withoutUnstated(state: State): State;
  /** Whether the object has to be read before it is brought from old inputs to new ones. */
  mustRead(definition: Definition, olds: JsonObject, news: JsonObject): boolean;
  /** Brings the object to new inputs; what is known of it is kept up to date on the way, so that no failure loses it. */
  write(definition: Definition, operation: Operation, id: string, news: JsonObject, known: Known): Promise<Written>;
  /** Deletes what belongs to the object, and returns when it is gone. */
  remove(definition: Definition, operation: Operation, id: string, state: State): Promise<void>;
}

/**
 * What a deletion does where the API has none: nothing; the values from before they were managed come back; or this
 * update ends what the object does.
 */
export type Undo = "forget" | "restore" | { readonly with: { readonly [field: string]: Json } };

/** An input that a call of its own takes: after each write, with the delete, or only when the input changes. */
export interface Extra<F extends string = string> {
  readonly method: Method;
  /** Where the request has the value; missing where the change alone is the message. */
  readonly field?: F;
  readonly on: "write" | "delete" | "change";
}

/** The call that lists what an input can name, and the conditions of its filter that keep what can be used. */
export interface Choice {
  readonly list: Method;
  readonly filter?: { readonly [condition: string]: true };
}

/** How entries of a list are found, and the field without which an entry takes one away. */
export interface Merge {
  readonly key: string;
  readonly removedWithout: string;
  /** Keys of entries that the platform adds by itself. */
  readonly platformKeys?: readonly Json[];
}

/** The parts of a definition from which its paths, fields and phases follow. */
interface Methods<C, G, L, U, W, N, X, F, M, A> {
  readonly create?: C;
  readonly createWith?: W;
  readonly renamed?: N;
  readonly get?: G;
  readonly list?: L;
  readonly update?: U;
  readonly extra?: X;
  readonly updateOnly?: readonly F[];
  readonly own?: M;
  readonly phase?: { readonly at: A };
}

/** Returns the longest time in seconds that each operation of a kind may take. */
export const timeoutsOf = ({ timeouts }: Pick<Definition, "timeouts">): Timeouts =>
  timeouts ?? { create: 60, update: 60, delete: 60 };

/** Declares a kind; paths, fields and phases are checked against the messages of its methods by the compiler. */
export function defineResource<
  const A extends ResourcePath<{ create: C; get: G; list: L; update: U }>,
  const D extends Definition<
    InputPath<{ create: C; get: G; createWith: W; renamed: N; update: U; extra: X; updateOnly: readonly F[]; own: M }>,
    ResourcePath<{ create: C; get: G; list: L; update: U }>,
    PhaseName<{ create: C; get: G; list: L; update: U; phase: { at: A } }>
  >,
  C extends Method = never,
  G extends Method = never,
  L extends Method = never,
  U extends Method = never,
  W extends { readonly [input: string]: Method } = Record<never, never>,
  const N extends { readonly [field: string]: string } = Record<never, never>,
  const X extends { readonly [K in keyof X]: Extra<RequestField<X[K]>> } = Record<never, never>,
  const F extends RequestField<{ method: U }> = never,
  M extends DescMessage = never,
>(definition: D & OnlyKnown<D, Definition> & Methods<C, G, L, U, W, N, X, F, M, A>): D {
  return definition;
}
