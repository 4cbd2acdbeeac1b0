import type { Outbox } from '@zhitong/kit/outbox';
import type { LegalDay } from '@zhitong/values';
import { randomBytes } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import type { EntryDraft } from '../domain/ledger/ledger-entry.js';
import type { LedgerDecision, Recording } from '../domain/ledger/ledger-decision.js';
import type { LedgerBook, LedgerOutcome } from '../models/ledger.js';
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

/** Who writes at which instant, in the caller's transaction. */
export interface LedgerWriting {
  /** `sub` of whoever records. */
  readonly recordedBy: string;
  readonly now: Date;
  readonly session: ClientSession;
}

type Decide = (before: readonly EntryDraft[], recording: Recording) => LedgerDecision;

/** The ledger as one transaction writes it, with an event for each entry: nothing is stored before `write`. */
export interface OpenLedger extends Pick<LedgerBook, 'chain' | 'expectReferences' | 'write'> {
  /** Appends what is decided on a commitment's entries as they stand here. A refusal leaves all as it was. */
  append(commitmentId: string, decision: Decide): Promise<LedgerOutcome>;
}

/** Opens the ledger for many entries of one transaction: each chain is read once, and all is written together. */
export function openLedger({ stores, outbox }: LedgerTools, { recordedBy, now, session }: LedgerWriting): OpenLedger {
  const book = stores.ledger.open(session);
  const added: EntryDraft[] = [];
  return {
    chain: book.chain,
    expectReferences: book.expectReferences,
    append: async (commitmentId, decision) => {
      const drafts: EntryDraft[] = [];
      const outcome = await book.append(commitmentId, (before) => {
        const decided = decision(before, { recordedAt: recordingTime(now, before.at(-1)?.recordedAt), recordedBy });
        if (decided.ok) drafts.push(...decided.drafts);
        return decided;
      });
      if (outcome.ok) added.push(...drafts);
      return outcome;
    },
    write: async () => {
      await book.write();
      await outbox.append(
        added.splice(0).map(({ commitmentId, seq, body, effectiveOn }) => ({
          type: `cn.zhitong.commitment.${body.kind.toLowerCase().replaceAll('_', '-')}`,
          subject: commitmentId,
          data: { commitmentId, seq, effectiveOn },
        })),
        { session },
      );
    },
  };
}

/**
 * Appends what is decided on a commitment's entries as they stand in the caller's transaction, with an event for each
 * entry. A refusal writes nothing, so the caller may go on in the same transaction.
 */
export async function appendToLedger(
  tools: LedgerTools,
  { commitmentId, ...writing }: LedgerWriting & { readonly commitmentId: string },
  decision: Decide,
): Promise<LedgerOutcome> {
  const ledger = openLedger(tools, writing);
  const outcome = await ledger.append(commitmentId, decision);
  if (outcome.ok) await ledger.write();
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
