import type { ResourceValidationPolicy } from "@pulumi/policy";
import { ofKind } from "./kind";

interface WithVariables {
  spec?: { env?: { name: string; value?: string }[] };
}

const secretName = /(^|_)(PASSWORD|PASSPHRASE|TOKEN|SECRET|API_?KEY|PRIVATE_KEY|CREDENTIALS?)(_|$)/i;

/** What is a credential whatever it is called. */
const credentials = {
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  "a token of GitHub": /\b(gh[opsru]_|github_pat_)\w{20,}/,
  "a token of GitLab": /\bglpat-[\w-]{20,}/,
  "an address with a password": /\b[a-z][a-z+.-]*:\/\/[^\s/:@]*:[^\s/:@$]+@/i,
};

const advice = "Declare a Secret, whose value the state keeps encrypted,";

/**
 * Refuses secrets where everybody reads them. The inputs that are made for secrets, such as `value` of a Secret, need no
 * rule: the provider encrypts them whatever the program says.
 */
export const onlySecrets: ResourceValidationPolicy = {
  name: "secrets-only-as-secrets",
  description: "Secrets are in the inputs that are made for them.",
  validateResource: [
    ...["Service", "Task"].map((kind) =>
      ofKind(kind, ({ props }, report) => {
        const { spec }: WithVariables = props;
        for (const { name, value } of spec?.env ?? [])
          if (value !== undefined && secretName.test(name))
            report(
              `The variable ${name} states its value, which everybody reads who sees the object. ${advice} and refer to it with valueFrom.secretRef.id.`,
            );
      }),
    ),
    ...["Environment", "Project", "Service", "Task", "AutomationsFile", "Workflow", "Prompt"].map((kind) =>
      ofKind(kind, ({ props }, report) => {
        for (const [path, text] of textsIn(props))
          for (const [what, pattern] of Object.entries(credentials))
            if (pattern.test(text))
              report(`${path} has ${what} in it. ${advice} and use the variable or the file that it makes.`);
      }),
    ),
  ],
};

/** All texts in a value, with their paths. */
function textsIn(value: unknown, path: string[] = []): [path: string, text: string][] {
  if (typeof value === "string") return [[path.join("."), value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => textsIn(partOf(value, key), [...path, key]));
}

/** In a preview, what another resource gives is not known yet, and to read it would end the whole check. */
function partOf(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}
