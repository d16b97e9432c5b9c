import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";

/** Applies a check to the resources of a kind. Their type depends on what brings them to the API: the plugin, or the package alone. */
export const ofKind =
  (kind: string, check: (args: ResourceValidationArgs, report: ReportViolation) => void): ResourceValidation =>
  (args, report) => {
    if ([`gitpod:index:${kind}`, `pulumi-nodejs:dynamic/gitpod:${kind}`].includes(args.type)) check(args, report);
  };
