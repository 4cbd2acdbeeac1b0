import { withoutPersonalData } from '@zhitong/kit';
import { isWithheld } from '../corrections/withheld.js';
import type { ConflictRecord, RefusalRecord, RunRecord, RunState } from '../runs/collections.js';
import type { FieldOrigin, ShownSource } from '../runs/read-runs.js';
import type { RunCounts } from '../runs/run-counts.js';
import type { RunFailure } from '../runs/run-failure.js';
import type { Place } from '../source-record.js';

/** A run as the graph's ConnectorRun. */
export interface ConnectorRunView {
  readonly id: string;
  readonly state: RunState;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly resumed: number;
  readonly counts: RunCounts;
  readonly conflicts: number;
  readonly notes: string[];
  readonly differences: string[];
  readonly failure: string | null;
  readonly why: RunFailure | null;
}

/** A source as the graph's ConnectorSource, without its lists. */
export interface ConnectorSourceView {
  readonly name: string;
  readonly target: string;
  readonly departmentCode: string;
  readonly keeper: string | null;
  readonly precedence: number;
  readonly schedule: string | null;
  readonly nextRunAt: Date | null;
  readonly lastRun: ConnectorRunView | null;
  readonly lastDoneAt: Date | null;
  readonly silentAfterHours: number | null;
  readonly isSilent: boolean;
  readonly openRefusals: number;
  readonly faults: string[];
  /** Headers of columns that hold personal data; null of a source of which they are not known. */
  readonly personalColumns: readonly string[] | null;
}

/** A place as the graph tells it. */
interface PlaceView {
  readonly file: string;
  readonly sheet: string | null;
  readonly line: number | null;
  readonly key: string | null;
}

/** A refused row as the graph's ConnectorRefusal. */
export interface ConnectorRefusalView extends PlaceView {
  readonly id: string;
  readonly run: string;
  readonly at: Date;
  /** Its place in the file, for the order of lists. */
  readonly order: number;
  readonly cells: { readonly column: string; readonly text: string; readonly isWithheld: boolean }[];
  readonly column: string | null;
  readonly reason: string;
  readonly keeper: string | null;
}

/** A conflict as the graph's ConnectorConflict. */
export interface ConnectorConflictView {
  readonly id: string;
  readonly key: string;
  readonly field: string;
  readonly wonBy: string;
  readonly won: string | null;
  readonly lostBy: string;
  readonly lost: string | null;
  readonly run: string;
  readonly at: Date;
}

/** An origin as the graph's FieldOrigin. */
export interface FieldOriginView extends PlaceView {
  readonly field: string;
  readonly source: string;
  readonly column: string | null;
  readonly run: string;
  readonly at: Date;
}

/** A primary key of another system may be the number of a person. */
const placeView = ({ source, sheet, line, key }: Place): PlaceView => ({
  file: source,
  sheet: sheet ?? null,
  line: line ?? null,
  key: key === undefined ? null : withoutPersonalData(key),
});

export const runView = ({ _id, drift, notes, ...run }: RunRecord): ConnectorRunView => ({
  id: _id,
  state: run.state,
  startedAt: run.startedAt,
  finishedAt: run.finishedAt,
  resumed: run.resumed,
  counts: run.counts,
  conflicts: run.conflicts,
  notes: [...notes],
  differences: drift?.differences.map(({ text }) => text) ?? [],
  failure: run.failure,
  why: run.why ?? null,
});

export const sourceView = ({ _id, department, lastRun, ...source }: ShownSource): ConnectorSourceView => ({
  name: _id,
  target: source.target,
  departmentCode: department,
  keeper: source.keeper,
  precedence: source.precedence,
  schedule: source.schedule,
  nextRunAt: source.nextRunAt,
  lastRun: lastRun === null ? null : runView(lastRun),
  lastDoneAt: source.lastDoneAt,
  silentAfterHours: source.silentAfterHours,
  isSilent: source.isSilent,
  openRefusals: source.openRefusals,
  faults: [...source.faults],
  personalColumns: source.personalColumns ?? null,
});

/** @param source of which it is a refused row, with who looks after those */
export const refusalView = (
  { _id, place, line, run, at, cells, column, reason }: RefusalRecord,
  { keeper, personalColumns }: Pick<ConnectorSourceView, 'keeper' | 'personalColumns'>,
): ConnectorRefusalView => ({
  id: _id,
  run,
  at,
  order: line,
  ...placeView(place),
  cells: cells.map(([header, text]) => ({
    column: header,
    text,
    isWithheld: isWithheld(text, personalColumns === null || personalColumns.includes(header)),
  })),
  column,
  reason,
  keeper,
});

/** What is kept of personal data is a digest, which says nothing to anybody. */
const DIGEST = /^#[\w-]{22}$/;
const stated = (value: ConflictRecord['won']['value']): string | null => {
  const text = typeof value === 'object' ? (value ?? []).join('；') : String(value);
  return DIGEST.test(text) ? null : withoutPersonalData(text);
};

export const conflictView = ({ _id, key, field, won, lost, run, at }: ConflictRecord): ConnectorConflictView => ({
  id: _id,
  key: withoutPersonalData(key),
  field,
  wonBy: won.source,
  won: stated(won.value),
  lostBy: lost.source,
  lost: stated(lost.value),
  run,
  at,
});

export const originView = ({ field, source, column, place, run, at }: FieldOrigin): FieldOriginView => ({
  field,
  source,
  column,
  ...placeView(place),
  run,
  at,
});
