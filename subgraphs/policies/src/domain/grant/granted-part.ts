import { inInstalments, isNothingLeft, type Award, type StatedBenefit } from '../benefit/benefit.js';
import { lifeOf, type BenefitLife } from '../benefit/benefit-life.js';

/** What a grant is of: money in instalments, or something that is not paid, with what it is worth. In fen. */
export type GrantedPart =
  | { readonly amountFen: number; readonly instalmentsFen: number[] }
  | {
      readonly amountFen: 0;
      readonly instalmentsFen: [];
      readonly life: Exclude<BenefitLife, 'PAYMENT'>;
      readonly valueFen: number | null;
    };

/**
 * What an enterprise is granted of a benefit. Of money that is a limit the amount is nothing until somebody decides on
 * it; what is not money is granted without an amount to pay, and may be without a known worth. Null when there is
 * nothing to grant: the amount is nothing or not known.
 * @param hadFen what was had before and is taken off.
 */
export function grantedPart(
  { kind, instalments }: Pick<StatedBenefit, 'kind' | 'instalments'>,
  award: Award,
  hadFen = 0,
): GrantedPart | null {
  const life = lifeOf(kind);
  if (isNothingLeft(award, hadFen)) return null;
  if (life !== 'PAYMENT')
    return {
      amountFen: 0,
      instalmentsFen: [],
      life,
      valueFen: award.known ? award.fen : (award.mostFen ?? null),
    };
  if (award.known) return award.fen === 0 ? null : { amountFen: award.fen, instalmentsFen: [...award.instalmentsFen] };
  return award.reason === 'AT_MOST' ? { amountFen: 0, instalmentsFen: inInstalments(0, instalments) } : null;
}
