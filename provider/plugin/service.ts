import { type EventEmitter, once } from "node:events";
import type { ServerUnaryCall, ServerWritableStream, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  type ConfigureRequest,
  ConfigureResponse,
  GetSchemaResponse,
  type InvokeRequest,
  type ListRequest,
  type ProviderHandshakeRequest,
  ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "../../proto/gen/pulumi/provider_pb";
import { speakTo } from "../pulumi/engine";
import { doNow } from "../pulumi/farewell";
import type * as Connections from "../pulumi/open-connection";
import { lazily } from "../value/lazily";
import type * as Functions from "./call-function";
import type * as Config from "./config";
import { openStruct } from "./envelope";
import { cancelled, Instance, type Serving } from "./instance";
import type * as Lists from "./list";
import type * as Resource from "./resource";
import { schemaText } from "./schema-text";
import { failureOf } from "./service-error";

/** Pulumi's `ResourceProvider` service. */
export interface Service {
  readonly implementation: UntypedServiceImplementation;
  /** Ends all waits; resolves when every call that was open has been answered, and what is still due is done. */
  readonly end: (isEngineThere: boolean) => Promise<void>;
}

/** Creates the service; what needs the core loads it when it is called, so that the process listens early. */
export function createService(): Service {
  const instance = new Instance();
  const unanswered = new Set<Promise<void>>();
  const track = (call: Promise<void>): void => {
    unanswered.add(call);
    call.finally(() => unanswered.delete(call));
  };

  const answering =
    <Q, A>(answer: (request: Q, serving: Serving) => A | Promise<A>) =>
    (call: ServerUnaryCall<Q, A>, callback: sendUnaryData<A>): void => {
      const answered = whileWaitedFor(call, async (left) => answer(call.request, instance.until(left)));
      track(
        answered.then(
          (response) => callback(null, response),
          (error) => callback(failureOf(error)),
        ),
      );
    };

  const streaming =
    <Q, A>(answers: (request: Q, serving: Serving) => AsyncIterable<A>) =>
    (call: ServerWritableStream<Q, A>): void => {
      const sent = whileWaitedFor(call, (left) => sendAll(call, answers(call.request, instance.until(left)), left));
      track(
        sent.then(
          () => void call.end(),
          (error) => void call.emit("error", failureOf(error)),
        ),
      );
    };

  const implementation: UntypedServiceImplementation = {
    handshake: answering((request: ProviderHandshakeRequest) => {
      instance.rearm();
      if (request.getEngineAddress() !== "") speakTo(request.getEngineAddress());
      return new ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptOutputs(true)
        .setSupportsAutonamingConfiguration(true);
    }),
    attach: answering((request: PluginAttach) => {
      instance.rearm();
      speakTo(request.getAddress());
      return new Empty();
    }),
    getPluginInfo: answering(() => new PluginInfo().setVersion(version())),
    getSchema: answering(() => new GetSchemaResponse().setSchema(schemaText())),
    checkConfig: answering((request: CheckRequest) => config().checkConfig(request)),
    diffConfig: answering((request: DiffRequest) => config().diffConfig(request)),
    configure: answering((request: ConfigureRequest) => configure(instance, request)),
    cancel: answering(() => {
      instance.cancel();
      void doNow();
      return new Empty();
    }),
    check: answering((request: CheckRequest, serving) => resource().check(serving, request)),
    diff: answering((request: DiffRequest, serving) => resource().diff(serving, request)),
    create: answering((request: CreateRequest, serving) => resource().create(serving, request)),
    read: answering((request: ReadRequest, serving) => resource().read(serving, request)),
    update: answering((request: UpdateRequest, serving) => resource().update(serving, request)),
    delete: answering((request: DeleteRequest, serving) => resource().remove(serving, request)),
    invoke: answering((request: InvokeRequest, serving) => functions().callFunction(serving, request)),
    list: streaming((request: ListRequest, serving) => lists().list(serving, request)),
  };
  return {
    implementation,
    async end(isEngineThere) {
      instance.cancel();
      await Promise.all(unanswered);
      if (isEngineThere) await doNow();
    },
  };
}

// Loaded with the first call that needs them.
const config = lazily((): typeof Config => require("./config"));
const resource = lazily((): typeof Resource => require("./resource"));
const functions = lazily((): typeof Functions => require("./call-function"));
const lists = lazily((): typeof Lists => require("./list"));
const connections = lazily((): typeof Connections => require("../pulumi/open-connection"));

/** Does work that ends early when nobody waits for it: the engine is gone, which an attached process sees only so. */
function whileWaitedFor<T>(call: EventEmitter, work: (left: AbortSignal) => Promise<T>): Promise<T> {
  const left = new AbortController();
  const leave = (): void => left.abort(cancelled());
  call.on("cancelled", leave);
  // At its end every call says the same.
  return work(left.signal).finally(() => call.off("cancelled", leave));
}

/** Sends one answer after the other, as fast as they are taken. */
async function sendAll<A>(
  call: ServerWritableStream<unknown, A>,
  answers: AsyncIterable<A>,
  signal: AbortSignal,
): Promise<void> {
  for await (const answer of answers) if (!call.write(answer)) await once(call, "drain", { signal });
}

function configure(instance: Instance, request: ConfigureRequest): ConfigureResponse {
  const { value } = openStruct(request.getArgs());
  const name = request.getName() ?? request.getUrn()?.split("::").at(-1) ?? "";
  const { openConnection } = connections();
  instance.configure({
    ...openConnection(config().configurationOf(value, name, process.env.PULUMI_CONFIG)),
    // That of the provider's entry in the state, saved before any resource is made.
    stateId: Promise.resolve(request.getId()),
  });
  return new ConfigureResponse()
    .setAcceptsecrets(true)
    .setSupportspreview(true)
    .setAcceptoutputs(true)
    .setSupportsAutonamingConfiguration(true);
}

// By the package's own name, which leads to the same file from the sources, the built code and a bundle.
const version = (): string => (require("pulumi-gitpod/package.json") as { version: string }).version;
