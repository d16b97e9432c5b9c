import { delimiter, join } from "node:path";
import { command } from "./command";
import { findPulumi } from "./pulumi/find-pulumi";
import { languageHosts } from "./pulumi/language-hosts";
import { ofVendor, pythonPackages } from "./pulumi/python-packages";
import { root } from "./root";
import { runScript } from "./run";

/** Tests Python programs and the vendor's client for Python; fails where no package index answers, so that `npm test` leaves it out. */
command(async () => {
  const hosts = await languageHosts(await findPulumi(console.log), console.log);
  const packages = await pythonPackages(console.log);
  await pythonPackages(console.log, ofVendor);
  const env = { ...process.env, PATH: [hosts, process.env.PATH].join(delimiter), PYTHONPATH: packages };
  const test = [join(root, "tools", "test.ts"), "tests/python", "--testPathIgnorePatterns=/node_modules/"];
  const { code } = await runScript(require.resolve("ts-node/dist/bin.js"), test, { cwd: root, env, show: true });
  process.exitCode = code;
});
