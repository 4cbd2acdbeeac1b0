import type { LegalDay, Rate } from '@zhitong/values';
import type { CountedFinding, CountedVisit } from './campaign.js';
import { stateOn } from './finding.js';
import { VISIT_KINDS, type VisitKind } from './visit.js';

/** A visit of a period, as far as figures need it. */
export interface PeriodVisit extends CountedVisit {
  readonly id: string;
  readonly kind: VisitKind;
  /** Code of the department that visited. */
  readonly unit: string;
}

/** A problem found on a visit. */
export interface PeriodFinding extends CountedFinding {
  readonly visitId: string;
}

/** What visits came to. */
export interface VisitCounts {
  readonly visits: number;
  /** Different enterprises that were visited. */
  readonly enterprises: number;
  readonly problems: number;
  /** Problems settled, of those found. */
  readonly solved: Rate;
}

/** What a department's visits came to. */
export interface DepartmentVisits extends VisitCounts {
  readonly unit: string;
}

/** The days on which visits are counted, and the day on which that was known. */
export interface CountedPeriod {
  readonly from: LegalDay;
  readonly until: LegalDay;
  readonly asOf: LegalDay;
}

export interface VisitFigures extends VisitCounts, CountedPeriod {
  readonly byKind: readonly (VisitCounts & { readonly kind: VisitKind })[];
  /** By department that visited, by code. */
  readonly byDepartment: readonly DepartmentVisits[];
}

/**
 * Counts the visits of a period, within campaigns and outside, and what was found on them, as it was known on a day:
 * what was recorded later does not count, what was withdrawn later does. An enterprise that two departments visited is
 * one enterprise in the whole and one for each of them.
 */
export function visitFigures(
  { visits, findings }: { readonly visits: readonly PeriodVisit[]; readonly findings: readonly PeriodFinding[] },
  { from, until, asOf }: CountedPeriod,
): VisitFigures {
  const known = visits.filter(
    ({ visitedOn, recordedOn, withdrawnOn }) =>
      visitedOn >= from && visitedOn <= until && recordedOn <= asOf && (withdrawnOn === null || asOf < withdrawnOn),
  );
  const states = new Map<string, boolean[]>();
  for (const { visitId, changes } of findings) {
    const state = stateOn(changes, asOf);
    if (state === null || state === 'VOID') continue;
    states.set(visitId, [...(states.get(visitId) ?? []), state === 'SETTLED']);
  }
  const count = (of: readonly PeriodVisit[]): VisitCounts => {
    const problems = of.flatMap(({ id }) => states.get(id) ?? []);
    const solved = { numerator: problems.filter(Boolean).length, denominator: problems.length };
    return {
      visits: of.length,
      enterprises: new Set(of.map(({ uscc }) => uscc)).size,
      problems: problems.length,
      solved,
    };
  };
  const by = <Key extends string>(keyOf: (visit: PeriodVisit) => Key): Map<Key, PeriodVisit[]> => {
    const grouped = new Map<Key, PeriodVisit[]>();
    for (const visit of known) {
      const others = grouped.get(keyOf(visit));
      if (others === undefined) grouped.set(keyOf(visit), [visit]);
      else others.push(visit);
    }
    return grouped;
  };
  const kinds = by(({ kind }) => kind);
  const units = by(({ unit }) => unit);
  return {
    from,
    until,
    asOf,
    ...count(known),
    byKind: VISIT_KINDS.map((kind) => ({ kind, ...count(kinds.get(kind) ?? []) })),
    byDepartment: [...units]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([unit, of]) => ({ unit, ...count(of) })),
  };
}
