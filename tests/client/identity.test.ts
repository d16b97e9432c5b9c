import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { UserService } from "../../proto/gen/gitpod/experimental/v1/user_pb";
import { IdentityService, Principal } from "../../proto/gen/gitpod/v1/identity_pb";
import { apis } from "../../provider/client/api";
import { createClient } from "../../provider/client/client";
import { identity } from "../../provider/client/identity";

function clientThatAnswers(answers: (number: number) => void) {
  let asked = 0;
  const transport = createRouterTransport(({ rpc }) => {
    rpc(IdentityService.method.getAuthenticatedIdentity, () => {
      answers(++asked);
      return {
        subject: { id: "8d0b7ad0-5b1b-4f0e-9f5c-0e3a4f3b2a10", principal: Principal.SERVICE_ACCOUNT },
        organizationId: `organization-${asked}`,
        organizationTier: "enterprise",
      };
    });
  });
  return createClient(transport, { host: "https://app.gitpod.io/api" });
}

test("the token's identity is asked for once per client", async () => {
  const client = clientThatAnswers(() => {});
  const both = await Promise.all([identity(client), identity(client)]);
  expect([...both, await identity(client)]).toEqual(
    Array(3).fill({
      organizationId: "organization-1",
      subjectId: "8d0b7ad0-5b1b-4f0e-9f5c-0e3a4f3b2a10",
    }),
  );
});

test("each client has its own identity", async () => {
  const [one, other] = [clientThatAnswers(() => {}), clientThatAnswers(() => {})];
  expect(await identity(one)).not.toBe(await identity(other));
});

test("an identity that could not be had is asked for again", async () => {
  const client = clientThatAnswers((number) => {
    if (number === 1) throw new ConnectError("starting", Code.Unavailable);
  });
  await expect(identity(client)).rejects.toMatchObject({ code: Code.Unavailable });
  expect(await identity(client)).toMatchObject({ organizationId: "organization-2" });
});

test("a token of Gitpod Classic stands for a user, and for no organization", async () => {
  const transport = createRouterTransport(({ rpc }) => {
    rpc(UserService.method.getAuthenticatedUser, () => ({ user: { id: "8d0b7ad0-5b1b-4f0e-9f5c-0e3a4f3b2a10" } }));
  });
  const client = createClient(transport, { host: "https://api.gitpod.io", api: apis.experimental });

  expect(await identity(client)).toEqual({ subjectId: "8d0b7ad0-5b1b-4f0e-9f5c-0e3a4f3b2a10" });
});
