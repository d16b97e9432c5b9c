import { GroupService } from "../../proto/gen/gitpod/v1/group_pb";
import { defineResource } from "../model/definition";

const groups = GroupService.method;

/**
 * A set of users and service accounts that roles can be given to.
 *
 * `name` has 3 to 80 characters, `description` at most 255.
 */
export const group = defineResource({
  kind: "Group",
  create: groups.createGroup,
  get: groups.getGroup,
  list: groups.listGroups,
  update: groups.updateGroup,
  delete: groups.deleteGroup,
  required: ["name"],
  volatile: ["memberCount"],
  grantsRights: true,
});
