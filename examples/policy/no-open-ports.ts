import type { ResourceValidationPolicy } from "@pulumi/policy";
import { ofKind } from "./kind";

interface Environment {
  spec?: { ports?: { port: number; admission?: string }[] };
}

/** Refuses a port that people outside of the organization reach. */
export const noOpenPorts: ResourceValidationPolicy = {
  name: "no-port-open-to-everybody",
  description: "The ports of an environment are open to the organization at most.",
  validateResource: ofKind("Environment", ({ props }, report) => {
    const { spec }: Environment = props;
    for (const { port, admission } of spec?.ports ?? [])
      if (admission === "ADMISSION_LEVEL_EVERYONE")
        report(
          `Port ${port} is open to everybody. Set its admission to ADMISSION_LEVEL_ORGANIZATION or ADMISSION_LEVEL_CREATOR_ONLY.`,
        );
  }),
};
