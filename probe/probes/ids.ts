import { group } from "../../provider/resources/group";
import type { Probe } from "../assumption";
import { compared } from "../finding";

/** The id of nothing. */
export const absentId = "019b0000-0000-7000-8000-000000000000";

export const idsGrow: Probe = {
  calls: ["GroupService/CreateGroup"],
  makes: ["two groups"],
  needs: [],
  async run(bench) {
    const [first, second] = [(await bench.make(group)).id, (await bench.make(group)).id];
    const versions = [first, second].map((id) => id.charAt(14));
    return compared(["7", "7", true], [...versions, first < second]);
  },
};
