import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median, type Row } from "./row";

const root = join(__dirname, "..");

/** What the package costs a program: loading it, and each resource beyond a bare one with the same properties. */
export function programCosts(): Row[] {
  const imports = inTurns(9, [`require("./dist/sdk")`], (body) => elapsed(body, `require("@pulumi/pulumi");`));
  const resources = inTurns(7, [bare, ours], (body) => registering(body));
  return [
    { what: "import of the package beyond @pulumi/pulumi", ms: median(imports[0]!), most: 60 },
    {
      what: "a resource beyond a bare CustomResource",
      ms: (median(resources[1]!) - median(resources[0]!)) / count,
      most: 1,
    },
  ];
}

/** Runs the measurements side by side, one after the other, so that a busy machine is busy for all of them. */
function inTurns(rounds: number, bodies: readonly string[], measure: (body: string) => number): number[][] {
  const taken: number[][] = bodies.map(() => []);
  for (let round = 0; round < rounds; round++) bodies.forEach((body, i) => void taken[i]!.push(measure(body)));
  return taken;
}

const count = 1000;
const props = `{ environmentId: "0199a1b2-0000-7000-8000-000000000001", metadata: { reference: "web", name: "Web" }, spec: { commands: { start: "npm start" } } }`;
const bare = `new pulumi.CustomResource("test:index:Service", "s" + i, { ...${props}, status: undefined })`;
const ours = `new gitpod.Service("s" + i, ${props})`;

/** Milliseconds that a program takes to register many resources with an engine that answers at once. */
const registering = (body: string): number =>
  elapsed(`for (let i = 0; i < ${count}; i++) ${body}; await pulumi.runtime.disconnect();`, prelude);

const prelude = `
  const pulumi = require("@pulumi/pulumi");
  const gitpod = require("./dist/sdk");
  await pulumi.runtime.setMocks({ newResource: ({ inputs, name }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs });
`;

function elapsed(body: string, before = ""): number {
  const program = `(async () => { ${before} const began = process.hrtime.bigint(); ${body}; console.log(Number(process.hrtime.bigint() - began) / 1e6); })()`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout.trim().split("\n").at(-1));
}
