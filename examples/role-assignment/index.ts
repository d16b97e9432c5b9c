import * as gitpod from "pulumi-gitpod";

const project = new gitpod.Project("handbook", {
  name: "Handbook",
  initializer: { specs: [{ git: { remoteUri: "https://github.com/gitpod-io/empty" } }] },
});
const maintainers = new gitpod.Group("maintainers", { name: "Maintainers" });

const role = new gitpod.RoleAssignment("maintainers", {
  groupId: maintainers.id,
  resourceType: gitpod.ResourceType.PROJECT,
  resourceId: project.id,
  resourceRole: gitpod.ResourceRole.PROJECT_ADMIN,
});

export const roleId = role.id;
