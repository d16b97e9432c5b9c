import type { WriteStream } from "node:tty";
import { MultiBar, type SingleBar } from "cli-progress";
import { count } from "../../adopt/count";
import type { Progress } from "../../adopt/read/reader";

/** Shows how far a reading is. */
export interface Shown {
  tell(progress: Progress): void;
  end(): void;
}

/** Where progress is shown. */
export type Screen = Pick<WriteStream, "isTTY" | "rows" | "write"> & NodeJS.WritableStream;

/** Shows a bar for each kind that is being read where somebody watches, and a line for each kind that has been read. */
export function showProgress(screen: Screen): Shown {
  const { bars, say, ...rest } = screen.isTTY ? onTerminal(screen) : onPaper(screen);
  const done = new Set<string>();
  return {
    tell(progress) {
      bars(progress);
      if (progress.done < progress.total || done.has(progress.kind)) return;
      done.add(progress.kind);
      say(`${progress.kind}: ${count(progress.objects, "object")}, ${count(progress.total, "list")} read`);
    },
    ...rest,
  };
}

interface Medium {
  bars(progress: Progress): void;
  say(line: string): void;
  end(): void;
}

const onPaper = (screen: Screen): Medium => ({
  bars: () => {},
  say: (line) => screen.write(`${line}\n`),
  end: () => {},
});

function onTerminal(screen: Screen): Medium {
  // Whatever ends the program in between leaves the terminal as it was.
  const left = { hideCursor: false, linewrap: true, gracefulExit: false };
  const format = "{kind} {bar} {value} of {total} lists, {objects} objects";
  const all = new MultiBar({ stream: screen, format, clearOnComplete: true, forceRedraw: true, ...left });
  const shown = new Map<string, SingleBar>();
  return {
    bars({ kind, done, total, objects }) {
      const bar = shown.get(kind);
      if (done >= total) {
        if (bar) all.remove(bar);
        shown.delete(kind);
      } else if (bar) {
        bar.setTotal(total);
        bar.update(done, { kind: kind.padEnd(width), objects });
      } else if (shown.size < screen.rows - 2) {
        shown.set(kind, all.create(total, done, { kind: kind.padEnd(width), objects }));
      }
    },
    // Several lines may come over what bars have left.
    say: (line) => all.log(`${line}${eraseToEnd}\n`),
    end() {
      // Lines come with the next update, of which there would be none.
      all.update();
      all.stop();
    },
  };
}

const eraseToEnd = "\u001b[K";

/** Letters that the names of most kinds fit in. */
const width = 24;
