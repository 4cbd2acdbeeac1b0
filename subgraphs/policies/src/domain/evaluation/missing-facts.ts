import { checkOf, factsOfCheck } from '../criteria/check.js';
import { membersOf, type Criterion } from '../criteria/criteria.js';
import { neededOf } from '../criteria/fold.js';
import { outcomeOfOne, type Situation } from './evaluate.js';

/** Sets of facts that are carried from one level to the next; more would be slower and hardly ever smaller. */
const MAX_SETS = 24;

type FactSet = ReadonlySet<string>;

/** Facts that nobody has reported, on which an undetermined match hangs. */
export interface MissingFacts {
  /**
   * The fewest facts that, if they turn out well, make the enterprise eligible: what an official should collect first.
   */
  readonly toBeEligible: readonly string[];
  /** The fewest facts that, if they turn out badly, settle it as not eligible. */
  readonly toBeRefused: readonly string[];
  /** Every missing fact that could still play a part. */
  readonly all: readonly string[];
}

/**
 * The missing facts of an undetermined match; three empty lists for a decided one. Sets are found bottom-up and the
 * smallest kept at each level, which is exact until a policy has more than a few dozen equally small ways to be met.
 */
export function missingFacts(criteria: readonly Criterion[], situation: Situation): MissingFacts {
  const root: Criterion = { kind: 'all', of: criteria, text: '' };
  if (outcomeOfOne(root, situation) !== 'UNKNOWN') return { toBeEligible: [], toBeRefused: [], all: [] };
  const smallest = (wanted: boolean): string[] => [...(setsFor(root, wanted, situation)[0] ?? [])].sort();
  return { toBeEligible: smallest(true), toBeRefused: smallest(false), all: [...openFacts(root, situation)].sort() };
}

/**
 * The smallest sets of missing facts that can make the criterion hold (or fail), smallest first; none when nothing can.
 */
function setsFor(criterion: Criterion, wanted: boolean, situation: Situation): FactSet[] {
  const outcome = outcomeOfOne(criterion, situation);
  if (outcome !== 'UNKNOWN') return (outcome === 'MET') === wanted ? [new Set()] : [];
  if (criterion.kind === 'test')
    return canTurnOut(criterion, wanted, situation) ? [unknownFacts(criterion, situation)] : [];
  if (criterion.kind === 'not') return setsFor(criterion.of, !wanted, situation);
  return together(
    criterion.of.map((member) => setsFor(member, wanted, situation)),
    neededOf(criterion, wanted),
  );
}

/**
 * A single value that becomes known is there, so a test for its existence cannot fail any more; a list may be empty.
 */
function canTurnOut(
  criterion: Extract<Criterion, { kind: 'test' }>,
  wanted: boolean,
  { referenceDate }: Situation,
): boolean {
  const check = checkOf(criterion, referenceDate);
  return wanted || check.kind !== 'present' || check.titles;
}

/** The smallest unions that take one set from each of at least `count` members. */
function together(members: readonly FactSet[][], count: number): FactSet[] {
  let byTaken: FactSet[][] = [[new Set()], ...Array.from({ length: count }, () => [])];
  for (const sets of members) {
    byTaken = byTaken.map((kept, taken) =>
      smallestOf([...kept, ...(taken === 0 ? [] : unions(byTaken[taken - 1] ?? [], sets))]),
    );
  }
  return byTaken[count] ?? [];
}

const unions = (left: readonly FactSet[], right: readonly FactSet[]): FactSet[] =>
  left.flatMap((one) => right.map((other) => new Set([...one, ...other])));

function smallestOf(sets: readonly FactSet[]): FactSet[] {
  const sorted = [...sets].sort((one, other) => one.size - other.size);
  const kept: FactSet[] = [];
  for (const set of sorted) {
    if (kept.length === MAX_SETS) break;
    if (!kept.some((smaller) => [...smaller].every((fact) => set.has(fact)))) kept.push(set);
  }
  return kept;
}

function unknownFacts(criterion: Extract<Criterion, { kind: 'test' }>, { facts, referenceDate }: Situation): FactSet {
  const check = checkOf(criterion, referenceDate);
  // Of a collection that is known an attribute is missing, which its records bring.
  return new Set(factsOfCheck(check).filter((fact) => check.kind === 'some' || facts.values[fact] === undefined));
}

function openFacts(criterion: Criterion, situation: Situation): FactSet {
  if (outcomeOfOne(criterion, situation) !== 'UNKNOWN') return new Set();
  if (criterion.kind === 'test') return unknownFacts(criterion, situation);
  return new Set(membersOf(criterion).flatMap((member) => [...openFacts(member, situation)]));
}
