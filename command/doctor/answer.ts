import { ConnectError, type Interceptor } from "@connectrpc/connect";
import { about, type Check } from "./check";

/** The last answer of a server, as far as its content does not matter. */
interface Answer {
  /** Milliseconds that it took. */
  readonly took: number;
  /** How many milliseconds the clock of this machine is ahead of the server's; missing where the answer has no date. */
  readonly ahead?: number | undefined;
}

/** What notes answers, and the last of them, refusals among them. */
export interface Watch {
  readonly watching: Interceptor;
  readonly last: () => Answer | undefined;
}

/** Begins to note answers. */
export function watchAnswers(): Watch {
  let last: Answer | undefined;
  const note = (began: number, headers: Headers): void => {
    const now = Date.now();
    const date = Date.parse(headers.get("date") ?? "");
    // The server cuts its date off to a second, and says it about when half of the time is over.
    const ahead = Number.isNaN(date) ? undefined : (began + now) / 2 - (date + 500);
    last = { took: now - began, ahead };
  };
  return {
    last: () => last,
    watching: (next) => async (request) => {
      const began = Date.now();
      try {
        const answer = await next(request);
        note(began, answer.header);
        return answer;
      } catch (error) {
        // Only what a server has answered has headers.
        const { metadata } = ConnectError.from(error);
        if (!metadata.keys().next().done) note(began, metadata);
        throw error;
      }
    },
  };
}

/** Says whether the clock of this machine is right, by the date of the last answer. */
export function clock({ last }: Watch): Check {
  const { ok, note, wrong } = about("clock");
  const ahead = last()?.ahead;
  if (ahead === undefined) return note("no answer has told the time");
  const seconds = Math.round(Math.abs(ahead) / 1000);
  if (seconds <= 2) return ok("agrees with the server's");
  const says = `${seconds} s ${ahead > 0 ? "ahead of" : "behind"} the server's`;
  if (seconds <= most) return ok(says);
  return wrong(says, "Set the clock of this machine: certificates and expiry dates are judged by it.");
}

/** How many seconds a clock may be off. */
const most = 60;
