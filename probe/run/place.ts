import type { Client } from "../../provider/client/client";
import { identity } from "../../provider/client/identity";
import type { Bench } from "../bench";
import type { Cleaning } from "./clean-up";
import type { Ledger } from "./ledger";
import { openBench } from "./open-bench";
import { patient } from "./patient";
import { requireStated } from "./stated";
import type { Trial } from "./trial";

/** Where probes run: the bench, and what cleans it. */
export interface Place {
  readonly bench: Bench;
  readonly cleaning: Cleaning;
}

/** Signs in to the accounts, and opens the bench for them. */
export async function openPlace(trial: Trial, ledger: Ledger, failed: (call: string) => void): Promise<Place> {
  const { clients, clock, timeoutMs, stop, leave, tell } = trial;
  const during = (client: Client, signal: AbortSignal): Client => patient(client, { timeoutMs, clock, signal, failed });
  // The same clients make all calls of a cleanup, since a client remembers whom its token stands for.
  const index = during(clients.index, leave);
  const experimental = clients.experimental && during(clients.experimental, leave);
  const cleaning: Cleaning = {
    clock,
    signal: leave,
    clientFor: ({ api, token }) => {
      const client = api === "index" ? index : (experimental ?? index);
      return token === undefined ? client : client.as(token);
    },
  };
  const { projectId, environmentClassId } = trial;
  const open = async (api: "index" | "experimental", client: Client, classic?: Bench): Promise<Bench> => {
    const asked = `Asking whom the token${api === "index" ? "" : " of Gitpod Classic"} stands for`;
    const { organizationId = "", subjectId } = await identity(cleaning.clientFor({ api })).catch((error) =>
      Promise.reject(client.explain(asked, error)),
    );
    for (const id of [organizationId, subjectId]) if (id !== "") ledger.known.add(id);
    const { clientFor } = cleaning;
    const working = during(client, stop);
    const who = { organizationId, subjectId, projectId, environmentClassId };
    return openBench({ ...who, client: working, api, classic, clock, signal: stop, ledger, tell, clientFor });
  };
  for (const id of [projectId, environmentClassId]) if (id !== undefined) ledger.known.add(id);
  const classic = clients.experimental && (await open("experimental", clients.experimental));
  const bench = await open("index", clients.index, classic);
  await requireStated(bench.client, trial);
  return { bench, cleaning };
}
