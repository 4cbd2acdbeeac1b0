import type { Outbox } from '@zhitong/kit/outbox';
import type { LegalDay } from '@zhitong/values';
import { randomBytes } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import type { EntryDraft } from '../domain/ledger/ledger-entry.js';
import type { LedgerDecision, Recording } from '../domain/ledger/ledger-decision.js';
import type { LedgerOutcome } from '../models/ledger.js';
import type { Stores } from '../stores.js';

/**
 * Servers of one department do not agree to the millisecond. A clock behind the last entry by this little takes the
 * last entry's time; one further behind is refused.
 */
const CLOCK_TOLERANCE_MS = 2_000;

/** What the ledger is written with. */
export interface LedgerTools {
  readonly stores: Pick<Stores, 'ledger'>;
  readonly outbox: Pick<Outbox, 'append'>;
}

/**
 * Appends what is decided on a commitment's entries as they stand in the caller's transaction, with an event for each
 * entry. A refusal writes nothing, so the caller may go on in the same transaction.
 * @param recordedBy `sub` of whoever records
 */
export async function appendToLedger(
  { stores, outbox }: LedgerTools,
  {
    commitmentId,
    recordedBy,
    now,
    session,
  }: {
    readonly commitmentId: string;
    readonly recordedBy: string;
    readonly now: Date;
    readonly session: ClientSession;
  },
  decision: (before: readonly EntryDraft[], recording: Recording) => LedgerDecision,
): Promise<LedgerOutcome> {
  const drafts: EntryDraft[] = [];
  const outcome = await stores.ledger.append(
    commitmentId,
    (before) => {
      const decided = decision(before, { recordedAt: recordingTime(now, before.at(-1)?.recordedAt), recordedBy });
      if (decided.ok) drafts.push(...decided.drafts);
      return decided;
    },
    session,
  );
  if (outcome.ok)
    await outbox.append(
      drafts.map(({ seq, body, effectiveOn }) => ({
        type: `cn.zhitong.commitment.${body.kind.toLowerCase().replaceAll('_', '-')}`,
        subject: commitmentId,
        data: { commitmentId, seq, effectiveOn },
      })),
      { session },
    );
  return outcome;
}

/** The instant at which the ledger's clock stands for whoever appends after an entry of the time `last`. */
export function recordingTime(now: Date, last: string | undefined): string {
  const present = now.toISOString();
  if (last === undefined || present >= last) return present;
  return Date.parse(last) - now.getTime() <= CLOCK_TOLERANCE_MS ? last : present;
}

/** Characters that are not easily mistaken for one another. */
const CHARACTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** The day and eight random characters, for example CN-20261120-7FK3QDXM; the unique index would refuse a repeat. */
export function newCommitmentId(today: LegalDay): string {
  const drawn = [...randomBytes(8)].map((byte) => CHARACTERS.charAt(byte % CHARACTERS.length)).join('');
  return `CN-${today.replaceAll('-', '')}-${drawn}`;
}
