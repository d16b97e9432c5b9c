import { Code, ConnectError } from "@connectrpc/connect";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { RunnerConfigurationService } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import type { Client } from "../../provider/client/client";
import type { Trial } from "./trial";

/** Refuses a project or a class that somebody has stated and that is not there, before anything is made. */
export async function requireStated(
  client: Client,
  trial: Pick<Trial, "projectId" | "environmentClassId">,
): Promise<void> {
  const { projectId, environmentClassId } = trial;
  if (projectId !== undefined)
    await client
      .call(ProjectService.method.getProject, { projectId })
      .catch(refusing(client, `--project ${projectId}`));
  if (environmentClassId !== undefined)
    await client
      .call(RunnerConfigurationService.method.getEnvironmentClass, { environmentClassId })
      .catch(refusing(client, `--class ${environmentClassId}`));
}

/** Throws what says that there is no such thing; whoever may not look at one may still use it. */
const refusing =
  (client: Client, stated: string) =>
  (error: unknown): void => {
    const isWrong = error instanceof ConnectError && [Code.NotFound, Code.InvalidArgument].includes(error.code);
    if (isWrong) throw client.explain(stated, error);
  };
