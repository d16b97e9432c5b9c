import { ids } from "../../emulator";

/** What a program that calls every function shows of the answers, in whichever language it is written. */
export const everyAnswer = {
  getProject: "Shop",
  getEnvironment: "Home",
  getGroup: "Reviewers",
  getService: "web",
  getTask: "seed",
  getTaskExecution: "TASK_EXECUTION_PHASE_SUCCEEDED",
  listProjects: "Shop",
  listEnvironments: "Home",
  listGroups: "Reviewers",
  listSecrets: "TOKEN",
  listServices: "web",
  listTasks: "seed",
  listTaskExecutions: "TASK_EXECUTION_PHASE_SUCCEEDED",
  listEnvironmentClasses: true,
  getEnvironmentClass: ids.smallClass,
  getAuthenticatedIdentity: ids.organization,
  environmentLogsToken: expect.stringMatching(/./),
  markEnvironmentActive: {},
};
