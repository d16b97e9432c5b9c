export { getAuthenticatedIdentity } from "./get-authenticated-identity";
export { getEnvironmentClass } from "./get-environment-class";
export { listEnvironmentClasses } from "./list-environment-classes";
