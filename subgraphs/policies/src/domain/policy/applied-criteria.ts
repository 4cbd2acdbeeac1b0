import type { StatedCriterion } from '../criteria/criteria.js';
import type { PolicyContent } from './policy.js';

/** The part of a policy that says who gets it: its criteria, and the region that it applies to. */
export type WhoGetsIt = Pick<PolicyContent, 'criteria'> & { readonly region: Pick<PolicyContent['region'], 'code'> };

/**
 * Everything that an enterprise must meet: the criteria as the policy lists them, and, last, that it is registered in
 * the region that the policy states [适用地区]. Matching, previews, grants and the check of a save all decide on these,
 * so that none of them can forget the region. A policy of the whole country, or of none, asks for no region.
 */
export function appliedCriteria({ criteria, region: { code } }: WhoGetsIt): readonly StatedCriterion[] {
  if (code === null || code === 'CN') return criteria;
  return [
    ...criteria,
    { kind: 'test', fact: 'registeredRegion', operator: 'UNDER', value: code, text: `适用地区:${code}` },
  ];
}
