import { dayInShanghai, type LegalDay } from '@zhitong/values';

/** An enterprise that another one goes on from, as the register returns it. */
export interface Predecessor {
  readonly uscc: string;
  /** Day on which it passed on what it had. */
  readonly on: LegalDay;
}

/** An enterprise for which a benefit counts beside the one that it was given to. */
export interface Heir {
  readonly uscc: string;
  /** Day since which it goes on from that one. */
  readonly on: LegalDay;
}

/** What was given to an enterprise, and who goes on from it; left out where nobody does. */
interface Given {
  readonly uscc: string;
  readonly heirs?: readonly Heir[] | undefined;
}

/**
 * Whether a benefit passes on [承继]: it was given by the day on which the enterprise passed on what it had (民法典 67 条:
 * rights and duties go to whoever goes on). That a benefit that is had once is had by the successor, too, is the
 * project's reading; no national rule on 免申即享 says it.
 */
export const passesOn = (identifiedAt: Date, on: LegalDay): boolean => dayInShanghai(identifiedAt) <= on;

/**
 * Benefits of some enterprises, each for whom it counts: its own, and what those that it goes on from passed on to it.
 * So a merger, a division or a new code gives nothing a second time.
 * @param day of an earlier day: whoever had passed on by it.
 */
export function forHolders<Benefit extends Given>(
  given: readonly Benefit[],
  usccs: readonly string[],
  day?: LegalDay,
): (Omit<Benefit, 'heirs'> & { readonly isInherited: boolean })[] {
  const asked = new Set(usccs);
  return given.flatMap(({ heirs = [], ...benefit }) => [
    ...(asked.has(benefit.uscc) ? [{ ...benefit, isInherited: false }] : []),
    ...heirs
      .filter(({ uscc, on }) => asked.has(uscc) && (day === undefined || on <= day))
      .map(({ uscc }) => ({ ...benefit, uscc, isInherited: true })),
  ]);
}

/** Who goes on from some enterprises on a day or later, by the code of the one that they go on from. */
export function heirsSince(
  successors: readonly { readonly uscc: string; readonly predecessors?: readonly Predecessor[] | undefined }[],
  usccs: readonly string[],
  day: LegalDay,
): Map<string, Heir[]> {
  const heirs = new Map<string, Heir[]>();
  for (const { uscc, predecessors = [] } of successors)
    for (const { uscc: predecessor, on } of predecessors)
      if (on >= day && usccs.includes(predecessor))
        heirs.set(predecessor, [...(heirs.get(predecessor) ?? []), { uscc, on }]);
  return heirs;
}
