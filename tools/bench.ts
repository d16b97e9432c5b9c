import { programCosts } from "../bench/program";
import { build } from "./build";
import { command } from "./command";

command(async () => {
  await build();
  for (const { what, ms, most } of programCosts())
    console.log(`${what.padEnd(46)} ${ms.toFixed(3).padStart(9)} ms   at most ${most} ms`);
});
