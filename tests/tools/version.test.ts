import { atLeast } from "../../tools/pulumi/version";

test.each([
  ["3.259.0", "3.259.0", true],
  ["v3.259.1", "3.259.0", true],
  ["3.1000.0", "3.259.0", true],
  ["4.0.0", "3.259.0", true],
  ["3.260.0-dev.1", "3.259.0", true],
  ["3.99.0", "3.259.0", false],
  ["v2.300.0", "3.259.0", false],
  ["not a version", "3.259.0", false],
  ["", "3.259.0", false],
])("a CLI %p held to a minimum of %p is new enough: %p", (version, minimum, enough) => {
  expect(atLeast(version, minimum)).toBe(enough);
});
