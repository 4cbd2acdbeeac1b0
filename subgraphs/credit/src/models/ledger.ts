import { inTransaction } from '@zhitong/kit/mongo';
import { normalReference } from '@zhitong/values';
import type { ClientSession, Connection } from 'mongoose';
import { auditFigures } from '../domain/audit/audit-figures.js';
import { commitmentRecord } from '../domain/ledger/commitment-record.js';
import { chain, GENESIS } from '../domain/ledger/hash-chain.js';
import type { EntryDraft } from '../domain/ledger/ledger-entry.js';
import type { LedgerDecision, LedgerRefusal } from '../domain/ledger/ledger-decision.js';
import { usedAlready } from '../domain/arrears/payment-use.js';
import type { CommitmentStore, StoredCommitment } from './commitment.js';
import type { LedgerEntryStore, StoredEntry } from './ledger-entry.js';
import type { RunningFiguresStore } from './audit/running-figures.js';
import type { PaymentReference, PaymentReferenceStore } from './payment-reference.js';
import type { SealStore } from './seal.js';
import type { ConsentUse, WaiverConsentStore } from './waiver-consent.js';

/** What came of an append: the commitment as it stands, or why nothing was written. */
export type LedgerOutcome =
  | { readonly ok: true; readonly commitmentId: string; readonly version: number }
  | { readonly ok: false; readonly refusal: LedgerRefusal | DuplicateUse };

/** The bank receipt or delivery note, or the enterprise's consent, is already used. */
export interface DuplicateUse {
  readonly code: 'DUPLICATE_PAYMENT' | 'DUPLICATE_CONSENT';
  readonly message: string;
  readonly path: readonly string[];
  readonly details: Readonly<Record<string, string | number>>;
}

/**
 * The ledger within one transaction. Each chain is read once; what is decided stands for what is decided next, and is
 * written by `write`: without it nothing is.
 */
export interface LedgerBook {
  /** A commitment's whole chain, with what was appended to it. */
  readonly chain: (commitmentId: string) => Promise<readonly StoredEntry[]>;
  /** Looks for the uses of receipts that are going to be named, all at once. */
  readonly expectReferences: (references: readonly string[]) => Promise<void>;
  /** Appends what is decided on a commitment's entries as they stand here. A refusal leaves all as it was. */
  append(commitmentId: string, decide: (before: readonly StoredEntry[]) => LedgerDecision): Promise<LedgerOutcome>;
  write(): Promise<void>;
}

export type Ledger = ReturnType<typeof ledgerWriter>;

/**
 * The only writer of the ledger: entries, summary and payment references of a commitment change together or not at all.
 */
export function ledgerWriter({
  db,
  entries,
  commitments,
  references,
  consents,
  seals,
  running,
}: {
  db: Connection;
  entries: LedgerEntryStore;
  commitments: CommitmentStore;
  references: PaymentReferenceStore;
  consents: WaiverConsentStore;
  seals: SealStore;
  running: Pick<RunningFiguresStore, 'note' | 'present'>;
}) {
  /** Opens the ledger for many appends within the caller's transaction. */
  const open = (session: ClientSession): LedgerBook => {
    /** Chains as they were read, and as they stand. */
    const chains = new Map<string, { readonly before: readonly StoredEntry[]; all: StoredEntry[] }>();
    const taken = new Map<string, PaymentReference>();
    const freed = new Set<string>();
    const expected = new Map<string, PaymentReference | null>();
    let sealed: ReturnType<SealStore['newest']> | null = null;
    let figures: ReturnType<typeof running.present> | null = null;

    const opened = async (commitmentId: string) => {
      const known = chains.get(commitmentId);
      if (known !== undefined) return known;
      const before = await entries.chain(commitmentId, session);
      const chain = { before, all: [...before] };
      chains.set(commitmentId, chain);
      return chain;
    };
    /** For what a receipt is used, with what was appended so far. */
    const useOf = async (given: string): Promise<PaymentReference | null> => {
      const reference = normalReference(given);
      const here = taken.get(reference);
      if (here !== undefined || freed.has(reference)) return here ?? null;
      const there = expected.get(reference);
      return there === undefined ? references.find(reference, session) : there;
    };

    return {
      chain: async (commitmentId) => (await opened(commitmentId)).all,

      expectReferences: async (given) => {
        for (const reference of given) expected.set(normalReference(reference), null);
        for (const use of await references.among(given, session)) expected.set(use.reference, use);
      },

      append: async (commitmentId, decide) => {
        sealed ??= seals.newest();
        figures ??= running.present();
        const [chain, newestSeal] = await Promise.all([opened(commitmentId), sealed, figures]);
        const before = chain.all;
        const decision = decide(before);
        if (!decision.ok) return decision;
        const sealedTo = newestSeal?.cutoff;
        const tooEarly =
          sealedTo === undefined ? undefined : decision.drafts.find(({ recordedAt }) => recordedAt < sealedTo);
        if (tooEarly) return { ok: false, refusal: recordedBeforeSeal(tooEarly.recordedAt, sealedTo ?? '') };
        const free = freedReferences(before, decision.drafts);
        const isFreed = new Set(free.map(normalReference));
        const used = standingReferences(decision.drafts);
        for (const { reference } of used) {
          const other = await useOf(reference);
          if (other && !isFreed.has(other.reference)) return { ok: false, refusal: duplicatePayment(other) };
        }
        const added = chainedOn(before, decision.drafts);
        const waived = usedConsents(usccOf([...before, ...added]), unreversed(decision.drafts));
        for (const consent of waived) {
          const other = await consents.find(consent, session);
          if (other) return { ok: false, refusal: duplicateConsent(consent.documentNumber, other) };
        }
        await consents.free(freedWaivers(before, decision.drafts), session);
        await consents.use(waived, session);
        for (const reference of isFreed) {
          taken.delete(reference);
          freed.add(reference);
        }
        for (const use of used) {
          const reference = normalReference(use.reference);
          taken.set(reference, { ...use, reference });
        }
        chain.all = [...before, ...added];
        return { ok: true, commitmentId, version: added.at(-1)?.seq ?? before.length };
      },

      write: async () => {
        const grown = [...chains.values()].flatMap(({ before, all }) =>
          all.length > before.length ? [{ before, added: all.slice(before.length), record: summaryOf(all) }] : [],
        );
        await references.free([...freed], session);
        await entries.append(
          grown.flatMap(({ added }) => added),
          session,
        );
        await running.note(grown, session, await figures);
        await references.use([...taken.values()], session);
        await commitments.insert(
          grown.flatMap(({ before, record }) => (before.length === 0 ? [record] : [])),
          session,
        );
        const stale = await commitments.replaceAll(
          grown.flatMap(({ before, record }) => {
            const last = before.at(-1);
            return last === undefined ? [] : [{ record, version: last.seq }];
          }),
          session,
        );
        if (stale !== null)
          throw new Error(
            `the summary of commitment ${stale.id} does not stand at version ${stale.version} as its ledger does; run verify`,
          );
        for (const own of [chains, taken, freed, expected]) own.clear();
      },
    };
  };

  return {
    open,

    /**
     * Appends what `decide` decides on the commitment's present entries, within the caller's transaction. A refusal
     * writes nothing. Two writers of one commitment conflict on its position and its summary; the driver runs the later
     * one again, on what the earlier one wrote.
     */
    append: async (
      commitmentId: string,
      decide: (before: readonly StoredEntry[]) => LedgerDecision,
      session: ClientSession,
    ): Promise<LedgerOutcome> => {
      const book = open(session);
      const outcome = await book.append(commitmentId, decide);
      if (outcome.ok) await book.write();
      return outcome;
    },

    /**
     * Writes whole chains of new commitments, many in one transaction. Commitments that exist are left alone, so an
     * import that was killed can be run again. Answers how many were written.
     */
    importChains: async (chains: readonly (readonly EntryDraft[])[]): Promise<number> => {
      const existing = await commitments.existing(chains.flatMap((drafts) => drafts[0]?.commitmentId ?? []));
      const fresh = chains.filter((drafts) => drafts[0] !== undefined && !existing.has(drafts[0].commitmentId));
      if (fresh.length === 0) return 0;
      const sealedTo = (await seals.newest())?.cutoff ?? '';
      const late = fresh.flat().find(({ recordedAt }) => recordedAt < sealedTo);
      if (late)
        throw new Error(
          `commitment ${late.commitmentId} has an entry of ${late.recordedAt}, and the ledger is sealed to ${sealedTo}; what comes later is recorded later`,
        );
      const extended = fresh.map((drafts) => extend([], drafts));
      await inTransaction(db, async (session) => {
        await entries.append(
          extended.flatMap(({ added }) => added),
          session,
        );
        await running.note(
          extended.map(({ added }) => ({ before: [], added })),
          session,
        );
        await references.use(fresh.flatMap(standingReferences), session);
        await consents.use(fresh.flatMap(standingConsents), session);
        await commitments.insert(
          extended.map(({ record }) => record),
          session,
        );
      });
      return fresh.length;
    },
  };
}

/** Chains drafts to what is there. */
function chainedOn(before: readonly StoredEntry[], drafts: readonly EntryDraft[]): StoredEntry[] {
  const bySeq = new Map([...before, ...drafts].map((entry) => [entry.seq, entry]));
  const find = (seq: number) => bySeq.get(seq);
  return chain(before.at(-1)?.hash ?? GENESIS, drafts).map((entry) => ({
    ...entry,
    figures: auditFigures(entry, find),
  }));
}

/** Summarises a chain. Throws when its entries make no commitment. */
function summaryOf(all: readonly StoredEntry[]): StoredCommitment {
  const record = commitmentRecord(all);
  const head = all.at(-1);
  if (!record || !head) throw new Error('a commitment begins with its promise');
  return { ...record, headHash: head.hash };
}

/** Chains drafts to what is there and summarises the whole. Throws when the drafts make no commitment. */
export function extend(
  before: readonly StoredEntry[],
  drafts: readonly EntryDraft[],
): { added: StoredEntry[]; record: StoredCommitment } {
  const added = chainedOn(before, drafts);
  return { added, record: summaryOf([...before, ...added]) };
}

function usedReferences(drafts: readonly EntryDraft[]): { reference: string; commitmentId: string; seq: number }[] {
  return drafts.flatMap(({ body, commitmentId, seq }) =>
    body.kind === 'FULFILLED' ? [{ reference: body.paymentReference, commitmentId, seq }] : [],
  );
}

/** References of the fulfilments among these that none of these has reversed. */
export function standingReferences(
  drafts: readonly EntryDraft[],
): { reference: string; commitmentId: string; seq: number }[] {
  return usedReferences(unreversed(drafts));
}

/** Those of the entries that none of them reverses. */
function unreversed(drafts: readonly EntryDraft[]): EntryDraft[] {
  const reversed = new Set(drafts.flatMap(({ body }) => (body.kind === 'CORRECTED' ? [body.reverses] : [])));
  return drafts.filter(({ seq }) => !reversed.has(seq));
}

function freedReferences(before: readonly EntryDraft[], drafts: readonly EntryDraft[]): string[] {
  const all = [...before, ...drafts];
  return drafts.flatMap(({ body }) => {
    const reversed = body.kind === 'CORRECTED' ? all.find(({ seq }) => seq === body.reverses)?.body : undefined;
    return reversed?.kind === 'FULFILLED' ? [reversed.paymentReference] : [];
  });
}

/** A clock that was set back would put an entry where the ledger is sealed already. */
const recordedBeforeSeal = (recordedAt: string, sealedTo: string): LedgerRefusal => ({
  code: 'CLOCK_SET_BACK',
  message: `the clock stands at ${recordedAt}, and the ledger is sealed to ${sealedTo}`,
  path: [],
  details: { sealedTo },
});

/** Consents of the waivers in a ledger's entries. */
function usedConsents(uscc: string, drafts: readonly EntryDraft[]): ConsentUse[] {
  return drafts.flatMap(({ body, commitmentId, seq }) =>
    body.kind === 'WAIVED'
      ? [{ uscc, commitmentId, seq, documentNumber: body.consent.documentNumber, digest: body.consent.digest }]
      : [],
  );
}

/** The enterprise to which a chain's promise was made. Throws when its entries make no commitment. */
function usccOf([first]: readonly EntryDraft[]): string {
  if (first?.body.kind !== 'PROMISED') throw new Error('a commitment begins with its promise');
  return first.body.terms.uscc;
}

/** Consents of the waivers in a whole chain that no correction has reversed. */
export function standingConsents(drafts: readonly EntryDraft[]): ConsentUse[] {
  const [first] = drafts;
  return first?.body.kind === 'PROMISED' ? usedConsents(first.body.terms.uscc, unreversed(drafts)) : [];
}

function freedWaivers(
  before: readonly EntryDraft[],
  drafts: readonly EntryDraft[],
): { commitmentId: string; seq: number }[] {
  return drafts.flatMap(({ body }) => {
    const reversed = body.kind === 'CORRECTED' ? before.find(({ seq }) => seq === body.reverses) : undefined;
    return reversed?.body.kind === 'WAIVED' ? [{ commitmentId: reversed.commitmentId, seq: reversed.seq }] : [];
  });
}

const duplicateConsent = (documentNumber: string, use: Pick<ConsentUse, 'commitmentId' | 'seq'>): DuplicateUse => ({
  code: 'DUPLICATE_CONSENT',
  path: ['consent', 'documentNumber'],
  message: `the consent ${documentNumber} was given for entry ${use.seq} of commitment ${use.commitmentId}; one waiver needs one of its own`,
  details: { commitmentId: use.commitmentId, entry: use.seq },
});

const duplicatePayment = ({ reference, ...use }: PaymentReference): DuplicateUse => ({
  code: 'DUPLICATE_PAYMENT',
  path: ['paymentReference'],
  ...usedAlready(reference, use),
});
