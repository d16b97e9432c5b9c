import type { Case } from "../result";
import { adopt } from "./adopt";
import { calls } from "./calls";
import { limit } from "./limit";
import { organization } from "./organization";
import { process } from "./process";
import { program } from "./program";
import { refresh } from "./refresh";
import { scale } from "./scale";
import { wait } from "./wait";
import { waits } from "./waits";

/** All cases, in the order of the report. */
export const cases: readonly Case[] = [
  scale,
  refresh,
  organization,
  calls,
  limit,
  wait,
  waits,
  program,
  process,
  adopt,
];
