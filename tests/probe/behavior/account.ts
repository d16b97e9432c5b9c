import {
  environment,
  hostAuthenticationToken,
  organizationPolicies,
  prebuild,
  project,
  runner,
} from "../../../provider/resources";
import { created, ids, notReady, removed, updated } from "../../resources/scene";
import { type Behavior, count, endOf } from "../behavior";
import { killedAfter, urn } from "../killed";

const dev = { name: "dev", spec: { machine: { class: ids.smallClass } } };

/** What an account has beside environments, where the service does as assumed about it, and where not. */
export const accountBehaviors = {
  "prebuild-delete-running": {
    async act(scene) {
      const { id: projectId } = await created(scene, project, {
        name: "stuck",
        initializer: { specs: [{ contextUrl: { url: "https://example.com/shop" } }] },
        environmentClasses: [{ environmentClassId: ids.smallClass }],
        prebuildConfiguration: { enabled: true, environmentClassIds: [ids.smallClass] },
      });
      const stuck = await notReady(created(scene, prebuild, { projectId, spec: {} }, { timeout: 60 }));
      return endOf(removed(scene, prebuild, stuck));
    },
    usual: "done",
  },
  "runner-deleted-visible": {
    async act(scene) {
      const before = count(scene, "runners");
      const kept = await created(scene, runner, { name: "Ours", provider: "RUNNER_PROVIDER_LINUX_HOST" });
      return [await endOf(removed(scene, runner, kept)), count(scene, "runners") - before];
    },
    usual: ["done", 0],
  },
  "host-token-read-lags": {
    async act(scene) {
      const token = (scope: string) => ({
        runnerId: ids.runner,
        subject: { principal: "PRINCIPAL_USER", id: ids.owner },
        host: "github.com",
        token: "secret",
        source: "HOST_AUTHENTICATION_TOKEN_SOURCE_PAT",
        scopes: [scope],
      });
      const kept = await created(scene, hostAuthenticationToken, token("before"));
      await updated(scene, hostAuthenticationToken, kept, token("after"));
      return kept.state.outputs.scopes;
    },
    usual: ["after"],
  },
  "id-grows": {
    async act(scene) {
      scene.emulator.admin.lag(2);
      await killedAfter(scene, environment, dev);
      scene.emulator.admin.lag(2);
      await endOf(created(scene, environment, dev, { urn, stateId: "one" }));
      scene.emulator.settle();
      return count(scene, "environments");
    },
    usual: 1,
    otherwise: 2,
  },
  "organization-policy-exclusive": {
    async act(scene) {
      const kept = await created(scene, organizationPolicies, { membersRequireProjects: true });
      await updated(scene, organizationPolicies, kept, { membersCreateProjects: true });
      const { membersRequireProjects = false, membersCreateProjects = false } = kept.state.outputs;
      return [membersRequireProjects, membersCreateProjects];
    },
    usual: [false, true],
    otherwise: [true, true],
  },
} satisfies Record<string, Behavior>;
