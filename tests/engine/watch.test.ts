import { tokens } from "../../emulator";
import type { EngineRun } from "../../tools/engine/engine";
import { adapters } from "../../tools/engine/program";
import { javascript, openScene } from "./scene";

const canary = "canary-4711";

const program = javascript(`
const shop = new gitpod.Project("shop", {
  name: "Shop",
  initializer: { specs: [{ git: { remoteUri: "https://example.com/shop.git" } }] },
});
new gitpod.Secret("key", { scope: { projectId: shop.id }, name: "KEY", value: "${canary}", environmentVariable: true });
exports.name = gitpod.getProjectOutput({ projectId: shop.id }).metadata.name;
`);

/** The lines about calls of resources or functions, without durations, each with its severity and the resource on whose row it stands. */
const toldIn = ({ events }: EngineRun): string[][] =>
  events.flatMap(({ diagnosticEvent: { severity, urn = "", message } = { severity: "info", message: "" } }) =>
    /^\w+Service\//.test(message)
      ? [[severity, urn.split("::").slice(3).join("::"), message.replace(/ \d+ ms /, " N ms ").trim()]]
      : [],
  );

test.each(adapters)(
  "on the %s adapter each call is a line on the row of its resource with --debug or where the environment asks, else none",
  async (adapter) => {
    const { engine, emulator } = await openScene({ adapter, program });
    emulator.admin.fault({ method: "ProjectService/ListProjects", refuse: { code: "unavailable" } });

    const debugged = await engine.up("--debug");
    const silent = await engine.refresh();
    engine.env.PULUMI_GITPOD_DEBUG = "1";
    const asked = await engine.refresh();

    const signIn = ["", "IdentityService/GetAuthenticatedIdentity · N ms · ok · attempt 1 of 5"];
    const fromProgram = ["", "ProjectService/GetProject · N ms · ok · attempt 1 of 5"];
    const isOfProgram = ([, , line]: string[]): boolean => line === fromProgram[1];
    expect(toldIn(debugged).filter(isOfProgram)).toEqual([["debug", ...fromProgram]]);
    expect(toldIn(debugged).filter((told) => !isOfProgram(told))).toEqual(
      [
        signIn,
        ["shop", "ProjectService/ListProjects · N ms · unavailable · attempt 1 of 5 · Project shop"],
        ["shop", "ProjectService/ListProjects · N ms · ok · attempt 2 of 5 · Project shop"],
        ["shop", "ProjectService/CreateProject · N ms · ok · attempt 1 of 5 · Project shop"],
        ["shop", "ProjectService/ListProjects · N ms · ok · attempt 1 of 5 · Project shop"],
        ["key", "SecretService/ListSecrets · N ms · ok · attempt 1 of 5 · Secret key"],
        ["key", "SecretService/CreateSecret · N ms · ok · attempt 1 of 5 · Secret key"],
        ["key", "SecretService/ListSecrets · N ms · ok · attempt 1 of 5 · Secret key"],
      ].map((told) => ["debug", ...told]),
    );
    expect([silent.code, toldIn(silent), silent.stdout.match(/debug/g)]).toEqual([0, [], null]);
    expect(toldIn(asked).sort()).toEqual(
      [
        signIn,
        ["key", "SecretService/ListSecrets · N ms · ok · attempt 1 of 5 · Secret key"],
        ["shop", "ProjectService/GetProject · N ms · ok · attempt 1 of 5 · Project shop"],
      ].map((told) => ["info", ...told]),
    );
    const lines = JSON.stringify([toldIn(debugged), toldIn(asked)]);
    expect([canary, tokens.owner].filter((secret) => lines.includes(secret))).toEqual([]);
  },
);
