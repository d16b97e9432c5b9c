import type { Resource } from "./resource";

/** What `pulumi import --file` takes. */
export interface ImportFile {
  readonly resources: readonly { readonly type: string; readonly name: string; readonly id: string }[];
}

/** Returns the file of an import of these resources. */
export const importFileOf = (resources: readonly Resource[]): ImportFile => ({
  resources: resources.map(({ type, name, object }) => ({ type, name, id: object.importId })),
});
