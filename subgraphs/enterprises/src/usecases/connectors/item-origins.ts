import type { ConnectorReads, FieldOrigin } from '@zhitong/connect';
import type { FactItemRecord } from '../../models/fact-item.js';
import type { Stores } from '../../stores.js';

/** An item that a source delivered, with where it came from. */
export interface ItemOrigin extends Pick<FactItemRecord, 'collection' | 'year' | 'item'> {
  readonly origin: FieldOrigin;
}

/** Where the items of enterprises' yearly collections came from, one origin for each item, by enterprise. */
export async function itemOrigins(
  usccs: readonly string[],
  { factItems, connectors }: Pick<Stores, 'factItems'> & { readonly connectors: Pick<ConnectorReads, 'origins'> },
): Promise<Map<string, ItemOrigin[]>> {
  const found = await factItems.ofMany(usccs);
  const told = new Map<string, ItemOrigin[]>();
  for (const target of new Set(found.map(({ _id }) => targetOf(_id)))) {
    const own = found.filter(({ _id }) => targetOf(_id) === target);
    const origins = await connectors.origins(
      target,
      own.map(({ _id }) => keyOf(_id)),
    );
    for (const { _id, uscc, collection, year, item } of own) {
      const number = origins.get(keyOf(_id))?.find(({ field }) => field === 'number');
      if (number === undefined) continue;
      const origin = { ...number, field: collection };
      told.set(uscc, [...(told.get(uscc) ?? []), { collection, year, item, origin }]);
    }
  }
  return told;
}

/** The id is the target, a slash and the key of the row. */
const targetOf = (id: string): string => id.slice(0, id.indexOf('/'));
const keyOf = (id: string): string => id.slice(id.indexOf('/') + 1);
