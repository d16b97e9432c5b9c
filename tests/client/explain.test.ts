import { inspect } from "node:util";
import type { DescMessage, MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { ActionableErrorDetailsSchema } from "../../proto/gen/gitpod/v1/actionable_error_pb";
import { PromptValidationErrorDetailsSchema } from "../../proto/gen/gitpod/v1/agent_pb";
import {
  CreateEnvironmentFromProjectBadRequestEnvironmentClassDetailsSchema,
  CreateEnvironmentPreconditionFailureDetailsSchema,
} from "../../proto/gen/gitpod/v1/environment_pb";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import {
  OrganizationTier,
  OrganizationTierFailedPreconditionDetailsSchema,
  PolicyEnforcedFailedPreconditionDetailsSchema,
} from "../../proto/gen/gitpod/v1/organization_pb";
import { ParseContextURLPreconditionFailureDetailsSchema } from "../../proto/gen/gitpod/v1/runner_pb";
import { RetryInfoSchema } from "../../proto/gen/google/rpc/error_details_pb";
import { apis } from "../../provider/client/api";
import { createClient } from "../../provider/client/client";
import { ApiError } from "../../provider/client/error/api-error";
import { explain } from "../../provider/client/error/explain";

const host = "https://app.gitpod.io/api";

/** What the user reads when the server answers with this error. */
async function told(error: ConnectError, secrets: string[] = []): Promise<ApiError> {
  const transport = createRouterTransport(({ rpc }) => {
    rpc(GroupService.method.createGroup, () => {
      throw error;
    });
  });
  const client = createClient(transport, { host });
  const thrown = await client.call(GroupService.method.createGroup, {}).catch((reason: unknown) => reason);
  return client.explain("create group platform", thrown, secrets);
}

/** What the user reads when the server of Gitpod Classic answers with this error. */
async function toldByClassic(error: ConnectError): Promise<string> {
  const { createTeam } = TeamsService.method;
  const transport = createRouterTransport(({ rpc }) => {
    rpc(createTeam, () => {
      throw error;
    });
  });
  const client = createClient(transport, { host: "https://api.gitpod.io", api: apis.experimental });
  const thrown = await client.call(createTeam, {}).catch((reason: unknown) => reason);
  return client.explain("create", thrown).message;
}

test.each<[Code, string]>([
  [
    Code.Unauthenticated,
    "The token in gitpod:token is not valid at https://app.gitpod.io/api: it is wrong, expired, revoked or belongs to another host; set gitpod:token to a valid token, or gitpod:host to the token's host.",
  ],
  [
    Code.PermissionDenied,
    "The token in gitpod:token may not do this: it is read-only, or its owner lacks the role in the organization; use a token with write access, or ask an organization admin for the role.",
  ],
  [
    Code.NotFound,
    "It does not exist, or the token may not see it: check the id, and that the token is of the right organization.",
  ],
  [Code.AlreadyExists, "Take over what exists with the input adopt, or choose another name."],
  [Code.InvalidArgument, "Correct the input that the server names."],
  [Code.OutOfRange, "Correct the input that the server names."],
  [Code.FailedPrecondition, "Remove what the server says is in the way, or change the program, then run it again."],
  [Code.Aborted, "Something else changed the same object at the same time: run it again."],
  [
    Code.DeadlineExceeded,
    "https://app.gitpod.io/api did not answer in time, but may have done what was asked: run it again, and it continues from what is there.",
  ],
  [Code.Unavailable, "https://app.gitpod.io/api is unavailable: run it again later."],
  [
    Code.Unimplemented,
    "https://app.gitpod.io/api does not know this call: check that gitpod:host names the Gitpod API, in a version that has it.",
  ],
  [Code.Internal, "The server failed: run it again, and tell the vendor's support if it happens again."],
  [Code.Unknown, "The server failed: run it again, and tell the vendor's support if it happens again."],
  [Code.DataLoss, "The server failed: run it again, and tell the vendor's support if it happens again."],
  [
    Code.ResourceExhausted,
    "This is a quota, so waiting does not help: delete what you do not need, or ask an organization admin to raise the quota.",
  ],
])("an error of code %s gives the server's words and what to do", async (code, advice) => {
  const error = await told(new ConnectError("the server's own words", code));
  expect([error.message, error.code]).toEqual([`create group platform: the server's own words. ${advice}`, code]);
});

test.each<[Code, string]>([
  [
    Code.Unauthenticated,
    "The token in gitpod:classicToken is not valid at https://api.gitpod.io: it is wrong, expired, revoked or belongs to another host; set gitpod:classicToken to a valid token, or gitpod:classicHost to the token's host. If other calls succeed with the token, its user has not connected the Git provider of the repository: connect it in the user settings of Gitpod Classic.",
  ],
  [
    Code.InvalidArgument,
    "Correct the input that the server names. If it names a limit instead, such as too many running workspaces, the spending limit or an account that is not verified: stop or delete workspaces, or have the limit raised.",
  ],
  [
    Code.PermissionDenied,
    "The token in gitpod:classicToken may not do this: it is read-only, or its owner lacks the role in the organization; use a token with write access, or ask an organization admin for the role. gitpod.io creates and starts workspaces for some organizations only, and who joins a team as a collaborator is refused the answer although they have joined.",
  ],
  [
    Code.ResourceExhausted,
    "This is a rate limit: run it again in 30 s, with fewer changes at a time (--parallel) if it happens again. Gitpod Classic allows a user 200 calls in a minute, and 3 creates and 3 starts of workspaces in 10 s.",
  ],
  [
    Code.Unimplemented,
    "https://api.gitpod.io does not know this call: check that gitpod:classicHost names the API of Gitpod Classic, in a version that has it.",
  ],
  [Code.Aborted, "Something else changed the same object at the same time: run it again."],
])("an error of code %s of Gitpod Classic gives what else it may mean there", async (code, advice) => {
  expect(await toldByClassic(new ConnectError("no", code))).toBe(`create: no. ${advice}`);
});

test("a call that was canceled needs no advice", async () => {
  const error = await told(new ConnectError("stopped by the user", Code.Canceled));
  expect(error.message).toBe("create group platform: stopped by the user");
});

test("a server without words is given those of its code", async () => {
  const error = await told(new ConnectError("", Code.AlreadyExists));
  expect(error.message).toMatch(/^create group platform: already exists\. Take over/);
});

function withDetails<D extends DescMessage>(desc: D, value: MessageInitShape<D>, code = Code.FailedPrecondition) {
  return new ConnectError("refused", code, undefined, [{ desc, value }]);
}

test.each<[string, ConnectError, string]>([
  [
    "the hosts to sign in to",
    withDetails(CreateEnvironmentPreconditionFailureDetailsSchema, {
      missingAuthenticationTokensForHosts: ["github.com", "gitlab.com"],
    }),
    "Sign in to github.com, gitlab.com first, as the token's owner, in the user settings of https://app.gitpod.io.",
  ],
  [
    "the classes that the project allows",
    withDetails(
      CreateEnvironmentFromProjectBadRequestEnvironmentClassDetailsSchema,
      { environmentClassIds: ["class-1", "class-2"] },
      Code.InvalidArgument,
    ),
    "The project allows these environment classes: class-1, class-2.",
  ],
  [
    "that the project allows no class",
    withDetails(CreateEnvironmentFromProjectBadRequestEnvironmentClassDetailsSchema, {}, Code.InvalidArgument),
    "The project allows no environment class: add one to the project first.",
  ],
  [
    "the policy",
    withDetails(PolicyEnforcedFailedPreconditionDetailsSchema, {
      message: "at most 2",
      policyName: "maximum_running_environments_per_user",
    }),
    "The organization's policy maximum_running_environments_per_user forbids it (at most 2): stay within it, or ask an organization admin to change it.",
  ],
  [
    "the policy's lifetime",
    withDetails(PolicyEnforcedFailedPreconditionDetailsSchema, {
      policyName: "maximum_environment_lifetime",
      details: {
        case: "maxLifetimeExceeded",
        value: { policyValue: { seconds: 604800n }, expiredAt: { seconds: 1767225600n } },
      },
    }),
    "The organization's policy maximum_environment_lifetime forbids it (maximum lifetime 604800 s; expired at 2026-01-01T00:00:00.000Z): stay within it, or ask an organization admin to change it.",
  ],
  [
    "the tier",
    withDetails(OrganizationTierFailedPreconditionDetailsSchema, { requiredTier: OrganizationTier.ENTERPRISE }),
    "The organization needs the tier ENTERPRISE.",
  ],
  [
    "the reason for the tier",
    withDetails(OrganizationTierFailedPreconditionDetailsSchema, { message: "policies are a paid feature" }),
    "The organization needs a higher tier (policies are a paid feature).",
  ],
  [
    "where to sign in to source control",
    withDetails(ParseContextURLPreconditionFailureDetailsSchema, {
      authenticationRequiredUrl: "https://github.com/login",
      scmId: "github.com",
      runnerIds: ["runner-1"],
    }),
    "Sign in to github.com first, as the token's owner, at https://github.com/login (for the runners runner-1).",
  ],
  [
    "the prompt that would be accepted",
    withDetails(PromptValidationErrorDetailsSchema, { cleanedText: 'say "hi"', removedCount: 2 }, Code.InvalidArgument),
    'The server does not accept 2 parts of the prompt; without them it reads: "say \\"hi\\"".',
  ],
  [
    "the server's words for the user, with links",
    withDetails(
      ActionableErrorDetailsSchema,
      {
        errorCode: "BILLING_CREDITS_EXHAUSTED",
        userMessage: "You are out of credits.",
        actions: [
          { label: "Buy credits", target: { case: "dashboardPath", value: "/settings/billing" } },
          { label: "Read more", target: { case: "externalUrl", value: "https://docs.example/credits" } },
          { label: "Wait" },
        ],
      },
      Code.ResourceExhausted,
    ),
    "You are out of credits. – Buy credits: https://app.gitpod.io/settings/billing; Read more: https://docs.example/credits; Wait",
  ],
  [
    "how long a rate limit lasts",
    withDetails(RetryInfoSchema, { retryDelay: { seconds: 12n, nanos: 500_000_000 } }, Code.ResourceExhausted),
    "This is a rate limit: run it again in 12.5 s, with fewer changes at a time (--parallel) if it happens again.",
  ],
  [
    "that a limit without a delay is a quota",
    withDetails(RetryInfoSchema, { retryDelay: {} }, Code.ResourceExhausted),
    "This is a quota, so waiting does not help: delete what you do not need, or ask an organization admin to raise the quota.",
  ],
])("the details of an error tell %s", async (_, error, sentence) => {
  expect((await told(error)).message).toBe(`create group platform: refused. ${sentence}`);
});

test("several details are all told", async () => {
  const error = new ConnectError("refused.", Code.FailedPrecondition, undefined, [
    { desc: OrganizationTierFailedPreconditionDetailsSchema, value: {} },
    { desc: ActionableErrorDetailsSchema, value: { userMessage: "Ask your admin" } },
  ]);
  expect((await told(error)).message).toBe(
    "create group platform: refused. Ask your admin. The organization needs a higher tier.",
  );
});

test("details that are empty or unknown leave the code's advice", async () => {
  const error = withDetails(ActionableErrorDetailsSchema, { errorCode: "X" });
  expect((await told(error)).message).toMatch(
    /^create group platform: refused\. Remove what the server says is in the way/,
  );
});

test.each<[string, Record<string, string>, string]>([
  ["RateLimit-RetryAfter first", { "RateLimit-RetryAfter": "7", "Retry-After": "9" }, "run it again in 7 s"],
  ["Retry-After next", { "Retry-After": "9" }, "run it again in 9 s"],
  ["neither", {}, "This is a quota"],
  ["zero", { "Retry-After": "0" }, "This is a quota"],
])("a rate limit is known by its headers: %s", async (_, headers, words) => {
  expect((await told(new ConnectError("slow down", Code.ResourceExhausted, headers))).message).toContain(words);
});

test.each<[Record<string, string>, string]>([
  [{ "X-Request-Id": "req-1", "X-Trace-Id": "trace-1" }, " (request id req-1)"],
  [{ "X-Trace-Id": "trace-1" }, " (request id trace-1)"],
  [{ "X-Request-Id": "no id at all" }, ""],
])("the error ends with the request id: %j", async (headers, end) => {
  const error = await told(new ConnectError("taken", Code.AlreadyExists, headers));
  expect(error.message).toBe(
    `create group platform: taken. Take over what exists with the input adopt, or choose another name.${end}`,
  );
});

test("the server's words stay on one line of bounded length", async () => {
  const error = await told(new ConnectError(`one\r\n\u001b[31mtwo\u2028\u202e${"x".repeat(5000)}`, Code.Canceled));
  expect(error.message).toBe(`create group platform: one two ${"x".repeat(1992)} …`);
});

test("a secret that the server echoes appears nowhere in the error, its stack or its cause", async () => {
  const details = { desc: ActionableErrorDetailsSchema, value: { userMessage: "no s3cret-value please" } };
  const words = "bad value s3cret-value for line-one-of-a-key";
  const error = await told(
    new ConnectError(words, Code.InvalidArgument, { "X-Echo": "s3cret-value", "X-Request-Id": "s3cret-value" }, [
      details,
    ]),
    ["s3cret-value", "line-one-of-a-key\nline-two-of-a-key"],
  );
  expect(error.message).toBe(
    "create group platform: bad value [secret] for [secret]. no [secret] please (request id [secret])",
  );
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/s3cret|of-a-key/);
});

test("a secret in the middle of the cut is not left in half", async () => {
  const error = await told(new ConnectError(`${"x".repeat(1995)}s3cret-value`, Code.Canceled), ["s3cret-value"]);
  expect(error.message).not.toContain("s3c");
});

test("an error without secrets keeps its cause", async () => {
  const error = await told(new ConnectError("taken", Code.AlreadyExists), ["s3cret-value"]);
  expect(error.cause).toBeInstanceOf(ConnectError);
});

test("an error has no stack frames to print", () => {
  const error = explain("create group platform", new Error("broken"), { host });
  expect([error.stack, error.code]).toEqual(["ApiError: create group platform: broken", Code.Unknown]);
});

test.each<[string, unknown, string]>([
  ["an error", new TypeError("broken"), "broken"],
  ["a string", "broken", "broken"],
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
])("anything thrown becomes words: %s", (_, thrown, words) => {
  expect(explain("read group platform", thrown, { host }).message).toBe(`read group platform: ${words}`);
});

test("a host whose every address refuses is told with each of them", () => {
  const refused = ["connect ECONNREFUSED ::1:443", "connect ECONNREFUSED 127.0.0.1:443"].map((text) => new Error(text));
  const error = Object.assign(new AggregateError(refused), { code: "ECONNREFUSED" });
  expect(explain("read group platform", ConnectError.from(error), { host }).message).toBe(
    `read group platform: ${host} cannot be reached: connect ECONNREFUSED ::1:443, connect ECONNREFUSED 127.0.0.1:443. Check gitpod:host and the network.`,
  );
});

test("an error in words is not put into words again", () => {
  const error = new ApiError("create group platform: taken", Code.AlreadyExists, undefined);
  expect(explain("update", error, { host })).toBe(error);
});
