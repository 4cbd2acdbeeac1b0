import { isBlank, formatYuan, isLegalDay, MOST_FEN_OF_ONE_AMOUNT, type LegalDay } from '@zhitong/values';
import type { Problem, ProblemDetails } from '../problem.js';

/** What a government promise (政府承诺) is about. */
export const COMMITMENT_KINDS = ['CASH', 'LAND', 'TAX_REFUND', 'INFRASTRUCTURE', 'SERVICE', 'PERMIT'] as const;
export type CommitmentKind = (typeof COMMITMENT_KINDS)[number];

/**
 * What the ledger counts for a commitment: whole fen, or milestones of a deliverable (a road, a permit).
 * One ledger serves both, so a promise that is not money is audited by the same rules.
 */
export type Measure = 'MONEY' | 'DELIVERABLE';

/** The written legal document of a promise (法律文书). */
export interface LegalDocument {
  readonly number: string;
  readonly date: LegalDay;
  /** SHA-256 of the file, 64 lower-case hexadecimal digits; null while the file is not in the archive. */
  readonly digest: string | null;
}

export interface Instalment {
  /** Counted from 1, in order of due date. */
  readonly no: number;
  readonly dueOn: LegalDay;
  /** In the commitment's measure: fen or milestones. */
  readonly amount: number;
}

/** A condition that the enterprise has to meet (对企业的条件). */
export interface Condition {
  readonly no: number;
  readonly text: string;
}

export type ConditionStatus = 'PENDING' | 'MET' | 'NOT_MET';

/** The official answerable for a promise (责任人). */
export interface Official {
  readonly name: string;
  readonly post: string;
}

export interface CommitmentTerms {
  readonly title: string;
  readonly kind: CommitmentKind;
  readonly measure: Measure;
  readonly promisor: string;
  readonly uscc: string;
  readonly projectId: string | null;
  /** GB/T 2260 code of the district where the promise is to be kept. */
  readonly districtCode: string;
  readonly document: LegalDocument | null;
  /** What is to be delivered; required when the measure is DELIVERABLE. */
  readonly deliverable: string | null;
  /** In the measure: fen or milestones. */
  readonly amount: number;
  readonly instalments: readonly Instalment[];
  readonly conditions: readonly Condition[];
  readonly official: Official;
}

/** Why the terms of a promise cannot be recorded. */
export type TermsReason =
  | AmountReason
  | 'NO_TITLE'
  | 'NO_DELIVERABLE'
  | 'MONEY_NEEDED'
  | 'NO_OFFICIAL'
  | 'NO_CONDITION'
  | 'NO_DOCUMENT_NUMBER'
  | 'NOT_A_DATE'
  | 'DOCUMENT_AFTER_PROMISE'
  | 'BAD_DIGEST'
  | 'NO_INSTALMENTS'
  | 'TOO_MANY_INSTALMENTS'
  | 'MISNUMBERED'
  | 'DUE_TOO_EARLY'
  | 'OTHER_SUM';
export type TermsProblem = Problem<TermsReason>;
type Add = (code: TermsReason, path: readonly string[], message: string, details?: ProblemDetails) => void;

export type AmountReason = 'AMOUNT_TOO_LARGE' | 'BAD_AMOUNT';

/** What is wrong with an amount in fen or milestones that is recorded; null when nothing is. The path is empty. */
export function faultOfAmount(amount: number): Problem<AmountReason> | null {
  if (amount > MOST_FEN_OF_ONE_AMOUNT) {
    const most = formatYuan(MOST_FEN_OF_ONE_AMOUNT);
    return {
      code: 'AMOUNT_TOO_LARGE',
      path: [],
      message: `is more than ${most}, the most of one amount`,
      details: { most },
    };
  }
  return Number.isSafeInteger(amount) && amount >= 1
    ? null
    : { code: 'BAD_AMOUNT', path: [], message: 'must be more than zero' };
}

const DIGEST = /^[0-9a-f]{64}$/;
const MAX_INSTALMENTS = 60;
/** Conditions that one promise may have. */
export const MAX_CONDITIONS = 20;

/** True for SHA-256 in lower-case hexadecimal. */
export const isSha256 = (text: string): boolean => DIGEST.test(text);

/**
 * Every reason why a promise cannot be recorded as given; empty when it can. Paths are those of the promise's input.
 */
export function checkTerms(terms: CommitmentTerms, promisedOn: LegalDay): TermsProblem[] {
  const problems: TermsProblem[] = [];
  const add: Add = (code, path, message, details = {}) => void problems.push({ code, path, message, details });
  if (isBlank(terms.title)) add('NO_TITLE', ['title'], 'a promise needs a title');
  const amountFault = faultOfAmount(terms.amount);
  if (amountFault !== null)
    add(amountFault.code, ['amount'], `the promised amount ${amountFault.message}`, amountFault.details);
  if (terms.measure === 'DELIVERABLE' && isBlank(terms.deliverable ?? '')) {
    add('NO_DELIVERABLE', ['deliverable'], 'a promise without an amount of money must say what is to be delivered');
  }
  if (terms.measure === 'DELIVERABLE' && (terms.kind === 'CASH' || terms.kind === 'TAX_REFUND')) {
    add('MONEY_NEEDED', ['amount'], `a promise of kind ${terms.kind} needs an amount of money`, { kind: terms.kind });
  }
  if (isBlank(terms.official.name)) add('NO_OFFICIAL', ['official', 'name'], 'a promise needs a responsible official');
  terms.conditions.forEach(({ text }, index) => {
    if (isBlank(text))
      add('NO_CONDITION', ['conditions', String(index)], 'a condition says what the enterprise has to do');
  });
  if (terms.document) checkDocument(terms.document, promisedOn, add);
  checkInstalments(terms, promisedOn, add);
  return problems;
}

function checkDocument(document: LegalDocument, knownOn: LegalDay, add: Add): void {
  const { number, date } = document;
  if (isBlank(number)) add('NO_DOCUMENT_NUMBER', ['document', 'number'], 'a legal document needs its number');
  if (!isLegalDay(date)) add('NOT_A_DATE', ['document', 'date'], `"${date}" is not a date`, { date });
  else if (date > knownOn)
    add(
      'DOCUMENT_AFTER_PROMISE',
      ['document', 'date'],
      `the document is dated ${date}, after the promise of ${knownOn}`,
      {
        date,
        promisedOn: knownOn,
      },
    );
  if (document.digest !== null && !isSha256(document.digest))
    add('BAD_DIGEST', ['document', 'digest'], 'a digest is SHA-256 as 64 lower-case hexadecimal digits');
}

function checkInstalments(terms: CommitmentTerms, promisedOn: LegalDay, add: Add): void {
  const { instalments } = terms;
  if (instalments.length === 0) add('NO_INSTALMENTS', ['instalments'], 'a promise needs at least one due date');
  if (instalments.length > MAX_INSTALMENTS)
    add('TOO_MANY_INSTALMENTS', ['instalments'], `a promise has at most ${MAX_INSTALMENTS} instalments`, {
      most: MAX_INSTALMENTS,
    });
  let previous: LegalDay = promisedOn;
  let total = 0;
  instalments.forEach((instalment, index) => {
    const at = ['instalments', String(index)];
    const { no, dueOn: date } = instalment;
    if (no !== index + 1)
      add('MISNUMBERED', [...at, 'no'], `instalment ${index + 1} is numbered ${no}`, { no: index + 1, given: no });
    if (!isLegalDay(date)) add('NOT_A_DATE', [...at, 'dueOn'], `"${date}" is not a date`, { date });
    else if (date < previous)
      add('DUE_TOO_EARLY', [...at, 'dueOn'], `due on ${date}, before ${previous}`, { date, before: previous });
    else previous = date;
    const fault = faultOfAmount(instalment.amount);
    if (fault !== null) add(fault.code, [...at, 'amount'], `an instalment ${fault.message}`, fault.details);
    total += instalment.amount;
  });
  if (instalments.length > 0 && total !== terms.amount) {
    add('OTHER_SUM', ['instalments'], 'the instalments do not add up to the promised amount');
  }
}
