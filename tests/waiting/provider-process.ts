// Plays Pulumi's provider process: creates one object as the arguments say, tells how that ended, and ends by itself.
// node … HOST TOKEN KIND INPUTS ENGINE-ADDRESS
import providers from "../../provider/dynamic";

const [host, token, kind, inputs] = process.argv.slice(2) as [string, string, keyof typeof providers, string];
const config: Record<string, string> = { "gitpod:host": host, "gitpod:token": token };
const provider = providers[kind];

async function main(): Promise<void> {
  const get = (key: string): string | undefined => config[key];
  await provider.configure({ config: { get, require: (key) => get(key)! } });
  const urn = "urn:pulumi:test::test::pulumi-nodejs:dynamic/gitpod:Environment::dev";
  await provider.create({ __urn: urn, __secrets: [["name"]], ...JSON.parse(inputs) }).then(
    () => process.stdout.write("created\n"),
    (error: Error) => process.stdout.write(`${error.message}\n`),
  );
}

void main();
