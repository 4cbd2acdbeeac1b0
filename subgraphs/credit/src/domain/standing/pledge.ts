import { isBlank, isLegalDay, normalText, type LegalDay } from '@zhitong/values';
import { isSha256, type LegalDocument } from '../commitments/commitment.js';
import { documentFault } from '../commitments/legal-document.js';
import type { CreditStanding } from './credit-grade.js';
import type { Seriousness } from './dishonesty.js';

/** Life of a signed pledge (信用承诺书). */
export const PLEDGE_STATES = ['IN_FORCE', 'BREACHED', 'CLOSED'] as const;
export type PledgeState = (typeof PLEDGE_STATES)[number];

/** What follows a breach (违诺后果). */
export const BREACH_CONSEQUENCES = ['RECTIFICATION', 'APPROVAL_REVOKED', 'DISHONESTY_RECORD'] as const;
export type BreachConsequence = (typeof BREACH_CONSEQUENCES)[number];

export type PledgeEvent =
  | {
      readonly kind: 'CHECKED';
      readonly on: LegalDay;
      readonly by: string;
      readonly kept: boolean;
      readonly finding: string;
    }
  | {
      readonly kind: 'BREACHED';
      readonly on: LegalDay;
      readonly by: string;
      readonly finding: string;
      readonly consequence: BreachConsequence;
    }
  /** The breach should never have been recorded; it counts nowhere. `finding` says why. */
  | {
      readonly kind: 'BREACH_WITHDRAWN';
      readonly on: LegalDay;
      readonly by: string;
      readonly finding: string;
      readonly document: LegalDocument;
    }
  | { readonly kind: 'CLOSED'; readonly on: LegalDay; readonly by: string; readonly finding: string };

export interface Pledge {
  /** What it was signed for. */
  readonly matter: string;
  readonly signedOn: LegalDay;
  /** SHA-256 of the text that was signed. */
  readonly digest: string;
  readonly textVersion: string;
  readonly signature: string;
  readonly events: readonly PledgeEvent[];
}

export type PledgeRefusalCode =
  | 'NOT_ELIGIBLE'
  | 'OPEN_BREACH'
  | 'BAD_DATE'
  | 'NO_MATTER'
  | 'BAD_DIGEST'
  | 'NO_TEXT'
  | 'NO_SIGNATURE'
  | 'OUT_OF_ORDER'
  | 'NO_FINDING'
  | 'CLOSED'
  | 'ALREADY_BREACHED'
  | 'NOT_CHECKED'
  | 'NO_BREACH'
  | 'NO_WITHDRAWAL_DOCUMENT';

export type PledgeDecision =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: PledgeRefusalCode;
      readonly message: string;
      readonly path: readonly string[];
    };

const refuse = (code: PledgeRefusalCode, path: readonly string[], message: string): PledgeDecision => ({
  ok: false,
  code,
  path,
  message,
});

type Breach = Extract<PledgeEvent, { kind: 'BREACHED' }>;

/** The breach that was found and not withdrawn; null where there is none. */
export function standingBreach(events: readonly PledgeEvent[]): Breach | null {
  const last = events.findLast(({ kind }) => kind === 'BREACHED' || kind === 'BREACH_WITHDRAWN');
  return last?.kind === 'BREACHED' ? last : null;
}

/** The pledge's state after its events: a breach stays a breach until it is withdrawn or the pledge is closed. */
export function pledgeState({ events }: Pick<Pledge, 'events'>): PledgeState {
  if (events.some(({ kind }) => kind === 'CLOSED')) return 'CLOSED';
  return standingBreach(events) === null ? 'IN_FORCE' : 'BREACHED';
}

/** What a signing service gives: the algorithm and the signature, for example `SM2:…` (GM/T 0003, GB/T 32918). */
const SIGNATURE = /^(?:SM2|RSA|ECDSA|ED25519):[0-9A-Za-z+/=_-]+$/;

/**
 * Whether the enterprise may sign, by how it stands today, which is the day of signing: the commitment-based approval
 * is for those with no open dishonesty record, no unfulfilled judgment and no breach of an earlier pledge that is not
 * put right (国办发〔2020〕42号: who pledged falsely is excluded until credit is repaired).
 */
export function decideSigning(
  pledge: Pledge,
  standing: CreditStanding,
  { openBreach, today }: { readonly openBreach: string | null; readonly today: LegalDay },
): PledgeDecision {
  if (!standing.mayUseCommitmentApproval) {
    return refuse(
      'NOT_ELIGIBLE',
      [],
      'an enterprise with an open dishonesty record or an unfulfilled judgment cannot use commitment-based approval',
    );
  }
  if (openBreach !== null)
    return refuse(
      'OPEN_BREACH',
      [],
      `the enterprise breached its pledge ${openBreach}, which is not put right and closed`,
    );
  if (pledge.signedOn !== today)
    return refuse('BAD_DATE', ['signedOn'], `a pledge is signed today, ${today}, and not on "${pledge.signedOn}"`);
  if (normalText(pledge.matter) === '') return refuse('NO_MATTER', ['matter'], 'a pledge says what it is signed for');
  if (!isSha256(pledge.digest))
    return refuse('BAD_DIGEST', ['digest'], 'a digest is SHA-256 as 64 lower-case hexadecimal digits');
  if (isBlank(pledge.textVersion)) return refuse('NO_TEXT', ['textVersion'], 'a pledge names the version of its text');
  if (!SIGNATURE.test(pledge.signature))
    return refuse(
      'NO_SIGNATURE',
      ['signature'],
      'a signature is as the signing service gives it: the algorithm (SM2, RSA, ECDSA, ED25519), a colon, the value',
    );
  return { ok: true };
}

/**
 * Whether an event may follow. A breach needs a check that found the pledge not kept; a closed pledge takes nothing
 * more; a breached one is closed only after a later check that found it kept again. A breach that should never have
 * been recorded is withdrawn, of a closed pledge too, since it is held against the enterprise for years.
 */
export function decidePledgeEvent(pledge: Pledge, event: PledgeEvent, today: LegalDay): PledgeDecision {
  const state = pledgeState(pledge);
  const last = pledge.events.at(-1);
  if (!isLegalDay(event.on) || event.on > today)
    return refuse('BAD_DATE', ['on'], `"${event.on}" is not a day up to ${today}`);
  if (event.on < (last?.on ?? pledge.signedOn))
    return refuse('OUT_OF_ORDER', ['on'], `${event.on} is before ${last?.on ?? pledge.signedOn}`);
  if (isBlank(event.finding)) return refuse('NO_FINDING', ['finding'], 'say what was found');
  if (event.kind === 'BREACH_WITHDRAWN') {
    const fault = documentFault(event.document, today);
    if (fault) return refuse('NO_WITHDRAWAL_DOCUMENT', fault.path, fault.message);
    return standingBreach(pledge.events) === null
      ? refuse('NO_BREACH', [], 'no breach of the pledge is recorded')
      : { ok: true };
  }
  if (state === 'CLOSED') return refuse('CLOSED', [], 'the pledge is closed');
  if (event.kind === 'BREACHED') {
    if (state === 'BREACHED') return refuse('ALREADY_BREACHED', [], 'the breach is already recorded');
    if (last?.kind !== 'CHECKED' || last.kept)
      return refuse('NOT_CHECKED', [], 'a breach follows a check that found the pledge not kept');
  }
  if (event.kind === 'CLOSED' && !(last?.kind === 'CHECKED' && last.kept)) {
    return refuse('NOT_CHECKED', [], 'a pledge is closed after a check that found it kept');
  }
  return { ok: true };
}

export const PLEDGE_MOVES = ['CHECK', 'FIND_BREACH', 'WITHDRAW_BREACH', 'CLOSE'] as const;
export type PledgeMove = (typeof PLEDGE_MOVES)[number];

/** An event of each move that is refused only for what the pledge is. */
const TRIED: Readonly<Record<PledgeMove, (on: LegalDay) => PledgeEvent>> = {
  CHECK: (on) => ({ kind: 'CHECKED', on, by: '—', kept: true, finding: '—' }),
  FIND_BREACH: (on) => ({ kind: 'BREACHED', on, by: '—', finding: '—', consequence: 'RECTIFICATION' }),
  WITHDRAW_BREACH: (on) => ({
    kind: 'BREACH_WITHDRAWN',
    on,
    by: '—',
    finding: '—',
    document: { number: '—', date: on, digest: null },
  }),
  CLOSE: (on) => ({ kind: 'CLOSED', on, by: '—', finding: '—' }),
};

/** What the department to which a pledge was given can do with it on a day. */
export const pledgeMoves = (pledge: Pledge, today: LegalDay): PledgeMove[] =>
  PLEDGE_MOVES.filter((move) => decidePledgeEvent(pledge, TRIED[move](today), today).ok);

/** How serious a breach is that makes a record. Unconfirmed: no national list names it; a city may set another one. */
const BREACH_SERIOUSNESS: Seriousness = 'GENERAL';

/** The dishonesty record that an event of a pledge makes by itself; null when it makes none. */
export function recordOfBreach(
  { id, uscc, department, matter }: { id: string; uscc: string; department: string; matter: string },
  event: PledgeEvent,
): {
  readonly uscc: string;
  readonly category: string;
  readonly seriousness: Seriousness;
  readonly recordedBy: string;
  readonly documentNumber: string;
  readonly from: LegalDay;
  readonly until: null;
} | null {
  if (event.kind !== 'BREACHED' || event.consequence !== 'DISHONESTY_RECORD') return null;
  return {
    uscc,
    category: `违反信用承诺：${matter}`,
    seriousness: BREACH_SERIOUSNESS,
    recordedBy: department,
    documentNumber: id,
    from: event.on,
    until: null,
  };
}
