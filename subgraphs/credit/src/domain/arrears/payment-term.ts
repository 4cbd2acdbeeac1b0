import { addDays, figureOn, valueOn, workingDayFrom, type LegalDay, type WorkingCalendar } from '@zhitong/values';
import {
  citation,
  DEFAULT_TERM_DAYS,
  LARGE_ENTERPRISE_TERM_DAYS,
  LONGEST_TERM_DAYS,
  PAYMENT_REGULATION,
  THIRD_PARTY_CLAUSE_REPLY,
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
  /** A large enterprise bought, not a public body. */
  readonly debtorIsLargeEnterprise?: boolean;
  /** The contract makes payment wait for a third party's (背靠背条款). */
  readonly paysWhenPaid?: boolean;
  /** The parties agreed that a payment counts towards the principal first (Civil Code, article 561, lets them). */
  readonly principalFirst?: boolean;
}

export interface Delivery {
  readonly deliveredOn: LegalDay;
  /** Set where the contract makes payment depend on inspection or acceptance. */
  readonly acceptance: Acceptance | null;
  /** Set where progress or periodic settlement was agreed: the day on which both sides confirmed the amount. */
  readonly settlementConfirmedOn: LegalDay | null;
  /** Retention money (工程质量保证金): the last day of the period of liability for defects. */
  readonly retentionUntil?: LegalDay | null;
}

export type TermStart = 'DELIVERY' | 'ACCEPTANCE' | 'ACCEPTANCE_DEADLINE' | 'SETTLEMENT_CONFIRMED' | 'RETENTION_END';

export interface PaymentTerm {
  readonly startsOn: LegalDay;
  readonly start: TermStart;
  readonly days: number;
  /** The last day of the counted term, which may be a day off. */
  readonly countedTo: LegalDay;
  /** The last day on which payment is in time: `countedTo`, or the first working day after it. */
  readonly dueOn: LegalDay;
  /** The contract named more than 60 days; the regulation's limit counts instead. */
  readonly wasShortened: boolean;
  /** The contract made payment wait for a third party's, which is void; the term is the regulation's. */
  readonly isThirdPartyClauseVoid: boolean;
  /** The calendar does not reach the day yet, or a court has the last word on the term. */
  readonly isProvisional: boolean;
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
export function regulationFor({
  signedOn,
  creditorIsSme,
}: Pick<PurchaseContract, 'signedOn' | 'creditorIsSme'>): RegulationEdition | null {
  if (!creditorIsSme) return null;
  return valueOn(PAYMENT_REGULATION, signedOn)?.value ?? null;
}

/** Days of a term, and what they rest on. */
interface TermDays {
  readonly days: number;
  readonly agreed: number;
  readonly source: string;
  readonly isVoid: boolean;
  readonly isProvisional: boolean;
}

/** The days that a large enterprise has where its contract names none, or none that counts. */
const ofLargeEnterprise = ({ signedOn }: PurchaseContract): number | null =>
  valueOn(LARGE_ENTERPRISE_TERM_DAYS, signedOn)?.value ?? null;

/** Where order 728 of 2020 names no term for large enterprises, and their clause is void: that of order 802. */
const TERM_BESIDE_A_VOID_CLAUSE = 60;

function termDays(contract: PurchaseContract, start: TermStart): TermDays | null {
  const edition = regulationFor(contract);
  const { agreedTermDays, paysWhenPaid = false, debtorIsLargeEnterprise = false, signedOn } = contract;
  const isVoid = paysWhenPaid && edition !== null;
  const base = { isVoid, isProvisional: isVoid };
  if (start === 'RETENTION_END') {
    const days = agreedTermDays ?? 0;
    const source = edition ? citation(edition, edition.depositArticle) : '合同约定';
    return { ...base, isVoid: false, isProvisional: false, days, agreed: days, source };
  }
  if (!edition)
    return agreedTermDays === null
      ? null
      : { ...base, days: agreedTermDays, agreed: agreedTermDays, source: '合同约定' };
  const articles = [
    debtorIsLargeEnterprise ? `${edition.termArticle}第二款` : edition.termArticle,
    ...(start.startsWith('ACCEPTANCE') ? [edition.acceptanceArticle] : []),
  ];
  const source = `${citation(edition, ...articles)}${isVoid ? `；${THIRD_PARTY_CLAUSE_REPLY}` : ''}`;
  const named = isVoid ? null : agreedTermDays;
  if (debtorIsLargeEnterprise) {
    const days = named ?? ofLargeEnterprise(contract) ?? (isVoid ? TERM_BESIDE_A_VOID_CLAUSE : null);
    return days === null ? null : { ...base, days, agreed: days, source };
  }
  const agreed = named ?? figureOn(DEFAULT_TERM_DAYS, signedOn);
  return { ...base, days: Math.min(agreed, figureOn(LONGEST_TERM_DAYS, signedOn)), agreed, source };
}

/** True where neither the contract nor the regulation gives a term, so that the contract's own is needed. */
export const needsOwnTerm = (contract: PurchaseContract, delivery: Delivery): boolean =>
  termDays(contract, (delivery.retentionUntil ?? null) === null ? 'DELIVERY' : 'RETENTION_END') === null;

/**
 * The day by which a public body or a large enterprise has to pay a small or medium enterprise: Regulation on Ensuring
 * Payments to SMEs, State Council order 728 of 2020 (articles 8 and 9), since 2025-06-01 order 802 (articles 9 and 10).
 * A public body pays within 30 days, within 60 at most; a large enterprise, by order 802, within 60 or as its contract
 * names. A clause that lets payment wait for a third party's is void (order 802, article 9; 法释〔2024〕11号). Retention
 * money is due when its period is over, however long that is (order 802, article 13). A contract from before
 * 2020-09-01, or with a large creditor, counts alone.
 *
 * `today` decides whether an acceptance that the contract sets a limit for is late: then the term runs from the end of
 * that limit (article 9, since 2025 article 10), however long the acceptance takes. A last day that is a day off moves
 * to the first working day after it (Civil Code, article 203).
 */
export function paymentTerm(
  contract: PurchaseContract,
  delivery: Delivery,
  { today, calendar }: { readonly today: LegalDay; readonly calendar: WorkingCalendar },
): PaymentTermResult {
  const begin = termStart(delivery, today);
  if (!begin)
    return {
      ok: false,
      code: 'NOT_ACCEPTED',
      message: 'the goods or works are not accepted yet, and no agreed limit for that has passed',
    };
  const found = termDays(contract, begin.start);
  if (!found)
    return { ok: false, code: 'NO_TERM', message: 'the contract names no term and the regulation does not cover it' };
  const countedTo = addDays(begin.startsOn, found.days);
  const { day: dueOn, isKnown } = workingDayFrom(calendar, countedTo);
  return {
    ok: true,
    term: {
      ...begin,
      days: found.days,
      countedTo,
      dueOn,
      wasShortened: found.days < found.agreed,
      isThirdPartyClauseVoid: found.isVoid,
      isProvisional: found.isProvisional || !isKnown,
      source: dueOn === countedTo ? found.source : `${found.source}；《中华人民共和国民法典》第二百零三条`,
    },
  };
}

function termStart(
  { deliveredOn, acceptance, settlementConfirmedOn, retentionUntil = null }: Delivery,
  today: LegalDay,
): { startsOn: LegalDay; start: TermStart } | null {
  if (retentionUntil !== null) return { startsOn: retentionUntil, start: 'RETENTION_END' };
  if (settlementConfirmedOn !== null) return { startsOn: settlementConfirmedOn, start: 'SETTLEMENT_CONFIRMED' };
  if (acceptance === null) return { startsOn: deliveredOn, start: 'DELIVERY' };
  const { agreedBy, acceptedOn } = acceptance;
  if (acceptedOn !== null && (agreedBy === null || acceptedOn <= agreedBy))
    return { startsOn: acceptedOn, start: 'ACCEPTANCE' };
  if (agreedBy !== null && (acceptedOn !== null || agreedBy < today))
    return { startsOn: agreedBy, start: 'ACCEPTANCE_DEADLINE' };
  return null;
}
