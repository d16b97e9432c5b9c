import * as gitpod from "pulumi-gitpod";

const careful = new gitpod.SecurityPolicy("careful", {
  metadata: { name: "Careful" },
  spec: {
    ports: { maxAdmissionLevel: gitpod.AdmissionLevel.ORGANIZATION },
    executables: {
      defaultEffect: gitpod.SecurityPolicyEffect.ALLOW,
      rules: [{ path: "/usr/bin/nc", effect: gitpod.SecurityPolicyEffect.BLOCK }],
    },
  },
});

export const policyId = careful.id;
