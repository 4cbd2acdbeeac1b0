import type { LegalDay } from '@zhitong/values';
import type { Disclosure } from '../domain/arrears/disclosure.js';

/** Years that are held: those that somebody asks for. */
const MOST = 20;

export type Disclosures = ReturnType<typeof disclosures>;

/**
 * Yearly disclosures that were made, for each year the last one: they are public, and each reads every debt of the
 * city, so that one is made once for the day of knowledge that it stands with, however many ask.
 */
export function disclosures(make: (year: number, knownOn: LegalDay) => Promise<Disclosure>) {
  const made = new Map<number, { readonly knownOn: LegalDay; readonly disclosure: Promise<Disclosure> }>();
  return {
    of: async (year: number, knownOn: LegalDay): Promise<Disclosure> => {
      const before = made.get(year);
      if (before?.knownOn === knownOn) return before.disclosure;
      const disclosure = make(year, knownOn);
      const entry = { knownOn, disclosure };
      made.set(year, entry);
      const oldest = made.keys().next().value;
      if (made.size > MOST && oldest !== undefined) made.delete(oldest);
      // One that failed is not kept.
      disclosure.catch(() => {
        if (made.get(year) === entry) made.delete(year);
      });
      return disclosure;
    },
  };
}
