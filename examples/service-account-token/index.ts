import * as gitpod from "pulumi-gitpod";

const account = new gitpod.ServiceAccount("pipeline", { name: "Pipeline", validUntil: "2035-01-01T00:00:00Z" });

const token = new gitpod.ServiceAccountToken("pipeline", {
  serviceAccountId: account.id,
  description: "The pipeline's",
  validFor: "7776000s",
});

export const value = token.token;
