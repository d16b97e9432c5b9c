import { Client, credentials } from "@grpc/grpc-js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Shows a line on the row of a resource for as long as its operation goes on; an empty line takes it away. */
export function statusLine(urn: string | undefined): (line: string) => void {
  return (line) => {
    engine ??= connectToEngine();
    if (!engine || urn === undefined) return;
    const request = new LogRequest();
    request.setSeverity(LogSeverity.INFO);
    request.setMessage(line);
    request.setUrn(urn);
    request.setEphemeral(true);
    // A line that does not arrive is no reason to stop.
    engine.makeUnaryRequest("/pulumirpc.Engine/Log", serialized, Number, request, () => undefined);
  };
}

let engine: Client | undefined;

/** Pulumi starts the provider process with its own address as the last argument. */
function connectToEngine(): Client | undefined {
  const address = process.argv.at(-1) ?? "";
  return /^[\w.[\]:-]+:\d+$/.test(address) ? new Client(address, credentials.createInsecure()) : undefined;
}

const serialized = (request: LogRequest): Buffer => Buffer.from(request.serializeBinary());
