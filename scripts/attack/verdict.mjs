/** What an attack did and whether it was held off. */
export function verdict() {
  const faults = [];
  let tried = 0;
  return {
    /** Notes one try. @param fault what went wrong, when it did not hold. */
    tried: (held, fault) => {
      tried += 1;
      if (!held) faults.push(fault);
    },
    result: () => ({ tried, faults }),
  };
}
