import type { Severity } from '../domain/schema-change.js';

/** One change between two schemas. */
export interface ToldChange {
  readonly severity: Lowercase<Severity>;
  /** In words, for example "removes `Case.dueOn`". */
  readonly message: string;
}

/** One version of the schema that was put into service. */
export interface ChangelogEntry {
  /** Unique and never used again. */
  readonly version: string;
  /** When it went into service. */
  readonly at: Date;
  /** Whose change it is, for example "cases" or "Wang Wei (cases)". */
  readonly author: string;
  /** Who decided that it goes into service all the same, where it was forced or approved. */
  readonly decidedBy?: string;
  readonly reason: string;
  readonly changes: readonly ToldChange[];
}

const RANK: readonly Lowercase<Severity>[] = ['breaking', 'dangerous', 'safe'];

/** The latest first; of the same moment the one that was given later. */
export const latestFirst = (publications: readonly ChangelogEntry[]): ChangelogEntry[] =>
  [...publications].reverse().sort((one, other) => other.at.getTime() - one.at.getTime());

/** What hurts most first, otherwise in the order given. */
export const worstFirst = (changes: readonly ToldChange[]): ToldChange[] =>
  [...changes].sort((one, other) => RANK.indexOf(one.severity) - RANK.indexOf(other.severity));

/** What the changelog is called. */
export const CHANGELOG_TITLE = 'Changes of the graph (图谱变更)';
