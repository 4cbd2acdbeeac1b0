import { dayInShanghai, yearOf, type LegalDay } from '@zhitong/values';
import type { GrantPeriod, PolicyContent } from '../policy/policy.js';
import type { RegisterBar } from '../policy/register-bar.js';

/** A benefit that an enterprise has or had under a policy, in whichever version. */
export interface HeldBenefit {
  readonly uscc: string;
  readonly policyId: string;
  /** `ALL` when the version of that time gave it once, else the year. */
  readonly period: string;
  readonly identifiedAt: Date;
}

/** A benefit that is held, and what has come of it. */
export interface StandingBenefit extends HeldBenefit {
  /** Whether anything of it is paid, or of what is not money handed over. */
  readonly isPaid: boolean;
  /** What the enterprise has of it where a later one pays the difference only, see `hadFenOf`. */
  readonly hadFen: number;
}

/** The year for which a benefit was given: one that was given once stands for the year in which it was found. */
export const yearOfBenefit = ({ period, identifiedAt }: Pick<HeldBenefit, 'period' | 'identifiedAt'>): string =>
  period === 'ALL' ? dayInShanghai(identifiedAt).slice(0, 4) : period;

/**
 * Whether a benefit was had already, judged by the rule that applies on a day over everything that was given under the
 * whole line of versions: what is given once was had when anything was ever given; what is given every year was had
 * when something was given for that year, under whichever rule of then.
 */
export const wasHad = (grantPeriod: GrantPeriod, day: LegalDay, held: readonly HeldBenefit[]): boolean =>
  grantPeriod === 'ONCE' ? held.length > 0 : held.some((one) => yearOfBenefit(one) === String(yearOf(day)));

/** The same of a benefit that was given already: whether others were had for its own time. */
export const wasHadFor = (
  grantPeriod: GrantPeriod,
  grant: Pick<HeldBenefit, 'period' | 'identifiedAt'>,
  others: readonly HeldBenefit[],
): boolean =>
  grantPeriod === 'ONCE' ? others.length > 0 : others.some((one) => yearOfBenefit(one) === yearOfBenefit(grant));

/**
 * Those of an enterprise's other grants under a policy that stand before a grant: found earlier, or paid before
 * anything of it is. So of two that the rule of the day allows one of, one is paid.
 */
export const givenBefore = <Other extends { readonly identifiedAt: Date; readonly isPaid: boolean }>(
  grant: { readonly identifiedAt: Date; readonly isPartPaid: boolean },
  others: readonly Other[],
): Other[] => others.filter((other) => other.identifiedAt < grant.identifiedAt || (other.isPaid && !grant.isPartPaid));

/** Benefits by the enterprise that holds them. */
export function byEnterprise<Held extends HeldBenefit>(held: readonly Held[]): Map<string, Held[]> {
  const grouped = new Map<string, Held[]>();
  for (const one of held) {
    const others = grouped.get(one.uscc);
    if (others === undefined) grouped.set(one.uscc, [one]);
    else others.push(one);
  }
  return grouped;
}

/** Why a benefit cannot be had by an enterprise that meets its conditions. */
export interface Bar {
  readonly reason: 'ALREADY_PAID' | 'EXCLUDED' | 'NOTHING_LEFT' | RegisterBar;
  /** The policy under which it holds what stands in the way; null where nothing that it holds does. */
  readonly policyId: string | null;
}

/** What stands in the way of a benefit. */
type BarringPolicy = Pick<PolicyContent, 'id' | 'excludes' | 'grantPeriod'>;

/**
 * What of an enterprise's benefits stands in the way of a policy on a day: it was paid for the time already, or one is
 * held of which this one, or which itself, says that both cannot be had. Null when nothing does.
 * @param held what is held or was paid under any policy, of this one what was paid.
 * @param excludesOf what a held policy excludes.
 */
export function barOf(
  { id, excludes, grantPeriod }: BarringPolicy,
  day: LegalDay,
  held: readonly (HeldBenefit & { readonly isPaid: boolean })[],
  excludesOf: (policyId: string) => readonly string[],
): Bar | null {
  if (held.length === 0) return null;
  const own = held.filter(({ policyId, isPaid }) => policyId === id && isPaid);
  if (wasHad(grantPeriod, day, own)) return { reason: 'ALREADY_PAID', policyId: id };
  const other = held.find(
    ({ policyId }) => policyId !== id && (excludes.includes(policyId) || excludesOf(policyId).includes(id)),
  );
  return other === undefined ? null : { reason: 'EXCLUDED', policyId: other.policyId };
}

/**
 * What an enterprise has of a grant, in fen, where a later one pays the difference only [升档补差]: the granted amount,
 * of a withdrawn one what was paid, less what was asked back and came.
 */
export const hadFenOf = ({
  status,
  amountFen,
  paidFen,
  recoveredFen = 0,
}: {
  readonly status: string;
  readonly amountFen: number;
  readonly paidFen: number;
  readonly recoveredFen?: number | undefined;
}): number => Math.max(0, (status === 'WITHDRAWN' ? paidFen : amountFen) - recoveredFen);

/**
 * What an enterprise had before under a policy that pays the difference only, in fen: all that it was given under it in
 * whichever version, but for what is under way for the same time and not paid, which is the benefit in question itself.
 * 0 under any other policy.
 */
export function hadBeforeFen(
  { id, grantPeriod, benefit }: ToppingUp,
  day: LegalDay,
  held: readonly StandingBenefit[],
): number {
  if (!benefit.topUpDifference) return 0;
  return held
    .filter((one) => one.policyId === id && (one.isPaid || !wasHad(grantPeriod, day, [one])))
    .reduce((sum, { hadFen }) => sum + hadFen, 0);
}

type ToppingUp = Pick<PolicyContent, 'id' | 'grantPeriod'> & {
  readonly benefit: Pick<PolicyContent['benefit'], 'topUpDifference'>;
};
