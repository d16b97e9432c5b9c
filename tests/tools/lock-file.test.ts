import { lockFileBreaches } from "../../tools/rules/lock-file";

const lock = (packages: object) => [{ path: "package-lock.json", text: JSON.stringify({ packages }) }];
const optionalDependencies = { "@acme/tool-win32-x64": "1.0.0" };

test("a package of another system that is left out is found", () => {
  const files = lock({ "": {}, "node_modules/tool": { optionalDependencies } });

  expect(lockFileBreaches(files)).toEqual([
    "package-lock.json lacks @acme/tool-win32-x64, which node_modules/tool asks for: npm ci refuses that",
  ]);
});

test("a package counts where Node.js finds it: beside, inside or above the one that asks", () => {
  const inside = "node_modules/tool/node_modules/@acme/tool-win32-x64";
  const deep = "node_modules/a/node_modules/tool";

  expect(lockFileBreaches(lock({ "node_modules/tool": { optionalDependencies }, [inside]: {} }))).toEqual([]);
  expect(lockFileBreaches(lock({ [deep]: { optionalDependencies }, "node_modules/@acme/tool-win32-x64": {} }))).toEqual(
    [],
  );
});
