import { tokens } from "../../emulator";
import { requireFresh } from "../../tools/fresh";
import { afterTest } from "../after-test";
import { openEmulator } from "../scene";
import { pathWith, run } from "./command";

beforeAll(() => requireFresh());

test.each([
  ["doctor", ["doctor", "--json"], "EventService/WatchEvents"],
  ["adopt", ["adopt", "--dry-run", "--json"], "ProjectService/ListProjects"],
])("%s tells each call on standard error where the environment asks for it", async (_, args, method) => {
  const { host, close } = await openEmulator();
  afterTest(close);
  const env = { GITPOD_BASE_URL: host, GITPOD_API_KEY: tokens.owner, PATH: pathWith("echo v3.270.0") };

  const quiet = await run(args, { env });
  const told = await run(args, { env: { ...env, PULUMI_GITPOD_DEBUG: "1" } });

  const lines = told.stderr.split("\n").filter((line) => line.includes("Service/"));
  expect(quiet.stderr).not.toContain("Service/");
  expect(lines.map((line) => line.split(" · ")[0])).toEqual(
    expect.arrayContaining(["IdentityService/GetAuthenticatedIdentity", method]),
  );
  expect(lines.filter((line) => !/^\w+\/\w+ · \d+ ms · (\w+ · attempt 1 of 5|open|canceled)$/.test(line))).toEqual([]);
  expect(JSON.parse(told.stdout)).toEqual(expect.any(Object));
  expect(told.stderr).not.toContain(tokens.owner);
});
