import * as pulumi from "@pulumi/pulumi";

/** What a runner signs up with. */
export interface CloudStackArgs {
  readonly runnerId: pulumi.Input<string>;
  readonly exchangeToken: pulumi.Input<string>;
}

/** Stands in for the stack of a runner in a cloud, as far as the emulator knows one: it signs the runner up. */
export class CloudStack extends pulumi.dynamic.Resource {
  constructor(name: string, args: CloudStackArgs, opts?: pulumi.CustomResourceOptions) {
    super(new CloudStackProvider(), name, args, opts);
  }
}

class CloudStackProvider implements pulumi.dynamic.ResourceProvider {
  async create({ runnerId, exchangeToken }: Record<"runnerId" | "exchangeToken", string>) {
    const emulator = new URL("/admin/runners", process.env.GITPOD_BASE_URL);
    const answer = await fetch(emulator, { method: "POST", body: JSON.stringify({ exchangeToken }) });
    if (!answer.ok) throw new Error(`the runner could not sign up: ${await answer.text()}`);
    return { id: runnerId };
  }
}
