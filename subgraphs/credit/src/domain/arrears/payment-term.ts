import { addDays, figureOn, type LegalDay, valueOn } from '@zhitong/values';
import {
  citation,
  DEFAULT_TERM_DAYS,
  LONGEST_TERM_DAYS,
  PAYMENT_REGULATION,
  type RegulationEdition,
} from '../figures/sme-payment.js';

export interface Acceptance {
  /** The last day that the contract allows for inspection or acceptance; null when it names none. */
  readonly agreedBy: LegalDay | null;
  readonly acceptedOn: LegalDay | null;
}

export interface PurchaseContract {
  readonly signedOn: LegalDay;
  /** The creditor was a small or medium enterprise when the contract was signed (article 3). */
  readonly creditorIsSme: boolean;
  readonly agreedTermDays: number | null;
  /** Agreed yearly rate of late interest in hundredths of a per cent; null where nothing was agreed. */
  readonly agreedRateBasisPoints: number | null;
}

export interface Delivery {
  readonly deliveredOn: LegalDay;
  /** Set where the contract makes payment depend on inspection or acceptance. */
  readonly acceptance: Acceptance | null;
  /** Set where progress or periodic settlement was agreed: the day on which both sides confirmed the amount. */
  readonly settlementConfirmedOn: LegalDay | null;
}

export type TermStart = 'DELIVERY' | 'ACCEPTANCE' | 'ACCEPTANCE_DEADLINE' | 'SETTLEMENT_CONFIRMED';

export interface PaymentTerm {
  readonly startsOn: LegalDay;
  readonly start: TermStart;
  readonly days: number;
  /** The last day on which payment is in time. */
  readonly dueOn: LegalDay;
  /** The contract named more than 60 days; the regulation's limit counts instead. */
  readonly wasShortened: boolean;
  /** Regulation and articles, in Chinese as they are cited; or the contract alone. */
  readonly source: string;
}

export type PaymentTermResult =
  | { readonly ok: true; readonly term: PaymentTerm }
  | { readonly ok: false; readonly code: 'NOT_ACCEPTED' | 'NO_TERM'; readonly message: string };

/**
 * The edition that governs a contract, by the day of signature; null for a creditor or a day that the regulation does
 * not cover.
 */
export function regulationFor({ signedOn, creditorIsSme }: PurchaseContract): RegulationEdition | null {
  if (!creditorIsSme) return null;
  return valueOn(PAYMENT_REGULATION, signedOn)?.value ?? null;
}

/**
 * The day by which a public body has to pay a small or medium enterprise: Regulation on Ensuring Payments to SMEs,
 * State Council order 728 of 2020 (articles 8 and 9), since 2025-06-01 order 802 (articles 9 and 10). `today` decides
 * whether an acceptance that the contract sets a limit for is late: then the term runs from the end of that limit
 * (article 9, since 2025 article 10), however long the acceptance takes.
 */
export function paymentTerm(contract: PurchaseContract, delivery: Delivery, today: LegalDay): PaymentTermResult {
  const edition = regulationFor(contract);
  const begin = termStart(delivery, today);
  if (!begin)
    return {
      ok: false,
      code: 'NOT_ACCEPTED',
      message: 'the goods or works are not accepted yet, and no agreed limit for that has passed',
    };
  const { agreedTermDays } = contract;
  if (!edition && agreedTermDays === null) {
    return { ok: false, code: 'NO_TERM', message: 'the contract names no term and the regulation does not cover it' };
  }
  const agreed = agreedTermDays ?? figureOn(DEFAULT_TERM_DAYS, contract.signedOn);
  const days = edition ? Math.min(agreed, figureOn(LONGEST_TERM_DAYS, contract.signedOn)) : agreed;
  const articles =
    edition && begin.start.startsWith('ACCEPTANCE')
      ? [edition.termArticle, edition.acceptanceArticle]
      : [edition?.termArticle ?? ''];
  return {
    ok: true,
    term: {
      ...begin,
      days,
      dueOn: addDays(begin.startsOn, days),
      wasShortened: days < agreed,
      source: edition ? citation(edition, ...articles) : '合同约定',
    },
  };
}

function termStart(
  { deliveredOn, acceptance, settlementConfirmedOn }: Delivery,
  today: LegalDay,
): { startsOn: LegalDay; start: TermStart } | null {
  if (settlementConfirmedOn !== null) return { startsOn: settlementConfirmedOn, start: 'SETTLEMENT_CONFIRMED' };
  if (acceptance === null) return { startsOn: deliveredOn, start: 'DELIVERY' };
  const { agreedBy, acceptedOn } = acceptance;
  if (acceptedOn !== null && (agreedBy === null || acceptedOn <= agreedBy))
    return { startsOn: acceptedOn, start: 'ACCEPTANCE' };
  if (agreedBy !== null && (acceptedOn !== null || agreedBy < today))
    return { startsOn: agreedBy, start: 'ACCEPTANCE_DEADLINE' };
  return null;
}
