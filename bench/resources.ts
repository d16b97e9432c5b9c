import type { JsonObject } from "../provider/value/json";
import type { Home, Parents } from "./home";
import { type Inputs, type Kind, kinds, most, type Variant } from "./kinds";
import { numbersOf, organization } from "./shares";

/** What a stack has: objects of one kind, or of every kind as an organization has them. */
export type Kinds = Kind | typeof organization;

/** How many parents so many objects live in, beside what is there in any case. */
export function parentsOf(kind: Kinds, size: number): Partial<Parents> {
  if (kind !== organization) return parents[kind]?.(size) ?? {};
  const numbers = numbersOf(size);
  // Everybody is in one team at most, and every team may be full.
  const people = (team: Kind) => Math.max(most, numbers.get(team)! * most);
  return { users: people("Team"), projects: numbers.get("Project")!, classicUsers: people("experimental:Team") };
}

const parents: { readonly [kind in Kind]?: (size: number) => Partial<Parents> } = {
  TeamMember: (size) => ({ teams: Math.ceil(size / most), users: size }),
  TeamCreditAllocation: (size) => ({ teams: size }),
  UserBudget: (size) => ({ users: size }),
  OrganizationMember: (size) => ({ users: size }),
  GroupMembership: (size) => ({ groups: Math.ceil(size / most), users: most }),
  RoleAssignment: (size) => ({ groups: Math.ceil(size / most), projects: most }),
  ProjectInsights: (size) => ({ projects: size }),
  WarmPool: (size) => ({ projects: size }),
  ScimConfiguration: (size) => ({ signIns: size }),
  Prebuild: (size) => ({ projects: size }),
  WorkflowExecution: (size) => ({ workflows: size }),
  ServiceAccountToken: (size) => ({ accounts: Math.ceil(size / most) }),
  HostAuthenticationToken: (size) => ({ accounts: Math.ceil(size / most) }),
  "experimental:TeamMember": (size) => ({ classicTeams: Math.ceil(size / most), classicUsers: size }),
  "experimental:TeamInvitation": (size) => ({ classicTeams: size }),
};

/** One of many resources. */
export interface Resource {
  readonly kind: Kind;
  readonly name: string;
  readonly inputs: JsonObject;
}

/** Returns many resources of a kind, or those of an organization. */
export function resourcesOf(kind: Kinds, size: number, variant: Variant, home: Home): Resource[] {
  if (kind === organization) return resourcesOfOrganization(size, variant, home);
  return Array.from({ length: size }, (_, number) => resourceOf(kind, number, kinds[kind](number, variant, home)));
}

/** The parts of an organization come in turn, as in a program that goes from team to team. */
function resourcesOfOrganization(size: number, variant: Variant, home: Home): Resource[] {
  const numbers = numbersOf(size);
  const place = { ...home, ...inProgram(numbers) };
  const placed = [...numbers].flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, number) => {
      const inputs: Inputs = kinds[kind];
      const among = { ...place, ...inSome(place, number) };
      const resource = resourceOf(kind, number, inputs(spread(kind, number, numbers), variant, among));
      return { resource, at: (number + 0.5) / count };
    }),
  );
  return placed.sort((one, other) => one.at - other.at).map(({ resource }) => resource);
}

const resourceOf = (kind: Kind, number: number, inputs: JsonObject): Resource => ({
  kind,
  name: nameOf(kind, number),
  inputs,
});

const nameOf = (kind: Kind, number: number): string => `${kind.toLowerCase().replace(":", "-")}-${number}`;

/** Parents that a YAML program has itself, by what stands for their ids. */
function inProgram(numbers: ReadonlyMap<Kind, number>) {
  const idsOf = (kind: Kind) =>
    Array.from({ length: numbers.get(kind) ?? 0 }, (_, number) => `\${${nameOf(kind, number)}.id}`);
  return {
    environments: idsOf("Environment"),
    groups: idsOf("Group"),
    teams: idsOf("Team"),
    accounts: idsOf("ServiceAccount"),
    signIns: idsOf("SsoConfiguration"),
    workflows: idsOf("Workflow"),
    classicTeams: idsOf("experimental:Team"),
  } satisfies Partial<Home>;
}

/** Where one of many objects lives, of which a few live in the same environment or project. */
const inSome = ({ environments, projects }: Home, number: number): Pick<Home, "environmentId" | "projectId"> => ({
  environmentId: environments[Math.floor(number / few) % environments.length]!,
  projectId: projects[Math.floor(number / few) % projects.length]!,
});

/** How many services and tasks an environment has, and how many secrets a project. */
const few = 5;

/** The number with which an object comes into its parent, where all parents have about as many. */
function spread(kind: Kind, number: number, numbers: ReadonlyMap<Kind, number>): number {
  const parent = isIn[kind];
  if (!parent) return number;
  const each = Math.ceil(numbers.get(kind)! / numbers.get(parent)!);
  return Math.floor(number / each) * most + (number % each);
}

/** What objects of a kind come into, up to so many into one. */
const isIn: { readonly [kind in Kind]?: Kind } = {
  TeamMember: "Team",
  GroupMembership: "Group",
  RoleAssignment: "Group",
  ServiceAccountToken: "ServiceAccount",
  HostAuthenticationToken: "ServiceAccount",
  "experimental:TeamMember": "experimental:Team",
};
