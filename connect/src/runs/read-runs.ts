import { keysetFilter, keysetSort, type SortKey } from '@zhitong/kit/mongo';
import type { Filter } from 'mongodb';
import type { Connection } from 'mongoose';
import {
  connectorCollections,
  rowId,
  type ConflictRecord,
  type Origin,
  type RefusalRecord,
  type RunRecord,
  type SourceState,
} from './collections.js';
import { nextAfter } from './schedule.js';
import { isSoundRun, soundSource } from './sound-source.js';

/** A source as it is shown. */
export interface ShownSource extends SourceState {
  readonly lastRun: RunRecord | null;
  /** When a run was last done to its end. */
  readonly lastDoneAt: Date | null;
  readonly nextRunAt: Date | null;
  readonly openRefusals: number;
  readonly isSilent: boolean;
  /** What is damaged of what is kept of it, in Chinese; such a part is shown as if it were not set. */
  readonly faults: readonly string[];
}

/** Where a value of a record came from. */
export interface FieldOrigin extends Origin {
  readonly field: string;
  readonly source: string;
  readonly column: string | null;
}

/** Refusals by file and line. */
export const REFUSAL_ORDER = [
  { field: 'place.source', direction: 1 },
  { field: 'line', direction: 1 },
  { field: '_id', direction: 1 },
] as const satisfies readonly SortKey[];
type Position = Parameters<typeof keysetFilter>[1];

const HOUR_MS = 3_600_000;
const MOST = 200;

/** Reads of what the engine keeps, for the graph and the command line. */
export interface ConnectorReads {
  /** All sources, also one of which something that is kept is damaged. */
  sources(now: Date): Promise<ShownSource[]>;
  /** @throws Error for one that is damaged */
  source(name: string, now: Date): Promise<ShownSource | null>;
  /** Runs of a source, newest first; with `before` those that began before that run. */
  runs(source: string, page: { readonly limit: number; readonly before?: string | null }): Promise<RunRecord[]>;
  countRuns(source: string): Promise<number>;
  run(id: string): Promise<RunRecord | null>;
  /** Open refusals of a source in `REFUSAL_ORDER`; with `after` those behind that position. */
  refusals(source: string, page: { readonly limit: number; readonly after?: Position }): Promise<RefusalRecord[]>;
  /** Conflicts that stand, at most 200. */
  conflicts(target: string): Promise<ConflictRecord[]>;
  /** Open conflicts in which a source has a part, by key and field. */
  conflictsOf(
    source: string,
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly ConflictRecord[]>;
  countConflicts(source: string): Promise<number>;
  /** By key of one kind of record where each value came from: the source that is believed, of several. */
  origins(target: string, keys: readonly string[]): Promise<ReadonlyMap<string, readonly FieldOrigin[]>>;
  /** The same of every source that states a field, the least believed first. */
  allOrigins(target: string, keys: readonly string[]): Promise<ReadonlyMap<string, readonly FieldOrigin[]>>;
}

/** Open conflicts in which a source has a part. */
const openOf = (source: string) => ({ endedAt: null, $or: [{ 'won.source': source }, { 'lost.source': source }] });

/** Opens the reads over a department's own database. */
export function connectorReads(connection: Connection): ConnectorReads {
  const { sources, runs, refusals, conflicts, rows } = connectorCollections(connection);

  const newestRun = async (source: string, filter: object): Promise<RunRecord | null> =>
    runs.findOne({ source, ...filter }, { sort: { _id: -1 } });

  const shown = async (state: SourceState, now: Date): Promise<ShownSource> => {
    const [lastRun, lastDone, openRefusals] = await Promise.all([
      newestRun(state._id, {}),
      newestRun(state._id, { state: 'DONE' }),
      refusals.countDocuments({ source: state._id, state: 'OPEN' }),
    ]);
    const lastDoneAt = lastDone === null || !isSoundRun(lastDone) ? null : lastDone.finishedAt;
    const heardAt = lastDoneAt ?? state.registeredAt;
    return {
      ...state,
      lastRun,
      lastDoneAt,
      openRefusals,
      nextRunAt: state.schedule === null || state.isScheduled !== true ? null : nextAfter(state.schedule, now),
      isSilent: state.silentAfterHours !== null && now.getTime() - heardAt.getTime() > state.silentAfterHours * HOUR_MS,
      faults: [],
    };
  };

  /** What can be shown of a source of which something may be damaged. */
  const shownAsIs = async (kept: SourceState, now: Date): Promise<ShownSource> => {
    const { state, faults } = soundSource(kept);
    const source = await shown(state, now);
    return source.lastRun === null || isSoundRun(source.lastRun)
      ? { ...source, faults }
      : {
          ...source,
          lastRun: null,
          faults: [...faults, `最近一次运行 ${source.lastRun._id} 的记录已损坏，不予显示`],
        };
  };

  const allOrigins: ConnectorReads['allOrigins'] = async (target, keys) => {
    const own = await sources.find({ target }).sort({ precedence: -1 }).toArray();
    const found = await Promise.all(
      own.map(async ({ _id: source }) => ({
        source,
        rows: await rows
          .find({ _id: { $in: keys.map((key) => rowId(source, key)) }, goneIn: { $exists: false } })
          .toArray(),
      })),
    );
    const runIds = [...new Set(found.flatMap(({ rows: its }) => its.map(({ run }) => run)))];
    const columns = new Map(
      (await runs.find({ _id: { $in: runIds } }, { projection: { columns: 1 } }).toArray()).map((run) => [
        run._id,
        run.columns,
      ]),
    );
    const told = new Map<string, FieldOrigin[]>();
    for (const { source, rows: its } of found)
      for (const { _id, run, place, at, values, origins } of its) {
        const key = _id.slice(source.length + 1);
        const fields = Object.keys(values).map((field) => ({
          field,
          source,
          column: columns.get(run)?.[field] ?? null,
          ...(origins[field] ?? { run, place, at }),
        }));
        told.set(key, [...(told.get(key) ?? []), ...fields]);
      }
    return told;
  };

  return {
    sources: async (now) =>
      Promise.all(
        (await sources.find().sort({ _id: 1 }).limit(MOST).toArray()).map(async (one) => shownAsIs(one, now)),
      ),
    source: async (name, now) => {
      const state = await sources.findOne({ _id: name });
      return state === null ? null : shown(state, now);
    },
    runs: async (source, { limit, before }) =>
      runs
        .find({ source, ...(before ? { _id: { $lt: before } } : {}) })
        .sort({ _id: -1 })
        .limit(limit)
        .toArray(),
    countRuns: async (source) => runs.countDocuments({ source }),
    run: async (id) => runs.findOne({ _id: id }),
    refusals: async (source, { limit, after }) =>
      refusals
        .find({ source, state: 'OPEN', ...(keysetFilter(REFUSAL_ORDER, after) as Filter<RefusalRecord>) })
        .sort(keysetSort(REFUSAL_ORDER))
        .limit(limit)
        .toArray(),
    conflictsOf: async (source, { limit, after }) =>
      conflicts
        .find({ ...openOf(source), ...(after === null ? {} : { _id: { $gt: after } }) })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
    countConflicts: async (source) => conflicts.countDocuments(openOf(source)),
    conflicts: async (target) => conflicts.find({ endedAt: null, target }).sort({ _id: 1 }).limit(MOST).toArray(),
    allOrigins,
    origins: async (target, keys) =>
      new Map(
        [...(await allOrigins(target, keys))].map(([key, all]) => [
          key,
          // What a better source says of a field takes its place.
          [...new Map(all.map((origin) => [origin.field, origin])).values()],
        ]),
      ),
  };
}
