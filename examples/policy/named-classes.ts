import type { ReportViolation, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { ofKind } from "./kind";

interface Environment {
  spec?: { machine?: { class?: string } };
}

interface Project {
  environmentClasses?: { environmentClassId?: string }[];
  prebuildConfiguration?: { environmentClassIds?: string[] };
}

interface OfOneClass {
  environmentClassId?: string;
}

interface Config {
  /** The ids of the classes by the names that people know. */
  classes?: Record<string, string>;
}

/** Refuses machines that nobody has agreed to pay for. */
export const namedClasses: ResourceValidationPolicy = {
  name: "named-environment-classes",
  description: "Environments are of the classes that the configuration of the policy names.",
  configSchema: {
    properties: { classes: { type: "object", additionalProperties: { type: "string" }, default: {} } },
  },
  validateResource: [
    ofKind("Environment", (args, report) => {
      const { spec }: Environment = args.props;
      check([spec?.machine?.class], args, report);
    }),
    ofKind("Project", (args, report) => {
      const { environmentClasses = [], prebuildConfiguration }: Project = args.props;
      check(
        environmentClasses.map(({ environmentClassId }) => environmentClassId),
        args,
        report,
      );
      check(prebuildConfiguration?.environmentClassIds ?? [], args, report);
    }),
    ...["WarmPool", "Prebuild"].map((kind) =>
      ofKind(kind, (args, report) => {
        const { environmentClassId }: OfOneClass = args.props;
        check([environmentClassId], args, report);
      }),
    ),
  ],
};

/** What states no class has that of its project, which is checked as well. */
function check(ids: (string | undefined)[], { getConfig }: ResourceValidationArgs, report: ReportViolation): void {
  const { classes = {} } = getConfig<Config>();
  const named = Object.entries(classes).map(([name, id]) => `${name} (${id})`);
  const advice =
    named.length > 0
      ? `Use ${named.join(" or ")}.`
      : 'No class is named yet: pass --policy-pack-config with { "named-environment-classes": { "classes": { NAME: ID } } }.';
  for (const id of ids)
    if (id !== undefined && !Object.values(classes).includes(id))
      report(`Environment class ${id} is not among those that are named. ${advice}`);
}
