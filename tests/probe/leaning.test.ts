import { type Assumed, switches } from "../../emulator";
import { assumptions } from "../../probe/assumptions";
import { obstacleTo, runProbes } from "../../probe/run/run-probes";
import type { Outcome, Trial } from "../../probe/run/trial";
import { type Behavior, sceneAssuming } from "./behavior";
import { accountBehaviors } from "./behavior/account";
import { automationBehaviors } from "./behavior/automation";
import { environmentBehaviors } from "./behavior/environment";

const behaviors = { ...environmentBehaviors, ...automationBehaviors, ...accountBehaviors };
const ids = Object.keys(switches).sort();
const allowed: Trial["allowed"] = new Set(["environments", "organization"]);
const tried = assumptions.filter(({ probe }) => obstacleTo(probe, { allowed, hasClassic: false }) === undefined);

test("every switch of the emulator is an assumption with a probe, and there is a behavior for each", () => {
  expect([tried.map(({ id }) => id), Object.keys(behaviors).sort()]).toEqual([expect.arrayContaining(ids), ids]);
});

describe.each(cases())("where $id=$other", ({ id, other, behavior }) => {
  test("its probe is the only one that refutes", async () => {
    expect(summary(await probed({ [id]: other }))).toEqual({ refuted: [id], left: [] });
  });

  const { leans } = assumptions.find((assumption) => assumption.id === id) ?? {};
  const { act, usual, otherwise } = behavior;

  test(`the provider ${leans === undefined ? "does as ever" : `breaks: ${leans}`}`, async () => {
    const [before, after] = [await act(sceneAssuming({})), await act(sceneAssuming({ [id]: other }))];

    expect({ before, after }).toEqual({ before: usual, after: otherwise ?? usual });
    expect(leans === undefined).toBe(otherwise === undefined);
  });
});

function cases() {
  return Object.entries<Behavior>(behaviors).map(([id, behavior]) => {
    const other = Object.entries(switches).find(([name]) => name === id)?.[1];
    return { id, other, behavior };
  });
}

/** Tries everything on an emulator with choices that are switched. */
function probed(assume: Assumed): Promise<Outcome> {
  const { client: index, clock } = sceneAssuming(assume).operation();
  const { signal } = new AbortController();
  return runProbes({
    clients: { index },
    assumptions: tried,
    allowed,
    timeoutMs: 60_000,
    clock,
    stop: signal,
    leave: signal,
    tell: () => undefined,
  });
}

function summary({ results, left }: Outcome) {
  const of = (outcome: string): string[] =>
    results.filter(({ finding }) => finding.outcome === outcome).map(({ assumption: { id } }) => id);
  return { refuted: of("refuted"), left: left.map(({ why }) => why) };
}
