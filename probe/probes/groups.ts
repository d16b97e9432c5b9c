import { group } from "../../provider/resources/group";
import type { Probe } from "../assumption";
import { answered } from "../finding";

export const groupNameInUse: Probe = {
  calls: ["GroupService/CreateGroup"],
  makes: ["two groups of one name"],
  needs: [],
  async run(bench) {
    const { name } = await bench.make(group);
    return answered("AlreadyExists", (awaited) => bench.tryToMake(group, { name }, awaited));
  },
};
