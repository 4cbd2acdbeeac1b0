/**
 * What a fact's value is. `MONEY` is a number of yuan (or of the currency that `unit` names), `CODE` a code of a
 * hierarchy in which a longer code lies under its prefix, `TITLES` a list of recognised titles [荣誉称号], `RECORDS` a
 * collection of which each item has attributes of its own.
 */
export type FactType =
  'BOOLEAN' | 'INTEGER' | 'NUMBER' | 'MONEY' | 'DATE' | 'ENUM' | 'TEXT' | 'CODE' | 'TITLES' | 'RECORDS';

/** The hierarchy that a `CODE` fact lies in: industries GB/T 4754—2017, regions GB/T 2260. */
export type CodeHierarchy = 'INDUSTRY' | 'REGION';

/** One fact that a criterion or formula may ask about an enterprise. */
export interface FactDefinition {
  readonly name: string;
  /** Its place in the vocabulary of this process, from 0 on; never stored. */
  readonly number: number;
  readonly type: FactType;
  /** Chinese unit as written behind a number [元, 人, %, 个月], empty where there is none. */
  readonly unit: string;
  /** What officials call it. */
  readonly label: string;
  /** What it means, in English. */
  readonly meaning: string;
  /** The authority whose record counts. */
  readonly source: string;
  /** The only values that exist, for `ENUM`; the values seen in real policies, for `TITLES` and `TEXT`. */
  readonly values: readonly string[];
  readonly hierarchy: CodeHierarchy | null;
  /** The fact that holds the same figure of the year before, where growth may be asked. */
  readonly priorYear: string | null;
  /** The date fact that holds the first day on which this was so, where "was not … before …" may be asked. */
  readonly since: string | null;
  /** It is only known of what is asked by name: that there is any cannot be asked. */
  readonly isAskedByName: boolean;
}

/** A row of the vocabulary table: name, type, unit, Chinese label, English meaning, authority, and what is special. */
export type VocabularyRow = readonly [
  name: string,
  type: FactType,
  unit: string,
  label: string,
  meaning: string,
  source: string,
  special?: {
    readonly values?: readonly string[];
    readonly hierarchy?: CodeHierarchy;
    readonly priorYear?: string;
    readonly since?: string;
    readonly askedByName?: true;
  },
];
