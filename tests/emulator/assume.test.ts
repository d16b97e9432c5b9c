import { createEmulator, readAssumed, switches } from "../../emulator";

test("what a command line assumes is read, in any number", () => {
  expect(readAssumed(["id-grows=random", "service-stop-failed=stays-failed"])).toEqual({
    "id-grows": "random",
    "service-stop-failed": "stays-failed",
  });
});

test.each([
  [
    "environment-colour=red",
    /^the emulator has no choice environment-colour to switch; it has environment-.+, id-grows,/,
  ],
  ["toString=x", /^the emulator has no choice toString to switch/],
  ["id-grows", /^the choice id-grows can be switched to random only, not to ""$/],
  ["id-grows=random=2", /^the choice id-grows can be switched to random only, not to "random=2"$/],
])("%s is refused in words", (text, message) => {
  expect(() => readAssumed([text])).toThrow(message);
});

test("an emulator is not made with a choice that it does not know, or not that way", () => {
  const assume = JSON.parse('{ "service-colour": "red" }');

  expect(() => createEmulator({ assume })).toThrow(/^the emulator has no choice service-colour to switch/);
  expect(() => createEmulator({ assume: { "id-grows": "refused" } })).toThrow(
    /^the choice id-grows can be switched to random only/,
  );
});

test("no more than 25 choices can be switched", () => {
  expect(Object.keys(switches).length).toBeLessThanOrEqual(25);
});
