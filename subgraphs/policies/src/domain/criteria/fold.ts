import { membersIn, type CriterionOver, type GroupOver } from './criteria.js';

/** How the results of members join to that of their group. One algebra for each thing that is made of criteria. */
export interface GroupAlgebra<Result> {
  all(of: readonly Result[]): Result;
  any(of: readonly Result[]): Result;
  not(of: Result): Result;
  /** At least `count` of the members; `count` is at least 1 and at most their number. */
  atLeast(count: number, of: readonly Result[]): Result;
}

/** A leaf is what has no members. */
interface LeafShape {
  readonly kind: string;
  readonly of?: never;
}

/** What a group says of how its members join. */
type Joining = { readonly kind: 'all' | 'any' | 'not' } | { readonly kind: 'atLeast'; readonly count: number };
/** One of the groups that ask for a number of their members. */
type Counting = ({ readonly kind: 'all' | 'any' } | { readonly kind: 'atLeast'; readonly count: number }) & {
  readonly of: readonly unknown[];
};

/** The result of one group out of those of its members, in their order. */
export function joined<Result>(group: Joining, of: readonly Result[], algebra: GroupAlgebra<Result>): Result {
  switch (group.kind) {
    case 'all':
      return algebra.all(of);
    case 'any':
      return algebra.any(of);
    case 'not':
      return algebra.not(onlyOf(of));
    case 'atLeast':
      return algebra.atLeast(group.count, of);
  }
}

function onlyOf<Result>([only]: readonly Result[]): Result {
  if (only === undefined) throw new Error('A "not" has one member.');
  return only;
}

function isGroup<Leaf extends LeafShape>(criterion: CriterionOver<Leaf>): criterion is GroupOver<Leaf> {
  const { kind } = criterion;
  return kind === 'all' || kind === 'any' || kind === 'not' || kind === 'atLeast';
}

/**
 * What a criterion comes to: leaves as `leaf` says, groups as the algebra does. Each member is folded once, in its
 * order.
 */
export function fold<Leaf extends LeafShape, Result>(
  criterion: CriterionOver<Leaf>,
  leaf: (leaf: Leaf) => Result,
  algebra: GroupAlgebra<Result>,
): Result {
  return isGroup<Leaf>(criterion)
    ? joined(
        criterion,
        membersIn<Leaf>(criterion).map((member) => fold(member, leaf, algebra)),
        algebra,
      )
    : leaf(criterion);
}

/** What criteria come to that must all be met. */
export const foldAll = <Leaf extends LeafShape, Result>(
  criteria: readonly CriterionOver<Leaf>[],
  leaf: (leaf: Leaf) => Result,
  algebra: GroupAlgebra<Result>,
): Result => algebra.all(criteria.map((criterion) => fold(criterion, leaf, algebra)));

/** The same tree over other leaves; a criterion may stand where a leaf was. */
export function mapLeaves<Leaf extends LeafShape, Other>(
  criterion: CriterionOver<Leaf>,
  leaf: (leaf: Leaf) => CriterionOver<Other>,
): CriterionOver<Other> {
  if (!isGroup<Leaf>(criterion)) return leaf(criterion);
  if (criterion.kind === 'not') return { ...criterion, of: mapLeaves(criterion.of, leaf) };
  return { ...criterion, of: criterion.of.map((member) => mapLeaves(member, leaf)) };
}

/** How many members must come out as `wanted` for the group to do so: all of four are met by 4 and refused by 1. */
export function neededOf(group: Counting, wanted: boolean): number {
  const members = group.of.length;
  const toBeMet = group.kind === 'atLeast' ? group.count : group.kind === 'all' ? members : 1;
  return wanted ? toBeMet : members - toBeMet + 1;
}
