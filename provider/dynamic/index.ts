// First, since the rest takes a while to load.
import "./engine-watch";
import type { Definition } from "../model/definition";
import * as resources from "../resources";
import { providerOf } from "./provider";

type Name = keyof typeof resources;

/** The provider objects of all kinds, by the names that the classes of the package ask for. */
const providers = Object.fromEntries(
  Object.entries(resources).map(([name, definition]) => [name, providerOf(definition as Definition)]),
) as { readonly [name in Name]: ReturnType<typeof providerOf> };

export = providers;
