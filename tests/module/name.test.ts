import { dynamicTypeOf, dynamicTypesOf, kindName, nameIn, objectName, tokenOf } from "../../provider/model/module";
import { definitionOf } from "../../provider/plugin/kinds";
import { team } from "../../provider/resources/experimental/team";
import { objectName as objectNameOfClass, typeOf } from "../../sdk/adapter";

test.each([
  ["Team", "gitpod:index:Team", "pulumi-nodejs:dynamic/gitpod:Team", "team"],
  [
    "experimental:Team",
    "gitpod:experimental:Team",
    "pulumi-nodejs:dynamic/gitpod/experimental:Team",
    "experimentalTeam",
  ],
])(
  "%s has types and a provider object of its own, the same for its class and its provider",
  (name, token, type, object) => {
    expect([tokenOf(name), dynamicTypeOf(name), objectName(name)]).toEqual([token, type, object]);
    expect([typeOf("plugin", name), typeOf("dynamic", name), objectNameOfClass(name)]).toEqual([token, type, object]);
    expect(nameIn(token)).toBe(name);
  },
);

test("the name of a kind says its module", () => {
  expect(kindName(team)).toBe("experimental:Team");
  expect(definitionOf("gitpod:index:Team").module).toBeUndefined();
  expect(() => definitionOf("gitpod:experimental:Tea")).toThrow("there is no resource gitpod:experimental:Tea");
});

test("on the way back to the dynamic adapter the types of parents change as well, and those of other packages stay", () => {
  const types = "acme:gitpod:experimental:Team$gitpod:experimental:Team$gitpod:index:Group$gitpod:web:Site";

  expect(dynamicTypesOf(types)).toBe(
    "acme:gitpod:experimental:Team$pulumi-nodejs:dynamic/gitpod/experimental:Team$pulumi-nodejs:dynamic/gitpod:Group$gitpod:web:Site",
  );
});
