import { mongo, Schema, type Connection } from 'mongoose';
import { NO_SUMS } from '../../domain/audit/audit-sums.js';
import { RUNNING_FIGURES, type RunningStep } from '../../domain/audit/running-figures.js';
import { totalOf } from '../exact-sum.js';
import type { AuditGroupRow } from './audit-groups.js';

type Amounts = Record<(typeof RUNNING_FIGURES)[number], mongo.Long>;
export type StoredStep = Pick<RunningStep, 'groupBy' | 'key' | 'day'> & Amounts;

/**
 * Whether the figures are made. Figures that are made anew are of another generation: what is left of the one before
 * counts for nobody, and is removed beside the work, for a transaction could not hold all of it.
 */
export interface RunningState {
  readonly name: string;
  readonly form: number;
  readonly generation: number;
  readonly isReady: boolean;
  /** True while writers may be at work who know the generation before; left out of figures that are ready. */
  readonly waits?: boolean;
  /** From which moment on they are not ready, RFC 3339 in UTC; left out of figures that are ready. */
  readonly since?: string;
}

const required = true;
/** What is added to a group from a day on, or within a month of which `day` is the first. */
const rowsSchema = (collection: string) => {
  const schema = new Schema<Pick<RunningStep, 'groupBy' | 'key' | 'day'> & { generation: number }>(
    {
      generation: { type: Number, required },
      groupBy: { type: String, required },
      key: { type: String, required },
      day: { type: String, required },
    },
    { collection, versionKey: false },
  );
  schema.index({ generation: 1, groupBy: 1, day: 1, key: 1 }, { unique: true });
  return schema;
};
const daysSchema = rowsSchema('running_figures');
const monthsSchema = rowsSchema('running_months');
/** What writers leave: steps, or while the figures are being made the numbers of the commitments that they wrote. */
const changesSchema = new Schema<{ generation: number; steps?: StoredStep[]; commitments?: string[] }>(
  {
    generation: { type: Number, required },
    steps: { type: [Schema.Types.Mixed], default: undefined } as never,
    commitments: { type: [String], default: undefined },
  },
  { collection: 'running_changes', versionKey: false },
);
changesSchema.index({ generation: 1 });
const stateSchema = new Schema<RunningState>(
  {
    name: { type: String, required },
    form: { type: Number, required },
    generation: { type: Number, required },
    isReady: { type: Boolean, required },
    waits: Boolean,
    since: String,
  },
  { collection: 'running_state', versionKey: false },
);
stateSchema.index({ name: 1 }, { unique: true });

/** The collections of the figures that run along. */
export const runningCollections = (db: Connection) => ({
  days: db.model('RunningFigures', daysSchema).collection,
  months: db.model('RunningMonths', monthsSchema).collection,
  changes: db.model('RunningChanges', changesSchema).collection,
  states: db.model('RunningState', stateSchema).collection,
});

export const storedStep = ({ groupBy, key, day, ...amounts }: RunningStep): StoredStep => ({
  groupBy,
  key,
  day,
  ...(Object.fromEntries(RUNNING_FIGURES.map((figure) => [figure, mongo.Long.fromBigInt(amounts[figure])])) as Amounts),
});

const STEP_FIELDS = ['groupBy', 'key', 'day', ...RUNNING_FIGURES].sort().join();
const isWhole = (value: unknown): boolean =>
  mongo.Long.isLong(value) || (typeof value === 'number' && Number.isSafeInteger(value));

/** A row as the database gives it: whole numbers that are small come as numbers, others as its own Long. */
type ReadStep = Pick<RunningStep, 'groupBy' | 'key' | 'day'> & Readonly<Record<string, unknown>>;

export const isStep = (row: unknown): row is ReadStep =>
  typeof row === 'object' &&
  row !== null &&
  Object.keys(row).sort().join() === STEP_FIELDS &&
  RUNNING_FIGURES.every((figure) => isWhole(Reflect.get(row, figure)));

export const stepOf = ({ groupBy, key, day, ...amounts }: ReadStep): RunningStep =>
  ({
    groupBy,
    key,
    day,
    ...Object.fromEntries(RUNNING_FIGURES.map((figure) => [figure, totalOf(amounts[figure])])),
  }) as RunningStep;

/** The steps of a stored change; what somebody broke in it counts as nothing, and `verify` names it. */
export const stepsOf = (steps: unknown): RunningStep[] =>
  Array.isArray(steps) ? steps.filter((step) => isStep(step)).map(stepOf) : [];

export const nameOf = (row: Readonly<Record<string, unknown>>): string =>
  ['groupBy', 'key', 'day'].map((field) => String(row[field])).join('/');

export const groupOf = ({ groupBy, key, day: _day, ...sums }: RunningStep): AuditGroupRow => ({
  ...NO_SUMS,
  ...sums,
  key,
  promisor: groupBy === 'DEPARTMENT' ? key : null,
  official: null,
  promisedCount: Number(sums.promisedCount),
  count: Number(sums.count),
  overdueCount: Number(sums.overdueCount),
});
