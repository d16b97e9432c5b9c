import { type Emulator, ids, tokens } from "../../emulator";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { ServiceAccountService } from "../../proto/gen/gitpod/v1/service_account_pb";
import { apis } from "../../provider/client/api";
import { type Client, createClient } from "../../provider/client/client";
import type { Made, makerIn } from "./world";

/**
 * Makes what no import takes: what runs to its end, what is told once, what is somebody else's or the platform's, and what
 * is gone and still shown.
 */
export async function makeUnmanaged(
  emulator: Emulator,
  there: Readonly<Record<string, readonly Made[]>>,
  make: ReturnType<typeof makerIn>,
): Promise<{ readonly ids: Record<string, string>; readonly told: readonly string[] }> {
  const made: Record<string, Made> = {};
  const clientOf = (token: string): Client =>
    createClient(emulator.transport(token), { host: "https://emulator.test/api", api: apis.index });
  const owner = clientOf(tokens.owner);
  const one = (kind: string): string => there[kind]?.[0]?.id ?? "";
  const environment = { spec: { machine: { class: ids.smallClass } } };

  made.colleaguesEnvironment = await make(
    "environment",
    { name: "Of a colleague", ...environment },
    clientOf(tokens.colleague),
  );
  made.strangersGroup = await make(
    "group",
    { organizationId: ids.otherOrganization, name: "Elsewhere" },
    clientOf(tokens.stranger),
  );
  made.runnerToken = await make("runnerToken", { runnerId: one("runner") });
  made.organizationInvite = await make("organizationInvite", {});
  made.taskExecution = await make("taskExecution", { taskId: one("task") });
  made.workflowExecution = await make("workflowExecution", { workflowId: one("workflow") });
  made.prebuild = await make("prebuild", { projectId: one("project"), spec: { timeout: "1800s" } });
  emulator.settle();

  const serviceAccountId = one("serviceAccount");
  const minted = await owner.call(ServiceAccountService.method.createServiceAccountAccessToken, { serviceAccountId });
  const account = clientOf(minted.token);
  const subject = { principal: "PRINCIPAL_SERVICE_ACCOUNT", id: serviceAccountId };
  made.serviceAccountToken = await make("serviceAccountToken", { serviceAccountId, description: "Lasting" }, account);
  made.hostTokenOfAccount = await make(
    "hostAuthenticationToken",
    {
      runnerId: ids.runner,
      host: "account.example.com",
      token: "canary-of-the-account",
      source: "HOST_AUTHENTICATION_TOKEN_SOURCE_PAT",
      subject,
    },
    account,
  );

  made.directShare = await make("group", { name: "Direct share", organizationId: ids.organization });
  emulator.admin.patch("groups", made.directShare.id, { directShare: true });
  made.suspended = await make("serviceAccount", { name: "Suspended", validUntil: "2035-01-01T00:00:00Z" });
  await owner.call(ServiceAccountService.method.deleteServiceAccount, { serviceAccountId: made.suspended.id });
  made.deletedGroup = await make("group", { name: "Deleted", organizationId: ids.organization });
  await owner.call(GroupService.method.deleteGroup, { groupId: made.deletedGroup.id });
  return {
    ids: Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, id])),
    told: [...Object.values(made).flatMap(({ told }) => told), minted.token, "canary-of-the-account"],
  };
}
