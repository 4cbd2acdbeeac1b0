import { isBlank, addMonths, figureOn, type LegalDay } from '@zhitong/values';
import type { LegalDocument } from '../commitments/commitment.js';
import { PUBLICATION_MONTHS, type PublicationMonths } from '../figures/credit-repair.js';
import type { Problem } from '../problem.js';

/** Seriousness of a dishonesty record (失信程度): 轻微, 一般, 严重. */
export const SERIOUSNESS = ['MINOR', 'GENERAL', 'SERIOUS'] as const;
export type Seriousness = (typeof SERIOUSNESS)[number];

/** How an enterprise repaired its credit (信用修复). */
export interface Repair {
  readonly repairedOn: LegalDay;
  /** What was done: the duty fulfilled, the damage made good, the training attended. */
  readonly procedure: string;
  readonly decisionNumber: string;
}

export interface DishonestyRecord {
  readonly from: LegalDay;
  /** Last day on which it counts by itself; null while open-ended (then the longest publication limits it). */
  readonly until: LegalDay | null;
  readonly seriousness: Seriousness;
  readonly repair: Repair | null;
}

/** Why a record or a judgment was taken back: it should never have been made. */
export interface RecordWithdrawal {
  readonly reason: string;
  /** What the withdrawal rests on. */
  readonly document: LegalDocument;
  readonly withdrawnOn: LegalDay;
  /** `sub` of the official. */
  readonly by: string;
}

/** An effective judgment that the enterprise has not fulfilled (未履行生效判决). */
export interface Judgment {
  readonly effectiveOn: LegalDay;
  readonly fulfilledOn: LegalDay | null;
}

/** Why a record cannot be made. */
export type DishonestyFault = Problem<'NO_CATEGORY' | 'NO_DOCUMENT' | 'IN_THE_FUTURE' | 'ENDS_BEFORE_IT_BEGINS'> & {
  readonly path: readonly ['category' | 'documentNumber' | 'from' | 'until'];
};

/** The first reason why a record cannot be made on `today`; null when it can. */
export function dishonestyFault(
  {
    category,
    documentNumber,
    from,
    until,
  }: Pick<DishonestyRecord, 'from' | 'until'> & { readonly category: string; readonly documentNumber: string },
  today: LegalDay,
): DishonestyFault | null {
  if (isBlank(category)) return { code: 'NO_CATEGORY', path: ['category'], message: 'say what the record is about' };
  if (isBlank(documentNumber))
    return {
      code: 'NO_DOCUMENT',
      path: ['documentNumber'],
      message: 'a record names the document that it rests on',
    };
  if (from > today)
    return {
      code: 'IN_THE_FUTURE',
      path: ['from'],
      message: `${from} has not come yet`,
      details: { date: from, today },
    };
  if (until !== null && until < from)
    return {
      code: 'ENDS_BEFORE_IT_BEGINS',
      path: ['until'],
      message: `it ends on ${until}, before it begins`,
      details: { from, until },
    };
  return null;
}

/** By the rule that counts on the day on which the record begins. */
const publicationMonths = ({ seriousness, from }: DishonestyRecord): PublicationMonths =>
  figureOn(PUBLICATION_MONTHS[seriousness], from);

/**
 * The last day on which the record counts although nobody repaired it: a term of months ends on the same day of its
 * last month (Civil Code, article 202).
 */
export function lapsesOn(record: DishonestyRecord): LegalDay {
  const longest = addMonths(record.from, publicationMonths(record).most);
  return record.until !== null && record.until < longest ? record.until : longest;
}

/** Open on a day: begun, not lapsed, not repaired by then. The day of repair itself is no longer open. */
export function isRecordOpen(record: DishonestyRecord, on: LegalDay): boolean {
  return record.from <= on && on <= lapsesOn(record) && !(record.repair !== null && record.repair.repairedOn <= on);
}

/** Unfulfilled on a day. The day of fulfilment itself is fulfilled. */
export function isJudgmentUnfulfilled(judgment: Judgment, on: LegalDay): boolean {
  return judgment.effectiveOn <= on && (judgment.fulfilledOn === null || on < judgment.fulfilledOn);
}

export type RepairDecision =
  | { readonly ok: true; readonly repair: Repair }
  | {
      readonly ok: false;
      readonly code: 'ALREADY_REPAIRED' | 'TOO_EARLY' | 'LAPSED' | 'NO_EVIDENCE' | 'IN_THE_FUTURE';
      readonly message: string;
      /** What of the repair is wrong, by its name in the input. */
      readonly path: readonly [keyof Repair | 'record'];
      readonly earliest: LegalDay | null;
    };

/** Decides a repair on `today`. */
export function decideRepair(record: DishonestyRecord, repair: Repair, today: LegalDay): RepairDecision {
  const earliest = addMonths(record.from, publicationMonths(record).least);
  if (record.repair)
    return {
      ok: false,
      code: 'ALREADY_REPAIRED',
      path: ['record'],
      message: `the record was repaired on ${record.repair.repairedOn}`,
      earliest: null,
    };
  if (repair.repairedOn > today)
    return {
      ok: false,
      code: 'IN_THE_FUTURE',
      path: ['repairedOn'],
      message: `${repair.repairedOn} has not come yet`,
      earliest,
    };
  if (repair.repairedOn < earliest) {
    return {
      ok: false,
      code: 'TOO_EARLY',
      path: ['repairedOn'],
      message: `a record of this seriousness is published until ${earliest} at least`,
      earliest,
    };
  }
  if (!isRecordOpen(record, repair.repairedOn))
    return {
      ok: false,
      code: 'LAPSED',
      path: ['repairedOn'],
      message: 'the record no longer counted on that day',
      earliest: null,
    };
  if (isBlank(repair.procedure) || isBlank(repair.decisionNumber)) {
    return {
      ok: false,
      code: 'NO_EVIDENCE',
      path: [isBlank(repair.procedure) ? 'procedure' : 'decisionNumber'],
      message: 'a repair names its procedure and the number of the decision',
      earliest,
    };
  }
  return { ok: true, repair };
}

export type DishonestyMove = 'REPAIR' | 'WITHDRAW';

/** What the department that recorded something can do with it on a day; one that was withdrawn is not told of. */
export const dishonestyMoves = (record: DishonestyRecord, today: LegalDay): DishonestyMove[] =>
  decideRepair(record, { repairedOn: today, procedure: '—', decisionNumber: '—' }, today).ok
    ? ['REPAIR', 'WITHDRAW']
    : ['WITHDRAW'];

/** On which day a standing is asked for, and on which day it is asked. */
export interface AskedOn {
  readonly on: LegalDay;
  readonly today: LegalDay;
}

/**
 * Whether a record counts towards what may be shown without the history: it was open on the day, and is not repaired or
 * lapsed since.
 */
export const isStillOpen = (record: DishonestyRecord, { on, today }: AskedOn): boolean =>
  isRecordOpen(record, on) && isRecordOpen(record, today);

/**
 * Whether a record is shown to someone. One that is repaired or has lapsed is shown only to those who need it (the
 * enterprise itself, the department that recorded it, the office that keeps the records, an auditor), whichever day is
 * asked for.
 */
export function isRecordShown(
  record: DishonestyRecord,
  asked: AskedOn,
  caller: { readonly needsHistory: boolean },
): boolean {
  return caller.needsHistory ? record.from <= asked.on : isStillOpen(record, asked);
}
