import { CountResponseRelation } from "../../proto/gen/gitpod/v1/count_pb";
import { open, refusal, small } from "./open";

async function withEnvironments(count: number) {
  const { environments } = open();
  const made: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { environment } = await environments.createEnvironment({ spec: small });
    made.unshift(environment?.id ?? "");
  }
  return { environments, made };
}

test("a list without a page size has pages of 25, the newest first", async () => {
  const { environments, made } = await withEnvironments(30);

  const first = await environments.listEnvironments({});
  const token = first.pagination?.nextToken ?? "";
  const second = await environments.listEnvironments({ pagination: { token } });

  expect([...first.environments, ...second.environments].map(({ id }) => id)).toEqual(made);
  expect([first.environments.length, second.pagination?.nextToken]).toEqual([25, ""]);
});

test("the total is counted on the first page only, and only when asked for", async () => {
  const { environments } = await withEnvironments(3);
  const pagination = { pageSize: 2 };
  const count = { include: true };
  const first = await environments.listEnvironments({ pagination, count });
  const token = first.pagination?.nextToken ?? "";
  const second = await environments.listEnvironments({ pagination: { ...pagination, token }, count });
  const silent = await environments.listEnvironments({ pagination });

  expect(first.count).toMatchObject({ value: 3, relation: CountResponseRelation.EQ });
  expect([second.count, silent.count]).toEqual([undefined, undefined]);
});

test("a page begins where the last one ended, even when its last object is gone", async () => {
  const { environments, made } = await withEnvironments(4);
  const first = await environments.listEnvironments({ pagination: { pageSize: 2 } });
  await environments.deleteEnvironment({ environmentId: made[1] ?? "", force: true });

  const token = first.pagination?.nextToken ?? "";
  const second = await environments.listEnvironments({ pagination: { pageSize: 2, token } });

  expect(second.environments.map(({ id }) => id)).toEqual([made[2], made[3]]);
});

test("a page of more than 100 and a token of no page are refused", async () => {
  const { environments } = await withEnvironments(0);

  expect(await refusal(environments.listEnvironments({ pagination: { pageSize: 101 } }))).toEqual([
    "InvalidArgument",
    "pagination.page_size: must be greater than or equal to 0 and less than or equal to 100",
  ]);
  expect(await refusal(environments.listEnvironments({ pagination: { token: "none" } }))).toEqual([
    "InvalidArgument",
    "pagination.token: not a token of an earlier page",
  ]);
});
