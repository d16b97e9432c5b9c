import type { Definition } from "../../provider/model/definition";
import { kindName } from "../../provider/model/module";
import { factsOf } from "../../provider/model/shape";
import * as resources from "../../provider/resources";

test.each(Object.values<Definition>(resources).map((definition) => [kindName(definition), definition] as const))(
  "the units of %s are what states and programs know",
  (_, definition) => {
    const units = factsOf(definition).units.map(({ name, update, extra, remote, whenRemoved }) =>
      [
        name,
        update && `update ${[...update.path, ...(update.wrapper === undefined ? [] : [update.wrapper])].join(".")}`,
        extra && `${extra.on} ${extra.method.name}`,
        remote && `read ${remote.join(".")}`,
        whenRemoved,
      ]
        .filter((part) => part !== undefined)
        .join(", "),
    );

    expect(units).toMatchSnapshot();
  },
);
