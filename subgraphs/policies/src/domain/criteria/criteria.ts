import type { CalendarUnit, LegalDay } from '@zhitong/values';
import type { AskedYear } from '../facts/year-facts.js';

/** One value that a fact may be compared with. */
export type Scalar = boolean | number | string;

/** A span of calendar time: three years, six months. */
export interface Period {
  readonly count: number;
  readonly unit: CalendarUnit;
}

interface Worded {
  /** The criterion in the words of the policy [原文]; empty where the source gives none. */
  readonly text: string;
}

interface OnFact extends Worded {
  readonly kind: 'test';
  readonly fact: string;
  /** The year whose figure is asked; left out where the newest known one counts. */
  readonly year?: AskedYear;
}

/** One comparison of one fact. */
export type Test =
  | (OnFact & { readonly operator: 'EQ' | 'NE'; readonly value: Scalar })
  | (OnFact & { readonly operator: 'IN' | 'NIN'; readonly value: readonly Scalar[] })
  | (OnFact & { readonly operator: 'GTE' | 'GT' | 'LTE' | 'LT'; readonly value: number | LegalDay })
  /** Inclusive at both ends. */
  | (OnFact & { readonly operator: 'BETWEEN'; readonly value: readonly [number | LegalDay, number | LegalDay] })
  /** The fact is known and not empty. Nobody can know that a fact is absent, so a missing one leaves this UNKNOWN. */
  | (OnFact & { readonly operator: 'EXISTS'; readonly value: true })
  | (OnFact & { readonly operator: 'CONTAINS'; readonly value: string })
  | (OnFact & { readonly operator: 'CONTAINS_ANY'; readonly value: readonly string[] })
  /** `STARTS_WITH` compares characters, `UNDER` knows the hierarchy: 421281 lies under 421200. */
  | (OnFact & { readonly operator: 'STARTS_WITH' | 'UNDER'; readonly value: string })
  /** The date lies within the period that ends on the reference date; at least the period before it. */
  | (OnFact & { readonly operator: 'WITHIN_LAST' | 'AT_LEAST_AGO'; readonly value: Period })
  /** It was not so before that day: its first day is that day or later. */
  | (OnFact & { readonly operator: 'WAS_NOT_BEFORE'; readonly value: LegalDay })
  /** Grew by at least (more than) so many per cent over the figure of the year before. */
  | (OnFact & { readonly operator: 'GROWTH_GTE' | 'GROWTH_GT'; readonly value: number })
  /** One item of the collection meets all of these tests of its attributes. */
  | (OnFact & { readonly operator: 'HAS'; readonly value: readonly Test[] });

export type TestOperator = Test['operator'];

/**
 * A test as a policy states it that names a dated parameter where a value stands: `"$name"` alone, or in a list. What
 * it asks on one day is the `Test` that `resolveCriteria` makes of it; nothing else decides it.
 */
export interface ParameterTest extends Worded {
  readonly kind: 'parameterTest';
  readonly fact: string;
  readonly year?: AskedYear;
  readonly operator: TestOperator;
  readonly value: Scalar | readonly Scalar[];
}

/** Criteria that decide together. */
export type GroupOver<Leaf> =
  | (Worded & { readonly kind: 'all' | 'any'; readonly of: readonly CriterionOver<Leaf>[] })
  | (Worded & { readonly kind: 'not'; readonly of: CriterionOver<Leaf> })
  | (Worded & { readonly kind: 'atLeast'; readonly count: number; readonly of: readonly CriterionOver<Leaf>[] });

/** One leaf, or a group of criteria over such leaves. Groups nest to `MAX_DEPTH`. */
export type CriterionOver<Leaf> = Leaf | GroupOver<Leaf>;

/** A criterion that can be decided: its leaves are tests. */
export type Criterion = CriterionOver<Test>;
/** A criterion as a policy states it: values may be dated parameters. */
export type StatedCriterion = CriterionOver<Test | ParameterTest>;

/** Groups within groups. A real policy needs 3; more than 32 is an attack or a mistake. */
export const MAX_DEPTH = 32;
/** Criteria of all kinds in one policy version. */
export const MAX_CRITERIA = 2_000;
/** Members of an "at least n of" group; the reverse look-up spells its combinations out. */
export const MAX_AT_LEAST_MEMBERS = 10;

/** The criteria inside a group; none inside a test. */
export function membersOf(criterion: Criterion): readonly Criterion[];
export function membersOf(criterion: StatedCriterion): readonly StatedCriterion[];
export function membersOf(criterion: StatedCriterion): readonly StatedCriterion[] {
  return criterion.kind === 'test' || criterion.kind === 'parameterTest'
    ? []
    : membersIn<Test | ParameterTest>(criterion);
}

/** The members of a group over any leaves, in their order. */
export const membersIn = <Leaf>(group: GroupOver<Leaf>): readonly CriterionOver<Leaf>[] =>
  group.kind === 'not' ? [group.of] : group.of;

/** Every leaf of the criteria, in the order of the text. */
export function leavesOf(criteria: readonly StatedCriterion[]): (Test | ParameterTest)[] {
  return criteria.flatMap((criterion) =>
    criterion.kind === 'test' || criterion.kind === 'parameterTest' ? [criterion] : leavesOf(membersOf(criterion)),
  );
}

/** Every test of the criteria whose values are plain, in the order of the text. */
export const testsOf = (criteria: readonly StatedCriterion[]): Test[] =>
  leavesOf(criteria).filter((leaf) => leaf.kind === 'test');
