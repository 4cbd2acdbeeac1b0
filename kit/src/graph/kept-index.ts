import type { KeptReading } from './kept-reading.js';

/** Looks up what a kept list says under a key: null when it says nothing, undefined when no list has ever been read. */
export type KeptIndex<Value> = (key: string) => Value | null | Promise<Value | null | undefined>;

/**
 * An index over a list that is kept, made once for each reading. A key that is not in it is looked for in a new
 * reading.
 * @param entryOf the key of a row and what is kept under it.
 */
export function keptIndex<Row, Value>(
  kept: Pick<KeptReading<readonly Row[]>, 'current' | 'renewed'>,
  entryOf: (row: Row) => readonly [key: string, value: Value | null],
): KeptIndex<Value> {
  let indexed: readonly Row[] | null = null;
  let entries: ReadonlyMap<string, Value | null> = new Map();
  const entriesOf = (list: readonly Row[] | null): ReadonlyMap<string, Value | null> => {
    if (list !== null && list !== indexed) [indexed, entries] = [list, new Map(list.map(entryOf))];
    return entries;
  };
  const lookAgain = async (key: string): Promise<Value | null | undefined> => {
    const list = await kept.renewed();
    return list === null ? undefined : (entriesOf(list).get(key) ?? null);
  };
  return (key) => {
    const found = entriesOf(kept.current()).get(key);
    return found === undefined ? lookAgain(key) : found;
  };
}
