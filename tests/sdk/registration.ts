import * as pulumi from "@pulumi/pulumi";

/** What the engine is asked to register, with secrets in clear. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly id: string | undefined;
  readonly inputs: Record<string, unknown>;
}

/** Runs a program and returns what it registers, once the resources that it returns are registered. */
export async function registrations(program: () => readonly pulumi.Resource[]): Promise<Registration[]> {
  const seen: Registration[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, id, inputs }) {
        if (type !== "pulumi:pulumi:Stack") seen.push({ type, name, id: id || undefined, inputs: clear(inputs) });
        return { id: id || `${name}-id`, state: inputs };
      },
      call: ({ token }) => {
        throw new Error(`${token} is not answered here`);
      },
    },
    "shop",
    "test",
  );
  const resources = program();
  await Promise.all(resources.map((resource) => new Promise((resolve) => resource.urn.apply(resolve))));
  return seen;
}

/** Without the envelopes of secrets. */
function clear<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part) => (isSecret(part) ? part.value : part));
}

function isSecret(part: unknown): part is { value: unknown } {
  return typeof part === "object" && part !== null && "4dabf18193072939515e22adb298388d" in part;
}
