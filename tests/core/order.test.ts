import { inOrder } from "../../provider/mapping/list-order";
import type { Definition } from "../../provider/model/definition";
import { environment, task } from "../../provider/resources";
import { type JsonObject, unknown } from "../../provider/value/json";

const unordered: Definition = { ...task, sets: ["dependsOn"] };

test("a list without an order comes in the same order, however it is written", () => {
  expect(inOrder(unordered, { dependsOn: ["b", "a", "c"] })).toEqual({ dependsOn: ["a", "b", "c"] });
  expect(inOrder(unordered, { dependsOn: ["b", unknown, "a"] })).toEqual(
    inOrder(unordered, { dependsOn: [unknown, "a", "b"] }),
  );
});

test("a list that has an order keeps it", () => {
  const inputs = { dependsOn: ["b", "a"], spec: { env: [{ name: "B" }, { name: "A" }] } };

  expect(inOrder(task, inputs)).toEqual(inputs);
});

test("a list that is merged by a key comes in the order of the key, numbers by their value", () => {
  const inputs: JsonObject = {
    spec: { ports: [{ port: 10000 }, { port: 8080 }, unknown], sshPublicKeys: [{ id: "b" }, { id: "a" }] },
  };

  expect(inOrder(environment, inputs)).toMatchObject({
    spec: { ports: expect.arrayContaining([unknown]), sshPublicKeys: [{ id: "a" }, { id: "b" }] },
  });
  expect(inOrder(environment, { spec: { ports: [{ port: 10000 }, { port: 8080 }] } })).toEqual({
    spec: { ports: [{ port: 8080 }, { port: 10000 }] },
  });
});

test("the inputs that are put in order stay as they were", () => {
  const inputs = { dependsOn: ["b", "a"] };

  inOrder(unordered, inputs);

  expect(inputs).toEqual({ dependsOn: ["b", "a"] });
});

test("inputs in which the list is missing or not known are taken as they are", () => {
  expect(inOrder(unordered, {})).toEqual({});
  expect(inOrder(environment, { spec: unknown })).toEqual({ spec: unknown });
});
