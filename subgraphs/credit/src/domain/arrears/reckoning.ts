import type { ExactRate, Fen, LegalDay } from '@zhitong/values';
import type { AccountStep } from './account.js';
import { standing } from './arrear-payment.js';
import type { RecordedArrear } from './arrear-knowledge.js';
import { debtorAtFirst } from './arrear-transfer.js';
import { reckon, type ArrearRules } from './arrears.js';
import { lateInterestRate } from './late-interest.js';
import { agreedOn, planVersions, type PlanInstalment } from './repayment-plan.js';

/** Raised when the rules reckon otherwise than before, so that what was reckoned by the former ones is made anew. */
const FORM = 2;
/** After every day that a debt depends on. */
const LAST_DAY: LegalDay = '9999-12-31';

/**
 * A debt as the rules reckon it over all days, so that the figures of any day can be added up from it without the
 * rules: what it stands on from which day on, who owes it, which plan is in force. Derived from the debt alone, and
 * made again from it.
 */
export interface Reckoning {
  readonly arrearId: string;
  /** The version of the debt, and whether it counts: one that was withdrawn does not. */
  readonly version: number;
  readonly counts: boolean;
  /** The rules that it was reckoned by. */
  readonly basis: string;
  readonly deliveredOn: LegalDay;
  readonly isLargeEnterprises: boolean;
  /** Null while no day is due. */
  readonly dueOn: LegalDay | null;
  readonly rate: ExactRate;
  /** The first holds from the beginning. */
  readonly steps: readonly AccountStep[];
  readonly debtors: readonly { readonly on: LegalDay; readonly debtor: string }[];
  readonly plans: readonly {
    readonly on: LegalDay;
    readonly paidBefore: Fen;
    readonly instalments: readonly PlanInstalment[];
  }[];
}

/** What tells that figures were reckoned by these rules. */
export const basisOf = ({ lpr, calendar }: ArrearRules): string =>
  [
    FORM,
    lpr.completeThrough ?? '',
    lpr.values.length,
    calendar.knownThrough,
    calendar.daysOff.size,
    calendar.workingWeekends.size,
  ].join('|');

/** Reckons a debt over all its days. */
export function reckoningOf(
  arrear: RecordedArrear & { readonly id: string; readonly version: number },
  rules: ArrearRules,
): Reckoning {
  const { dueOn, account } = reckon(arrear, LAST_DAY, rules, null);
  return {
    arrearId: arrear.id,
    version: arrear.version,
    counts: arrear.withdrawal === undefined,
    basis: basisOf(rules),
    deliveredOn: arrear.delivery.deliveredOn,
    isLargeEnterprises: arrear.contract.debtorIsLargeEnterprise === true,
    dueOn,
    rate: lateInterestRate(arrear.contract, rules.lpr),
    steps: account.steps,
    debtors: [
      { on: '0001-01-01', debtor: debtorAtFirst(arrear) },
      ...standing(arrear.transfers ?? []).map(({ effectiveOn, to }) => ({ on: effectiveOn, debtor: to })),
    ],
    plans: planVersions(arrear, arrear.principal).flatMap((version) => {
      const on = agreedOn(version);
      return on === null ? [] : [{ on, paidBefore: version.paidBefore, instalments: version.instalments }];
    }),
  };
}
