import { PolicyPack } from "@pulumi/policy";
import { namedClasses } from "./named-classes";
import { noIndividualRoles } from "./no-individual-roles";
import { noOpenPorts } from "./no-open-ports";
import { onlySecrets } from "./only-secrets";
import { timeoutEverywhere } from "./timeout-everywhere";

new PolicyPack("gitpod", {
  enforcementLevel: "mandatory",
  policies: [noOpenPorts, timeoutEverywhere, noIndividualRoles, namedClasses, onlySecrets],
});
