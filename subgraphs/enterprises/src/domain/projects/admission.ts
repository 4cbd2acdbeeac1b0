import type { TextFault } from '@zhitong/values';
import { said } from '../refusal-words.js';

/**
 * What an admission meeting (准入落地会商) looks at: planning (规划), what the park is for (园区定位), industrial policy (产业政策).
 */
export const ADMISSION_ASPECTS = ['PLANNING', 'PARK_POSITIONING', 'INDUSTRY_POLICY'] as const;
export type AdmissionAspect = (typeof ADMISSION_ASPECTS)[number];

export const OPINIONS = ['FOR', 'WITH_CONDITIONS', 'AGAINST'] as const;
export type Opinion = (typeof OPINIONS)[number];

export const ADMISSION_DECISIONS = ['ADMITTED', 'REFUSED', 'ADJOURNED'] as const;
export type AdmissionDecision = (typeof ADMISSION_DECISIONS)[number];

/** What a department said of one aspect. */
export interface DepartmentOpinion {
  readonly aspect: AdmissionAspect;
  /** Code. */
  readonly department: string;
  readonly opinion: Opinion;
  readonly text: string;
}

/**
 * What forbids a meeting's decision. A project is admitted or refused only after a department has spoken on each of the
 * three aspects; nobody is admitted against a department's opinion, and nobody refused without one that is against.
 * That an opinion against binds is this product's reading: the programme names the meeting, not its majority.
 */
export function admissionFaults(opinions: readonly DepartmentOpinion[], decision: AdmissionDecision): TextFault[] {
  const twice = opinions.findIndex(
    ({ aspect, department }, at) =>
      opinions.findIndex((other) => other.aspect === aspect && other.department === department) < at,
  );
  if (twice >= 0) return [{ path: ['opinions', String(twice)], ...said('OPINION_TWICE') }];
  if (decision === 'ADJOURNED') return [];
  const missing = ADMISSION_ASPECTS.filter((aspect) => !opinions.some((opinion) => opinion.aspect === aspect));
  if (missing.length > 0) return [{ path: ['opinions'], ...said('ASPECTS_MISSING', { missing: missing.join(', ') }) }];
  const against = opinions.findIndex(({ opinion }) => opinion === 'AGAINST');
  if (decision === 'ADMITTED' && against >= 0)
    return [
      {
        path: ['opinions', String(against)],
        ...said('DEPARTMENT_AGAINST', { department: opinions[against]?.department ?? '' }),
      },
    ];
  return decision === 'REFUSED' && against < 0 ? [{ path: ['decision'], ...said('NOBODY_AGAINST') }] : [];
}
