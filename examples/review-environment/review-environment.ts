import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

/** What a review environment shows, and where. */
export interface ReviewEnvironmentArgs {
  /** The address of the repository, such as `https://github.com/acme/website`. */
  repository: pulumi.Input<string>;
  /** The branch to look at. Another one is fetched into the same environment. */
  branch: pulumi.Input<string>;
  /** The commit that the branch is at. Without it, a push to the same branch changes nothing. */
  commit?: pulumi.Input<string>;
  /** The id of a project, which then decides what is not stated here. */
  projectId?: pulumi.Input<string>;
  /** The id of an environment class; the project's when left out. Another one replaces the environment. */
  environmentClass?: pulumi.Input<string | undefined>;
  /** The name that people see; the name of the resource when left out. */
  displayName?: pulumi.Input<string>;
  /** After how long without anybody it stops, at least `30m`, which is the default. The next `up` starts it again. */
  timeout?: pulumi.Input<string>;
  /** The file with the services and tasks, relative to the folder of the program. */
  automationsFile: string;
  /** The task of that file that runs after each change, and starts the services that it depends on; `review` when left out. */
  task?: string;
  /** The ports to open, by names that people see. */
  ports: Record<string, number>;
  /** Who may open them; the members of the organization when left out. */
  admission?: pulumi.Input<gitpod.AdmissionLevel>;
}

/**
 * An environment in which people try a branch. It is up when its services are and its task has succeeded.
 *
 * Give each pull request a stack of its own: stacks may use the same names, and do not get in each other's way.
 */
export class ReviewEnvironment extends pulumi.ComponentResource {
  /** The id of the environment. */
  readonly environmentId: pulumi.Output<string>;
  /** The URL of each port, by its name. */
  readonly urls: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ReviewEnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("gitpod-examples:index:ReviewEnvironment", name, {}, opts);
    const { repository, branch, commit = "head", task = "review" } = args;

    const environment = new gitpod.Environment(
      `${name}-environment`,
      {
        name: args.displayName ?? name,
        ...(args.projectId !== undefined && { projectId: args.projectId }),
        // Nobody works there: what counts is what was pushed.
        discardUnsavedWork: true,
        spec: {
          desiredPhase: gitpod.EnvironmentPhase.RUNNING,
          machine: { class: args.environmentClass },
          content: {
            initializer: {
              specs: [
                { git: { remoteUri: repository, targetMode: "CLONE_TARGET_MODE_REMOTE_BRANCH", cloneTarget: branch } },
              ],
            },
            // Another marker is what makes an environment that exists fetch its content again.
            session: pulumi.interpolate`${branch}@${commit}`,
          },
          timeout: { disconnected: args.timeout ?? "30m" },
          ports: Object.entries(args.ports).map(([name, port]) => ({
            name,
            port,
            admission: args.admission ?? gitpod.AdmissionLevel.ORGANIZATION,
          })),
        },
      },
      { parent: this },
    );

    const automations = new gitpod.AutomationsFile(
      `${name}-automations`,
      { environmentId: environment.id, path: args.automationsFile },
      { parent: this },
    );
    new gitpod.TaskExecution(
      `${name}-${task}`,
      {
        taskId: automations.tasks.apply((tasks) => taskIn(tasks, task, args.automationsFile)),
        triggers: { branch, commit, automations: readFileSync(args.automationsFile, "utf8") },
      },
      { parent: this },
    );

    this.environmentId = environment.id;
    this.urls = environment.status.environmentUrls.apply((urls) => byName(args.ports, urls?.ports ?? []));
    this.registerOutputs({ environmentId: this.environmentId, urls: this.urls });
  }
}

function taskIn(tasks: Record<string, string>, name: string, file: string): string {
  const id = tasks[name];
  if (id === undefined) throw new Error(`${file} has no task "${name}": add it, or name another with "task"`);
  return id;
}

interface OpenPort {
  port: number | undefined;
  url: string | undefined;
}

/** The platform has ports of its own beside these. */
function byName(ports: Record<string, number>, open: readonly OpenPort[]): Record<string, string> {
  const urlOf = (port: number): string => open.find((one) => one.port === port)?.url ?? "";
  return Object.fromEntries(Object.entries(ports).map(([name, port]): [string, string] => [name, urlOf(port)]));
}
