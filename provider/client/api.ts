import type { DescMessage, DescMethodUnary, MessageShape } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import type * as Users from "../../proto/gen/gitpod/experimental/v1/user_pb";
import type * as Identities from "../../proto/gen/gitpod/v1/identity_pb";
import type { Rate } from "./pace";

/** An API that the provider calls: where its account comes from, and how it wants to be called. */
export interface Api {
  /** What words call it. */
  readonly title: string;
  /** The package of its protos; no other call goes to its hosts, since its token goes along. */
  readonly package: string;
  /** The settings that state the account, which are arguments of a provider as well. */
  readonly token: Setting;
  readonly host: Setting;
  /** The products that offer it, the first of which a configured token is for. */
  readonly products: readonly [Product, ...Product[]];
  /** What the path of its base URL ends in. */
  readonly path: "/api" | "";
  /** What to say where no token is set. */
  readonly noToken: string;
  /** What else words about tokens that do not count. */
  readonly otherTokens?: string;
  /** Asks whom the token stands for. */
  readonly identify: (ask: Ask) => Promise<Identity>;
  /** Methods that only read although the proto does not say so, by full name. */
  readonly undeclaredReads: ReadonlySet<string>;
  /** How many calls of one account it takes in a time; those of few calls before those of all. */
  readonly rates: readonly Rate[];
  /** How many calls may be under way at once. */
  readonly atOnce: number;
  /** Milliseconds after which a call is made again that was limited without a delay; none where such a limit is a quota. */
  readonly limitPauses: readonly number[];
  /** Milliseconds between reads of a wait without events; the last one counts from then on. */
  readonly readPauses: readonly number[];
  /** What else an error of a code may mean. */
  readonly hints: { readonly [code in Code]?: string };
}

/** A setting of a stack, and an argument of a provider. */
export type Setting = "token" | "host" | "classicToken" | "classicHost";

/** Variables that hold a token, variables that state a host for it, and the host without these. */
interface Product {
  readonly tokens: readonly string[];
  readonly hosts: readonly string[];
  readonly home: string;
}

/** Whom a token stands for. */
export interface Identity {
  /** The organization that the token acts in; missing where it acts in none, or in several. */
  readonly organizationId?: string;
  /** The id of the user or service account. */
  readonly subjectId: string;
}

/** Makes a call without arguments. */
export type Ask = <I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
) => Promise<MessageShape<O>>;

/** The APIs, by the modules whose kinds and functions they serve. */
export const apis: Readonly<Record<ModuleName, Api>> = {
  index: {
    title: "the Gitpod API",
    package: "gitpod.v1",
    token: "token",
    host: "host",
    products: [
      {
        tokens: ["GITPOD_API_KEY", "GITPOD_TOKEN"],
        hosts: ["GITPOD_BASE_URL"],
        home: "https://app.gitpod.io",
      },
      {
        tokens: ["ONA_API_KEY", "ONA_TOKEN"],
        hosts: ["ONA_BASE_URL", "ONA_HOST"],
        home: "https://app.ona.com",
      },
    ],
    path: "/api",
    noToken: "No token is set",
    async identify(ask) {
      const { IdentityService }: typeof Identities = require("../../proto/gen/gitpod/v1/identity_pb");
      const { organizationId, subject } = await ask(IdentityService.method.getAuthenticatedIdentity);
      return { organizationId, subjectId: subject?.id ?? "" };
    },
    undeclaredReads: new Set<string>([]),
    rates: [],
    atOnce: 32,
    limitPauses: [],
    readPauses: [2000, 3000, 4500, 6750, 10_000],
    hints: {},
  },
  experimental: {
    title: "the API of Gitpod Classic",
    package: "gitpod.experimental.v1",
    token: "classicToken",
    host: "classicHost",
    products: [{ tokens: ["GITPOD_CLASSIC_TOKEN"], hosts: ["GITPOD_CLASSIC_HOST"], home: "https://api.gitpod.io" }],
    path: "",
    noToken: "No token of Gitpod Classic is set",
    otherTokens: "GITPOD_TOKEN does not count here, although the command line of Gitpod Classic reads it",
    async identify(ask) {
      const { UserService }: typeof Users = require("../../proto/gen/gitpod/experimental/v1/user_pb");
      const { user } = await ask(UserService.method.getAuthenticatedUser);
      return { subjectId: user?.id ?? "" };
    },
    undeclaredReads: new Set([
      "gitpod.experimental.v1.EditorService.ListEditorOptions",
      "gitpod.experimental.v1.TeamsService.GetTeam",
      "gitpod.experimental.v1.TeamsService.GetTeamInvitation",
      "gitpod.experimental.v1.TeamsService.ListTeamMembers",
      "gitpod.experimental.v1.TeamsService.ListTeams",
      "gitpod.experimental.v1.UserService.GetAuthenticatedUser",
      "gitpod.experimental.v1.UserService.GetGitToken",
      "gitpod.experimental.v1.UserService.GetSSHKey",
      "gitpod.experimental.v1.UserService.ListSSHKeys",
      "gitpod.experimental.v1.WorkspacesService.GetDefaultWorkspaceImage",
      "gitpod.experimental.v1.WorkspacesService.GetOwnerToken",
      "gitpod.experimental.v1.WorkspacesService.GetWorkspace",
      "gitpod.experimental.v1.WorkspacesService.ListWorkspaceClasses",
      "gitpod.experimental.v1.WorkspacesService.ListWorkspaces",
      "gitpod.experimental.v1.WorkspacesService.StreamWorkspaceStatus",
    ]),
    rates: [
      ...["CreateAndStartWorkspace", "StartWorkspace"].map((name) => ({
        calls: 3,
        within: 10_000,
        each: 0,
        costs: { [`gitpod.experimental.v1.WorkspacesService.${name}`]: 1 },
      })),
      {
        calls: 200,
        within: 60_000,
        each: 1,
        costs: {
          "gitpod.experimental.v1.TeamsService.CreateTeam": 3,
          "gitpod.experimental.v1.TeamsService.GetTeam": 3,
          "gitpod.experimental.v1.TeamsService.JoinTeam": 3,
          "gitpod.experimental.v1.WorkspacesService.StartWorkspace": 2,
          "gitpod.experimental.v1.WorkspacesService.StopWorkspace": 2,
        },
      },
    ],
    atOnce: 8,
    limitPauses: [10_000, 20_000, 30_000],
    readPauses: [5000, 15_000, 20_000],
    hints: {
      [Code.Unauthenticated]:
        "If other calls succeed with the token, its user has not connected the Git provider of the repository: connect it in the user settings of Gitpod Classic.",
      [Code.InvalidArgument]:
        "If it names a limit instead, such as too many running workspaces, the spending limit or an account that is not verified: stop or delete workspaces, or have the limit raised.",
      [Code.PermissionDenied]:
        "gitpod.io creates and starts workspaces for some organizations only, and who joins a team as a collaborator is refused the answer although they have joined.",
      [Code.ResourceExhausted]:
        "Gitpod Classic allows a user 200 calls in a minute, and 3 creates and 3 starts of workspaces in 10 s.",
    },
  },
};

/** Returns the API that serves the kinds and functions of a module. */
export const apiOf = ({ module = "index" }: OfModule): Api => apis[module];

/** What of a kind or a function says which API serves it. */
export interface OfModule {
  readonly module?: ModuleName | undefined;
}

type ModuleName = "index" | "experimental";

/** All settings. */
export const settings: readonly Setting[] = Object.values(apis).flatMap(({ token, host }) => [token, host]);

/** The settings that are secret. */
export const tokens: readonly Setting[] = Object.values(apis).map(({ token }) => token);
