/** The ids of objects on the platform. */
export interface Ids {
  project: string;
  group: string;
  secret: string;
}

/**
 * What `terraform show -json` prints of a state of `gitpod-io/ona` with these objects, a runner, what others manage, and
 * more resources.
 */
export const shownState = ({ project, group, secret }: Ids, more: readonly object[] = []) => ({
  format_version: "1.0",
  terraform_version: "1.14.0",
  values: {
    root_module: {
      resources: [
        resource("ona_project", "shop", { id: project, name: "Shop", branch: "main" }),
        resource("ona_secret", "token", { id: secret, scope: "project", project_id: project, name: "TOKEN" }),
        resource("ona_runner", "eu", { id: "01900000-0000-7000-8000-0000000000f1", name: "EU" }),
        { ...resource("ona_project", "found", { id: project }), mode: "data", address: "data.ona_project.found" },
        resource("aws_vpc", "main", { id: "vpc-1" }),
        ...more,
      ],
      child_modules: [
        {
          address: "module.people",
          resources: [
            {
              ...resource("ona_group", "team", { id: group, name: "Reviewers" }),
              address: 'module.people.ona_group.team["reviewers"]',
              index: "reviewers",
            },
          ],
        },
      ],
    },
  },
});

/** A resource as a state shows it. */
export const resource = (type: string, name: string, values: object) => ({
  address: `${type}.${name}`,
  mode: "managed",
  type,
  name,
  provider_name: "registry.terraform.io/gitpod-io/ona",
  schema_version: 0,
  values,
});
