import { Server, ServerCredentials } from "@grpc/grpc-js";
import { engineAddress } from "../pulumi/engine-address";
import { collectEarly } from "../pulumi/garbage";
import { resourceProvider } from "./messages";
import { createService } from "./service";

const service = createService();
const server = new Server({
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  // Nobody asks for statistics of the connection, and each call would keep them.
  "grpc.enable_channelz": 0,
});
server.addService(resourceProvider, service.implementation);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // The first line is how Pulumi learns where the plugin answers; nothing may stand before it.
  process.stdout.write(`${port}\n`);
  collectEarly();
});

/** Milliseconds that calls have to answer with what they know; Pulumi kills the process after five seconds. */
const patience = 3000;

/** Milliseconds for answers to leave: the server would wait for the engine to close its connections, which it may not. */
const farewell = 100;

let isEnding = false;

/**
 * Ends the process once everything that runs has been answered, so that no id is lost; an engine that is there has stored
 * the answers.
 */
async function end(isEngineThere: boolean): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(0), patience).unref();
  await service.end(isEngineThere);
  setTimeout(() => process.exit(0), farewell);
  server.tryShutdown(() => process.exit(0));
}

process.on("SIGINT", () => end(true));
process.on("SIGTERM", () => end(true));
// The engine holds the other end, also when it is killed; who starts the plugin by hand may have no input for it.
if (engineAddress()) {
  const endAlone = (): Promise<void> => end(false);
  process.stdin.on("end", endAlone).on("error", endAlone).resume();
}
