import { isBlank, formatYuan, MOST_FEN_OF_ONE_AMOUNT, normalReference, type Fen } from '@zhitong/values';
import type { Problem } from '../problem.js';
import type { Judgment } from './dishonesty.js';

export type JudgmentReason = 'IN_THE_FUTURE' | 'FULFILLED_OUTSIDE' | 'AMOUNT_OUTSIDE' | 'NO_COURT' | 'NO_CASE_NUMBER';

/** Why a judgment cannot be recorded on `today`; null when it can. The amount is in fen, 0 where none is adjudged. */
export function judgmentFault(
  {
    effectiveOn,
    fulfilledOn,
    amount,
    court,
    caseNumber,
  }: Judgment & { readonly amount: Fen; readonly court: string; readonly caseNumber: string },
  today: string,
): Problem<JudgmentReason> | null {
  const most = formatYuan(MOST_FEN_OF_ONE_AMOUNT);
  const at = (code: JudgmentReason, field: string, message: string): Problem<JudgmentReason> => ({
    code,
    path: [field],
    message,
    details: { date: effectiveOn, today, fulfilledOn, most },
  });
  if (effectiveOn > today) return at('IN_THE_FUTURE', 'effectiveOn', `${effectiveOn} has not come yet`);
  if (fulfilledOn !== null && (fulfilledOn > today || fulfilledOn < effectiveOn))
    return at('FULFILLED_OUTSIDE', 'fulfilledOn', `${fulfilledOn} does not lie between the day of effect and today`);
  if (amount < 0 || amount > MOST_FEN_OF_ONE_AMOUNT)
    return at('AMOUNT_OUTSIDE', 'amount', `an amount lies between 0 and ${most}`);
  if (isBlank(court)) return at('NO_COURT', 'court', 'a judgment names its court');
  return normalReference(caseNumber) === ''
    ? at('NO_CASE_NUMBER', 'caseNumber', 'a judgment has its case number')
    : null;
}
