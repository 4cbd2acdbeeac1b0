import type { ClientSession, Connection } from 'mongoose';

interface Counter {
  _id: string;
  last: number;
}

export type CaseNumberStore = ReturnType<typeof caseNumberStore>;

/** Case numbers by year of receipt: SQ2026-000123. Unique and growing; a submission that fails may leave a gap. */
export function caseNumberStore(db: Connection) {
  const counters = db.collection<Counter>('case_counters');
  return {
    /** The next number of a year. Outside of any transaction, so that submissions do not wait for each other. */
    next: async (year: string): Promise<string> => {
      const counter = await counters.findOneAndUpdate(
        { _id: year },
        { $inc: { last: 1 } },
        { upsert: true, returnDocument: 'after' },
      );
      if (counter === null) throw new Error(`The counter of ${year} was not returned.`);
      return `SQ${year}-${String(counter.last).padStart(6, '0')}`;
    },

    /** The next numbers of a year, taken with the transaction that uses them: one that is given up takes none. */
    nextOf: async (year: string, count: number, session: ClientSession): Promise<string[]> => {
      const counter = await counters.findOneAndUpdate(
        { _id: year },
        { $inc: { last: count } },
        { upsert: true, returnDocument: 'after', session },
      );
      if (counter === null) throw new Error(`The counter of ${year} was not returned.`);
      return Array.from(
        { length: count },
        (_none, index) => `SQ${year}-${String(counter.last - count + 1 + index).padStart(6, '0')}`,
      );
    },

    /** Goes on behind numbers that came in by another way (the demo, an import). */
    startAfter: async (caseNumbers: readonly string[]): Promise<void> => {
      const lastOfYear = new Map<string, number>();
      for (const caseNumber of caseNumbers) {
        const [, year, place] = /^SQ(\d{4})-(\d{6,})$/.exec(caseNumber) ?? [];
        if (year !== undefined && place !== undefined)
          lastOfYear.set(year, Math.max(lastOfYear.get(year) ?? 0, Number(place)));
      }
      for (const [year, last] of lastOfYear)
        await counters.updateOne({ _id: year }, { $max: { last } }, { upsert: true });
    },
  };
}
