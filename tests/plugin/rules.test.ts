import { celEnv } from "@bufbuild/cel";
import { parse, plan } from "../../provider/plugin/lazy-rules";

test("a rule says what it says to the library", () => {
  const evaluate = plan(celEnv(), parse("1 + 1 == 2 && size('four') == 4"));

  expect([evaluate(), evaluate()]).toEqual([true, true]);
});

test("a rule that nobody asks for is not compiled", () => {
  const evaluate = plan(celEnv(), parse("1 +"));

  expect(() => evaluate()).toThrow(/expecting/);
});
