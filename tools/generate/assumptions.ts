import { switches } from "../../emulator/assumption";
import type { Assumption, Impossible, Probe } from "../../probe/assumption";
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

function found({ calls, makes, needs }: Probe): string[] {
  const making = makes.length === 0 ? "" : `; makes ${makes.join(" and ")}`;
  return [`${calls.map((call) => `\`${call}\``).join(", ")}${making}`, needs.map((need) => words[need]).join(", ")];
}

const words = {
  environments: "`--environments`",
  organization: "`--organization`",
  classic: "an account of Gitpod Classic",
} as const;

const whyNot = ({ cannot }: Impossible): string => `It cannot be found out: ${lower(cannot)}`;

/** A sentence goes on after a colon with a small letter, unless its first word is a name. */
const lower = (sentence: string): string => sentence.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase());

function counts(): string {
  const probes = assumptions.map(({ probe }) => probe);
  const withRun = probes.filter((probe) => "run" in probe).length;
  return `Of ${probes.length} assumptions, ${withRun} have a probe, and ${probes.length - withRun} cannot be found out.`;
}
