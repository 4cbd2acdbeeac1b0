import type { Connection, mongo } from 'mongoose';
import { FACT_SHEET_FORM, registerFacts, REGISTER_FIELDS } from '../domain/fact-sheet.js';
import { factsVersions } from '../domain/facts-version.js';
import { figuresOf, type Figures } from '../domain/figures.js';
import type { FactYearRecord } from './fact-year.js';
import { renewDerived } from './renew-derived.js';

/** What versions of facts are made of. */
interface FactsOfRegister extends Readonly<Record<string, unknown>> {
  readonly uscc: string;
  readonly version: number;
  readonly latestFacts: Figures | null;
}
type Read = FactsOfRegister & Parameters<typeof registerFacts>[0];

/**
 * Makes the versions of facts anew that were stored before a sheet had its present form, and adds to current figures
 * those of earlier years, which earlier releases left in the records of the years.
 */
export const renewFacts = async (
  db: Connection,
  enterprises: mongo.Collection,
  newestOfYears: (usccs: readonly string[]) => Promise<readonly FactYearRecord[]>,
): Promise<void> =>
  renewDerived<Read>(db, enterprises, {
    name: 'enterprise-facts',
    form: FACT_SHEET_FORM,
    projection: {
      _id: 0,
      uscc: 1,
      version: 1,
      latestFacts: 1,
      industry: 1,
      region: 1,
      ...Object.fromEntries(REGISTER_FIELDS.map((field) => [field, 1] as const)),
    },
    deriving: async () => async (records) => {
      const years = new Map<string, FactYearRecord[]>(records.map(({ uscc }) => [uscc, []]));
      for (const year of await newestOfYears([...years.keys()])) years.get(year.uscc)?.push(year);
      return records.map((record) => {
        const { uscc, version, latestFacts } = record;
        const figures = latestFacts === null ? null : withEarlier(latestFacts, years.get(uscc) ?? []);
        return {
          filter: { uscc, version },
          set: { latestFacts: figures, factsVersions: factsVersions(registerFacts(record), figures ?? undefined) },
        };
      });
    },
  });

function withEarlier(figures: Figures, years: readonly FactYearRecord[]): Figures {
  const earlier = figuresOf(years)?.earlier;
  return earlier === undefined ? figures : { ...figures, earlier };
}
