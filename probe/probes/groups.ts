import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { group } from "../../provider/resources/group";
import type { Probe } from "../assumption";
import { compared } from "../finding";

const { createGroup } = GroupService.method;

export const groupNameInUse: Probe = {
  calls: ["GroupService/CreateGroup"],
  makes: ["a group"],
  needs: [],
  async run(bench) {
    const { name } = await bench.make(group);
    return compared("AlreadyExists", await bench.answer(createGroup, { organizationId: bench.organizationId, name }));
  },
};
