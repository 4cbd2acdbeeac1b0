import { hash } from 'node:crypto';
import { withoutPersonalData } from '@zhitong/kit';
import { maskName, maskTelephone } from '@zhitong/kit/personal-data';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { ClientSession } from 'mongoose';
import { holdsIdentityNumber, withNumbersHidden } from '../../mapping/readers/shown.js';
import type { Cell, SourceRecord } from '../../source-record.js';
import type { ConnectorCollections, RefusalRecord } from '../collections.js';
import type { RunSettings } from '../run-settings.js';
import { toldRow, WITHHELD } from './secret-rows.js';

/** Rows that one run keeps for the list of refusals: who has more has a fault of the file and not of rows. */
export const MOST_REFUSALS_KEPT = 10_000;
/** Characters of a cell that are kept: a cell of megabytes is known by its beginning. */
const LONGEST_CELL = 500;
const LONGEST_REASON = 1_000;

/** A row that was refused. */
export interface RefusedRow {
  readonly record: SourceRecord;
  /** Its line; where the source has no lines, which record of the run it is. */
  readonly line: number;
  readonly key: string | null;
  readonly column: string | null;
  readonly reason: string;
}

/** A cell as text, as the source writes it. */
export function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'empty':
      return '';
    case 'boolean':
      return cell.value ? 'TRUE' : 'FALSE';
    case 'text':
    case 'number':
    case 'date':
    case 'fault':
      return cell.text;
  }
}

const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22);

/** A name by its first character, a telephone number by its ends, of an identity number nothing. */
const masked = (text: string): string =>
  holdsIdentityNumber(text) ? shownText(text) : /\d{5}/.test(text) ? maskTelephone(text) : maskName(text);

/** Persons' numbers by what they are, in Chinese; those within other encodings are withheld as in logs. */
const shownText = (text: string): string => withoutPersonalData(withNumbersHidden(text));

/** A refused row as it may be told of, its personal data in clear. */
export const toldRefusal = (
  { record, column, reason }: RefusedRow,
  { secrecy }: Pick<RunSettings, 'secrecy'>,
): ReturnType<typeof toldRow> =>
  toldRow(
    record,
    { cells: [...record.cells].map(([header, cell]) => [header, cellText(cell)]), column, reason },
    secrecy,
  );

/**
 * Number of a refusal within its source: the same row refused again for the same reason is the same refusal. It is made
 * of what may be told, since a digest of one code among those of the register is found by trying them; rows of which
 * that leaves nothing are told apart by their line.
 */
export function refusalNumber(refused: RefusedRow, settings: Pick<RunSettings, 'secrecy'>): string {
  const { cells, reason } = toldRefusal(refused, settings);
  const { record, key, column, line } = refused;
  const isAlike = key === null && settings.secrecy?.isOf(record) === true;
  return digest(JSON.stringify([key, column, reason, cells, ...(isAlike ? [line] : [])]));
}

/**
 * The refusal of a row as it is kept: of an anonymous one what names nobody, personal data masked, and what looks like
 * a number of a person withheld wherever it stands.
 */
export function refusalRecord(
  refused: RefusedRow,
  settings: RunSettings,
  { run, at }: { readonly run: string; readonly at: Date },
): RefusalRecord {
  const { source, personalColumns } = settings;
  const { record, line, key, column } = refused;
  const { cells, reason } = toldRefusal(refused, settings);
  return {
    _id: `${source}/${refusalNumber(refused, settings)}`,
    source,
    run,
    key: key === null ? null : digest(key),
    place: record.place,
    line,
    cells: cells.map(([header, text]) => {
      const short = text.slice(0, LONGEST_CELL);
      return [header, personalColumns.has(header) && short !== WITHHELD ? masked(short) : shownText(short)] as const;
    }),
    column,
    reason: shownText(reason.slice(0, LONGEST_REASON)),
    at,
    state: 'OPEN',
    settledBy: null,
  };
}

/**
 * Stores refusals of a batch. One that stands open already is left as it is, but for its place when the row has moved,
 * and for the run where no key says which row it is; another one of the same key is settled by it.
 */
export async function storeRefusals(
  { refusals }: ConnectorCollections,
  records: readonly RefusalRecord[],
  { run, source, session }: { readonly run: string; readonly source: string; readonly session: ClientSession },
): Promise<void> {
  if (records.length === 0) return;
  const ids = records.map(({ _id }) => _id);
  const open = new Map(
    (
      await refusals
        .find({ _id: { $in: ids }, state: 'OPEN' }, { session, projection: { place: 1, line: 1 } })
        .toArray()
    ).map((stored) => [stored._id, JSON.stringify([stored.place, stored.line])]),
  );
  const writes = records.flatMap((record): AnyBulkWriteOperation<RefusalRecord>[] => {
    const { _id, key, place, line } = record;
    const stands = open.get(_id);
    if (stands === undefined || key === null)
      return [{ replaceOne: { filter: { _id }, replacement: record, upsert: true } }];
    return stands === JSON.stringify([place, line])
      ? []
      : [{ updateOne: { filter: { _id }, update: { $set: { place, line } } } }];
  });
  if (writes.length > 0) await refusals.bulkWrite(writes, { session, ordered: false });
  const keys = records.flatMap(({ key }) => key ?? []);
  await refusals.updateMany(
    { source, key: { $in: keys }, state: 'OPEN', _id: { $nin: ids }, run: { $ne: run } },
    { $set: { state: 'REPEATED', settledBy: run } },
    { session },
  );
}

/** What settles refusals: keys, and numbers of refusals that came back with corrected rows. */
export interface Settling {
  readonly keys: readonly string[];
  readonly numbers: readonly string[];
}

/** Settles the refusals of rows that a run has taken. */
export async function settleRefusals(
  { refusals }: ConnectorCollections,
  { keys, numbers }: Settling,
  { run, source, session }: { readonly run: string; readonly source: string; readonly session: ClientSession },
): Promise<void> {
  const settledBy = { $set: { state: 'TAKEN', settledBy: run } } as const;
  const open = { source, state: 'OPEN', run: { $ne: run } } as const;
  if (keys.length > 0) await refusals.updateMany({ ...open, key: { $in: keys.map(digest) } }, settledBy, { session });
  if (numbers.length > 0)
    await refusals.updateMany({ ...open, _id: { $in: numbers.map((number) => `${source}/${number}`) } }, settledBy, {
      session,
    });
}
