import * as gitpod from "pulumi-gitpod";

const terms = new gitpod.TermsOfService("terms", {
  markdown: "# Terms\n\nUse environments for work only.",
  enabled: true,
});

export const version = terms.currentVersion;
