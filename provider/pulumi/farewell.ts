/** What is still to be done before the process ends, although it would come by itself a moment later. */
const due = new Set<() => Promise<void>>();

/** Does something a moment later, or before the process ends, whichever comes first. */
export function later(work: () => Promise<void>, milliseconds: number, isWorthwhile: () => Promise<boolean>): void {
  let done: Promise<void> | undefined;
  const act = (): Promise<void> => {
    clearTimeout(timer);
    done ??= work().finally(() => due.delete(act));
    return done;
  };
  const timer = setTimeout(async () => {
    if (await isWorthwhile()) await act();
    else due.delete(act);
  }, milliseconds).unref();
  due.add(act);
}

/** Does at once what is due. */
export const doNow = async (): Promise<unknown> => Promise.all([...due].map((act) => act()));
