import { setImmediate } from "node:timers/promises";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { concurrency } from "../../provider/client/concurrency";

const id = "0199a1b2-0000-7000-8000-000000000001";

/** Lets everything happen that happens without an answer. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
}

/** A server that answers when the test says so. */
function slowServer(most: number) {
  const open: ((error?: ConnectError) => void)[] = [];
  let widest = 0;
  const transport = createRouterTransport(
    ({ service }) =>
      service(GroupService, {
        getGroup: () =>
          new Promise((resolve, reject) => {
            open.push((error) => (error ? reject(error) : resolve({})));
            widest = Math.max(widest, open.length);
          }),
      }),
    { transport: { interceptors: [concurrency(most)] } },
  );
  const call = () => transport.unary(GroupService.method.getGroup, undefined, undefined, undefined, { id } as never);
  const answer = async (error?: ConnectError): Promise<void> => {
    await quiet();
    for (const end of open.splice(0)) end(error);
    await quiet();
  };
  return { call, answer, open: () => open.length, widest: () => widest };
}

test("no more calls are under way at once than the bound allows, and all are answered", async () => {
  const server = slowServer(4);
  const calls = Promise.all(Array.from({ length: 10 }, () => server.call()));

  for (let round = 0; round < 5; round++) await server.answer();

  expect(await calls).toHaveLength(10);
  expect(server.widest()).toBe(4);
});

test("the bound halves when the rate is limited, once for all calls under way, and grows again with successes", async () => {
  const server = slowServer(4);
  const limited = Promise.allSettled(Array.from({ length: 4 }, () => server.call()));
  await server.answer();
  await limited;
  const failing = Promise.allSettled([server.call(), server.call()]);
  await server.answer(new ConnectError("slow down", Code.ResourceExhausted));
  await failing;

  const calls = Promise.all(Array.from({ length: 12 }, () => server.call()));
  await quiet();
  const widths = [server.open()];
  for (let round = 0; round < 5; round++) {
    await server.answer();
    widths.push(server.open());
  }
  await calls;

  expect(widths).toEqual([2, 2, 3, 4, 1, 0]);
});
