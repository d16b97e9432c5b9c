import { randomInt } from "node:crypto";

const adjectives = ["amber", "brisk", "calm", "coral", "eager", "fuzzy", "jolly", "lunar", "mellow", "quiet", "swift"];
const animals = ["badger", "crane", "dingo", "finch", "gecko", "heron", "lynx", "newt", "otter", "puffin", "wombat"];

/** Makes a name for an environment that was created without one. */
export function generateName(): string {
  const number = randomInt(0x10000).toString(16).padStart(4, "0");
  return `${pick(adjectives)}-${pick(animals)}-${number}`;
}

function pick(words: string[]): string {
  return words[randomInt(words.length)] ?? "plain";
}
