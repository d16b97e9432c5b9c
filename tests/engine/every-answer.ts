import { ids } from "../../emulator";
import { functionNames } from "../../provider/functions";
import { questionsOf } from "../kinds/answers";
import { everyKind, everySubject, linksOf } from "../kinds/every";
import { type Link, takes } from "../kinds/program";

/** Kinds whose functions are asked by hand, as are those of Gitpod Classic. */
const asked = [
  "project",
  "environment",
  "service",
  "task",
  "taskExecution",
  "automationsFile",
  "secret",
  "hostAuthenticationToken",
  "organizationInvite",
];

const links = linksOf(everyKind);
const isAsked = (name: string): boolean => asked.includes(name) || everySubject[name]?.definition.module !== undefined;
const others = links.filter(({ name }) => name in everyKind && !isAsked(name));

/** What the functions of all other kinds are asked. */
export const questions = others.flatMap((link) => questionsOf(everySubject[link.name]!.definition, link));

/** One resource of each of those, and what they live in. */
export const otherLinks: readonly Link[] = others.reduce<Link[]>(withWhatItTakes, []);

function withWhatItTakes(all: Link[], link: Link): Link[] {
  const taken = links.filter((other) => other !== link && takes(link, other.name));
  return [...taken.reduce(withWhatItTakes, all), ...(all.includes(link) ? [] : [link])];
}

/** What a program that calls every function shows of the answers, in whichever language it is written. */
export const everyAnswer = {
  ...Object.fromEntries(questions.map(({ name, answer }) => [name, answer])),
  getProject: "Shop",
  getEnvironment: "Home",
  getService: "web",
  getTask: "seed",
  getTaskExecution: "TASK_EXECUTION_PHASE_SUCCEEDED",
  listProjects: "Shop",
  listEnvironments: "Home",
  listSecrets: "TOKEN",
  listServices: "web",
  listTasks: "seed",
  listTaskExecutions: "TASK_EXECUTION_PHASE_SUCCEEDED",
  listIntegrationDefinitions: "linear",
  getOrganizationInviteSummary: ids.organization,
  getHostAuthenticationToken: "own.example.com",
  listHostAuthenticationTokens: "own.example.com",
  listEnvironmentClasses: true,
  getEnvironmentClass: ids.smallClass,
  getAuthenticatedIdentity: ids.organization,
  getUser: ids.owner,
  getRunnerConfigurationSchema: expect.stringMatching(/./),
  runnerLogsToken: expect.stringMatching(/./),
  serviceAccountAccessToken: expect.stringMatching(/./),
  webhookSecret: expect.stringMatching(/./),
  environmentLogsToken: expect.stringMatching(/./),
  markEnvironmentActive: {},
  verifyDomain: "DOMAIN_VERIFICATION_STATE_PENDING",
};

/** The functions of each module. */
export const functionsOf = (module: "index" | "experimental"): string[] =>
  functionNames.filter((name) => name.includes(":") === (module === "experimental")).sort();

/** What the policies of an organization warn of that had none before. */
export const isForeseen = (complaint: string): boolean => complaint.includes("which the API cannot express");

/** The functions whose answers are secret. */
export const secretNames = ["environmentLogsToken", "runnerLogsToken", "serviceAccountAccessToken", "webhookSecret"];

/** A token of a host that is the owner's own, since nobody sees that of an account. */
export const ownToken = {
  runnerId: ids.runner,
  host: "own.example.com",
  token: "own-value",
  source: "HOST_AUTHENTICATION_TOKEN_SOURCE_PAT",
  subject: { principal: "PRINCIPAL_USER", id: ids.owner },
};
