import type { Binary, Collection } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Place, Position } from '../source-record.js';
import type { FieldValue, Landed, RowFlag } from '../target.js';
import type { RunCounts } from './run-counts.js';
import type { RunFailure } from './run-failure.js';
import type { DriftDecision } from './run-settings.js';

/** A source as its department registered it. */
export interface SourceState {
  /** Its name. */
  readonly _id: string;
  readonly target: string;
  readonly department: string;
  readonly precedence: number;
  readonly keeper: string | null;
  readonly schedule: string | null;
  readonly silentAfterHours: number | null;
  /** Absent of a source that was entered before this could be said. */
  readonly undoDays?: number;
  /** Headers of columns that hold personal data; absent of a source that was entered before they were kept. */
  readonly personalColumns?: readonly string[];
  /** The department's process runs it by its schedule; absent or false: only by hand. */
  readonly isScheduled?: boolean;
  /** From when on silence counts where no run was done yet. */
  readonly registeredAt: Date;
  /** How often another source's undoing has made rows of this one land again; absent: never. */
  readonly sayAgain?: number;
  /** When its silence was reported; null while it delivers. */
  readonly silenceToldAt: Date | null;
}

/**
 * `RUNNING`: at work, or its process died; `FAILED`, `STOPPED`: broken off, the next run goes on there; `REFUSED`:
 * nothing was read, because of drift; `DONE`: read to its end; `ABANDONED`: broken off, and the source has another
 * content by now; `UNDONE`: taken back, or being taken back.
 */
export type RunState = 'RUNNING' | 'FAILED' | 'STOPPED' | 'REFUSED' | 'DONE' | 'ABANDONED' | 'UNDONE';

/** What became of the records that the source did not deliver any more. */
export interface SweepOutcome {
  /** Records that the source had and did not deliver. */
  readonly missing: number;
  readonly marked: number;
  /** Records of those that the department keeps as they are, with its reasons counted. */
  readonly left: number;
  /** Why nothing was marked, in Chinese; null when it was. */
  readonly refused: string | null;
}

/** A record that undoing left as it is. */
export interface LeftRecord {
  readonly key: string;
  /** In Chinese. */
  readonly reason: string;
}

/** A row with a cell that was mended, for whoever checks it. */
export interface FlaggedRow extends RowFlag {
  readonly place: Place;
}

export interface Undoing {
  readonly at: Date;
  readonly by: string;
  readonly undone: number;
  readonly left: number;
  /** The first hundred that were left. */
  readonly leftRecords: readonly LeftRecord[];
}

/** One run of a source, with all that it says of itself. */
export interface RunRecord {
  /** ULID. */
  readonly _id: string;
  readonly source: string;
  readonly target: string;
  readonly department: string;
  readonly mappingDigest: string;
  /** Fingerprint of the content, where the source has one. */
  readonly digest: string | null;
  readonly state: RunState;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** How often it was gone on with. */
  readonly resumed: number;
  readonly counts: RunCounts;
  readonly conflicts: number;
  /** Refused rows of which not even the key is known. */
  readonly refusedWithoutKey: number;
  /** Refused rows that were kept for the list; the others are in the reject file alone. */
  readonly refusalsKept: number;
  /** Where the source was read from; null: its beginning. */
  readonly startPosition: Position | null;
  /** The last record whose outcome is stored. */
  readonly position: Position | null;
  /** Batches that are stored; who writes the next one must know it, so that two processes never write one run. */
  readonly batches: number;
  /** Bytes of the reject file that belong to stored batches. */
  readonly rejectBytes: number;
  /** What the reader decided: encoding, sheet, hidden rows. */
  readonly notes: readonly string[];
  /** Header of the column that each field came from, as the last row has it. */
  readonly columns: Readonly<Record<string, string>>;
  readonly drift: DriftDecision | null;
  /** Why it was broken off or not begun, in Chinese. */
  readonly failure: string | null;
  /** The same with its code, in the languages of its readers; absent of runs before there were codes. */
  readonly why?: RunFailure | null;
  readonly sweep: SweepOutcome | null;
  readonly undoing: Undoing | null;
  /** Rows with a cell that was mended as the mapping asks; absent of runs before there was such a setting. */
  readonly flagged?: number;
  /** The first hundred of them. */
  readonly flags?: readonly FlaggedRow[];
  /** Number of the delivery, of a file that was dropped or pushed. */
  readonly delivery?: string;
}

/** Where a value came from. */
export interface Origin {
  readonly run: string;
  readonly place: Place;
  readonly at: Date;
}

/** What a source says of one key: the last delivery that said something new. */
export interface RowState extends Origin {
  /** `<source>/<key>`. */
  readonly _id: string;
  /** Digest of the row; null when the next delivery must land whatever it says. */
  readonly hash: string | null;
  /** Digest of the record that it was made of, and of what mapped it; absent of rows that must be mapped each time. */
  readonly read?: string;
  /** What it said, of personal data digests. */
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Origins of the fields that said the same in earlier deliveries. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** Set once a complete delivery did not have it. */
  readonly goneIn?: string;
}

/** What a run did to one record, for undoing it. */
export interface Change {
  readonly key: string;
  readonly kind: Extract<Landed['kind'], 'new' | 'changed'>;
  readonly before: unknown;
  /** The row before; null for a key that the source had not delivered. */
  readonly row: RowState | null;
  /** Previous values held an identity number and are not kept: undoing leaves the record. */
  readonly isWithheld?: boolean;
}

/**
 * What one batch leaves: a page of keys while the run is under way, and what it changed for as long as it may be
 * undone.
 */
export type BatchRecord =
  | { readonly _id: string; readonly run: string; readonly kind: 'KEYS'; readonly batch: number; readonly keys: Binary }
  | {
      readonly _id: string;
      readonly run: string;
      readonly kind: 'CHANGES';
      readonly batch: number;
      readonly part: number;
      readonly changes: readonly Change[];
    };

/**
 * `OPEN`: to be corrected; `TAKEN`: a later run took the key; `REPEATED`: refused again with another text or reason.
 */
export type RefusalState = 'OPEN' | 'TAKEN' | 'REPEATED';

/** A refused row, for who corrects it. */
export interface RefusalRecord {
  /** `<source>/<digest of row and reason>`: the same row refused again is the same refusal. */
  readonly _id: string;
  readonly source: string;
  readonly run: string;
  /** Digest of the natural key, which may be a number of a person; null where it could not be read. */
  readonly key: string | null;
  readonly place: Place;
  /** Its line; where the source has no lines, which record of its run it was. Lists are in this order. */
  readonly line: number;
  /** The row as text by column, personal data masked. */
  readonly cells: readonly (readonly [column: string, text: string])[];
  readonly column: string | null;
  readonly reason: string;
  readonly at: Date;
  readonly state: RefusalState;
  /** The run that took the key or refused it again. */
  readonly settledBy: string | null;
}

/** A value with the source that states it. */
export interface StatedValue {
  readonly source: string;
  readonly value: FieldValue;
}

/** Two sources that state different values of one field. */
export interface ConflictRecord {
  /** `<target>/<key>/<field>/<the two sources>`. */
  readonly _id: string;
  readonly target: string;
  readonly key: string;
  readonly field: string;
  readonly won: StatedValue;
  readonly lost: StatedValue;
  readonly run: string;
  readonly at: Date;
  /** When they agreed again. */
  readonly endedAt: Date | null;
}

/** What is remembered of a delivery that was pushed. */
export interface PushRecord {
  /** `<source>/<webhook-id>`. */
  readonly _id: string;
  /** Hexadecimal SHA-256 of its bytes, once they came: another content never comes under its number. */
  readonly digest?: string;
  /** Times under which it was signed: a signature is of one number, time and content, and counts once. */
  readonly stamps: readonly string[];
  readonly receivedOn: Date;
  /** The first rows that its run refused. */
  readonly refusals?: readonly string[];
}

export interface ConnectorCollections {
  readonly sources: Collection<SourceState>;
  readonly runs: Collection<RunRecord>;
  readonly rows: Collection<RowState>;
  readonly batches: Collection<BatchRecord>;
  readonly refusals: Collection<RefusalRecord>;
  readonly conflicts: Collection<ConflictRecord>;
  readonly pushes: Collection<PushRecord>;
}

/** The engine's collections in a department's own database. */
export const connectorCollections = (connection: Connection): ConnectorCollections => ({
  sources: connection.collection('connector_sources'),
  runs: connection.collection('connector_runs'),
  rows: connection.collection('connector_rows'),
  batches: connection.collection('connector_batches'),
  refusals: connection.collection('connector_refusals'),
  conflicts: connection.collection('connector_conflicts'),
  pushes: connection.collection('connector_pushes'),
});

/**
 * Builds the indexes of the engine's collections; safe to call at each start, and to be called before the first run.
 */
export async function ensureConnectorIndexes(connection: Connection): Promise<void> {
  const { sources, runs, batches, refusals, conflicts } = connectorCollections(connection);
  await Promise.all([
    sources.createIndexes([{ key: { target: 1 } }]),
    runs.createIndexes([
      { key: { source: 1, _id: -1 } },
      { key: { source: 1, delivery: 1 }, partialFilterExpression: { delivery: { $exists: true } } },
    ]),
    // Of rows the _id alone: it begins with the source, and every further index is paid for by each row.
    batches.createIndexes([{ key: { run: 1, kind: 1, batch: -1, part: -1 } }]),
    refusals.createIndexes([
      { key: { source: 1, state: 1, 'place.source': 1, line: 1, _id: 1 } },
      { key: { source: 1, key: 1 } },
    ]),
    conflicts.createIndexes([
      { key: { endedAt: 1, _id: 1 } },
      { key: { 'won.source': 1, endedAt: 1, _id: 1 } },
      { key: { 'lost.source': 1, endedAt: 1, _id: 1 } },
    ]),
  ]);
  // Refusals of earlier versions have the line in their place alone.
  await refusals.updateMany({ line: { $exists: false } }, [{ $set: { line: { $ifNull: ['$place.line', 0] } } }]);
}

/** Name of a source's row. */
export const rowId = (source: string, key: string): string => `${source}/${key}`;
/** The key in it: names of sources have no slash. */
export const keyOfRow = (id: string): string => id.slice(id.indexOf('/') + 1);
