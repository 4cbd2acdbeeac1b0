/** The nine categories of the problem list (问题清单), in the order in which they are published. */
export const CATEGORIES = [
  'FINANCE',
  'LABOUR',
  'LAND_AND_CONSTRUCTION',
  'LOGISTICS',
  'TAX_AND_FEES',
  'PERMITS_AND_SERVICES',
  'MARKET_AND_SALES',
  'POLICY_DELIVERY',
  'LAW_ENFORCEMENT',
] as const;
export type ListedCategory = (typeof CATEGORIES)[number];

/** What enterprises bring besides: 优化营商环境条例 art. 28 (utilities), 32 (arrears), 31 (promises). */
export const FURTHER_CATEGORIES = ['UTILITIES', 'ARREARS', 'GOVERNMENT_PROMISES'] as const;
export type Category = ListedCategory | (typeof FURTHER_CATEGORIES)[number];

/** Complaint (投诉), report (举报), appeal (诉求), suggestion (建议). */
export const KINDS = ['COMPLAINT', 'REPORT', 'APPEAL', 'SUGGESTION'] as const;
export type CaseKind = (typeof KINDS)[number];

/**
 * Where a case came in. Two hotlines, the portal column, visits, symposiums, letters, undercover checks (明察暗访), project
 * stewards, departments' visits (部门走访), surveys (企业调查), the secretary's and the mayor's line (书记市长直通车), leaders on
 * duty in the service hall (领导带班), the complaint centre for private firms, chambers for their members.
 */
export const CHANNELS = [
  'HOTLINE_12345',
  'COMMERCE_FEDERATION_LINE',
  'PORTAL',
  'LEADER_VISIT',
  'SYMPOSIUM',
  'MAIL',
  'UNDERCOVER_CHECK',
  'PROJECT_STEWARD',
  'DEPARTMENT_VISIT',
  'SURVEY',
  'LEADERS_LINE',
  'LEADER_ON_DUTY',
  'COMPLAINT_CENTRE',
  'CHAMBER',
] as const;
export type Channel = (typeof CHANNELS)[number];

/** A local enterprise, or a merchant of this city's origin elsewhere (异地商会). */
export const ORIGINS = ['LOCAL', 'ELSEWHERE'] as const;
export type Origin = (typeof ORIGINS)[number];

/** How a case is handled: urgent (急事急办), by one department, by several together (繁事联办). */
export const LANES = ['URGENT', 'ORDINARY', 'JOINT'] as const;
export type Lane = (typeof LANES)[number];

/** Level of decision that a case has been brought to. */
export const ESCALATION_LEVELS = ['NONE', 'COORDINATOR', 'JOINT_MEETING', 'LEADERSHIP'] as const;
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];

/** What a referral to discipline inspection is about, by which it is registered (分类登记). */
export const REFERRAL_CLASSES = ['INACTION', 'SLOWNESS', 'MISCONDUCT', 'SHIRKING', 'EXTORTION', 'OTHER'] as const;
export type ReferralClass = (typeof REFERRAL_CLASSES)[number];

/** Kinds of sanctions on officials: 通报批评, 诫勉, 换人, 问责, 挪位, 撤职. */
export const SANCTION_KINDS = [
  'CRITICISM',
  'ADMONISHMENT',
  'REPLACEMENT',
  'ACCOUNTABILITY',
  'TRANSFER',
  'DISMISSAL',
] as const;
export type SanctionKind = (typeof SANCTION_KINDS)[number];

/** How far a matter is settled when it is closed. */
export const SETTLEMENTS = ['SETTLED', 'PARTLY', 'EXPLAINED', 'NOT_SETTLED'] as const;
export type Settlement = (typeof SETTLEMENTS)[number];

/** Where a matter came from, as its evaluation says. */
export const MATTER_CAUSES = [
  'POLICY',
  'PROCEDURE',
  'CONDUCT',
  'COORDINATION',
  'MARKET',
  'ENTERPRISE',
  'OTHER',
] as const;
export type MatterCause = (typeof MATTER_CAUSES)[number];
