import { type DayRange, isLegalDay, type LegalDay } from '@zhitong/values';
import { leavesOf, type Criterion } from '../criteria/criteria.js';
import { unshownIn } from '../format/readable-text.js';
import { HAD_BEFORE, POLICIES_HAD } from '../policy/had-before.js';
import { shown, type Problem } from '../problem.js';
import { said, type Said } from '../refusal-words.js';
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
  const refuse = (place: string, code: Problem['code'], words: Said): void =>
    void problems.push({ place, code, ...words });
  const amount = (place: string, text: string): number => {
    const fen = fenOfText(text);
    if (fen === null || fen === 0) refuse(place, 'OUT_OF_RANGE', said('LOAN_AMOUNT', { value: shown(text) }));
    return fen ?? 0;
  };
  if (!ID.test(draft.id))
    refuse(
      'id',
      'WRONG_TYPE',
      said('NOT_EXPECTED_FORM', {
        value: shown(draft.id),
        expected: 'an id of 2 to 64 small letters, digits and hyphens',
        expectedInChinese: '产品编号：须为 2 至 64 个小写字母、数字和连字符',
      }),
    );
  for (const place of ['name', 'bank'] as const) {
    if (draft[place].trim() === '' || draft[place].length > MOST_TEXT)
      refuse(place, 'WRONG_TYPE', said('NO_TEXT', { value: shown(draft[place]), least: 1, most: MOST_TEXT }));
    const unshown = unshownIn(place, draft[place].trim());
    if (unshown !== null) refuse(place, 'UNREADABLE', unshown);
  }
  const [minimumFen, maximumFen] = [amount('minimumAmount', minimumAmount), amount('maximumAmount', maximumAmount)];
  if (minimumFen > maximumFen && maximumFen > 0)
    refuse(
      'maximumAmount',
      'CONTRADICTION',
      said('MOST_BELOW_LEAST', { maximum: maximumAmount, minimum: minimumAmount }),
    );
  const { yearlyRateBasisPoints: rate, termMonths, collateralKinds, window } = draft;
  if (!Number.isInteger(rate) || rate < 0 || rate > MOST_BASIS_POINTS)
    refuse(
      'yearlyRateBasisPoints',
      'OUT_OF_RANGE',
      said('NO_WHOLE_NUMBER', { value: shown(rate), least: 0, most: MOST_BASIS_POINTS }),
    );
  if (!isTerm(termMonths))
    refuse(
      'termMonths',
      'OUT_OF_RANGE',
      said('NO_WHOLE_NUMBER', { value: shown(termMonths), least: 1, most: MOST_MONTHS }),
    );
  if (collateralKinds.length === 0) refuse('collateralKinds', 'WRONG_SHAPE', said('NO_KIND_OF_COLLATERAL'));
  if (new Set(collateralKinds).size !== collateralKinds.length)
    refuse('collateralKinds', 'DUPLICATE', said('KIND_TWICE'));
  windowProblem(window, today, refuse);
  for (const { fact } of leavesOf(criteria))
    if (fact === HAD_BEFORE || fact === POLICIES_HAD)
      refuse('criteria', 'WRONG_OPERATOR', said('TELLS_OF_POLICIES', { fact }));
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
  refuse: (place: string, code: Problem['code'], words: Said) => void,
): void {
  if (from !== null && !isLegalDay(from))
    refuse('validFrom', 'WRONG_TYPE', said('NO_EXISTING_DAY', { value: shown(from) }));
  if (to === null) return;
  if (!isLegalDay(to)) refuse('validTo', 'WRONG_TYPE', said('NO_EXISTING_DAY', { value: shown(to) }));
  else if (from !== null && from > to) refuse('validTo', 'BAD_WINDOW', said('BAD_WINDOW', { until: to, from }));
  else if (to < today) refuse('validTo', 'BAD_WINDOW', said('WINDOW_OVER', { until: to, today }));
}
