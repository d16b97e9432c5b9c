import { switches } from "../../emulator/assumption";
import type { Assumption } from "../../probe/assumption";
import { assumptions } from "../../probe/assumptions";
import type { GeneratedFile } from "./file";
import { table, withTexts } from "./table";

/** Writes the list of all that the project assumes about the API. */
export const assumptionTables = (): GeneratedFile[] => [
  withTexts("docs/assumptions.md", { assumptions: `${counts()}\n\n${table([head, ...assumptions.map(row)])}` }),
];

const head = ["assumption", "what is assumed", "how to find out", "it needs", "what of the provider leans on it"];

function row({ id, assumes, leans = "", probe }: Assumption): string[] {
  return [named(id), assumes, ...("run" in probe ? found(probe) : [whyNot(probe), ""]), leans];
}

/** Names an assumption, with what the emulator can do instead. */
function named(id: string): string {
  const [, other] = Object.entries(switches).find(([name]) => name === id) ?? [];
  return `\`${id}${other === undefined ? "" : `=${other}`}\``;
}

function found({ calls, makes, needs }: Extract<Assumption["probe"], { run: unknown }>): string[] {
  const making = makes.length === 0 ? "" : `; makes ${makes.join(" and ")}`;
  return [`${calls.map((call) => `\`${call}\``).join(", ")}${making}`, needs.map((need) => words[need]).join(", ")];
}

const words = {
  environments: "`--environments`",
  organization: "`--organization`",
  classic: "an account of Gitpod Classic",
} as const;

const whyNot = (probe: Exclude<Assumption["probe"], { run: unknown }>): string =>
  "cannot" in probe ? `It cannot be found out: ${lower(probe.cannot)}` : `No probe is written: ${lower(probe.could)}`;

/** A sentence goes on after a colon with a small letter, unless its first word is a name. */
const lower = (sentence: string): string => sentence.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase());

function counts(): string {
  const probes = assumptions.map(({ probe }) => probe);
  const withRun = probes.filter((probe) => "run" in probe).length;
  const without = probes.filter((probe) => "cannot" in probe).length;
  const rest = probes.length - withRun - without;
  const open = rest === 0 ? "" : `, and ${rest} could be found out but have no probe yet`;
  return `Of ${probes.length} assumptions, ${withRun} have a probe, ${without} cannot be found out${open}.`;
}
