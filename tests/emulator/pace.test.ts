import { createClient } from "@connectrpc/connect";
import { createEmulator, type Pace, tokens } from "../../emulator";
import { EnvironmentPhase, EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { EventService, ResourceType } from "../../proto/gen/gitpod/v1/event_pb";
import { small } from "./open";

test.each([
  ["brisk", 250],
  ["real", 1500],
] satisfies [Pace, number][])(
  "at the %s pace an object rests for %i ms after a change, whatever else moves",
  async (pace, rest) => {
    const emulator = createEmulator({ pace });
    const environments = createClient(EnvironmentService, emulator.transport(tokens.owner));
    const events = createClient(EventService, emulator.transport(tokens.owner));
    const { environment } = await environments.createEnvironment({ spec: small });
    const environmentId = environment?.id ?? "";
    emulator.settle();
    await environments.createEnvironment({ spec: small });
    const stop = new AbortController();
    const heard = events.watchEvents(
      { scope: { case: "environmentId", value: environmentId } },
      { signal: stop.signal },
    );

    const asked = performance.now();
    await environments.stopEnvironment({ environmentId });
    let stopped = Number.NaN;
    for await (const { resourceType } of heard) {
      const read = await environments.getEnvironment({ environmentId });
      if (resourceType === ResourceType.ENVIRONMENT && read.environment?.status?.phase === EnvironmentPhase.STOPPED) {
        stopped = performance.now();
        break;
      }
    }
    stop.abort();
    await emulator.close();

    expect(stopped - asked).toBeGreaterThanOrEqual(rest);
  },
);
