import type { Logger } from '@zhitong/kit';
import { CityColumns, type CityEnterprise } from '../domain/facts/city-columns.js';
import type { EnterpriseFactsStore, FactsChanges, StreamedFacts } from '../models/enterprise-facts.js';

/** Enterprises that are kept in memory at most, unless configured otherwise: some 1,100 bytes each. */
export const MOST_IN_MEMORY = 200_000;
/** Enterprises of a table, when the city streams by. */
const BATCH = 2_000;

/** The facts of the city, read as they are held at the moment of the question. */
export interface CityInMemory {
  /**
   * The whole city in one table or several, with the named facts and more. A table is only good until the next `await`:
   * the one in memory changes in place.
   */
  tables(facts: readonly string[]): AsyncIterable<CityColumns>;
  close(): Promise<void>;
}

interface Kept {
  readonly city: CityColumns;
  /** Row by the id of the document, which is all that a removal holds, and the ids by row. */
  readonly rowOf: Map<string, number>;
  readonly ids: string[];
  readonly changes: FactsChanges;
  /** Values in the dictionaries when it was read; what is no longer used stays in them. */
  readonly entriesWhenRead: number;
}

/**
 * Keeps the projection of facts in columns, read when it is first asked for. Before each read the changes since the
 * last one are taken from a change stream, so whatever was acknowledged before the call is in the result. A city of
 * more than `most` enterprises is not kept: it streams out of the database each time.
 */
export function cityInMemory({
  facts,
  logger,
  most = MOST_IN_MEMORY,
}: {
  facts: Pick<EnterpriseFactsStore, 'count' | 'stream' | 'changes'>;
  logger: Logger;
  most?: number;
}): CityInMemory {
  let kept: Kept | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const forget = async (): Promise<void> => {
    const { changes } = kept ?? {};
    kept = undefined;
    await changes?.close();
  };
  const current = async (): Promise<CityColumns | null> => {
    if ((await facts.count()) > most) {
      await forget();
      return null;
    }
    try {
      if (kept !== undefined) await applyChanges(kept);
    } catch (error) {
      logger.warn({ err: error }, 'the changes of facts could not be followed; all facts are read again');
      await forget();
    }
    if (kept !== undefined && kept.city.facts.entries > 2 * kept.entriesWhenRead + 10_000) await forget();
    kept ??= await readCity(facts);
    return kept.city;
  };
  /**
   * One at a time: a question that comes during a reading must not see half of it, and may have to see more than it
   * does.
   */
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    async *tables(wanted) {
      const whole = await inTurn(current);
      if (whole !== null) {
        yield whole;
        return;
      }
      const columns = [...wanted, 'scale'];
      let table = new CityColumns(columns);
      for await (const streamed of facts.stream(columns)) {
        table.append(enterpriseOf(streamed));
        if (table.facts.rows < BATCH) continue;
        yield table;
        table = new CityColumns(columns);
      }
      yield table;
    },
    close: async () => inTurn(forget),
  };
}

const enterpriseOf = ({ uscc, industry, region, values }: StreamedFacts): CityEnterprise => ({
  uscc,
  section: industry.code.slice(0, 1),
  regionCode: region.code,
  values,
});

async function readCity(facts: Pick<EnterpriseFactsStore, 'stream' | 'changes'>): Promise<Kept> {
  // First the changes, then the facts: what changes in between is seen twice instead of never.
  const changes = await facts.changes();
  const city = new CityColumns();
  const rowOf = new Map<string, number>();
  const ids: string[] = [];
  try {
    for await (const streamed of facts.stream(null)) {
      rowOf.set(streamed.id, city.append(enterpriseOf(streamed)));
      ids.push(streamed.id);
    }
  } catch (error) {
    await changes.close();
    throw error;
  }
  return { city, rowOf, ids, changes, entriesWhenRead: city.facts.entries };
}

async function applyChanges({ city, rowOf, ids, changes }: Kept): Promise<void> {
  for (let change = await changes.next(); change !== null; change = await changes.next()) {
    const { id, facts } = change;
    const row = rowOf.get(id);
    if (facts !== null) {
      if (row !== undefined) {
        city.replace(row, enterpriseOf(facts));
      } else {
        rowOf.set(id, city.append(enterpriseOf(facts)));
        ids.push(id);
      }
    } else if (row !== undefined) {
      city.remove(row);
      rowOf.delete(id);
      const moved = ids.pop();
      if (moved !== undefined && moved !== id) {
        ids[row] = moved;
        rowOf.set(moved, row);
      }
    }
  }
}
