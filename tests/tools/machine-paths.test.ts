import { machinePathBreaches } from "../../tools/rules/machine-paths";

const path = (...parts: string[]) => ["", ...parts].join("/");

test.each([
  ["somebody's home folder", `see ${path("home", "jane", "notes")}`],
  ["somebody's home folder on macOS", `"${path("Users", "jane")}"`],
  ["the superuser's folder", `cache in ${path("root", ".cache")}`],
  ["a private registry", `"resolved": "https://registry.internal${path("ws", "ws.tgz")}"`],
])("%s is found", (_what, text) => {
  expect(machinePathBreaches([{ path: "file", text }])).toHaveLength(1);
});

test.each([
  ["a folder inside every environment", `${path("workspace", "app")} ${path("home", "gitpod")}`],
  ["a route", `https://example.com${path("home", "jane")}`],
  ["the public registry", `"resolved": "https://registry.npmjs.org${path("ws", "-", "ws.tgz")}"`],
])("%s is left alone", (_what, text) => {
  expect(machinePathBreaches([{ path: "file", text }])).toEqual([]);
});
