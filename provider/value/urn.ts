/** Returns the name of a resource: the last part of its URN, which may contain what separates the others. */
export const resourceName = (urn: string): string => urn.split("::").slice(3).join("::");
