import type { Secrecy } from './rows/secret-rows.js';

/** How a column of a source differs from what the mapping was written for. */
export interface ColumnDifference {
  readonly column: string;
  readonly kind: 'added' | 'missing' | 'renamed' | 'retyped';
  /** In Chinese: what was expected and what is there. */
  readonly text: string;
}

/**
 * What is done about such differences, by the contracts of the columns: nothing is written, every row is put aside, or
 * the run goes on.
 */
export interface DriftDecision {
  readonly decision: 'STOP' | 'QUARANTINE' | 'GO_ON';
  readonly differences: readonly ColumnDifference[];
  /** The columns with what their values look like, for the next run to compare. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** What of a mapping the run engine goes by. */
export interface RunSettings {
  /** Name of the source: small letters, digits and hyphens. */
  readonly source: string;
  /** Code of the department that delivers. */
  readonly department: string;
  /** Hexadecimal SHA-256 of the mapping: a run that was broken off under another mapping is not gone on with. */
  readonly mappingDigest: string;
  /**
   * Which source is believed where two state different values of one field: 1 before 2. Of equal ones the newer
   * delivery.
   */
  readonly precedence: number;
  /** Headers of columns that hold personal data: masked where refused rows are kept. */
  readonly personalColumns: ReadonlySet<string>;
  /** Which refused rows may be anonymous, and what of them may be told; absent where none can be. */
  readonly secrecy?: Secrecy;
  /** A source that gives only what is new since its last position (watermark) and never everything. */
  readonly isIncremental: boolean;
  /** Rows that are given by hand in place of the source: what they do not hold says nothing of what the source has. */
  readonly isByHand?: boolean;
  /** Number of the delivery whose rows these are, where a file was dropped or pushed: each is run to its end once. */
  readonly delivery?: string;
  /** Marks what a complete delivery no longer has, at most this share (0 to 1) of what the source had; null: never. */
  readonly sweep: { readonly mostShare: number } | null;
  /** The source itself says what it has no more, and nothing follows from what a run did not meet. */
  readonly tellsDeletions?: boolean;
  /** Who looks after refused rows: an office or a person, as the mapping says. */
  readonly keeper: string | null;
  /** Five-field cron expression in Asia/Shanghai; null for a source that is run by hand. */
  readonly schedule: string | null;
  /** A source of which no run was done for so long is reported; null: never. */
  readonly silentAfterHours: number | null;
  /** For so many days its runs can be undone, and previous values are kept; 90 when it is not said, 0: never. */
  readonly undoDays?: number;
}

/** The number of the delivery as a run's record holds it. */
export const ofDelivery = ({ delivery }: Pick<RunSettings, 'delivery'>): Pick<RunSettings, 'delivery'> =>
  delivery === undefined ? {} : { delivery };

/** A run that cannot be begun, or a thing that cannot be done with one. The message is Chinese and says what to do. */
export class RunRefused extends Error {
  override readonly name = 'RunRefused';
}
