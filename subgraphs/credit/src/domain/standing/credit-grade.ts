import { lastStartOver, type LegalDay } from '@zhitong/values';
import { isJudgmentUnfulfilled, isRecordOpen, lapsesOn, type DishonestyRecord, type Judgment } from './dishonesty.js';
import { isClaimOverdue, type GovernmentClaim } from './government-claim.js';

/** Public credit grade (公共信用等级): A 优, B 良, C 中, D 差. */
export const CREDIT_GRADES = ['A', 'B', 'C', 'D'] as const;
export type CreditGrade = (typeof CREDIT_GRADES)[number];

export interface CreditHistory {
  readonly records: readonly DishonestyRecord[];
  readonly judgments: readonly Judgment[];
  /** Days on which a breach of a pledge was found. */
  readonly pledgeBreaches: readonly LegalDay[];
  /** What it owes to the government; left out where nobody asks. */
  readonly claims?: readonly GovernmentClaim[];
}

export interface GradeReason {
  readonly rule: 'D1' | 'D2' | 'C1' | 'C2' | 'C3' | 'B1' | 'B2' | 'B3' | 'A';
  readonly text: string;
}

export interface CreditStanding {
  readonly grade: CreditGrade;
  readonly hasOpenDishonestyRecord: boolean;
  readonly hasUnfulfilledJudgment: boolean;
  readonly openRecordCount: number;
  readonly unfulfilledJudgmentCount: number;
  /**
   * Demands to pay a grant back of which something is overdue. They change no grade: no rule says so. The policies
   * department decides what they mean for new grants.
   */
  readonly overdueClaimCount: number;
  /** Every rule that applies, the decisive ones first. */
  readonly reasons: readonly GradeReason[];
  /** What a commitment-based approval (承诺制) asks for: no open record, no unfulfilled judgment. */
  readonly mayUseCommitmentApproval: boolean;
}

/**
 * The city's grading rules, in the order in which they decide; the worst grade that any rule gives counts.
 * D1 an open serious record. D2 an unfulfilled judgment. C1 an open general record. C2 two or more open minor records.
 * C3 a pledge breached in the 12 months before. B1 one open minor record. B2 a general or serious record that was
 * repaired or lapsed in the 12 months before. B3 a pledge breached in the 36 months before. A none of these.
 */
export function creditStanding(history: CreditHistory, on: LegalDay): CreditStanding {
  const open = history.records.filter((record) => isRecordOpen(record, on));
  const count = (seriousness: DishonestyRecord['seriousness']) =>
    open.filter((record) => record.seriousness === seriousness).length;
  const judgments = history.judgments.filter((judgment) => isJudgmentUnfulfilled(judgment, on)).length;
  const closed = history.records.filter(
    (record) => record.seriousness !== 'MINOR' && closedWithin(record, lastStartOver(on, 12, 'MONTHS'), on),
  ).length;
  const breaches = (months: number) =>
    history.pledgeBreaches.filter((day) => day <= on && day > lastStartOver(on, months, 'MONTHS')).length;

  const reasons: GradeReason[] = [];
  const apply = (holds: boolean, rule: GradeReason['rule'], text: string) => holds && reasons.push({ rule, text });
  apply(count('SERIOUS') > 0, 'D1', `严重失信记录${count('SERIOUS')}条未修复`);
  apply(judgments > 0, 'D2', `未履行生效判决${judgments}件`);
  apply(count('GENERAL') > 0, 'C1', `一般失信记录${count('GENERAL')}条未修复`);
  apply(count('MINOR') > 1, 'C2', `轻微失信记录${count('MINOR')}条未修复`);
  apply(breaches(12) > 0, 'C3', `近12个月违反信用承诺${breaches(12)}次`);
  apply(count('MINOR') === 1, 'B1', '轻微失信记录1条未修复');
  apply(closed > 0, 'B2', `近12个月内修复或到期的失信记录${closed}条`);
  apply(breaches(12) === 0 && breaches(36) > 0, 'B3', `近36个月违反信用承诺${breaches(36)}次`);
  if (reasons.length === 0) reasons.push({ rule: 'A', text: '无失信记录、无未履行判决、无违诺' });
  const worst = reasons[0]?.rule.charAt(0);
  return {
    grade: CREDIT_GRADES.find((grade) => grade === worst) ?? 'A',
    hasOpenDishonestyRecord: open.length > 0,
    hasUnfulfilledJudgment: judgments > 0,
    openRecordCount: open.length,
    unfulfilledJudgmentCount: judgments,
    overdueClaimCount: (history.claims ?? []).filter((claim) => isClaimOverdue(claim, on)).length,
    reasons,
    mayUseCommitmentApproval: open.length === 0 && judgments === 0,
  };
}

function closedWithin(record: DishonestyRecord, after: LegalDay, on: LegalDay): boolean {
  if (record.from > on || isRecordOpen(record, on)) return false;
  return (record.repair?.repairedOn ?? lapsesOn(record)) > after;
}
