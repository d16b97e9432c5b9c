import * as gitpod from "pulumi-gitpod";

const pipeline = new gitpod.ServiceAccount("pipeline", {
  name: "Pipeline",
  description: "Applies the program of this stack",
  // Another time replaces the account, and ends its tokens.
  validUntil: "2030-01-01T00:00:00Z",
});

export const serviceAccountId = pipeline.id;
