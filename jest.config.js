/** @type {import("jest").Config} */
module.exports = {
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.ts"],
  // What they need is not to be had everywhere: npm run test:python.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/tests/python/", ...notHere()],
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

/** The recipes run in the shells of Linux, where a whole group of processes can be killed. */
function notHere() {
  return process.platform === "win32" ? ["<rootDir>/tests/pipelines/(github|gitlab|page|scripts)"] : [];
}
