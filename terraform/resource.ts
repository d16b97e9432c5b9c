/** The attributes of a resource, by the names that Terraform gives them. */
export type Values = Record<string, unknown>;

/** A resource of the vendor's provider in a state. */
export interface Resource {
  /** What its state calls it, such as `module.web.ona_group.team["a"]` or `ona:index/group:Group::team`. */
  address: string;
  /** What a program calls it, such as `web-team-a`. */
  name: string;
  /** The type by Terraform's name, such as `ona_group`. */
  type: string;
  values: Values;
  /** Why it cannot be imported, whatever it is. */
  unfit?: string | undefined;
}
