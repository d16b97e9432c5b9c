/** Where the engine answers. */
export interface EngineAddress {
  readonly host: string;
  readonly port: number;
}

/** Returns where the engine answers: Pulumi starts the provider process with that as the last argument. */
export function engineAddress(argument = process.argv.at(-1) ?? ""): EngineAddress | undefined {
  const [, host, port] = /^([\w.-]+|\[[\da-fA-F:]+\]):(\d{1,5})$/.exec(argument) ?? [];
  return host === undefined ? undefined : { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}
