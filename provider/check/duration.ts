/** Returns the seconds of a duration such as `90s`, `30m`, `1h30m` or `1.5h`; undefined where the text is none. */
export function durationSeconds(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|m|s|ms))+$/.test(text)) return undefined;
  const milliseconds = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * inMilliseconds[unit as keyof typeof inMilliseconds],
    0,
  );
  return Math.round(milliseconds * 1e6) / 1e9;
}

const inMilliseconds = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
