import type { ResourceValidationPolicy } from "@pulumi/policy";
import { ofKind } from "./kind";

interface Environment {
  spec?: { timeout?: { disconnected?: string } };
}

interface Config {
  maximumMinutes: number;
}

/** Refuses an environment that goes on, and costs money, when nobody uses it. */
export const timeoutEverywhere: ResourceValidationPolicy = {
  name: "a-timeout-everywhere",
  description: "An environment stops when nobody uses it.",
  configSchema: { properties: { maximumMinutes: { type: "number", minimum: 30, default: 720 } } },
  validateResource: ofKind("Environment", ({ props, getConfig }, report) => {
    const { spec }: Environment = props;
    const { maximumMinutes } = getConfig<Config>();
    const timeout = spec?.timeout?.disconnected;
    const advice = `Set spec.timeout.disconnected to between "30m" and "${maximumMinutes}m".`;
    if (timeout === undefined) return report(`It states no timeout. ${advice}`);
    const minutes = Number.parseFloat(timeout) / 60;
    if (minutes === 0) report(`Its timeout of "0s" means that it never stops. ${advice}`);
    if (minutes > maximumMinutes) report(`Its timeout of ${minutes} minutes is too long. ${advice}`);
  }),
};
