/** Calls what ends something after the test: what began last ends first. */
export function afterTest(end: () => unknown): void {
  ends.push(end);
}

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
