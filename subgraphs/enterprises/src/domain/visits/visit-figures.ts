import type { LegalDay, Rate } from '@zhitong/values';
import { countsOn, type CountedFinding, type CountedVisit } from './campaign.js';
import { problemOn } from './finding.js';
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
 * @param visits those of the period.
 * @param findings those of these visits; others are passed over.
 */
export function visitFigures(
  { visits, findings }: { readonly visits: readonly PeriodVisit[]; readonly findings: readonly PeriodFinding[] },
  { from, until, asOf }: CountedPeriod,
): VisitFigures {
  const known = visits.filter((visit) => countsOn(visit, asOf));
  const found = grouped(findings, ({ visitId }) => visitId);
  const count = (of: readonly PeriodVisit[]): VisitCounts => {
    const problems = of.flatMap(({ id }) =>
      (found.get(id) ?? []).flatMap(({ changes }) => problemOn(changes, asOf) ?? []),
    );
    const solved = { numerator: problems.filter(({ isSolved }) => isSolved).length, denominator: problems.length };
    return {
      visits: of.length,
      enterprises: new Set(of.map(({ uscc }) => uscc)).size,
      problems: problems.length,
      solved,
    };
  };
  const kinds = grouped(known, ({ kind }) => kind);
  const units = grouped(known, ({ unit }) => unit);
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

function grouped<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const others = groups.get(keyOf(value));
    if (others === undefined) groups.set(keyOf(value), [value]);
    else others.push(value);
  }
  return groups;
}
