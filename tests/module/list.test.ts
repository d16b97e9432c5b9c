import { type DescMethodUnary, type Message, toJson } from "@bufbuild/protobuf";
import { type ConnectRouter, createRouterTransport } from "@connectrpc/connect";
import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { UserService } from "../../proto/gen/gitpod/experimental/v1/user_pb";
import { apis } from "../../provider/client/api";
import { type Client, createClient } from "../../provider/client/client";
import type { Answer } from "../../provider/functions/answer";
import { checkArguments } from "../../provider/functions/check-arguments";
import { listWorkspaces } from "../../provider/functions/experimental/calls";
import { invoke } from "../../provider/functions/invoke";
import { getterOf, listerOf } from "../../provider/functions/of-kind";
import { allOf } from "../../provider/reading/pages";
import { team } from "../../provider/resources/experimental/team";
import { systemClock } from "../../provider/value/clock";

const teams = [
  { id: "0199a1b2-0000-7000-8000-000000000001", name: "Platform" },
  { id: "0199a1b2-0000-7000-8000-000000000002", name: "Shop" },
];

/** A client of an API of teams and workspaces, and what it was asked. */
function served(): { client: Client; asked: unknown[] } {
  const asked: unknown[] = [];
  const answer = <R>({ input }: DescMethodUnary, request: Message, response: R): R => {
    asked.push(toJson(input, request));
    return response;
  };
  const { listTeams, getTeam } = TeamsService.method;
  const routes = ({ rpc }: ConnectRouter) => {
    rpc(UserService.method.getAuthenticatedUser, () => ({}));
    rpc(listTeams, (request) => answer(listTeams, request, { teams }));
    rpc(getTeam, (request) => answer(getTeam, request, { team: teams[0]! }));
    rpc(listWorkspaces.method, (request) =>
      answer(listWorkspaces.method, request, { nextPageToken: "more", result: [{ workspaceId: "amber-cat" }] }),
    );
  };
  return { client: createClient(createRouterTransport(routes), { host: "memory", api: apis.experimental }), asked };
}

test("a list that knows neither pages nor filters is one call, which asks for none", async () => {
  const { client, asked } = served();

  const found = await allOf(team, { client, clock: systemClock }, { creatorIds: ["somebody"] });

  expect([found.map(({ name }) => name), asked]).toEqual([["Platform", "Shop"], [{}]]);
});

test("a function of such a list gives its entries, and one of an object that object", async () => {
  const { client } = served();
  const empty = { slug: "", members: [] };

  const listed = await invoke(client, listerOf(team), {});
  const got = await invoke(client, getterOf(team), { teamId: teams[0]!.id });

  expect(listed).toEqual(teams.map((each) => ({ ...each, ...empty })));
  expect(got).toEqual({ ...teams[0], ...empty });
});

test("a function gives what it is said to give, from the largest page that there is, and no argument says otherwise", async () => {
  const { client, asked } = served();
  const organizationId = "0199a1b2-0000-7000-8000-000000000003";

  const found = (await invoke(client, listWorkspaces, { organizationId })) as Answer<typeof listWorkspaces>;
  const { failures } = checkArguments(listWorkspaces, { pagination: { pageSize: 1 }, fieldMask: "result" });

  expect(found.map(({ workspaceId }) => workspaceId)).toEqual(["amber-cat"]);
  expect(asked).toEqual([{ organizationId, pagination: { pageSize: 100 } }]);
  expect(failures.map(({ path }) => path)).toEqual([["pagination"], ["fieldMask"]]);
});
