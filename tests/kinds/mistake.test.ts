import { check } from "../../provider/check/check";
import type { Definition } from "../../provider/model/definition";
import type { JsonObject } from "../../provider/value/json";
import { show } from "../../provider/value/path";
import { definitions } from "../core/sample";
import { mistakesOf } from "./mistake";

test.each(definitions)(
  "each mistake in the inputs of %s is told at its place, and what is right is not",
  (_, definition) => {
    const before = new Map<JsonObject, string[]>();
    const counts: Record<string, number> = {};
    const untold: string[] = [];

    for (const { sort, inputs, right, path, says } of mistakesOf(definition)) {
      if (!before.has(right)) before.set(right, toldOf(definition, right));
      const [told, ...others] = toldOf(definition, inputs).filter((line) => !before.get(right)?.includes(line));
      const place = show(sort === "choice" ? path.slice(0, -1) : path);
      // A rule about a whole may be broken by one of its parts.
      const isTold =
        told?.startsWith(`${place}: ${says}`) && others.every((line) => place.startsWith(line.split(":")[0]!));
      counts[sort] = (counts[sort] ?? 0) + 1;
      if (!isTold) untold.push(`${sort}: ${place}: ${says} is told as ${[told, ...others].join("; ")}`);
    }

    expect(untold).toEqual([]);
    expect(counts).toMatchSnapshot();
  },
);

test.each(definitions)("what a program leaves out of %s and has to state is told as that", (_, definition) => {
  const odd = toldOf(definition, {}).filter((line) => !/: (value )?is required|one of .* must be set/.test(line));

  expect(odd).toEqual([]);
});

const toldOf = (definition: Definition, inputs: JsonObject): string[] =>
  check(definition, inputs).failures.map(({ path, reason }) => `${show(path)}: ${reason}`);
