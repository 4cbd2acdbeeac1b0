import type { TimeZone } from './readers/days.js';
import type { Transform } from './readers/texts.js';
import type { SecretPlace, SourceSection } from '../sources/source-section.js';

/**
 * What happens when a column is not as it was: `required` stops the run, `freeze` puts the delivery aside, `evolve`
 * goes on and tells.
 */
export type Contract = 'required' | 'freeze' | 'evolve';

/** Where a field's value comes from, and how its cells are read. */
export interface FieldMapping {
  /** Headers, in their normal form; the first that holds a value counts. Empty for a constant. */
  readonly columns: readonly string[];
  readonly constant?: string | number | boolean;
  readonly transforms: readonly Transform[];
  /** Unit of money (元, 万元 …), or what a rate's number is. */
  readonly unit?: string;
  /** A column that names the currency of the amount. */
  readonly currencyColumn?: string;
  /** A column whose text stands before the value: of invoices the code, within which their numbers are counted. */
  readonly prefixColumn?: string;
  /** What a cell says, and the code that it means. */
  readonly codes: Readonly<Record<string, string>>;
  /** Whether codes with another check character are taken. */
  readonly irregular: 'accept' | 'refuse';
  readonly digits?: number;
  /** Whether a text with fewer digits gets its leading zeros back, and is flagged. */
  readonly pad?: 'flag';
  readonly separator?: string;
  readonly contract: Contract;
}

/** A mapping file, read and found sound. */
export interface Mapping {
  readonly name: string;
  readonly target: string;
  /** Code of the department that delivers. */
  readonly department: string;
  readonly source: SourceSection;
  readonly fields: Readonly<Record<string, FieldMapping>>;
  readonly missingKey: 'refuse' | 'skip';
  /** Texts that mean that nothing is known, in capitals. */
  readonly unknown: ReadonlySet<string>;
  readonly timeZone: TimeZone;
  /** The calendar of serial numbers in a source that does not say it itself. */
  readonly calendar: 1900 | 1904;
  /** Columns with the texts that a record must have to be taken; others are passed over. */
  readonly only: ReadonlyMap<string, ReadonlySet<string>>;
  /** What becomes of a delivery with columns that the mapping does not know. */
  readonly newColumns: Contract;
  /** Cron expression in Asia/Shanghai. */
  readonly schedule: string | null;
  /** Seconds after which a source that delivered nothing is told of. */
  readonly silentAfter: number | null;
  /** For so many days runs can be undone, and previous values are kept. */
  readonly undoDays: number;
  readonly sweep: { readonly safetyShare: number } | null;
  readonly watermark: Watermark | null;
  /** Which source is believed where two state different values of one field: 1 before 2. */
  readonly precedence: number;
  /** Who looks after refused rows: an office or a person. */
  readonly keeper: string | null;
  /** The folder into which the source's files are dropped. */
  readonly drop: Drop | null;
  /** How files are pushed by HTTP. */
  readonly push: Push | null;
}

/**
 * A watched folder. A file is complete when it was `steady` for so many seconds, when a file of its name and `.done`
 * stands beside it (`done-file`), or as soon as it has its name (`rename`), because it is written under another one.
 */
export interface Drop {
  /** Relative to the mapping's folder. */
  readonly folder: string;
  /** Names that are meant; `*` stands for any characters. */
  readonly files: string;
  readonly complete: 'steady' | 'done-file' | 'rename';
  readonly steadySeconds: number;
}

/** A pushed delivery: `POST /connect/<name>`, signed as Standard Webhooks are. */
export interface Push {
  readonly secret: SecretPlace;
  readonly mostBytes: number;
  /** Within this time the body must have come whole. */
  readonly bodySeconds: number;
}

/** The column that grows with each change of a record, and how much of it is read once more. */
export interface Watermark {
  readonly column: string;
  /** Seconds, or steps of a number. */
  readonly overlap: number;
}

/** Texts that mean that nothing is known, unless a mapping lists others. Empty cells always mean it. */
export const UNKNOWN_TEXTS: readonly string[] = [
  'N/A',
  'NA',
  'NULL',
  'NONE',
  '\\N',
  '-',
  '--',
  '—',
  '——',
  '/',
  '无',
  '暂无',
  '不详',
  '未知',
  '未填',
  '未公示',
  '企业选择不公示',
];

/** For so many days a run can be undone where its mapping does not say otherwise. */
export const UNDO_DAYS = 90;
