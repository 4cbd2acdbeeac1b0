import type { LegalDay } from '@zhitong/values';
import { checkOf, type Bound, type Check } from './check.js';
import type { Criterion, Scalar } from './criteria.js';
import { neededOf } from './fold.js';
import { factDefinition } from '../facts/facts.js';

/** A check that is asked to hold, or asked not to. */
interface Literal {
  readonly check: Check;
  readonly holds: boolean;
}

type Conjunction = readonly Literal[];

/** Alternatives that are looked at one by one. Beyond this the search gives up and believes the criteria. */
const MAX_ALTERNATIVES = 512;

/**
 * False when no enterprise whatever could meet all the criteria ("scale is large and small"); true when one could, or
 * when there are too many alternatives to say. Facts are taken as independent of one another.
 */
export function isSatisfiable(criteria: readonly Criterion[], referenceDate: LegalDay): boolean {
  const alternatives = allOf(criteria.map((criterion) => alternativesOf(criterion, true, referenceDate)));
  return alternatives === null || alternatives.some(isConsistent);
}

/** The criterion that holds exactly when none of `criteria` taken together does. */
export const negated = (criteria: readonly Criterion[]): Criterion => ({
  kind: 'not',
  of: { kind: 'all', of: criteria, text: '' },
  text: '',
});

/** The ways in which a criterion can hold (or fail to), as an "or" of "and"; null when there are too many. */
function alternativesOf(criterion: Criterion, holds: boolean, referenceDate: LegalDay): Conjunction[] | null {
  if (criterion.kind === 'test') return alternativesOfCheck(checkOf(criterion, referenceDate), holds);
  if (criterion.kind === 'not') return alternativesOf(criterion.of, !holds, referenceDate);
  const members = criterion.of.map((member) => alternativesOf(member, holds, referenceDate));
  if (criterion.kind === 'atLeast') return someOf(members, neededOf(criterion, holds));
  return (criterion.kind === 'all') === holds ? allOf(members) : anyOf(members);
}

function alternativesOfCheck(check: Check, holds: boolean): Conjunction[] {
  if (check.kind !== 'range' || holds) return [[{ check, holds }]];
  const { fact, low, high } = check;
  const outside: Conjunction[] = [];
  if (low !== null)
    outside.push([
      { check: { kind: 'range', fact, low: null, high: { value: low.value, inclusive: !low.inclusive } }, holds: true },
    ]);
  if (high !== null)
    outside.push([
      {
        check: { kind: 'range', fact, low: { value: high.value, inclusive: !high.inclusive }, high: null },
        holds: true,
      },
    ]);
  return outside;
}

function anyOf(members: readonly (Conjunction[] | null)[]): Conjunction[] | null {
  const alternatives: Conjunction[] = [];
  for (const member of members) {
    if (member === null || alternatives.length + member.length > MAX_ALTERNATIVES) return null;
    alternatives.push(...member);
  }
  return alternatives;
}

function allOf(members: readonly (Conjunction[] | null)[]): Conjunction[] | null {
  let alternatives: Conjunction[] = [[]];
  for (const member of members) {
    // A member that cannot be spelled out is believed: leaving it out only finds fewer contradictions.
    if (member === null) continue;
    if (alternatives.length * member.length > MAX_ALTERNATIVES) return null;
    alternatives = alternatives.flatMap((left) => member.map((right) => [...left, ...right]));
  }
  return alternatives;
}

function someOf(members: readonly (Conjunction[] | null)[], count: number): Conjunction[] | null {
  if (count <= 0) return [[]];
  const [first, ...rest] = members;
  if (first === undefined) return [];
  const withFirst = someOf(rest, count - 1);
  return anyOf([withFirst === null ? null : allOf([first, withFirst]), rest.length < count ? [] : someOf(rest, count)]);
}

function isConsistent(conjunction: Conjunction): boolean {
  const byFact = new Map<string, Literal[]>();
  for (const literal of conjunction)
    byFact.set(literal.check.fact, [...(byFact.get(literal.check.fact) ?? []), literal]);
  return [...byFact].every(([fact, literals]) => canHoldTogether(fact, literals));
}

function canHoldTogether(fact: string, literals: readonly Literal[]): boolean {
  const definition = factDefinition(fact);
  if (definition === null) return true;
  if (literals.some(({ check, holds }) => check.kind === 'present' && !holds && !check.titles)) return false;
  if (definition.type === 'TITLES') return titlesCanHold(literals);
  if (growthContradicts(literals)) return false;
  // Each asks for an item of its own, which must be possible by itself.
  if (definition.type === 'RECORDS')
    return literals.every(
      ({ check, holds }) =>
        check.kind !== 'some' || !holds || isConsistent(check.of.map((one) => ({ check: one, holds: true }))),
    );
  const candidates = candidatesOf(
    definition.type === 'BOOLEAN' ? [true, false] : definition.type === 'ENUM' ? definition.values : null,
    literals,
  );
  if (candidates !== null) return candidates.some((value) => literals.every((literal) => holdsFor(literal, value)));
  return prefixesCanHold(literals) && rangeCanHold(definition.type === 'INTEGER', literals);
}

/**
 * The only values worth trying: the closed list of the fact, or the shortest list that a literal allows. Null: no list.
 */
function candidatesOf(closed: readonly Scalar[] | null, literals: readonly Literal[]): readonly Scalar[] | null {
  const lists = literals.flatMap(({ check, holds }) =>
    check.kind === 'oneOf' && check.negated !== holds ? [check.values] : [],
  );
  return lists.reduce<readonly Scalar[] | null>(
    (shortest, list) => (shortest === null || list.length < shortest.length ? list : shortest),
    closed,
  );
}

function holdsFor({ check, holds }: Literal, value: Scalar): boolean {
  switch (check.kind) {
    case 'oneOf':
      return (check.values.includes(value) !== check.negated) === holds;
    case 'range':
      return within(value, check.low, check.high) === holds;
    case 'prefix':
      return (typeof value === 'string' && value.startsWith(check.prefix)) === holds;
    case 'titles':
    case 'present':
    case 'some':
    case 'growth':
      return true;
  }
}

function within(value: Scalar, low: Bound | null, high: Bound | null): boolean {
  if (typeof value === 'boolean') return false;
  const enough = low === null || value > low.value || (low.inclusive && value === low.value);
  return enough && (high === null || value < high.value || (high.inclusive && value === high.value));
}

/** Titles that are required must not all be forbidden, and none may be required of an empty list. */
function titlesCanHold(literals: readonly Literal[]): boolean {
  const required = literals.flatMap(({ check, holds }) => (check.kind === 'titles' && holds ? [check.anyOf] : []));
  const forbidden = new Set(
    literals.flatMap(({ check, holds }) => (check.kind === 'titles' && !holds ? check.anyOf : [])),
  );
  const mustBeEmpty = literals.some(({ check, holds }) => check.kind === 'present' && !holds);
  const mustHaveOne = literals.some(({ check, holds }) => check.kind === 'present' && holds) || required.length > 0;
  return !(mustBeEmpty && mustHaveOne) && required.every((anyTitle) => anyTitle.some((title) => !forbidden.has(title)));
}

function growthContradicts(literals: readonly Literal[]): boolean {
  const growths = literals.flatMap(({ check, holds }) => (check.kind === 'growth' ? [{ ...check, holds }] : []));
  const floors = growths.filter(({ holds }) => holds);
  return growths.some(
    (ceiling) =>
      !ceiling.holds &&
      floors.some(
        (floor) =>
          floor.percent > ceiling.percent || (floor.percent === ceiling.percent && (floor.strict || !ceiling.strict)),
      ),
  );
}

function prefixesCanHold(literals: readonly Literal[]): boolean {
  const prefixes = literals.flatMap(({ check, holds }) =>
    check.kind === 'prefix' ? [{ prefix: check.prefix, holds }] : [],
  );
  const longest = prefixes
    .filter(({ holds }) => holds)
    .reduce((found, { prefix }) => (prefix.length > found.length ? prefix : found), '');
  return prefixes.every(({ prefix, holds }) => (holds ? longest.startsWith(prefix) : !longest.startsWith(prefix)));
}

function rangeCanHold(whole: boolean, literals: readonly Literal[]): boolean {
  let low: Bound | null = null;
  let high: Bound | null = null;
  for (const { check } of literals) {
    if (check.kind !== 'range') continue;
    if (
      check.low !== null &&
      (low === null || check.low.value > low.value || (check.low.value === low.value && !check.low.inclusive))
    )
      low = check.low;
    if (
      check.high !== null &&
      (high === null || check.high.value < high.value || (check.high.value === high.value && !check.high.inclusive))
    )
      high = check.high;
  }
  if (low === null || high === null) return true;
  if (whole && typeof low.value === 'number' && typeof high.value === 'number') {
    const least = low.inclusive ? Math.ceil(low.value) : Math.floor(low.value) + 1;
    const most = high.inclusive ? Math.floor(high.value) : Math.ceil(high.value) - 1;
    return most - least + 1 > excludedWithin(least, most, literals);
  }
  if (low.value < high.value) return true;
  return low.value === high.value && low.inclusive && high.inclusive && notExcluded(low.value, literals);
}

/** How many whole numbers of a range the lists exclude; a list that allows a few values never gets here. */
function excludedWithin(least: number, most: number, literals: readonly Literal[]): number {
  const listed = literals.flatMap(({ check }) => (check.kind === 'oneOf' ? check.values : []));
  return [...new Set(listed)].filter((value) => typeof value === 'number' && value >= least && value <= most).length;
}

const notExcluded = (value: Scalar, literals: readonly Literal[]): boolean =>
  literals.every((literal) => literal.check.kind !== 'oneOf' || holdsFor(literal, value));
