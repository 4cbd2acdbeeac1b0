import type { LegalDay } from '@zhitong/values';
import { isJudgmentUnfulfilled, isRecordOpen, lapsesOn, type DishonestyRecord, type Judgment } from './dishonesty.js';
import { pledgeState, type Pledge } from './pledge.js';

/** What keeps an enterprise from approval on a pledge (告知承诺). */
export const PLEDGE_BAR_KINDS = ['DISHONESTY_RECORD', 'UNFULFILLED_JUDGMENT', 'BREACHED_PLEDGE'] as const;
export type PledgeBarKind = (typeof PLEDGE_BAR_KINDS)[number];

export interface PledgeBar {
  readonly kind: PledgeBarKind;
  /** Number of the record, of the court's case, or of the pledge. */
  readonly number: string;
  /** Code of the department that keeps it. */
  readonly keptBy: string;
  /** Last day on which it bars by itself; null for what ends by being done alone. */
  readonly until: LegalDay | null;
}

/** What an enterprise is judged by. */
export interface PledgeHistory {
  readonly records: readonly (DishonestyRecord & { readonly id: string; readonly recordedBy: string })[];
  readonly judgments: readonly (Judgment & { readonly caseNumber: string })[];
  readonly pledges: readonly (Pick<Pledge, 'events'> & { readonly id: string; readonly department: string })[];
}

/**
 * All that bars an enterprise from pledging on a day: open dishonesty records, unfulfilled judgments, breached pledges
 * that are not put right and closed (国办发〔2020〕42号: who pledged falsely is excluded until credit is repaired). The
 * same as `decideSigning` refuses a signature for. The courts inform the office that keeps the records.
 */
export function pledgeBars(
  { records, judgments, pledges }: PledgeHistory,
  { today, ledgerOffice }: { readonly today: LegalDay; readonly ledgerOffice: string },
): PledgeBar[] {
  return [
    ...records
      .filter((record) => isRecordOpen(record, today))
      .map((record): PledgeBar => {
        const { id: number, recordedBy: keptBy } = record;
        return { kind: 'DISHONESTY_RECORD', number, keptBy, until: lapsesOn(record) };
      }),
    ...judgments
      .filter((judgment) => isJudgmentUnfulfilled(judgment, today))
      .map(({ caseNumber: number }): PledgeBar => {
        return { kind: 'UNFULFILLED_JUDGMENT', number, keptBy: ledgerOffice, until: null };
      }),
    ...pledges
      .filter((pledge) => pledgeState(pledge) === 'BREACHED')
      .map(({ id: number, department: keptBy }): PledgeBar => ({
        kind: 'BREACHED_PLEDGE',
        number,
        keptBy,
        until: null,
      })),
  ];
}
