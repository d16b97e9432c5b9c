// First, since the rest takes a while to load.
import "./engine-watch";
import { objectName } from "../model/module";
import type * as resources from "../resources";
import { loaders } from "../resources/loaders";

import { lazily } from "../value/lazily";
import { providerOf } from "./provider";

type Provider = ReturnType<typeof providerOf>;

/** The provider objects of all kinds, by the names that the classes of the package ask for; each loads its kind. */
const providers = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.entries(loaders).map(([name, load]) => [
      objectName(name),
      { enumerable: true, get: lazily(() => providerOf(load())) },
    ]),
  ),
) as { readonly [name in keyof typeof resources]: Provider };

export = providers;
