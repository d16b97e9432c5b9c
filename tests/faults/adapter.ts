import { classicTokens } from "../../emulator";
import { dynamicTypeOf, objectName } from "../../provider/model/module";
import type { JsonObject } from "../../provider/value/json";
import { root } from "../../tools/root";

/** How a provider is started and spoken to; everything else is the same for all of them. */
export interface Adapter {
  /** The command, before the address of the engine. */
  readonly command: readonly [string, ...string[]];
  /** The folder it is started in. */
  readonly folder: string;
  /** Whether it is handed secrets in envelopes. */
  readonly acceptsSecrets: boolean;
  typeOf(kind: string): string;
  /** What Configure gets. */
  configOf(account: Account): JsonObject;
  /** What the class of a language puts beside the inputs. */
  hidden(kind: string, urn: string, secrets: readonly (readonly string[])[]): JsonObject;
  /**
   * The same for a process that has served other runs before, so that nothing is left of those; undefined where each run
   * needs a process of its own.
   */
  renewed?(kind: string, urn: string, secrets: readonly (readonly string[])[], life: Life): JsonObject;
}

/** Whom a provider works for. */
export interface Account {
  readonly host: string;
  readonly token: string;
}

/** One run among several of a process. */
export interface Life extends Account {
  readonly number: number;
}

/** Pulumi's provider of dynamic resources, as the classes of the package use it. */
export const dynamic: Adapter = {
  command: [process.execPath, require.resolve("@pulumi/pulumi/cmd/dynamic-provider")],
  folder: root,
  acceptsSecrets: false,
  typeOf: dynamicTypeOf,
  configOf: settingsOf,
  hidden: (kind, urn, secrets) => ({
    __provider: `exports.handler=()=>require("pulumi-gitpod/dynamic").${objectName(kind)}`,
    __urn: urn,
    // No wait that ends only by its time may hold up the others.
    __timeouts: { create: "30s", update: "30s", delete: "30s" },
    ...(secrets.length > 0 && { __secrets: secrets.map((path) => [...path]) }),
  }),
  renewed(kind, urn, secrets, { number, ...account }) {
    const config = JSON.stringify(settingsOf(account));
    return {
      ...dynamic.hidden(kind, urn, secrets),
      // The process keeps a provider by its code, so that other code is another one; its modules are loaded anew, but
      // for those without a memory, which have compiled the rules of the proto.
      __provider: `exports.handler=()=>{/*${number}*/
for(const file of Object.keys(require.cache))if(/[\\\\/]dist[\\\\/]provider[\\\\/](?!check|value)/.test(file))delete require.cache[file];
const provider=require("pulumi-gitpod/dynamic").${objectName(kind)},config=${config};
return{...provider,configure:()=>provider.configure({config:{get:(name)=>config[name]}})}}`,
    };
  },
};

/** The settings of a stack that names the emulator for both APIs. */
function settingsOf({ host, token }: Account): JsonObject {
  const classic = { "gitpod:classicHost": host, "gitpod:classicToken": classicTokens.owner };
  return { "gitpod:host": host, "gitpod:token": token, ...classic };
}
