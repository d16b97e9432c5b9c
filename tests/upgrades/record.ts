import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InModule, kindName } from "../../provider/model/module";
import { dynamic } from "../faults/adapter";
import { createBench } from "../faults/bench";
import { up } from "../faults/engine";
import { openPlace, settleHome } from "../faults/scenario";
import { subjects } from "../kinds/subject";

const { version } = require("../../package.json") as { version: string };

/** A resource of every kind as a release has stored it, and the inputs of its program. */
export interface Recorded {
  readonly kind: string;
  readonly id: string;
  readonly program: Record<string, unknown>;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

/**
 * Writes what this release stores of every kind into a folder, one file a kind: `npx ts-node tests/upgrades/record.ts`.
 * What is recorded is never written again.
 */
export async function record(folder: string): Promise<void> {
  const bench = createBench(dynamic);
  const worlds = mkdtempSync(join(tmpdir(), "pulumi-gitpod-record-"));
  try {
    const { world, home } = await settleHome(bench, worlds);
    mkdirSync(folder, { recursive: true });
    for (const { definition, inputs: program } of subjects(home)) {
      const file = join(folder, fileOf(definition));
      if (existsSync(file)) continue;
      const place = await openPlace(world);
      const life = await bench.beginAlone(place.host);
      const run = await up(life.provider, [], [life.resource(definition, "recorded", program)]);
      const [stored] = run.state;
      if (!stored || run.errors.length > 0) throw new Error(run.errors.join("\n"));
      const { id, inputs, outputs } = stored;
      const recorded: Recorded = { kind: kindName(definition), id, program, inputs, outputs };
      writeFileSync(file, `${JSON.stringify(recorded, undefined, 2)}\n`);
      await place.close();
    }
  } finally {
    await bench.close();
    rmSync(worlds, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Returns the name of the file in which a kind is recorded. */
export const fileOf = (definition: InModule): string => `${kindName(definition).replace(":", ".")}.json`;

if (require.main === module)
  record(join(__dirname, version)).catch((error) => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
  });
