import { ConnectError } from "@connectrpc/connect";
import { createEmulator, tokens } from "../../emulator";
import { RetryInfoSchema } from "../../proto/gen/google/rpc/error_details_pb";
import { open, refusal } from "./open";

/** An emulator that takes two calls of each caller in a second. */
function limited(says?: "RetryInfo" | "RateLimit-RetryAfter") {
  const clock = { now: 1_000_000 };
  const opened = open({ now: () => clock.now });
  opened.emulator.admin.limit({ calls: 2, within: 1000, ...(says && { says }) });
  return { ...opened, clock };
}

test("calls above a limit are refused until the first of them is a second old, to their caller alone", async () => {
  const { emulator, identity, as, clock } = limited();
  const read = async () => (await refusal(identity.getAuthenticatedIdentity({})))[0];
  const first = await read();
  clock.now += 600;
  const more = [await read(), await read(), await read()];
  const other = await refusal(as(tokens.colleague).identity.getAuthenticatedIdentity({}));
  clock.now += 400;
  const later = [await read(), await read()];

  expect([first, more, later]).toEqual([
    undefined,
    [undefined, "ResourceExhausted", "ResourceExhausted"],
    [undefined, "ResourceExhausted"],
  ]);
  expect(other[0]).toBeUndefined();
  expect(emulator.admin.refused()).toEqual({ "IdentityService/GetAuthenticatedIdentity {}": 3 });
});

test.each([
  ["RetryInfo", [{ seconds: 0n, nanos: 400_000_000 }], null],
  ["RateLimit-RetryAfter", [], "1"],
] as const)("a refusal says by %s when the next call is taken", async (says, delays, header) => {
  const { projects, clock } = limited(says);
  await projects.listProjects({});
  await projects.listProjects({});
  clock.now += 600;

  const error = ConnectError.from(await projects.listProjects({}).catch((reason: unknown) => reason));

  expect(error.findDetails(RetryInfoSchema).map(({ retryDelay }) => retryDelay)).toMatchObject(delays);
  expect(error.metadata.get("RateLimit-RetryAfter")).toBe(header);
});

test("a limit is set, counted and lifted over HTTP", async () => {
  const emulator = createEmulator();
  try {
    const { url } = await emulator.listen();
    const admin = (method: string, body?: object) =>
      fetch(`${url}/admin/limit`, { method, ...(body && { body: JSON.stringify(body) }) });
    const list = async () => {
      const headers = { authorization: `Bearer ${tokens.owner}`, "content-type": "application/json" };
      const path = `${url}/api/gitpod.v1.ProjectService/ListProjects`;
      return (await fetch(path, { method: "POST", headers, body: "{}" })).status;
    };
    await admin("POST", { calls: 1, within: 60_000 });
    const statuses = [await list(), await list()];
    const refused = await (await admin("GET")).json();
    await admin("DELETE");

    expect([...statuses, await list()]).toEqual([200, 429, 200]);
    expect(refused).toEqual({ "ProjectService/ListProjects {}": 1 });
  } finally {
    await emulator.close();
  }
});
