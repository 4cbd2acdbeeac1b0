/** What the registry calls enterprises, by code; one whose name is not known is left out. */
export type EnterpriseNames = (usccs: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Nobody is asked: codes stand for themselves. */
export const NO_ENTERPRISE_NAMES: EnterpriseNames = async () => Promise.resolve(new Map());

/**
 * The names of enterprises as the registry tells them. When it cannot be asked, it is asked no more, and codes stand
 * for names: a list without them is better than none.
 * @param ask the names that the registry has of an enterprise; its calls of one moment are one question
 * @param onUnavailable told once, with the reason
 */
export function enterpriseNamesFrom(
  ask: (uscc: string) => Promise<readonly string[]>,
  onUnavailable: (error: unknown) => void,
): EnterpriseNames {
  const known = new Map<string, string>();
  const asked = new Set<string>();
  let isAvailable = true;
  return async (usccs) => {
    const fresh = [...new Set(usccs)].filter((uscc) => !asked.has(uscc));
    if (isAvailable)
      try {
        for (const [index, [name]] of (await Promise.all(fresh.map(ask))).entries()) {
          const uscc = fresh[index] ?? '';
          asked.add(uscc);
          if (name !== undefined) known.set(uscc, name);
        }
      } catch (error) {
        isAvailable = false;
        onUnavailable(error);
      }
    return known;
  };
}
