import { durationSeconds } from "../../provider/check/duration";

test.each([
  ["90s", 90],
  ["30m", 1800],
  ["1h30m", 5400],
  ["1.5h", 5400],
  ["2h30m15.5s", 9015.5],
  ["1m1ms", 60.001],
  ["1.1s", 1.1],
  ["0.0001s", 0.0001],
  ["0s", 0],
  ["315576000000s", 315576000000],
])("%s are %d seconds", (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

test.each(["", "90", "s", "1h 30m", "-1s", "1e3s", "PT1H", "1.s", ".5s", "1d", "NaNs", "1s\n"])(
  "%j is no duration",
  (text) => {
    expect(durationSeconds(text)).toBeUndefined();
  },
);
