import type { Output } from "@pulumi/pulumi";
import type { Answer } from "../../provider/functions/answer";
import type { getAuthenticatedIdentity as definition } from "../../provider/functions/get-authenticated-identity";
import type { FunctionOptions } from "./ask";
import { outputForm, plainForm } from "./function";

/** The answer of {@link getAuthenticatedIdentity}. */
export type GetAuthenticatedIdentityResult = Answer<typeof definition>;

/**
 * Returns the organization and the user or service account behind the token.
 *
 * @example
 * ```ts
 * const { organizationId } = await gitpod.getAuthenticatedIdentity();
 * ```
 */
export function getAuthenticatedIdentity(opts?: FunctionOptions): Promise<GetAuthenticatedIdentityResult> {
  return plainForm<typeof definition>("getAuthenticatedIdentity")({}, opts);
}

/**
 * Returns the organization and the user or service account behind the token of a provider, as an output.
 *
 * @example
 * ```ts
 * const identity = gitpod.getAuthenticatedIdentityOutput({ provider: staging });
 * const group = new gitpod.Group("reviewers", { organizationId: identity.organizationId, name: "Reviewers" });
 * ```
 */
export function getAuthenticatedIdentityOutput(opts?: FunctionOptions): Output<GetAuthenticatedIdentityResult> {
  return outputForm<typeof definition>("getAuthenticatedIdentity")({}, opts);
}
