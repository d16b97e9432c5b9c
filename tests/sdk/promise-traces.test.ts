import { Group } from "../../sdk";
import { omitPromiseTraces } from "../../sdk/promise-traces";
import { registrations } from "./registration";

const args = { organizationId: "o", name: "Reviewers" };

const original = Error.prepareStackTrace;
afterEach(() => {
  Error.prepareStackTrace = original;
});

test("a resource costs no trace for each of its properties", async () => {
  const written = jest.fn((error: Error) => String(error));
  Error.prepareStackTrace = written;

  await registrations(() => {
    const group = new Group("reviewers", args);
    Error.prepareStackTrace = original;
    return [group];
  });

  // The one that tells the engine where the program declares it.
  expect(written).toHaveBeenCalledTimes(1);
});

test("a resource that cannot be declared says where the program does it, and leaves traces as they were", async () => {
  const declare = () => new Group("", args);

  const error = await registrations(() => [declare()]).catch((thrown: Error) => thrown);

  expect(error).toMatchObject({ stack: expect.stringContaining("promise-traces.test.ts") });
  expect(Error.prepareStackTrace).toBe(original);
});

test("without a hook of somebody else the trace of another error is written as Node.js writes it", () => {
  Reflect.deleteProperty(Error, "prepareStackTrace");
  const restore = omitPromiseTraces();

  const { stack } = new Error("no such group");
  restore();

  expect(stack).toMatch(/^Error: no such group\n {4}at .*promise-traces\.test\.ts:\d+:\d+\)?\n {4}at /);
  expect(Error.prepareStackTrace).toBeUndefined();
});
