import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** A line that a provider has asked the engine to show. */
export interface Line {
  readonly message: string;
  readonly severity: string;
  readonly ephemeral: boolean;
  readonly urn: string;
}

/** The part of the engine that shows lines. */
export interface FakeEngine {
  readonly address: string;
  readonly lines: Line[];
  /** Returns once a line has been shown. */
  heard(line: RegExp): Promise<void>;
  /** Goes away as a killed engine does. */
  kill(): void;
}

/** Starts an engine that does nothing but listen. */
export async function startEngine(): Promise<FakeEngine> {
  const server = new Server();
  const lines: Line[] = [];
  const listeners = new Set<() => void>();
  const log = {
    path: "/pulumirpc.Engine/Log",
    requestStream: false,
    responseStream: false,
    requestSerialize: (request: LogRequest) => Buffer.from(request.serializeBinary()),
    requestDeserialize: (bytes: Buffer) => LogRequest.deserializeBinary(bytes),
    responseSerialize: () => Buffer.alloc(0),
    responseDeserialize: () => ({}),
  } as const;
  server.addService(
    { log },
    {
      log: ({ request }: { request: LogRequest }, answer: (error: null, response: object) => void) => {
        const severity = Object.entries(LogSeverity).find(([, value]) => value === request.getSeverity())?.[0] ?? "";
        const [message, urn, ephemeral] = [request.getMessage(), request.getUrn(), request.getEphemeral()];
        lines.push({ message, severity, ephemeral, urn });
        answer(null, {});
        for (const listener of listeners) listener();
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const heard = (line: RegExp): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (lines.some(({ message }) => line.test(message))) resolve();
      };
      listeners.add(look);
      look();
    });
  return { address: `127.0.0.1:${port}`, lines, heard, kill: () => server.forceShutdown() };
}
