import type { DayRange, LegalDay } from '@zhitong/values';
import type { StatedBenefit } from '../benefit/benefit.js';
import type { StatedCriterion } from '../criteria/criteria.js';

/** Where a real policy was taken from, and what of it was changed so that it works in this city. */
export interface Adaptation {
  readonly issuer: string;
  readonly region: { readonly code: string | null; readonly name: string };
  readonly window: DayRange;
  readonly note: string;
}

/** How often one enterprise may have the benefit. */
export type GrantPeriod = 'ONCE' | 'YEAR';

/** What one version of a policy says. A published version is never edited; a change is a new version. */
export interface PolicyContent {
  readonly id: string;
  readonly title: string;
  readonly titleEn: string;
  /** As the source names it. */
  readonly issuerName: string;
  /** Code of the department of this city that owns the policy; null while nobody does. */
  readonly issuerCode: string | null;
  /** GB/T 2260, `CN` for the whole country, null where the source does not say. */
  readonly region: { readonly code: string | null; readonly name: string };
  readonly source: { readonly url: string; readonly kind: SourceKind; readonly published: LegalDay | null };
  /** A draft [征求意见稿] is shown as such and is never matched. */
  readonly stage: 'FINAL' | 'DRAFT';
  readonly exemptFromApplication: boolean;
  /** All of them must be met. */
  readonly criteria: readonly StatedCriterion[];
  readonly benefit: StatedBenefit;
  readonly window: DayRange;
  readonly notes: string;
  readonly legalBasis: string;
  readonly interpretation: string;
  /** What may be paid under the policy in all, in fen; null without a limit. */
  readonly budgetFen: number | null;
  /** Policies that one enterprise cannot have beside this one [从高不重复]. */
  readonly excludes: readonly string[];
  readonly grantPeriod: GrantPeriod;
  /** Days that the list of recipients is shown in public before payment [公示]. */
  readonly publicityDays: number;
  readonly adaptation: Adaptation | null;
}

export const SOURCE_KINDS = ['gov', 'media', 'aggregator', 'mirror'] as const;
/** A government host, a news site, a policy agent's site, or a copy on an unrelated host. */
export type SourceKind = (typeof SOURCE_KINDS)[number];
