import { listWorkspaces } from "../../provider/functions/experimental/calls";
import { getterOf, listerOf } from "../../provider/functions/of-kind";
import { team as plainTeam } from "../../provider/resources/experimental/team";
import { loadFunctions, loadKinds } from "../../tools/generate/kinds";
import { schemaOf } from "../../tools/schema/schema";

interface Package {
  readonly types: Record<string, unknown>;
  readonly resources: Record<string, unknown>;
  readonly functions: Record<string, unknown>;
}

const ofIndex = {
  kinds: loadKinds().flatMap(({ definition }) => (definition.module ? [] : [definition])),
  functions: loadFunctions().filter(({ module }) => !module),
};
/** The kind with what its state leaves out, so that it refers to messages as well. */
const team = { ...plainTeam, volatile: [] };
const ofModule = { kinds: [team], functions: [getterOf(team), listerOf(team), listWorkspaces] };

const alone = schemaOf(ofIndex.kinds, ofIndex.functions, new Map()) as Package;
const both = schemaOf(
  [...ofIndex.kinds, ...ofModule.kinds],
  [...ofIndex.functions, ...ofModule.functions],
  new Map(),
) as Package;

test("another module changes no byte of what index has", () => {
  const parts = ["types", "resources", "functions"] as const;

  const indexOf = (all: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(all).filter(([token]) => token.startsWith("gitpod:index:")));
  for (const part of parts) expect(JSON.stringify(indexOf(both[part]))).toBe(JSON.stringify(alone[part]));
  expect(JSON.stringify({ ...both, types: {}, resources: {}, functions: {} })).toBe(
    JSON.stringify({ ...alone, types: {}, resources: {}, functions: {} }),
  );
});

test("a kind and its types are of its module, by names that index may have as well", () => {
  const added = (part: keyof Package) => Object.keys(both[part]).filter((token) => !(token in alone[part]));

  expect(added("resources")).toEqual(["gitpod:experimental:Team"]);
  expect(added("functions")).toEqual([
    "gitpod:experimental:getTeam",
    "gitpod:experimental:listTeams",
    "gitpod:experimental:listWorkspaces",
  ]);
  expect(added("types")).toEqual(
    expect.arrayContaining(
      // Only a resource of the same module takes the name of a message.
      ["AdmissionLevel", "TeamRole", "TeamMemberState", "TeamContentResult"].map(
        (name) => `gitpod:experimental:${name}`,
      ),
    ),
  );
  expect(alone.types).toHaveProperty(["gitpod:index:AdmissionLevel"]);
  expect(both.resources["gitpod:experimental:Team"]).toMatchObject({
    aliases: [{ type: "pulumi-nodejs:dynamic/gitpod/experimental:Team" }],
  });
});

test("each module refers to its own types only", () => {
  for (const part of ["types", "resources", "functions"] as const)
    for (const [token, said] of Object.entries(both[part])) {
      const [, module] = token.split(":");
      const others = JSON.stringify(said).match(new RegExp(`#/types/gitpod:(?!${module}:)[^"]*`, "g"));
      expect([token, others]).toEqual([token, null]);
    }
});

test("a function takes what is not hidden, and gives what it is said to give, a list under its name", () => {
  const { listTeams, listWorkspaces: some } = Object.fromEntries(
    Object.entries(both.functions).map(([token, said]) => [token.split(":").at(-1), said as never]),
  ) as Record<string, { inputs: { properties: object }; outputs: { properties: object; required: string[] } }>;

  expect(Object.keys(some!.inputs.properties)).toEqual(["organizationId"]);
  expect([Object.keys(some!.outputs.properties), some!.outputs.required]).toEqual([["result"], ["result"]]);
  expect(listTeams!.outputs.required).toEqual(["teams"]);
});
