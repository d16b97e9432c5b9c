import { ids, tokens } from "../../emulator";
import { EnvironmentPhase } from "../../proto/gen/gitpod/v1/environment_pb";
import { ResourceOperation as Operation, ResourceType } from "../../proto/gen/gitpod/v1/event_pb";
import { RunnerKind as Kind, RunnerProvider as Provider } from "../../proto/gen/gitpod/v1/runner_configuration_pb";
import { RunnerPhase as Phase } from "../../proto/gen/gitpod/v1/runner_pb";
import { open, refusal, small } from "./open";

const wanted = { name: "Berlin", provider: Provider.AWS_EC2, spec: { configuration: { region: "eu-central-1" } } };

async function withRunner(change: { name?: string } = {}) {
  const opened = open();
  const { runner, exchangeToken } = await opened.runners.createRunner({ ...wanted, ...change });
  const runnerId = runner?.runnerId ?? "";
  const read = async () => (await opened.runners.getRunner({ runnerId })).runner;
  const phaseOf = async () => Phase[(await read())?.status?.phase ?? Phase.UNSPECIFIED] ?? "";
  return { ...opened, runner, runnerId, exchangeToken, read, phaseOf };
}

test("a new runner waits for its owner to deploy it, and comes up with the next step", async () => {
  const { emulator, runner, runnerId, exchangeToken, read, phaseOf } = await withRunner();
  emulator.settle();
  const waiting = await phaseOf();
  const deployed = emulator.admin.deployRunner(exchangeToken);
  const untilThen = await phaseOf();
  emulator.step();

  expect(runner).toMatchObject({
    name: "Berlin",
    kind: Kind.REMOTE,
    provider: Provider.AWS_EC2,
    creator: { id: ids.owner },
    spec: { configuration: { region: "eu-central-1" } },
    status: { phase: Phase.CREATED },
  });
  expect([deployed, waiting, untilThen]).toEqual([runnerId, "CREATED", "CREATED"]);
  expect((await read())?.status).toMatchObject({ phase: Phase.ACTIVE, region: "eu-central-1", version: "1.0.0" });
  expect((await read())?.status?.publicKey).toHaveLength(32);
});

test("an exchange token works once and for a day; a renewal leaves earlier ones valid", async () => {
  let time = Date.now();
  const { emulator, runners } = open({ now: () => time });
  const { runner, exchangeToken: first } = await runners.createRunner(wanted);
  const runnerId = runner?.runnerId ?? "";
  const { exchangeToken: second } = await runners.createRunnerToken({ runnerId });
  const { exchangeToken: third } = await runners.createRunnerToken({ runnerId });
  const deploy = (token: string) => () => emulator.admin.deployRunner(token);
  const [byFirst, bySecond] = [deploy(first)(), deploy(second)()];
  time += 24 * 3_600_000;

  expect(new Set([first, second, third]).size).toBe(3);
  expect([byFirst, bySecond]).toEqual([runnerId, runnerId]);
  expect(deploy(first)).toThrow("used up");
  expect(deploy(third)).toThrow("older than 24 hours");
  expect(deploy("")).toThrow("unknown");
});

test("the key of a runner stays when it is deployed again", async () => {
  const { emulator, runners, runnerId, exchangeToken, read } = await withRunner();
  emulator.admin.deployRunner(exchangeToken);
  emulator.settle();
  const before = (await read())?.status?.publicKey;
  emulator.admin.deployRunner((await runners.createRunnerToken({ runnerId })).exchangeToken);
  emulator.settle();

  expect((await read())?.status?.publicKey).toEqual(before);
});

test("the name of a runner can let it never come up, come up badly, or stay", async () => {
  const outcome = async (name: string) => {
    const { emulator, runners, runnerId, exchangeToken, read } = await withRunner({ name });
    emulator.admin.deployRunner(exchangeToken);
    emulator.settle();
    const { phase, message } = (await read())?.status ?? {};
    await runners.deleteRunner({ runnerId });
    emulator.settle();
    const after = (await refusal(runners.getRunner({ runnerId })))[0];
    return [Phase[phase ?? Phase.UNSPECIFIED], message, after];
  };

  expect([await outcome("stuck-starting"), await outcome("fail-start"), await outcome("stuck-deleting")]).toEqual([
    ["CREATED", "", "NotFound"],
    ["DEGRADED", "the runner cannot reach its machines", "NotFound"],
    ["ACTIVE", "", undefined],
  ]);
});

test("a runner is asked for by its kind or by its provider, on AWS with a region", async () => {
  const { runners } = open();
  const create = async (request: object) => (await refusal(runners.createRunner({ name: "Berlin", ...request })))[0];
  const local = await runners.createRunner({ name: "Desks", kind: Kind.LOCAL_CONFIGURATION });

  expect([
    await create({}),
    await create({ kind: Kind.REMOTE, provider: Provider.GCP }),
    await create({ provider: Provider.AWS_EC2 }),
  ]).toEqual(["InvalidArgument", "InvalidArgument", "InvalidArgument"]);
  expect(local.runner).toMatchObject({ kind: Kind.LOCAL_CONFIGURATION, spec: { configuration: {} } });
});

test("an update changes what it sets, and no answer shows the password for metrics", async () => {
  const { emulator, runners, runnerId, read } = await withRunner();
  const metrics = { enabled: true, url: "https://metrics.acme.example", username: "acme", password: "hidden" };
  await runners.updateRunner({ runnerId, spec: { configuration: { metrics, autoUpdate: true } } });
  const first = await read();
  await runners.updateRunner({ runnerId, name: "Paris", spec: { configuration: { metrics: { username: "other" } } } });
  const second = await read();
  const kept = emulator.world.runners.rows.get(runnerId)?.owed?.metricsPassword;
  const [listed] = (await runners.listRunners({ filter: { providers: [Provider.AWS_EC2] } })).runners;

  expect(first?.spec?.configuration).toMatchObject({
    region: "eu-central-1",
    autoUpdate: true,
    metrics: { ...metrics, password: "" },
  });
  expect(second).toMatchObject({
    name: "Paris",
    spec: { configuration: { metrics: { ...metrics, username: "other", password: "" } } },
  });
  expect(kept).toBe("hidden");
  expect(listed).toEqual(second);
});

test("the hour of an update window that is left out follows from the other", async () => {
  const { runners, runnerId, read } = await withRunner();
  const windowAfter = async (updateWindow: object) => {
    await runners.updateRunner({ runnerId, spec: { configuration: { updateWindow } } });
    const { startHour, endHour } = (await read())?.spec?.configuration?.updateWindow ?? {};
    return [startHour, endHour];
  };

  expect([
    await windowAfter({ startHour: 23 }),
    await windowAfter({ endHour: 1 }),
    await windowAfter({ startHour: 3, endHour: 4 }),
    await windowAfter({}),
  ]).toEqual([
    [23, 1],
    [23, 1],
    [3, 4],
    [undefined, undefined],
  ]);
});

test("a deleted runner is for one step as it was, then gone with all that it offers", async () => {
  const { emulator, runners, configurations, runnerId, exchangeToken, read } = await withRunner();
  emulator.admin.deployRunner(exchangeToken);
  emulator.settle();
  const { id: environmentClassId } = await configurations.createEnvironmentClass({
    runnerId,
    displayName: "Small",
    description: "for one",
  });
  const { id } = await configurations.createSCMIntegration({ runnerId, scmId: "github", host: "github.com" });
  const before = await read();
  const { exchangeToken: unused } = await runners.createRunnerToken({ runnerId });
  await runners.deleteRunner({ runnerId });
  const after = await read();
  const again = await refusal(runners.deleteRunner({ runnerId }));
  const changed = await refusal(runners.updateRunner({ runnerId, name: "Paris" }));
  const renewed = await refusal(runners.createRunnerToken({ runnerId }));

  const whileGoing = () => emulator.admin.deployRunner(unused);

  expect(whileGoing).toThrow("no runner");
  expect(after).toEqual(before);
  expect([again[0], changed[0], renewed[0]]).toEqual([undefined, "FailedPrecondition", "FailedPrecondition"]);
  emulator.step();
  expect((await refusal(read()))[0]).toBe("NotFound");
  expect((await refusal(configurations.getEnvironmentClass({ environmentClassId })))[0]).toBe("NotFound");
  expect((await refusal(configurations.getSCMIntegration({ id })))[0]).toBe("NotFound");
  expect(emulator.world.keys.size).toBe(0);
});

test("a runner with environments goes by force only, and they go with it; the platform's own never goes", async () => {
  const { environments, emulator, runners, configurations, runnerId } = await withRunner();
  const { id } = await configurations.createEnvironmentClass({
    runnerId,
    displayName: "Small",
    description: "for one",
  });
  const { environment } = await environments.createEnvironment({ spec: { machine: { class: id } } });
  emulator.settle();
  const refused = await refusal(runners.deleteRunner({ runnerId }));
  await runners.deleteRunner({ runnerId, force: true });
  emulator.settle();
  const managed = await refusal(runners.deleteRunner({ runnerId: ids.runner, force: true }));
  const elsewhere = await environments.createEnvironment({ spec: small });

  expect([refused[0], managed[0]]).toEqual(["FailedPrecondition", "FailedPrecondition"]);
  expect((await refusal(runners.getRunner({ runnerId })))[0]).toBe("NotFound");
  expect((await refusal(environments.getEnvironment({ environmentId: environment?.id ?? "" })))[0]).toBe("NotFound");
  expect(elsewhere.environment?.status?.phase).toBe(EnvironmentPhase.CREATING);
});

test("a runner's life is told as events, and its log opens with a token of its own", async () => {
  const { emulator, runners, exchangeToken, runnerId, events } = await withRunner();
  const { url } = await emulator.listen();
  const seen: Operation[] = [];
  const stop = new AbortController();
  const stream = events.watchEvents({ scope: { case: "organization", value: true } }, { signal: stop.signal });
  const watched = (async () => {
    for await (const { resourceType, resourceId, operation } of stream) {
      if (resourceType === ResourceType.RUNNER && resourceId === runnerId) {
        seen.push(operation);
      }
      if (operation === Operation.DELETE) {
        break;
      }
    }
  })();
  while (emulator.admin.streams() === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const answer = await fetch(`${url}/admin/runners`, { method: "POST", body: JSON.stringify({ exchangeToken }) });
  const again = await fetch(`${url}/admin/runners`, { method: "POST", body: JSON.stringify({ exchangeToken }) });
  emulator.step();
  const { accessToken } = await runners.createRunnerLogsToken({ runnerId });
  const logUrl = (await runners.getRunner({ runnerId })).runner?.status?.logUrl ?? "";
  const log = await fetch(logUrl, { headers: { authorization: `Bearer ${accessToken}` } });
  await runners.deleteRunner({ runnerId });
  emulator.settle();
  await watched;
  stop.abort();

  expect([answer.status, await answer.json(), again.status]).toEqual([200, { runnerId }, 400]);
  expect(await log.text()).toBe("runner 1.0.0 has signed up\n");
  expect(seen).toEqual([Operation.UPDATE, Operation.DELETE]);
  await emulator.close();
});

test("a new runner that a replica has not seen is neither found nor listed", async () => {
  const { emulator, runners } = open();
  emulator.admin.lag(2);
  const { runner } = await runners.createRunner(wanted);
  const runnerId = runner?.runnerId ?? "";
  const listed = async () => (await runners.listRunners({})).runners.some((each) => each.runnerId === runnerId);

  expect([(await refusal(runners.getRunner({ runnerId })))[0], await listed(), await listed()]).toEqual([
    "NotFound",
    false,
    true,
  ]);
});

test("a colleague without the role of the runners may look, and do nothing else", async () => {
  const { as, runnerId } = await withRunner();
  const { runners } = as(tokens.colleague);

  expect((await runners.getRunner({ runnerId })).runner?.name).toBe("Berlin");
  expect([
    (await refusal(runners.createRunner(wanted)))[0],
    (await refusal(runners.updateRunner({ runnerId, name: "Paris" })))[0],
    (await refusal(runners.createRunnerToken({ runnerId })))[0],
    (await refusal(runners.createRunnerLogsToken({ runnerId })))[0],
    (await refusal(runners.deleteRunner({ runnerId })))[0],
  ]).toEqual(Array.from({ length: 5 }, () => "PermissionDenied"));
});
