/** How much a change of the schema can hurt who uses it. */
export type Severity = 'breaking' | 'dangerous' | 'safe';

/** One change between two schemas. */
export interface SchemaChange {
  readonly severity: Severity;
  /** In words, for example "Field Case.dueOn was removed." */
  readonly message: string;
}

/** One version of the schema that was put into service. */
export interface Publication {
  /** Unique and never used again. */
  readonly version: string;
  /** When it went into service. */
  readonly at: Date;
  /** Whose change it is, for example "cases" or "Wang Wei (cases)". */
  readonly author: string;
  /** Who decided that it goes into service all the same, where it was forced or approved. */
  readonly decidedBy?: string;
  readonly reason: string;
  readonly changes: readonly SchemaChange[];
}

const RANK: readonly Severity[] = ['breaking', 'dangerous', 'safe'];

/** The latest first; of the same moment the one that was given later. */
export const latestFirst = (publications: readonly Publication[]): Publication[] =>
  [...publications].reverse().sort((one, other) => other.at.getTime() - one.at.getTime());

/** What hurts most first, otherwise in the order given. */
export const worstFirst = (changes: readonly SchemaChange[]): SchemaChange[] =>
  [...changes].sort((one, other) => RANK.indexOf(one.severity) - RANK.indexOf(other.severity));
