import type { EngineEvent } from "@pulumi/pulumi/automation";

/** What the engine did with a resource: `create`, `update`, `replace`, `delete`, `same`, `read`, `import` and so on. */
export type Operation = string;

/** A message that the engine showed. */
export interface Diagnostic {
  severity: string;
  message: string;
  /** The name of the resource that it was said of, if any. */
  resource?: string;
  /** Whether it was a status line that the next one wipes away. */
  ephemeral: boolean;
}

/** Reads an event log: a JSON object a line, of which a killed engine may have left the last one unfinished. */
export function readEvents(log: string): EngineEvent[] {
  return log.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as EngineEvent];
    } catch {
      return [];
    }
  });
}

/** What happened to each resource by name. A refresh says what it found; a replacement is its three steps in one. */
export function operationsOf(events: readonly EngineEvent[]): Record<string, Operation> {
  const operations: Record<string, Operation> = {};
  for (const event of events) {
    const metadata = (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata;
    if (!metadata || metadata.type.startsWith("pulumi:")) continue;
    const name = nameOf(metadata.urn);
    const replaces = operations[name] === "replace" || metadata.op.includes("replace");
    operations[name] = replaces ? "replace" : metadata.op;
  }
  return operations;
}

/** The differences shown for each resource by name, each as its path and what happens there. */
export function differencesOf(events: readonly EngineEvent[]): Record<string, Record<string, string>> {
  const differences: Record<string, Record<string, string>> = {};
  for (const event of events) {
    const metadata = (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata;
    const found = Object.entries(metadata?.detailedDiff ?? {});
    if (!metadata || metadata.type.startsWith("pulumi:") || found.length === 0) continue;
    differences[nameOf(metadata.urn)] = Object.fromEntries(found.map(([path, { diffKind }]) => [path, diffKind]));
  }
  return differences;
}

/** The summary with which the engine ends. */
export function summaryOf(events: readonly EngineEvent[]): Record<string, number> {
  const summary = events.find((event) => event.summaryEvent)?.summaryEvent;
  return { ...summary?.resourceChanges };
}

/** What was shown to the user, without debug output and colors. */
export function diagnosticsOf(events: readonly EngineEvent[]): Diagnostic[] {
  return events.flatMap(({ diagnosticEvent: said }) => {
    if (!said || isDebug(said.severity)) return [];
    const resource = said.urn ? { resource: nameOf(said.urn) } : {};
    const message = said.message.replace(/<\{%[^%]*%\}>/g, "").trim();
    return [{ severity: said.severity, message, ephemeral: said.ephemeral === true, ...resource }];
  });
}

/** The engine logs a severity more than its types say. */
function isDebug(severity: string): boolean {
  return severity === "debug";
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
