/** Returns the variable for a resource of a name, which no resource of another name has. */
export function variableOf(name: string): string {
  const [first = "", ...others] = name.split("-");
  const joined = [first, ...others.map(capital)].join("");
  const started = /^\p{ID_Start}/u.test(joined) ? joined : `_${joined}`;
  return reserved.has(started) ? `${started}_` : started;
}

/** A word that begins with a digit, or with a letter that has no capital, stands behind a line. */
function capital(word: string): string {
  const [first = "", ...others] = word;
  const upper = first.toUpperCase();
  return upper !== first && upper.toLowerCase() === first ? upper + others.join("") : `_${word}`;
}

const reserved = new Set(
  [
    "abstract any arguments as async await boolean break case catch class const continue debugger declare default delete",
    "do else enum eval exports export extends false finally for from function get global if implements import in",
    "infinity instanceof interface is let module namespace never new null number object of package private process",
    "protected public require return set static string super switch symbol this throw true try type typeof undefined",
    "unknown var void while with yield config gitpod pulumi",
  ].flatMap((line) => line.split(" ")),
);
