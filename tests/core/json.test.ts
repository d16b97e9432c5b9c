import { at, equal, hasUnknown, type JsonObject, present, put, stable, unknown } from "../../provider/value/json";

test("a part of a value is found by its path, and nothing by a path that leads nowhere", () => {
  const value = { a: [{ b: 1 }, null] };

  expect(at(value, [])).toBe(value);
  expect(at(value, ["a", 0, "b"])).toBe(1);
  expect(at(value, ["a", 1])).toBeNull();
  expect(at(value, ["a", 1, "b"])).toBeUndefined();
  expect(at(value, ["a", 7])).toBeUndefined();
  expect(at(value, ["a", 0, "b", "c"])).toBeUndefined();
  expect(at(undefined, ["a"])).toBeUndefined();
});

test("what every object has by itself is no part of a value", () => {
  expect(at({}, ["constructor"])).toBeUndefined();
  expect(at([], ["length"])).toBeUndefined();
  expect(at(["a"], ["map"])).toBeUndefined();
});

test("below what is not known everything is not known", () => {
  expect(at({ a: unknown }, ["a", "b", 0])).toBe(unknown);
  expect(hasUnknown({ a: [{ b: unknown }] })).toBe(true);
  expect(hasUnknown({ a: [{ b: "known" }], c: null })).toBe(false);
});

test("a part is put at its place, and the objects on the way are made", () => {
  const value: JsonObject = { a: { b: 1 }, c: "text" };

  put(value, ["a", "d", "e"], 2);
  put(value, ["c", "f"], 3);

  expect(value).toEqual({ a: { b: 1, d: { e: 2 } }, c: { f: 3 } });
});

test("values are equal whatever the order of their keys, but not of their lists", () => {
  expect(equal({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
  expect(equal([1, 2], [2, 1])).toBe(false);
  expect(equal(undefined, null)).toBe(false);
  expect(equal(undefined, "undefined")).toBe(false);
  expect(equal({ a: "1" }, { a: 1 })).toBe(false);
  expect(equal(JSON.parse('{"__proto__": 1}'), {})).toBe(false);
  expect(stable({ b: 1, a: [{ d: 1, c: 2 }] })).toBe('{"a":[{"c":2,"d":1}],"b":1}');
});

test("what is missing is left out, zeros are not", () => {
  expect(present({ a: undefined, b: null, c: "", d: false, e: 0 })).toEqual({ b: null, c: "", d: false, e: 0 });
});
