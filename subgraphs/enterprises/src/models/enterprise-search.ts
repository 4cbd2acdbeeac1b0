import type { Connection, mongo } from 'mongoose';
import { NAME_TERMS_FORM, nameTerms } from '../domain/search/name-terms.js';
import type { SearchTerms, SearchWay } from '../domain/search/search-terms.js';

const RENEWED_AT_ONCE = 1_000;

/** What is looked for: by what was typed, or the codes that it stands for. */
export type Searched = SearchTerms | { readonly codes: readonly string[] };

/** What a name is found by. */
export function nameFields(name: string) {
  const { pairs, initials, sound } = nameTerms(name);
  return { nameLength: [...name].length, namePairs: [...pairs], nameInitials: [...initials], nameSound: sound };
}

/** An enterprise with its name. */
interface Named {
  readonly uscc: string;
  readonly name: string;
}

/**
 * Reads names again that were stored before the form of their terms; a register that is in the form already is not
 * looked through. May be killed and run again, also by several processes at once.
 */
export async function renewNameTerms(db: Connection, enterprises: mongo.Collection): Promise<void> {
  const forms = db.collection<{ _id: string; form: number }>('derived_forms');
  const mark = { _id: 'enterprise-names', form: NAME_TERMS_FORM };
  if ((await forms.findOne(mark)) !== null) return;
  const write = async (names: readonly Named[]): Promise<void> => {
    await enterprises.bulkWrite(
      names.map(({ uscc, name }) => ({
        updateOne: { filter: { uscc, name }, update: { $set: nameFields(name) } },
      })),
      { ordered: false },
    );
  };
  let batch: Named[] = [];
  for await (const { uscc, name } of enterprises.find<Named>({}, { projection: { _id: 0, uscc: 1, name: 1 } })) {
    batch.push({ uscc, name });
    if (batch.length < RENEWED_AT_ONCE) continue;
    await write(batch);
    batch = [];
  }
  if (batch.length > 0) await write(batch);
  await forms.updateOne({ _id: mark._id }, { $set: { form: mark.form } }, { upsert: true });
}

/** What MongoDB is asked. */
export function searchFilter(terms: Searched): Record<string, unknown> {
  if ('codes' in terms) return { uscc: { $in: [...terms.codes] } };
  const { code, ways } = terms;
  const conditions = [...(code === null ? [] : [{ uscc: { $gte: code, $lt: `${code}~` } }]), ...ways.map(wayFilter)];
  return conditions.length === 1 ? (conditions[0] ?? {}) : { $or: conditions };
}

/** Index candidates; where those are not decided yet, the readings of the whole name decide. */
const wayFilter = ({ pairs, initials, sound }: SearchWay): Record<string, unknown> => ({
  ...(pairs.length === 0 ? {} : { namePairs: { $all: [...pairs] } }),
  // Both ends of the range are met by one and the same term, and not by two.
  ...(initials === null ? {} : { nameInitials: { $elemMatch: { $gte: initials, $lt: `${initials}~` } } }),
  ...(sound === null ? {} : { nameSound: new RegExp(sound) }),
});
