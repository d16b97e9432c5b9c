import { automationsFile, environment, service, task, taskExecution } from "../../../provider/resources";
import { at, type JsonObject } from "../../../provider/value/json";
import { created, ids, notReady, removed, type Scene, updated } from "../../resources/scene";
import { type Behavior, before, count, endOf, only } from "../behavior";
import { killedAfter } from "../killed";

const place = async (scene: Scene): Promise<string> =>
  (await created(scene, environment, { spec: { machine: { class: ids.smallClass } } })).id;

const metadata = { reference: "web", name: "Web" };
const web = (environmentId: string, spec: JsonObject = {}): JsonObject => ({
  environmentId,
  metadata,
  spec: { commands: { start: "sleep infinity" }, ...spec },
});
const up = { desiredPhase: "SERVICE_PHASE_RUNNING" };
const later = { commands: { start: "sleep infinity; echo 2" } };
const phase = (scene: Scene): unknown => at(only(scene, "services"), ["status", "phase"]);

/** Services, tasks and automations files where the service does as assumed about them, and where not. */
export const automationBehaviors = {
  "service-created-running": {
    act: async (scene) => [await endOf(created(scene, service, web(await place(scene), up))), phase(scene)],
    usual: ["done", "SERVICE_PHASE_RUNNING"],
  },
  "service-spec-at-rest": {
    async act(scene) {
      const id = await place(scene);
      const kept = await created(scene, service, web(id));
      return [await endOf(updated(scene, service, kept, web(id, later))), phase(scene)];
    },
    usual: ["done", "SERVICE_PHASE_RUNNING"],
  },
  "service-stop-failed": {
    async act(scene) {
      const id = await place(scene);
      const broken = { commands: { start: "exit 3" } };
      const failed = await notReady(created(scene, service, web(id, broken)));
      return endOf(updated(scene, service, failed, web(id, { ...broken, desiredPhase: "SERVICE_PHASE_STOPPED" })));
    },
    usual: "done",
    otherwise: expect.stringMatching(/^Service \S+ did not reach STOPPED within 600 s, it is FAILED/),
  },
  "service-reference-taken": {
    async act(scene) {
      const inputs = web(await place(scene));
      scene.emulator.admin.lag(3);
      await killedAfter(scene, service, inputs);
      scene.emulator.admin.lag(1);
      return [await endOf(created(scene, service, inputs)), count(scene, "services")];
    },
    usual: ["done", 1],
    otherwise: [expect.stringMatching(/^could not create Service: .* exists already in environment/), 1],
  },
  "automation-empty-list": {
    async act(scene) {
      const id = await place(scene);
      const env = [{ name: "COLOR", value: "red" }];
      const kept = await created(scene, service, web(id, { env }));
      await updated(scene, service, kept, web(id, { env, ...later }));
      return at(only(scene, "services"), ["spec", "env"]) === undefined ? "without variables" : "with variables";
    },
    usual: "with variables",
    otherwise: "without variables",
  },
  "automations-file-others-kept": {
    async act(scene) {
      const environmentId = await place(scene);
      await created(scene, service, web(environmentId));
      await created(scene, automationsFile, {
        environmentId,
        automations: { tasks: { lint: { name: "Lint", command: "npm run lint" } } },
      });
      return [count(scene, "services"), count(scene, "tasks")];
    },
    usual: [1, 1],
    otherwise: [0, 1],
  },
  "task-execution-stop-ended": {
    async act(scene) {
      const environmentId = await place(scene);
      const { id: taskId } = await created(scene, task, { environmentId, metadata, spec: { command: "sleep 9" } });
      const kept = await created(scene, taskExecution, { taskId, desiredPhase: "RUNNING" });
      before(scene, "EnvironmentAutomationService/StopTaskExecution", () => scene.emulator.settle());
      return endOf(removed(scene, taskExecution, kept));
    },
    usual: "done",
    otherwise: expect.stringMatching(/^could not delete TaskExecution \S+: .* has ended/),
  },
} satisfies Record<string, Behavior>;
