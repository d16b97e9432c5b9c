import { pattern, show, startsWith, steps } from "../../provider/value/path";

test("a path of a definition has a step for each name and each list", () => {
  expect(steps("spec.ports[].port")).toEqual(["spec", "ports", "[]", "port"]);
  expect(steps("name")).toEqual(["name"]);
});

test("a path is shown as a program would write it", () => {
  expect(show(["spec", "ports", 0, "port"])).toBe("spec.ports[0].port");
  expect(show(["metadata", "annotations", "a.b"])).toBe('metadata.annotations["a.b"]');
  expect(show(["", "\n", "\ud800"])).toBe('[""]["\\n"]["\\ud800"]');
  expect(show([])).toBe("");
});

test("a path loses its indexes in the form that definitions use", () => {
  expect(pattern(["spec", "ports", 12, "authNonce"])).toBe("spec.ports[].authNonce");
});

test("a path starts with every path on the way to it, and with itself", () => {
  expect(startsWith(["a", 0, "b"], ["a", 0])).toBe(true);
  expect(startsWith(["a"], ["a"])).toBe(true);
  expect(startsWith(["a"], [])).toBe(true);
  expect(startsWith(["a"], ["a", "b"])).toBe(false);
  expect(startsWith(["a", 1], ["a", 0])).toBe(false);
});
