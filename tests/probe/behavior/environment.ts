import type { SwitchId } from "../../../emulator";
import { EnvironmentService } from "../../../proto/gen/gitpod/v1/environment_pb";
import { acknowledge } from "../../../provider/mapping/origin";
import { environment } from "../../../provider/resources";
import { at, type JsonObject } from "../../../provider/value/json";
import { created, ids, notReady, refreshed, removed, type Scene, updated } from "../../resources/scene";
import { type Behavior, before, count, endOf, only } from "../behavior";
import { killedAfter, urn } from "../killed";

const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };
const devWith = (spec: JsonObject): JsonObject => ({ ...dev, spec: { ...dev.spec, ...spec } });
const running = devWith({ desiredPhase: "ENVIRONMENT_PHASE_RUNNING" });
const stopped = devWith({ desiredPhase: "ENVIRONMENT_PHASE_STOPPED" });
const state = { urn, stateId: "one" };

const phase = (scene: Scene): unknown => at(only(scene, "environments"), ["status", "phase"]);

/** Environments where the service does as assumed about them, and where not. */
export const environmentBehaviors = {
  "environment-annotations-kept": {
    async act(scene) {
      await killedAfter(scene, environment, dev);
      return [await endOf(created(scene, environment, dev, state)), count(scene, "environments")];
    },
    usual: ["done", 1],
    otherwise: ["done", 2],
  },
  "environment-unopened-inactive": {
    async act(scene) {
      await killedAfter(scene, environment, dev);
      scene.emulator.settle();
      return [await endOf(created(scene, environment, dev, state)), count(scene, "environments")];
    },
    usual: ["done", 1],
    otherwise: ["done", 2],
  },
  "environment-mark-active-shown": {
    async act(scene) {
      const first = await created(scene, environment, dev, state);
      await acknowledge(environment, scene.operation().client, first.id);
      scene.restart();
      const second = await created(scene, environment, dev, state);
      return second.id === first.id ? "the same" : "another";
    },
    usual: "another",
    otherwise: "the same",
  },
  "environment-created-stopped": {
    act: async (scene) => [await endOf(created(scene, environment, stopped)), phase(scene)],
    usual: ["done", "ENVIRONMENT_PHASE_STOPPED"],
  },
  "environment-start-at-once": {
    async act(scene) {
      const kept = await created(scene, environment, stopped);
      return [await endOf(updated(scene, environment, kept, running)), phase(scene)];
    },
    usual: ["done", "ENVIRONMENT_PHASE_RUNNING"],
  },
  "environment-start-clears-failure": {
    async act(scene) {
      const inputs = { ...running, name: "fail-start-once" };
      const { id, state: failed } = await notReady(created(scene, environment, inputs));
      return endOf(updated(scene, environment, { id, state: failed }, inputs));
    },
    usual: "done",
  },
  "environment-start-running": {
    async act(scene) {
      const kept = await created(scene, environment, stopped);
      before(scene, "EnvironmentService/StartEnvironment", () =>
        scene.emulator.admin.patch("environments", kept.id, {
          spec: { desiredPhase: "ENVIRONMENT_PHASE_RUNNING" },
          status: { phase: "ENVIRONMENT_PHASE_RUNNING" },
        }),
      );
      return [await endOf(updated(scene, environment, kept, running)), phase(scene)];
    },
    usual: ["done", "ENVIRONMENT_PHASE_RUNNING"],
    otherwise: [expect.stringMatching(/^could not bring .* asked for what it does/), "ENVIRONMENT_PHASE_RUNNING"],
  },
  "environment-stop-stopped": {
    async act(scene) {
      const kept = await created(scene, environment, running);
      before(scene, "EnvironmentService/StopEnvironment", () => {
        scene.emulator.admin.stopEnvironment(kept.id);
        scene.emulator.settle();
      });
      return [await endOf(updated(scene, environment, kept, stopped)), phase(scene)];
    },
    usual: ["done", "ENVIRONMENT_PHASE_STOPPED"],
    otherwise: [expect.stringMatching(/^could not bring .* asked for what it does/), "ENVIRONMENT_PHASE_STOPPED"],
  },
  "environment-update-stopped": {
    async act(scene) {
      const kept = await created(scene, environment, stopped);
      return endOf(updated(scene, environment, kept, { ...stopped, name: "dev 2" }));
    },
    usual: "done",
    otherwise: expect.stringMatching(/^could not update Environment \S+: environment \S+ is stopped\./),
  },
  "environment-update-confirmed": {
    async act(scene) {
      const kept = await created(scene, environment, running);
      const changed = devWith({ timeout: { disconnected: "3600s" } });
      return endOf(updated(scene, environment, kept, changed));
    },
    usual: "done",
  },
  "environment-ports-merged": {
    async act(scene) {
      const ports = (name: string) => ({
        ports: [
          { port: 3000, name: "web", admission: "ADMISSION_LEVEL_CREATOR_ONLY" },
          { port: 4000, name, admission: "ADMISSION_LEVEL_CREATOR_ONLY" },
        ],
      });
      const kept = await created(scene, environment, devWith(ports("api")));
      await updated(scene, environment, kept, devWith(ports("server")));
      const [row] = scene.emulator.world.environments.rows.values();
      return row?.remote.spec.ports.map(({ port }) => port).filter((port) => port < 10_000);
    },
    usual: [3000, 4000],
    otherwise: [4000],
  },
  "environment-delete-again": {
    async act(scene) {
      const kept = await created(scene, environment, dev);
      await scene.operation().client.call(EnvironmentService.method.deleteEnvironment, { environmentId: kept.id });
      return endOf(removed(scene, environment, kept));
    },
    usual: "done",
    otherwise: expect.stringMatching(/^could not delete Environment \S+: environment \S+ is asked for what it does/),
  },
  "environment-deleted-visible": {
    async act(scene) {
      const kept = await created(scene, environment, dev);
      return [await endOf(removed(scene, environment, kept)), await refreshed(scene, environment, kept)];
    },
    usual: ["done", undefined],
  },
} satisfies { readonly [Id in Extract<SwitchId, `environment-${string}`>]: Behavior };
