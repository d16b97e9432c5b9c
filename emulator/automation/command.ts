/**
 * What a shell command is going to do, told by its own text, so that outcomes are inputs of a program and not mocks.
 *
 * | a part of the command                            | what it does                                         |
 * | ------------------------------------------------ | ---------------------------------------------------- |
 * | `exit N`, `true`, `:`, `false`                   | ends with N, 0, 0 or 1                               |
 * | `sleep N`                                        | takes N steps of the emulator and ends with 0        |
 * | `sleep infinity`, `tail -f …`, `while true …`    | never ends                                           |
 * | `echo TEXT`                                      | writes TEXT into the log and ends with 0             |
 * | anything else                                    | takes no time                                        |
 *
 * Parts stand one after the other, separated by `;`, `&&` or a new line. A command that does not say how it ends runs on
 * where it starts a service and succeeds in a task.
 */
export function foresee(command: string): Foresight {
  const foresight: Foresight = { steps: 0, exit: "unsaid", log: [] };
  for (const part of command.split(/\s*(?:;|&&|\n)\s*/)) {
    const end = endOf(part);
    if (end !== undefined) {
      foresight.exit = end;
      return foresight;
    }
    foresight.steps += Number(/^sleep (\d+)s?$/.exec(part)?.[1] ?? 0);
    const text = /^echo (?:"([^"]*)"|'([^']*)'|(.*))$/.exec(part);
    if (text !== null) {
      foresight.log.push(text[1] ?? text[2] ?? text[3] ?? "");
    }
    if (part !== "") {
      foresight.exit = /^(sleep|echo)\b/.test(part) ? 0 : "unsaid";
    }
  }
  return foresight;
}

/** How long a command runs, how it ends, and what it writes. */
export interface Foresight {
  steps: number;
  exit: number | "never" | "unsaid";
  log: string[];
}

function endOf(part: string): number | "never" | undefined {
  if (/^(sleep infinity|tail -f\b|while true\b)/.test(part)) {
    return "never";
  }
  if (part === "true" || part === ":") {
    return 0;
  }
  if (part === "false") {
    return 1;
  }
  const exit = /^exit (\d+)$/.exec(part)?.[1];
  return exit === undefined ? undefined : Number(exit);
}
