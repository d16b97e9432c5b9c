import { createEmulator, type Emulator, type Limit, tokens } from "../../emulator";
import { ProjectService } from "../../proto/gen/gitpod/v1/project_pb";
import { resolveAccount } from "../../provider/client/account";
import { connect } from "../../provider/client/client";

let emulator: Emulator;

beforeEach(() => {
  emulator = createEmulator();
});

afterEach(() => emulator.close());

test.each<NonNullable<Limit["says"]>>(["RetryInfo", "RateLimit-RetryAfter"])(
  "200 calls over a connection are all made with 50 allowed a second, and seldom refused (%s)",
  async (says) => {
    const { url: host } = await emulator.listen();
    const client = connect(resolveAccount({ host, token: tokens.owner }, {}), { env: {} });
    emulator.admin.limit({ calls: 50, within: 1000, says });
    const names = Array.from({ length: 200 }, (_, number) => `Shop ${number}`);
    const initializer = { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] };

    await Promise.all(names.map((name) => client.call(ProjectService.method.createProject, { name, initializer })));

    // A slow machine meets the limit seldom, and is late after a pause, so that a call may be refused once more.
    const refusals = Object.values(emulator.admin.refused()).reduce((sum, times) => sum + times, 0);
    expect(new Set([...emulator.world.projects.rows.values()].map(({ remote }) => remote.metadata?.name))).toEqual(
      new Set(names),
    );
    expect(emulator.calls()["ProjectService/CreateProject"]).toBe(names.length + refusals);
    expect(refusals).toBeLessThan(names.length / 2);
  },
);
