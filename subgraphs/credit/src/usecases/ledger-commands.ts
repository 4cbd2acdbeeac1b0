import type { Clock } from '@zhitong/kit';
import {
  forbid,
  onceScope,
  refuseFaults,
  type CommandBase,
  type CommandOutcome,
  type CommandRunner,
  type RefusalCode,
} from '@zhitong/kit/commands';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { isBlank, dayInShanghai } from '@zhitong/values';
import type { ClientSession, Connection } from 'mongoose';
import type { CommitmentTerms } from '../domain/commitments/commitment.js';
import type { EntryDraft } from '../domain/ledger/ledger-entry.js';
import { ledgerState } from '../domain/ledger/ledger-state.js';
import type { LedgerCommand } from '../domain/ledger/ledger-command.js';
import type { LedgerDecision, LedgerRefusalCode, Recording } from '../domain/ledger/ledger-decision.js';
import { decide, promise } from '../domain/ledger/ledger.js';
import { said } from '../domain/refusal-words.js';
import type { DuplicateUse } from '../models/ledger.js';
import type { PassedOn, Successor } from '../models/succession.js';
import type { Stores } from '../stores.js';
import { succeedArrears } from './arrears/arrear-succession.js';
import { appendToLedger, newCommitmentId } from './ledger-writes.js';
import { refuseLedger, refuseProblem, toSucceeded, unknownCommitment } from './refusals.js';

/**
 * A command on one commitment. `mayWriteFor` says whether the actor writes for the department that owes the promise.
 */
export interface OnCommitment extends CommandBase {
  readonly commitmentId: string;
  readonly expectedVersion: number | null;
  readonly mayWriteFor: (department: string) => boolean;
}

const REFUSAL_CODES: Readonly<Partial<Record<LedgerRefusalCode, RefusalCode>>> = {
  STALE_VERSION: 'STALE_VERSION',
  OVERPAYMENT: 'CONFLICT',
  OVER_WAIVED: 'CONFLICT',
  VOID: 'ILLEGAL_STATE',
  CLOCK_SET_BACK: 'ILLEGAL_STATE',
  ALREADY_CORRECTED: 'ILLEGAL_STATE',
  CORRECTION_OF_CORRECTION: 'ILLEGAL_STATE',
  NOT_CORRECTABLE: 'ILLEGAL_STATE',
  STILL_SETTLED: 'ILLEGAL_STATE',
  SAME_DEPARTMENT: 'ILLEGAL_STATE',
  SAME_OFFICIAL: 'ILLEGAL_STATE',
  ALREADY_ATTACHED: 'DUPLICATE',
  ALREADY_ASSESSED: 'DUPLICATE',
};

const isDuplicate = (code: string): code is DuplicateUse['code'] =>
  code === 'DUPLICATE_PAYMENT' || code === 'DUPLICATE_CONSENT';

export type LedgerCommands = ReturnType<typeof ledgerCommands>;

/** The ledger's writes: each is one transaction with its event, and acts once per idempotency key. */
export function ledgerCommands({
  db,
  stores,
  outbox,
  clock,
  runner,
}: {
  db: Connection;
  stores: Stores;
  outbox: Outbox;
  clock: Clock;
  runner: CommandRunner;
}) {
  /** Decides on the entries as they are at the time of the (re)try, and writes what was decided with its events. */
  const append = async (
    commitmentId: string,
    sub: string,
    decision: (before: readonly EntryDraft[], recording: Recording) => LedgerDecision,
    session: ClientSession,
  ): Promise<void> => {
    const outcome = await appendToLedger(
      { stores, outbox },
      { commitmentId, recordedBy: sub, now: clock.now(), session },
      decision,
    );
    if (!outcome.ok) {
      const { code } = outcome.refusal;
      return refuseLedger(isDuplicate(code) ? 'DUPLICATE' : (REFUSAL_CODES[code] ?? 'INVALID'), outcome.refusal);
    }
  };

  const { isSucceeded } = stores.successions;
  /** The department to which a command would pass a promise, or pass it back; null where it passes none. */
  const receiverOf = async (
    commitmentId: string,
    command: LedgerCommand,
    session: ClientSession,
  ): Promise<string | null> => {
    if (command.type === 'TRANSFER') return command.to;
    if (command.type !== 'CORRECT') return null;
    const reversed = (await stores.entries.chain(commitmentId, session)).find(({ seq }) => seq === command.reverses);
    return reversed?.body.kind === 'TRANSFERRED' ? reversed.body.from : null;
  };

  return {
    /** Records a promise. Returns the new commitment's number. */
    recordPromise: async ({
      terms,
      promisedOn,
      ...base
    }: CommandBase & { terms: CommitmentTerms; promisedOn: string }): Promise<CommandOutcome<string>> =>
      runner.run({ ...base, name: 'recordCommitment', request: { terms, promisedOn } }, async (session) => {
        const commitmentId = newCommitmentId(dayInShanghai(clock.now()));
        await append(
          commitmentId,
          base.actor.sub,
          (_none, recording) => promise(commitmentId, terms, promisedOn, recording),
          session,
        );
        return commitmentId;
      }),

    /** Runs one command on a commitment. Returns its number. */
    onCommitment: async (
      { commitmentId, expectedVersion, mayWriteFor, idempotencyKey, actor, unknown }: OnCommitment,
      command: LedgerCommand,
    ): Promise<CommandOutcome<string>> =>
      runner.run(
        {
          name: `commitment.${command.type}`,
          idempotencyKey,
          actor,
          unknown,
          request: { commitmentId, expectedVersion, command },
        },
        async (session) => {
          const receiver = await receiverOf(commitmentId, command, session);
          const isGone = receiver !== null && !mayWriteFor(receiver) && (await isSucceeded(receiver, session));
          await append(
            commitmentId,
            actor.sub,
            (before, recording) => {
              const owed = ledgerState(before);
              if (!owed) return refuseProblem('INVALID', unknownCommitment(commitmentId));
              if (!mayWriteFor(owed.promisor))
                return forbid(said('COMMITMENT_WRITTEN_BY', { commitment: commitmentId, promisor: owed.promisor }));
              if (isGone) return forbid(toSucceeded(receiver));
              return decide(before, command, recording, expectedVersion);
            },
            session,
          );
          return commitmentId;
        },
      ),

    /**
     * Passes every outstanding promise and every debt of a department that is not cleared on to its successor (机构改革).
     * One transaction for each, so it may take long and be killed: the same key then goes on where it stopped. Returns
     * how many passed on.
     */
    succeedDepartment: async ({
      idempotencyKey,
      actor,
      unknown,
      department,
      ...succession
    }: CommandBase & Successor & { readonly department: string }): Promise<CommandOutcome<PassedOn>> =>
      runner.prepareAndRun({ name: 'succeedDepartment', idempotencyKey, actor, request: succession }, async () => {
        const key = `${onceScope(actor, 'succeedDepartment')}:${idempotencyKey}`;
        const passedOn = await succeed(key, succession, { sub: actor.sub, department }, unknown);
        return async () => passedOn;
      }),
  };

  async function succeed(
    key: string,
    succession: Successor,
    { sub, department }: { readonly sub: string; readonly department: string },
    unknown: CommandBase['unknown'],
  ): Promise<PassedOn> {
    const { from, to, effectiveOn, reason } = succession;
    if (from === to)
      return refuseProblem('INVALID', {
        code: 'OWN_SUCCESSOR',
        message: `${from} cannot succeed itself.`,
        path: ['to'],
        details: { from },
      });
    if (isBlank(reason))
      return refuseProblem('INVALID', {
        code: 'NO_REASON',
        message: 'a succession names the decision that it rests on',
        path: ['reason'],
      });
    const faults = (await stores.successions.isBegun(key)) ? [] : ((await unknown?.()) ?? []);
    if (faults.length > 0) return refuseFaults(faults);
    if (!(await stores.successions.begin(key, succession)))
      return refuseProblem('DUPLICATE', {
        code: 'KEY_USED',
        message: 'idempotencyKey was used for another succession; take a new key.',
        path: ['idempotencyKey'],
      });
    const finished = await stores.successions.finished(key);
    if (finished !== null) return finished;
    for await (const commitmentId of stores.commitments.outstandingOf(from)) {
      await inTransaction(db, async (session) => {
        const before = await stores.entries.chain(commitmentId, session);
        const state = ledgerState(before);
        // Somebody else may have passed it on or settled it since the list was read.
        if (state?.promisor !== from || state.outstanding === 0) return;
        const last = before.findLast((entry) => entry.body.kind === 'TRANSFERRED' && !state.reversed.has(entry.seq));
        const day = [effectiveOn, state.promisedOn, last?.effectiveOn ?? ''].sort().at(-1) ?? effectiveOn;
        await append(
          commitmentId,
          sub,
          (entries, recording) => decide(entries, { type: 'TRANSFER', to, effectiveOn: day, reason }, recording),
          session,
        );
        await stores.successions.count(key, 'transferred', session);
      });
    }
    await succeedArrears({ db, stores, outbox, clock }, { key, succession, sub, department });
    return stores.successions.finish(key);
  }
}
