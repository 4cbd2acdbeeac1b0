import { addMonths, addYears, type LegalDay } from '@zhitong/values';

/** Inspection by a yearly plan, a special campaign (专项), or because of a case (个案: complaint, referral, accident). */
export const INSPECTION_KINDS = ['PLANNED', 'SPECIAL', 'CASE'] as const;
export type InspectionKind = (typeof INSPECTION_KINDS)[number];

/** What came of it. */
export const INSPECTION_RESULTS = [
  'NO_PROBLEM',
  'CORRECTED_AT_ONCE',
  'ORDERED_TO_CORRECT',
  'REFERRED_FOR_PENALTY',
] as const;
export type InspectionResult = (typeof INSPECTION_RESULTS)[number];

/** What is irregular about an inspection (国办发〔2024〕54号): shown, never a reason to leave it out of the register. */
export const INSPECTION_FLAGS = ['WITHOUT_PLAN', 'PLAN_NOT_PUBLISHED', 'NOT_APPROVED', 'OVER_CAP'] as const;
export type InspectionFlag = (typeof INSPECTION_FLAGS)[number];

/** A plan of inspections of a year (年度检查计划). */
export interface PlannedInspections {
  readonly year: number;
  readonly departmentCode: string;
  /** Day on which it was published; null: not yet. */
  readonly publishedOn: LegalDay | null;
  /** Times a year that the department inspects one enterprise at most by its published cap; null: none. */
  readonly cap: number | null;
}

/**
 * The flags of an inspection. One that is not because of a case needs a plan that was published before it, and every
 * one the approval of the department's head. Whether inspections because of a case count within a department's cap is
 * unconfirmed: all are counted, and the excess is flagged.
 * @param before inspections of the same enterprise by the same department in the year, before this one
 */
export function inspectionFlags(
  {
    kind,
    inspectedOn,
    isApproved,
  }: { readonly kind: InspectionKind; readonly inspectedOn: LegalDay; readonly isApproved: boolean },
  plan: PlannedInspections | null,
  { before, cap }: { readonly before: number; readonly cap: number | null },
): InspectionFlag[] {
  return [
    ...(kind !== 'CASE' && plan === null ? (['WITHOUT_PLAN'] as const) : []),
    ...(plan !== null && (plan.publishedOn === null || plan.publishedOn > inspectedOn)
      ? (['PLAN_NOT_PUBLISHED'] as const)
      : []),
    ...(isApproved ? [] : (['NOT_APPROVED'] as const)),
    ...(cap !== null && before + 1 > cap ? (['OVER_CAP'] as const) : []),
  ];
}

/** How grave an act is that was punished (国办发〔2025〕22号). */
export const PENALTY_CLASSES = ['MINOR', 'GENERAL', 'SERIOUS'] as const;
export type PenaltyClass = (typeof PENALTY_CLASSES)[number];

/** Until when a penalty may be published, at the earliest and at the latest. */
export interface PublicTerm {
  readonly earliest: LegalDay;
  readonly latest: LegalDay;
}

/**
 * The days until which a penalty is published, from the decision: minor up to three months (or not at all), general
 * three months to a year, serious one to three years (国办发〔2025〕22号, 发改委令36).
 * @example publicTerm('GENERAL', '2026-03-10') //=> { earliest: '2026-06-10', latest: '2027-03-10' }
 */
export function publicTerm(grade: PenaltyClass, decidedOn: LegalDay): PublicTerm {
  switch (grade) {
    case 'MINOR':
      return { earliest: decidedOn, latest: addMonths(decidedOn, 3) };
    case 'GENERAL':
      return { earliest: addMonths(decidedOn, 3), latest: addYears(decidedOn, 1) };
    case 'SERIOUS':
      return { earliest: addYears(decidedOn, 1), latest: addYears(decidedOn, 3) };
  }
}
