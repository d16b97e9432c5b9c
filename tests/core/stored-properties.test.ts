import { secretPlaces } from "../../provider/mapping/secret-paths";
import { parted, storedOutputs } from "../../provider/pulumi/stored-properties";
import { group } from "../../provider/resources/group";

const state = { inputs: { name: "Reviewers" }, outputs: { name: "Reviewers", memberCount: 2 }, seen: { ready: true } };

test.each([
  ["as one text", storedOutputs(state, secretPlaces(group, []), {})],
  ["as two texts", { ...state.outputs, __inputs: '{"name":"Reviewers"}', __seen: '{"ready":true}' }],
  ["as two values", { ...state.outputs, __inputs: state.inputs, __seen: state.seen }],
])("a state is read that is stored %s", (_, stored) => {
  expect(parted(stored)).toEqual({
    visible: state.outputs,
    passed: {},
    urn: undefined,
    state,
    isImported: false,
  });
});

test.each([{ name: "Reviewers" }, { __state: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, { __state: '{"seen":{}}' }])(
  "%j has no state",
  (stored) => {
    expect(parted(stored).state).toBeUndefined();
  },
);
