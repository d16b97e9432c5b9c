import { createContextValues, type Interceptor, type UnaryRequest } from "@connectrpc/connect";
import { TeamsService } from "../../proto/gen/gitpod/experimental/v1/teams_pb";
import { WorkspacesService } from "../../proto/gen/gitpod/experimental/v1/workspaces_pb";
import { apis } from "../../provider/client/api";
import { pace } from "../../provider/client/pace";
import { createTimeline } from "../timeline";

const { createAndStartWorkspace, getWorkspace, startWorkspace, stopWorkspace } = WorkspacesService.method;
const { getTeam } = TeamsService.method;

type Called = UnaryRequest["method"];

/** Makes calls of Gitpod Classic, and returns when each has left. */
function leaving() {
  const time = createTimeline();
  const left: { name: string; at: number }[] = [];
  const leave = async ({ method }: UnaryRequest) => {
    left.push({ name: method.name, at: time.now() });
  };
  const paced = apis.experimental.rates.reduceRight<unknown>(
    (next, rate) => pace(rate, time)(next as never),
    leave,
  ) as ReturnType<Interceptor>;
  const call = (method: Called, signal = new AbortController().signal) =>
    paced({ stream: false, method, signal, header: new Headers(), contextValues: createContextValues() } as never);
  const mostOf = (within: number, costs: Record<string, number> = {}): number =>
    Math.max(
      ...left.map(({ at: from }) =>
        left
          .filter(({ at }) => at >= from && at < from + within)
          .reduce((sum, { name }) => sum + (costs[name] ?? 1), 0),
      ),
    );
  return { time, left, call, mostOf };
}

test("forty workspaces that are created at once leave three in ten seconds, and none is held back longer than that takes", async () => {
  const { time, left, call, mostOf } = leaving();

  const all = Array.from({ length: 40 }, () => call(createAndStartWorkspace));
  await time.pass(137_000);
  await Promise.all(all);

  expect(left).toHaveLength(40);
  expect(mostOf(10_000)).toBe(3);
});

test("a start is not held back by creates, nor anything by what counts for nothing", async () => {
  const { time, left, call } = leaving();

  for (const method of [createAndStartWorkspace, startWorkspace]) for (let i = 0; i < 4; i++) void call(method);
  void call(getWorkspace);
  await time.pass(0);

  expect(left.map(({ name }) => name)).toEqual([
    ...Array(3).fill("CreateAndStartWorkspace"),
    ...Array(3).fill("StartWorkspace"),
    "GetWorkspace",
  ]);
});

test("a thousand calls at once stay below what the server takes in any minute, each for as many as it counts, in their order", async () => {
  const { time, left, call, mostOf } = leaving();
  const methods = Array.from({ length: 1000 }, (_, i) => [getTeam, getWorkspace, stopWorkspace][i % 3]!);

  for (const method of methods) void call(method);
  await time.pass(700_000);

  expect(left.map(({ name }) => name)).toEqual(methods.map(({ name }) => name));
  expect(mostOf(60_000, { GetTeam: 3, StopWorkspace: 2 })).toBeLessThanOrEqual(200);
  expect(mostOf(60_000, { GetTeam: 3, StopWorkspace: 2 })).toBeGreaterThan(190);
});

test("what is cancelled while it waits is not made", async () => {
  const { time, left, call } = leaving();
  const controller = new AbortController();

  for (let i = 0; i < 3; i++) void call(createAndStartWorkspace);
  const late = call(createAndStartWorkspace, controller.signal);
  const outcome = expect(late).rejects.toThrow();
  await time.pass(5000);
  controller.abort();
  await outcome;
  await time.pass(60_000);

  expect(left).toHaveLength(3);
});

test("the API of the other module is not paced", () => {
  expect(apis.index.rates).toEqual([]);
});
