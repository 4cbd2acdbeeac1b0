import type { LegalDay } from '@zhitong/values';
import { Schema, type Connection } from 'mongoose';
import type { ClientSession, Document } from 'mongodb';
import { dropFormerIndex } from '@zhitong/kit/mongo';
import {
  answersByDay,
  answersMove,
  answersOf,
  columnsOf,
  type AnswersOfDay,
} from '../../domain/figures/answers-of-day.js';
import { keptRows, monthsMoved, type CountedCase, type Recount } from '../../domain/figures/kept-figures.js';

const required = true;
const rows = new Schema(
  {
    generation: { type: Number, required },
    grouping: { type: String, required },
    span: { type: String, required },
    on: { type: String, required },
    known: { type: String, required },
    isAtEnd: { type: Boolean, required },
    key: { type: String },
    sums: { type: Schema.Types.Mixed },
  },
  { collection: 'kept_figures', versionKey: false, strict: 'throw' },
);
rows.index({ generation: 1, grouping: 1, span: 1, on: 1, known: 1, isAtEnd: 1, key: 1 }, { unique: true });
/** The answers of each day, by column: 37 bytes each, so that a document holds 400,000 of one day. */
const helped = new Schema(
  {
    generation: { type: Number, required },
    day: { type: String, required },
    cases: { type: Buffer, required },
    enterprises: { type: Buffer, required },
    anonymous: { type: Buffer, required },
    keys: { type: Schema.Types.Mixed, required },
    departments: { type: Schema.Types.Mixed, required },
  },
  { collection: 'helped_enterprises', versionKey: false, strict: 'throw' },
);
helped.index({ generation: 1, day: 1 }, { unique: true });
const months = new Schema(
  {
    generation: { type: Number, required },
    month: { type: String, required },
    /** Grows with each change of what is counted of the month. */
    revision: { type: Number },
  },
  { collection: 'figure_months', versionKey: false, strict: 'throw' },
);
months.index({ generation: 1, month: 1 }, { unique: true });
/** The collections of what is kept; everything of another generation than the present one is no longer part of it. */
export const KEPT = ['kept_figures', 'helped_enterprises', 'figure_months'] as const;

/** Fields of a case of which its figures are made. */
export const COUNTED_FIELDS = [
  'facts',
  'region',
  'channel',
  'kind',
  'origin',
  'industry',
  'month',
  'complainantKey',
  'departments',
] as const;
export const FIGURES_OF = {
  ...Object.fromEntries(COUNTED_FIELDS.map((field) => [field, 1])),
  'complainant.anonymous': 1,
};
export const PROJECTED = { _id: 0, caseNumber: 1, countedIn: 1, counted: 1, ...FIGURES_OF };

/**
 * What a view that is written says of its figures: that they are not counted yet, and as what the case was counted
 * until now.
 */
export const NOT_COUNTED = {
  countedIn: null,
  counted: {
    $cond: [
      { $isNumber: '$countedIn' },
      {
        generation: '$countedIn',
        ...Object.fromEntries(COUNTED_FIELDS.map((field) => [field, `$${field}`])),
        complainant: { anonymous: '$complainant.anonymous' },
      },
      { $ifNull: ['$counted', null] },
    ],
  },
};

/** A case as it is stored, with what figures are made of; what was stored before there were facts has none. */
export interface StoredCounted extends Omit<CountedCase, 'isAnonymous' | 'facts' | 'departments'> {
  readonly facts?: CountedCase['facts'];
  readonly departments?: CountedCase['departments'];
  readonly complainant?: { readonly anonymous: boolean };
}
export interface StoredRecount extends StoredCounted {
  readonly countedIn?: number | null;
  readonly counted?: (Omit<StoredCounted, 'caseNumber'> & { readonly generation: number }) | null;
}

export const countedCase = (
  caseNumber: string,
  { complainant, facts, departments, ...stored }: Omit<StoredCounted, 'caseNumber'>,
): CountedCase => ({
  ...stored,
  caseNumber,
  facts: facts ?? [],
  departments: departments ?? [],
  isAnonymous: complainant?.anonymous === true,
});
export const recountOf = ({ countedIn, counted, ...stored }: StoredRecount, generation: number): Recount => {
  const now = countedCase(stored.caseNumber, stored);
  if (countedIn === generation) return { before: now, now };
  return { before: counted?.generation === generation ? countedCase(stored.caseNumber, counted) : null, now };
};

/** Form of what is kept: with another one everything is counted anew. */
const FORM = 3;
/** More than ever are begun of one form. */
const GENERATIONS = 1_000_000;
/** The first generation of what is kept, in a database in which nothing was counted anew. */
export const FIRST_GENERATION = (FORM - 1) * GENERATIONS;

/** The generation of what is kept: a higher one from the moment on from which everything is counted anew. */
export const generationOf = async (db: Connection, session: ClientSession): Promise<number> =>
  FIRST_GENERATION +
  ((await db.collection<{ _id: string; number: number }>('figure_generation').findOne({ _id: 'present' }, { session }))
    ?.number ?? 0);

/** Cases that what is kept does not count as they are. */
export const uncountedIn = (generation: number): Document => ({ countedIn: { $ne: generation } });

/** Changes what is kept by what cases count otherwise. */
export async function writeRecounts(
  db: Connection,
  recounts: readonly Recount[],
  generation: number,
  session: ClientSession,
): Promise<void> {
  const changed = keptRows(recounts);
  if (changed.length > 0)
    await db.collection('kept_figures').bulkWrite(
      changed.map(({ sums, ...row }) => ({
        updateOne: {
          filter: { generation, ...row },
          update: { $inc: Object.fromEntries(Object.entries(sums).map(([name, by]) => [`sums.${name}`, by])) },
          upsert: true,
        },
      })),
      { session, ordered: false },
    );
  await writeAnswers(db, recounts, generation, session);
  const moved = monthsMoved(recounts);
  if (moved.length > 0)
    await db.collection('figure_months').bulkWrite(
      moved.map((month) => ({
        updateOne: {
          filter: { generation, month },
          update: { $inc: { revision: 1 } },
          upsert: true,
        },
      })),
      { session, ordered: false },
    );
}

/** Puts the answers of cases that count otherwise in the place of those that were kept of them. */
async function writeAnswers(
  db: Connection,
  recounts: readonly Recount[],
  generation: number,
  session: ClientSession,
): Promise<void> {
  const moved = recounts.filter(answersMove);
  const of = (member: 'before' | 'now') =>
    moved.flatMap(({ [member]: counted }) => (counted === null ? [] : [counted]));
  const [before, now] = [answersByDay(of('before')), answersByDay(of('now'))];
  const days = [...new Set([...before.keys(), ...now.keys()])];
  if (days.length === 0) return;
  const gone = new Set(
    [...before.values()].flatMap((answers) => answers.map(({ caseHash }) => caseHash.toString('latin1'))),
  );
  const kept = await db
    .collection<AnswersOfDay & { readonly day: LegalDay }>('helped_enterprises')
    .find({ generation, day: { $in: days } }, { session, promoteBuffers: true })
    .toArray();
  const staying = new Map(
    kept.map((stored) => [
      stored.day,
      answersOf(stored).filter(({ caseHash }) => !gone.has(caseHash.toString('latin1'))),
    ]),
  );
  await db.collection('helped_enterprises').bulkWrite(
    days.map((day) => ({
      replaceOne: {
        filter: { generation, day },
        replacement: { generation, day, ...columnsOf([...(staying.get(day) ?? []), ...(now.get(day) ?? [])]) },
        upsert: true,
      },
    })),
    { session, ordered: false },
  );
}

/** Takes a case that is removed out of what is kept. */
export async function uncount(db: Connection, caseNumber: string, session: ClientSession): Promise<void> {
  const stored = await db
    .collection('cases')
    .findOne<StoredRecount>({ caseNumber }, { projection: PROJECTED, session });
  if (stored === null) return;
  const generation = await generationOf(db, session);
  await writeRecounts(db, [{ ...recountOf(stored, generation), now: null }], generation, session);
}

/**
 * Drops what an earlier release kept of enterprises helped, by month and not by day, with its index: rows without a day
 * would stand in the way of the present index. What stands in their place is counted of the cases.
 */
export async function dropFormerFigures(db: Connection): Promise<void> {
  const former = db.collection('helped_enterprises');
  await dropFormerIndex(former, 'generation_1_month_1_grouping_1');
  await former.deleteMany({ day: null });
}

/** Makes the collections of what is kept known, with their indexes. */
export function keptCollections(db: Connection): void {
  db.model('KeptFigures', rows);
  db.model('HelpedEnterprises', helped);
  db.model('FigureMonth', months);
}
