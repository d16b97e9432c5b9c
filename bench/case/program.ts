import { join } from "node:path";
import { root } from "../../tools/root";
import { runScriptText } from "../node";
import type { Case, Row } from "../result";
import { median, spread } from "../statistics";

/** What the package costs a program: loading it, and each resource beyond a bare one with the same properties. */
export const program: Case = {
  name: "program",
  about: "what the package costs a program: loading it, and each resource",
  async run({ runs }) {
    const imports: number[] = [];
    const each: number[] = [];
    // One after the other, so that a machine that is busy is busy for both.
    for (let round = 0; round < runs + 2; round++) {
      imports.push(await elapsed(`require(${JSON.stringify(sdk)})`, `require("@pulumi/pulumi");`));
      const [without, withOurs] = [await registering(bare), await registering(ours)];
      each.push((withOurs - without) / count);
    }
    const loaded = await descriptorsLoaded();
    return {
      rows: [
        most("a resource in a program beyond a bare CustomResource", each, 1, 3),
        most("importing the package beyond @pulumi/pulumi", imports, 60, 1),
        {
          figure: "generated descriptors that a program loads",
          target: "0",
          measured: String(loaded),
          holds: loaded === 0,
        },
      ],
    };
  },
};

const most = (figure: string, values: readonly number[], target: number, digits: number): Row => ({
  figure,
  target: `≤ ${target} ms`,
  measured: `${spread(values, digits)} ms`,
  holds: median(values) <= target,
});

const sdk = join(root, "dist", "sdk");
const count = 1000;
const props = `{ environmentId: "0199a1b2-0000-7000-8000-000000000001", metadata: { reference: "web", name: "Web" }, spec: { commands: { start: "npm start" } } }`;
const bare = `new pulumi.CustomResource("test:index:Service", "s" + i, { ...${props}, status: undefined })`;
const ours = `new gitpod.Service("s" + i, ${props})`;

/** Milliseconds that a program takes to register many resources with an engine that answers at once. */
const registering = (body: string): Promise<number> =>
  elapsed(`for (let i = 0; i < ${count}; i++) ${body}; await pulumi.runtime.disconnect();`, prelude);

const prelude = `
  const pulumi = require("@pulumi/pulumi");
  const gitpod = require(${JSON.stringify(sdk)});
  await pulumi.runtime.setMocks({ newResource: ({ inputs, name }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs });
`;

const elapsed = async (body: string, before = ""): Promise<number> =>
  Number(await runScriptText(`${before} const began = performance.now(); ${body}; return performance.now() - began;`));

/** How many generated files with descriptors are loaded by a program that declares resources. */
const descriptorsLoaded = async (): Promise<number> =>
  Number(
    await runScriptText(
      `${prelude} const i = 0; ${ours}; return Object.keys(require.cache).filter((file) => /_pb\\.js$/.test(file) && !/@pulumi/.test(file) && /proto.gen/.test(file)).length;`,
    ),
  );
