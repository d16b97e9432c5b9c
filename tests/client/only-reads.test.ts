import type { DescMethod } from "@bufbuild/protobuf";
import { createRouterTransport } from "@connectrpc/connect";
import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { WorkspacesService } from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { apis } from "../../provider/client/api";
import { createClient } from "../../provider/client/client";
import { onlyReads } from "../../provider/client/only-reads";
import { isKeptFromPreviews } from "../../provider/functions/invoke";
import { methodsOf } from "./methods";

/** The protos of Gitpod Classic declare no level of idempotency. */
const methods = methodsOf("gitpod/experimental/v1");

test("of Gitpod Classic every Get and List, and what streams, only reads, and nothing else does", () => {
  const names = (some: DescMethod[]): string[] => some.map(({ parent, name }) => `${parent.name}.${name}`).sort();

  const read = methods.filter(onlyReads);

  expect(names(read)).toEqual(names(methods.filter(({ name }) => /^(Get|List|Stream)[A-Z]/.test(name))));
  expect(names(read)).toContain("WorkspacesService.GetOwnerToken");
});

test("such a call is no write, and a function that makes it is called in a preview", async () => {
  const transport = createRouterTransport(({ service }) => {
    service(TeamsService, { getTeam: () => ({}), createTeam: () => ({}) });
  });
  const client = createClient(transport, { host: "https://api.gitpod.io", api: apis.experimental });
  const { getTeam, createTeam } = TeamsService.method;
  const { getWorkspace, getOwnerToken, updatePort } = WorkspacesService.method;

  await client.call(getTeam, { teamId: "t" });
  const afterRead = client.writes();
  await client.call(createTeam, { name: "Platform" });

  expect([afterRead, client.writes()]).toEqual([0, 1]);
  expect(
    [getTeam, createTeam, getWorkspace, updatePort].map((method) => isKeptFromPreviews({ name: "f", method })),
  ).toEqual([false, true, false, true]);
  expect(isKeptFromPreviews({ name: "ownerToken", method: getOwnerToken, sensitive: ["token"] })).toBe(true);
});
