// Plays Pulumi's provider process: creates one object as the arguments say, tells how that ended, and ends by itself.
// node … HOST TOKEN KIND INPUTS ENGINE-ADDRESS
const providers = require("pulumi-gitpod/dynamic");

const [host, token, kind, inputs] = process.argv.slice(2);
const config = { "gitpod:host": host, "gitpod:token": token };
const provider = providers[kind];

async function main() {
  const get = (key) => config[key];
  await provider.configure({ config: { get, require: get } });
  const urn = "urn:pulumi:test::test::pulumi-nodejs:dynamic/gitpod:Environment::dev";
  await provider.create({ __urn: urn, __secrets: [["name"]], ...JSON.parse(inputs) }).then(
    () => process.stdout.write("created\n"),
    (error) => process.stdout.write(`${error.message}\n`),
  );
}

void main();
