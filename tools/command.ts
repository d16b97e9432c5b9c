/** Runs a tool as a command: an error is told in its own words, without a stack, and ends it with exit code 1. */
export function command(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
