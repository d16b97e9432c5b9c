/** @type {import("jest").Config} */
module.exports = {
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.ts"],
  // What they need is not to be had everywhere: npm run test:python.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/tests/python/"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/node_modules/pulumi-gitpod/"],
  testSequencer: "<rootDir>/tools/longest-first.js",
  testTimeout: 60_000,
};
