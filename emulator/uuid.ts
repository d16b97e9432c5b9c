import { createHash, randomBytes } from "node:crypto";

/** Makes a source of UUIDs of version 7, which sort by the time and order in which they were made. */
export function createIdSource(now: () => number): () => string {
  let last = 0;
  let count = 0;
  return () => {
    const time = now();
    if (time > last) {
      last = time;
      count = 0;
    } else if (count === 0xfff) {
      last += 1;
      count = 0;
    } else {
      count += 1;
    }
    return format(last, count);
  };
}

/** Makes a source of UUIDs of version 4, which say nothing of when they were made; each emulator has the same ones. */
export function createRandomIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    const hex = createHash("sha256").update(String(count)).digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
  };
}

/** Returns the UUID that always stands for a text. */
export function idFrom(text: string): string {
  return format(0, 0, createHash("sha256").update(text).digest().subarray(0, 8));
}

function format(time: number, count: number, random = randomBytes(8)): string {
  const variant = ((random[0] ?? 0) & 0x3f) | 0x80;
  const tail = Buffer.from([variant, ...random.subarray(1)]).toString("hex");
  const head = time.toString(16).padStart(12, "0");
  const middle = `7${count.toString(16).padStart(3, "0")}`;
  return `${head.slice(0, 8)}-${head.slice(8)}-${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
