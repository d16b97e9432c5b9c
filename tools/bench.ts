import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readOrder, usage } from "../bench/options";
import { reportOf } from "../bench/report";
import { runCases } from "../bench/run";
import { build } from "./build";
import { command } from "./command";
import { cliEnvironment } from "./pulumi/cli-environment";
import { findPulumi } from "./pulumi/find-pulumi";
import { root } from "./root";

command(async () => {
  const order = readOrder(process.argv.slice(2));
  if (!order) {
    console.log(usage());
    return;
  }
  const cli = await findPulumi(console.log);
  Object.assign(process.env, cliEnvironment(cli));
  await build();
  const results = await runCases(order, console.log);
  if (!order.isWhole) return;
  writeFileSync(join(root, "bench", "RESULTS.md"), reportOf(results, order.runs, cli));
  console.log("The report is in bench/RESULTS.md.");
});
