import { type DayRange, isLegalDay, type LegalDay } from '@zhitong/values';
import { leavesOf, type Criterion } from '../criteria/criteria.js';
import { HAD_BEFORE, POLICIES_HAD } from '../policy/had-before.js';
import { shown, type Problem } from '../problem.js';
import { readCriteria } from '../criteria/read-criteria.js';
import { criteriaProblems } from '../policy/validate.js';
import { fenOfText } from './loan-amount.js';

export type LoanKind = 'WORKING_CAPITAL' | 'FIXED_ASSETS' | 'CREDIT' | 'INTELLECTUAL_PROPERTY' | 'INNOVATION' | 'GREEN';
export type CollateralKind =
  'NONE' | 'GUARANTEE' | 'REAL_ESTATE' | 'EQUIPMENT' | 'INTELLECTUAL_PROPERTY' | 'RECEIVABLES';

/** What a loan product offers. Amounts in fen, the yearly rate in basis points, the longest term in months. */
export interface LoanProduct {
  readonly id: string;
  readonly name: string;
  readonly bank: string;
  readonly kind: LoanKind;
  readonly minimumFen: number;
  readonly maximumFen: number;
  readonly yearlyRateBasisPoints: number;
  readonly termMonths: number;
  readonly collateralKinds: readonly CollateralKind[];
  readonly window: DayRange;
  /** All of them must be met. */
  readonly criteria: readonly Criterion[];
}

/** A product as a bank writes it down: amounts in yuan as text, criteria in the format of policy files. */
export interface LoanProductDraft extends Omit<LoanProduct, 'minimumFen' | 'maximumFen' | 'criteria'> {
  readonly minimumAmount: string;
  readonly maximumAmount: string;
  readonly criteria: unknown;
}

const ID = /^[a-z0-9][a-z0-9-]{1,63}$/;
const MOST_TEXT = 100;
/**
 * 24 per cent a year: what a court leaves a financial institution of interest, penalties and charges together when the
 * borrower asks for less (法发〔2017〕22号, article 2). Four times the one-year LPR (法释〔2020〕17号, which replaced the limit
 * of 法释〔2015〕18号) binds private lending, and neither binds institutions that a financial authority licensed (its
 * article 1, 法释〔2020〕27号); only those publish products here.
 */
const MOST_BASIS_POINTS = 2_400;
export const MOST_MONTHS = 360;

/** True for a whole number of months from 1 to 360. */
export const isTerm = (months: number): boolean => Number.isInteger(months) && months >= 1 && months <= MOST_MONTHS;

/**
 * Reads a product that a bank wants to publish; null with every problem and its place. `today` is the day on which its
 * criteria must be possible to meet and its window must not lie in the past. Never throws.
 */
export function readLoanProduct(
  { minimumAmount, maximumAmount, criteria: raw, ...draft }: LoanProductDraft,
  today: LegalDay,
): { readonly product: LoanProduct | null; readonly problems: readonly Problem[] } {
  const { criteria, problems: criteriaRead } = readCriteria(raw, 'criteria');
  const problems: Problem[] = [...criteriaRead];
  const refuse = (place: string, code: Problem['code'], message: string): void =>
    void problems.push({ place, code, message });
  const amount = (place: string, text: string): number => {
    const fen = fenOfText(text);
    if (fen === null || fen === 0)
      refuse(place, 'OUT_OF_RANGE', `${shown(text)} is no amount in yuan above 0 with at most two decimals.`);
    return fen ?? 0;
  };
  if (!ID.test(draft.id))
    refuse('id', 'WRONG_TYPE', `${shown(draft.id)} is not an id of 2 to 64 small letters, digits and hyphens.`);
  for (const place of ['name', 'bank'] as const) {
    if (draft[place].trim() === '' || draft[place].length > MOST_TEXT)
      refuse(place, 'WRONG_TYPE', `${shown(draft[place])} is no text of 1 to ${String(MOST_TEXT)} characters.`);
  }
  const [minimumFen, maximumFen] = [amount('minimumAmount', minimumAmount), amount('maximumAmount', maximumAmount)];
  if (minimumFen > maximumFen && maximumFen > 0)
    refuse('maximumAmount', 'CONTRADICTION', `${maximumAmount} yuan at most lies below ${minimumAmount} at least.`);
  const { yearlyRateBasisPoints: rate, termMonths, collateralKinds, window } = draft;
  if (!Number.isInteger(rate) || rate < 0 || rate > MOST_BASIS_POINTS)
    refuse(
      'yearlyRateBasisPoints',
      'OUT_OF_RANGE',
      `${shown(rate)} is no whole number from 0 to ${String(MOST_BASIS_POINTS)}.`,
    );
  if (!isTerm(termMonths))
    refuse('termMonths', 'OUT_OF_RANGE', `${shown(termMonths)} is no whole number from 1 to ${String(MOST_MONTHS)}.`);
  if (collateralKinds.length === 0)
    refuse('collateralKinds', 'WRONG_SHAPE', 'Name at least one kind; NONE for a loan on credit.');
  if (new Set(collateralKinds).size !== collateralKinds.length)
    refuse('collateralKinds', 'DUPLICATE', 'A kind stands twice in the list.');
  windowProblem(window, today, refuse);
  for (const { fact } of leavesOf(criteria))
    if (fact === HAD_BEFORE || fact === POLICIES_HAD)
      refuse('criteria', 'WRONG_OPERATOR', `${fact} tells of policies; a loan product does not ask it.`);
  if (problems.length === 0) problems.push(...criteriaProblems(criteria, today));
  return problems.length === 0
    ? {
        product: { ...draft, name: draft.name.trim(), bank: draft.bank.trim(), minimumFen, maximumFen, criteria },
        problems,
      }
    : { product: null, problems };
}

function windowProblem(
  { from, to }: DayRange,
  today: LegalDay,
  refuse: (place: string, code: Problem['code'], message: string) => void,
): void {
  if (from !== null && !isLegalDay(from)) refuse('validFrom', 'WRONG_TYPE', `${shown(from)} is no existing day.`);
  if (to === null) return;
  if (!isLegalDay(to)) refuse('validTo', 'WRONG_TYPE', `${shown(to)} is no existing day.`);
  else if (from !== null && from > to)
    refuse('validTo', 'BAD_WINDOW', `The window ends on ${to}, before it begins on ${from}.`);
  else if (to < today) refuse('validTo', 'BAD_WINDOW', `The window ended on ${to}, before today (${today}).`);
}
