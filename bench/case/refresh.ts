import type { Emulator } from "../../emulator";
import { EnvironmentService } from "../../proto/gen/gitpod/v1/environment_pb";
import { openYaml, succeeded } from "../engine-subject";
import { addProject, clientIn } from "../home";
import { kinds } from "../kinds";
import type { Case, Options, Row } from "../result";
import type { Setting } from "../subject";
import { told } from "../trace";

/** What a refresh calls where the organization has much more than the stack, or nothing but it. */
export const refresh: Case = {
  name: "refresh",
  about: "the calls of a refresh in a large organization, and of 1,000 environments",
  async run(options) {
    return {
      rows: [
        await callsOf(options, {
          figure: "preview with refresh of 20 projects in an organization of 20,000, plugin, YAML",
          most: 25,
          setting: { kind: "Project", size: 20, latency: 0 },
          others: 19_980,
          add: addProject,
        }),
        await callsOf(options, {
          figure: "preview with refresh of 1,000 environments that are all that the token sees, plugin, YAML",
          most: 60,
          setting: { kind: "Environment", size: 1000, latency: 0 },
          others: 0,
          add: addEnvironment,
        }),
        await callsOf(options, {
          figure: "preview with refresh of 1,000 environments among 10,000, plugin, YAML",
          most: 1050,
          setting: { kind: "Environment", size: 1000, latency: 0 },
          others: 9000,
          add: addEnvironment,
        }),
        ...(await inScopes(options)),
      ],
    };
  },
};

/** What lives in twenty groups or teams. */
async function inScopes(options: Options): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [kind, words] of [
    ["GroupMembership", "memberships of 20 groups"],
    ["RoleAssignment", "role assignments of 20 groups"],
    ["TeamMember", "members of 20 teams"],
  ] as const)
    rows.push(
      await callsOf(options, {
        figure: `preview with refresh of 1,000 ${words}, plugin, YAML`,
        most: 45,
        setting: { kind, size: 1000, latency: 0 },
        others: 0,
        add: addProject,
      }),
    );
  return rows;
}

interface Refresh {
  readonly figure: string;
  readonly most: number;
  readonly setting: Setting;
  /** How many objects there are that the stack does not have, half of them older and half of them younger. */
  readonly others: number;
  readonly add: (client: ReturnType<typeof clientIn>, name: string) => Promise<unknown>;
}

async function callsOf({ say }: Options, { figure, most, setting, others, add }: Refresh): Promise<Row> {
  say(figure);
  const stack = await openYaml(setting);
  try {
    await addMany(stack.emulator, others / 2, add);
    // With as many creations at once as the engine has by itself, the waits would take minutes.
    await succeeded(stack.engine.up("--parallel", "200"));
    await addMany(stack.emulator, others / 2, add);
    const { trace } = await stack.perform("preview with refresh");
    return {
      figure,
      target: `≤ ${most} calls`,
      measured: `${trace.methods.length}: ${told(trace.methods)}`,
      holds: trace.methods.length <= most,
    };
  } finally {
    await stack.close();
  }
}

async function addMany(emulator: Emulator, count: number, add: Refresh["add"]): Promise<void> {
  const client = clientIn(emulator);
  for (let number = 0; number < count; number++) await add(client, `Other ${number}`);
  emulator.settle();
}

const addEnvironment: Refresh["add"] = (client, name) =>
  client.call(EnvironmentService.method.createEnvironment, { ...kinds.Environment(0, "first"), name });
