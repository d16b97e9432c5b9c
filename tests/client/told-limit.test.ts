import { create } from "@bufbuild/protobuf";
import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createContextValues, type Interceptor, type UnaryRequest } from "@connectrpc/connect";
import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { RetryInfoSchema } from "../../proto/gen/google/rpc/error_details_pb";
import { concurrency } from "../../provider/client/concurrency";
import { isLimit } from "../../provider/client/retry-delay";
import { createTimeline, quiet } from "../timeline";
import { fixedWindow, inSeconds, type Rate, slidingWindow, tokenBucket } from "./rate";

/** A server whose calls take 20 ms, and a client of it that makes a refused call again at once. */
function limitedBy(rate: Rate, time = createTimeline()) {
  const began = time.now();
  const left: { call: number; at: number }[] = [];
  const taken: number[] = [];
  const refusals: number[] = [];
  const answer = async ({ header }: UnaryRequest) => {
    const call = Number(header.get("call"));
    left.push({ call, at: time.now() - began });
    await time.sleep(10);
    const wait = rate(time.now());
    if (wait === undefined) taken.push(time.now() - began);
    await time.sleep(10);
    if (wait === undefined) return;
    refusals[call] = (refusals[call] ?? 0) + 1;
    const value = create(RetryInfoSchema, { retryDelay: durationFromMs(Math.ceil(wait)) });
    throw new ConnectError("slow down", Code.ResourceExhausted, undefined, [{ desc: RetryInfoSchema, value }]);
  };
  const go = concurrency(32, time)(answer as never) as ReturnType<Interceptor>;
  let calls = 0;
  const call = async (signal = new AbortController().signal): Promise<void> => {
    const header = new Headers({ call: String(calls++) });
    const { getGroup: method } = GroupService.method;
    const request = { stream: false, method, signal, header, contextValues: createContextValues() } as never;
    for (let isTaken = false; !isTaken; ) {
      isTaken = await go(request).then(
        () => true,
        (error: unknown) => {
          if (!isLimit(error)) throw error;
          return false;
        },
      );
    }
  };
  /** Makes so many calls, so many of them at once. */
  const make = async (count: number, atOnce: number): Promise<void> => {
    const end = calls + count;
    const work = async (): Promise<void> => {
      while (calls < end) await call();
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  };
  const mostRefusals = () => Math.max(0, ...refusals.filter((count) => count > 0));
  return { time, call, make, left, taken, mostRefusals };
}

const second = 1000;
const rates: readonly [string, () => Rate][] = [
  ["any second", () => slidingWindow(50, second)],
  ["each second", () => fixedWindow(50, second)],
  ["a bucket of 50", () => tokenBucket(50, second, 50)],
];
const all = rates.flatMap(([name, rate]): [string, () => Rate][] => [
  [name, rate],
  [`${name}, told in whole seconds`, () => inSeconds(rate())],
]);

test.each(all)(
  "400 calls leave as fast as 50 in %s allow, a tenth aside, and none is refused twice",
  async (_, rate) => {
    for (const atOnce of [8, 32]) {
      const { time, make, taken, mostRefusals } = limitedBy(rate());

      void make(400, atOnce);
      await time.pass(1.1 * 8 * second);

      expect([taken.length, mostRefusals()]).toEqual([400, 1]);
    }
  },
);

test.each(all)("calls that came before the others change nothing of that, with 50 in %s", async (_, rate) => {
  for (const gap of [300, 700]) {
    const { time, make, taken, mostRefusals } = limitedBy(rate());

    void make(2, 1);
    await time.pass(gap);
    void make(400, 8);
    await time.pass(1.1 * 8 * second);

    expect([taken.length, mostRefusals()]).toEqual([402, 1]);
  }
});

test.each<[string, Rate, number]>([
  ["in whole seconds, a quarter of the calls that the server takes leave", inSeconds(tokenBucket(50, second, 50)), 12],
  ["as it is, no more than a late timer lets by leave", tokenBucket(50, second, 50), 2],
])("after a delay that is told %s at once", async (_, rate, atOnce) => {
  const { time, make, left } = limitedBy(rate);

  void make(100, 32);
  await time.pass(4 * second);

  const times = left.map(({ at }) => at);
  const resumed = times.find((at) => at > second);
  expect(times.filter((at) => at === resumed)).toHaveLength(atOnce);
});

test("200 calls a minute are waited for as long as that takes, and none is refused twice", async () => {
  const { time, make, taken, mostRefusals } = limitedBy(slidingWindow(200, 60 * second));

  void make(600, 8);
  await time.pass(180 * second);

  expect([taken.length, mostRefusals()]).toEqual([600, 1]);
});

test("once a server has told a delay no call leaves, and then those that it has refused leave first, in their order", async () => {
  const { time, call, left } = limitedBy(tokenBucket(2, second, 2));

  for (let number = 0; number < 4; number++) void call();
  await time.pass(10);
  void call();
  await time.pass(15);
  // The last of them is still under way.
  for (let number = 0; number < 3; number++) void call();
  const refused = left.length;
  await time.pass(480);
  const during = left.length;
  await time.pass(4 * second);

  expect([refused, during]).toEqual([5, 5]);
  expect(left.slice(5, 11).map((each) => each.call)).toEqual([2, 3, 4, 5, 6, 7]);
});

test("a guess that was too low is given up: a bucket of 10 that is filled 50 times a second is used", async () => {
  for (const rate of [tokenBucket(50, second, 10), inSeconds(tokenBucket(50, second, 10))]) {
    const { time, make, taken, mostRefusals } = limitedBy(rate);

    void make(1000, 8);
    await time.pass(10 * second);
    const before = taken.length;
    await time.pass(10 * second);

    expect(taken.length - before).toBeGreaterThan(0.8 * 500);
    expect(mostRefusals()).toBe(1);
  }
});

test("what another process has used of a limit is used once that has ended", async () => {
  for (const rate of [slidingWindow(50, second), inSeconds(slidingWindow(50, second))]) {
    const time = createTimeline();
    const { make, taken } = limitedBy(rate, time);
    const others = async (): Promise<void> => {
      for (let number = 0; number < 450; number++) {
        rate(time.now());
        await time.sleep(22);
      }
    };

    void others();
    await time.pass(2 * second);
    void make(2000, 8);
    await time.pass(25 * second);
    const before = taken.length;
    await time.pass(10 * second);

    expect(taken.length - before).toBeGreaterThan(0.7 * 500);
  }
});

test("two clients that share a limit both come to an end", async () => {
  const [time, rate] = [createTimeline(), slidingWindow(50, second)];
  const [one, other] = [limitedBy(rate, time), limitedBy(rate, time)];

  void one.make(400, 8);
  await time.pass(500);
  void other.make(400, 8);
  await time.pass(30 * second);

  expect([one.taken.length, other.taken.length]).toEqual([400, 400]);
});

test("a delay of an hour is tried again after a minute", async () => {
  const { time, call, left } = limitedBy(slidingWindow(1, 3600 * second));

  void call();
  void call();
  await time.pass(130 * second);

  expect(left.map((each) => each.call)).toEqual([0, 1, 1, 1]);
});

test("a call that is held back ends when it is cancelled, and holds up no other", async () => {
  const { time, call, left } = limitedBy(tokenBucket(1, second, 1));
  const cancel = new AbortController();

  void call();
  await time.pass(30);
  const held = call(cancel.signal);
  const outcome = expect(held).rejects.toThrow("cancelled");
  void call();
  await time.pass(100);
  cancel.abort(new Error("cancelled"));
  await outcome;
  await quiet();
  const sleeping = time.pending();
  await time.pass(4 * second);

  expect(sleeping).toBe(1);
  expect(left.map((each) => each.call)).toEqual([0, 1, 2, 2]);
});

test("nothing wakes up for calls that were all cancelled", async () => {
  const { time, call } = limitedBy(tokenBucket(1, second, 1));
  const cancel = new AbortController();

  void call();
  const refused = expect(call(cancel.signal)).rejects.toThrow("cancelled");
  await time.pass(30);
  cancel.abort(new Error("cancelled"));
  await refused;
  await quiet();

  expect(time.pending()).toBe(0);
});
