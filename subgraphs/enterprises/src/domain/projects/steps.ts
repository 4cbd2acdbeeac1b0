/**
 * The nine steps of a project from 立项 to 竣工验收, in the order in which they are usually finished. The programmes name
 * the first and the last; the division between is this product's, by the usual order of procedures for investment
 * projects. Several may run at once (并联审批); acceptance comes last.
 */
export const PROJECT_STEPS = [
  'INITIATION',
  'SITE_SELECTION',
  'LAND_SUPPLY',
  'ENVIRONMENT_AND_ENERGY',
  'LAND_USE_PLANNING',
  'WORKS_PLANNING',
  'DRAWING_REVIEW',
  'CONSTRUCTION_PERMIT',
  'ACCEPTANCE',
] as const;
export type ProjectStep = (typeof PROJECT_STEPS)[number];

/** Whose fault it is that a step stands still. */
export const FAULTS = ['ENTERPRISE', 'DEPARTMENT', 'HIGHER_LEVEL', 'NOBODY'] as const;
export type Fault = (typeof FAULTS)[number];

export const APPROVAL_OUTCOMES = ['GRANTED', 'GRANTED_ON_PLEDGE', 'REFUSED'] as const;
export type ApprovalOutcome = (typeof APPROVAL_OUTCOMES)[number];
