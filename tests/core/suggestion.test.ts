import { suggestion } from "../../provider/check/suggestion";

const known = ["name", "environmentId", "devcontainerFilePath"];

test.each([
  ["nmae", "; did you mean name?"],
  ["Name", "; did you mean name?"],
  ["environment_id", "; did you mean environmentId?"],
  ["N_A-M_E", "; did you mean name?"],
  ["environment", "; did you mean environmentId?"],
  ["dev-container-file-path", "; did you mean devcontainerFilePath?"],
])("%s is answered with what somebody may have meant", (name, words) => {
  expect(suggestion(name, known)).toBe(words);
});

test("a name of one letter is not meant by another", () => {
  expect(suggestion("c", ["a", "b"])).toBe("; known are a, b");
});

test("a name like no other is answered with those there are, where these are few", () => {
  const many = Array.from({ length: 13 }, (_, i) => `longPropertyName${i}`);

  expect(suggestion("wholly different", known)).toBe("; known are name, environmentId, devcontainerFilePath");
  expect(suggestion("wholly different", many)).toBe("");
  expect(suggestion("anything", [])).toBe("");
});
