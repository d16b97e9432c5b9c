// The floor of every plugin: one on grpc-js with our schema that does nothing. What it is told comes back as it was, so
// that what it takes is what the engine and the transport take.
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { schemaText } from "../../provider/plugin/schema-text";

const answering =
  <Q, A>(answer: (request: Q) => A) =>
  ({ request }: ServerUnaryCall<Q, A>, callback: sendUnaryData<A>): void =>
    callback(null, answer(request));

let made = 0;

const server = new Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
server.addService(ResourceProviderService, {
  handshake: answering(() => new rpc.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptOutputs(true)),
  attach: answering(() => new Empty()),
  getPluginInfo: answering(() => new PluginInfo().setVersion("0.1.0")),
  getSchema: answering(() => new rpc.GetSchemaResponse().setSchema(schemaText())),
  checkConfig: answering((request: rpc.CheckRequest) => new rpc.CheckResponse().setInputs(request.getNews())),
  diffConfig: answering(() => new rpc.DiffResponse().setChanges(rpc.DiffResponse.DiffChanges.DIFF_NONE)),
  configure: answering(() =>
    new rpc.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true).setAcceptoutputs(true),
  ),
  cancel: answering(() => new Empty()),
  check: answering((request: rpc.CheckRequest) => new rpc.CheckResponse().setInputs(request.getNews())),
  // The engine then compares the inputs itself.
  diff: answering(() => new rpc.DiffResponse()),
  create: answering((request: rpc.CreateRequest) =>
    new rpc.CreateResponse().setId(`floor-${made++}`).setProperties(request.getProperties()),
  ),
  read: answering((request: rpc.ReadRequest) =>
    new rpc.ReadResponse().setId(request.getId()).setProperties(request.getProperties()).setInputs(request.getInputs()),
  ),
  update: answering((request: rpc.UpdateRequest) => new rpc.UpdateResponse().setProperties(request.getNews())),
  delete: answering(() => new Empty()),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
