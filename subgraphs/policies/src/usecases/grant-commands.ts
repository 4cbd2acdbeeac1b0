import { reasonOf, type Logger } from '@zhitong/kit';
import {
  CommandEnded,
  refuse,
  refuseAs,
  type CommandOutcome,
  type CommandRefusal,
  type CommandRunner,
} from '@zhitong/kit/commands';
import { inTransaction } from '@zhitong/kit/mongo';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { isMachine } from '../domain/access.js';
import type { GrantMove } from '../domain/grant/grant.js';
import { said } from '../domain/refusal-words.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { GrantPosition, GrantRecord } from '../models/grants/grant-record.js';
import type { Stores } from '../stores.js';
import type { DatedCommand } from './dated-command.js';
import type { Account, GrantMoves, MoveDetails } from './grant-moves.js';
import { ofOneGrant, withoutFaulty } from './grants/faulty-grant.js';
import { refused, type Moved } from './grants/refused-move.js';
import { identifyGrants, type Identified, type Identifying } from './identify-grants.js';

const BATCH = 500;

/** What became of grants that were to be moved: those that moved or are in doubt now, and those that stand. */
export interface MovedGrants {
  readonly moved: readonly string[];
  readonly notMoved: readonly (CommandRefusal & { readonly grant: string })[];
}

export type GrantCommands = ReturnType<typeof grantCommands>;

/** The writes of the exempt-from-application procedure: each is one transaction with its event. */
export function grantCommands({
  connection,
  runner,
  stores,
  shelf,
  logger,
  moves: { tryMove, moveOne, found },
}: {
  moves: GrantMoves;
  logger: Logger;
  connection: Connection;
  runner: CommandRunner;
  stores: Stores;
  shelf: PolicyShelf;
}) {
  const { grants, funds } = stores;

  const identifyAll = identifyGrants({ connection, stores, shelf, logger });

  /** Sends the next order of one grant, in a transaction of its own. */
  const payOne = async (
    id: string,
    details: MoveDetails,
  ): Promise<'sent' | 'passed over' | { readonly why: string }> => {
    try {
      return await inTransaction(connection, async (session) => {
        const [grant] = await grants.byId([id], session);
        if (grant?.status !== 'APPROVED') return 'passed over'; // another process was faster
        const outcome = await tryMove(grant, 'PAY', details, session);
        if (outcome.kind === 'refused') return { why: outcome.refusal.message };
        return outcome.kind === 'moved' ? 'sent' : { why: `${id} is in doubt and waits for a decision.` };
      });
    } catch (error) {
      if (error instanceof CommandEnded) return { why: error.end.kind === 'refused' ? error.end.refusal.message : '' };
      return { why: reasonOf(error) };
    }
  };

  return {
    /** Makes a grant for each enterprise that the stored matches call eligible. Run again, it adds only who is new. */
    identify: async (command: DatedCommand & { policyId: string }): Promise<CommandOutcome<Identified>> =>
      runner.prepareAndRun(
        { ...command, name: 'identifyGrants', request: { policyId: command.policyId } },
        async () => {
          const sum = await identifyAll(command);
          return async () => sum;
        },
      ),

    /** What `identify` would do now, and whom it would pass over; makes nothing. */
    tryIdentify: async (wanted: Omit<Identifying, 'isTrial'>): Promise<CommandOutcome<Identified>> => {
      try {
        return { kind: 'done', result: await identifyAll({ ...wanted, isTrial: true }), refusal: null };
      } catch (error) {
        if (error instanceof CommandEnded) return error.end;
        throw error;
      }
    },

    /**
     * Moves up to 200 grants on. One that cannot be moved, for a fault of its data too, is named with the reason and
     * costs no other; one that is in doubt waits for an officer. Refused when none could be moved.
     */
    move: async (
      command: DatedCommand & {
        grantIds: readonly string[];
        move: GrantMove;
        note: string;
        mayWrite: (grant: GrantRecord) => boolean;
      },
    ): Promise<CommandOutcome<MovedGrants>> => {
      const {
        grantIds,
        move,
        note,
        actor: { sub },
        now,
        mayWrite,
      } = command;
      const ids = [...new Set(grantIds)];
      const moveBut = async (faulty: ReadonlySet<string>): Promise<CommandOutcome<MovedGrants>> =>
        runner.run({ ...command, name: 'advanceGrants', request: { ids, move, note } }, async (session) => {
          const records = await found(ids, session);
          for (const grant of records) {
            if (!mayWrite(grant))
              return refuse('INVALID', said('GRANT_OF_ANOTHER', { grant: grant.id, department: grant.department }), [
                'grants',
              ]);
          }
          const outcomes: Moved[] = [];
          for (const grant of records)
            outcomes.push(
              faulty.has(grant.id)
                ? refused(grant, 'INVALID', said('GRANT_FAULTY', { grant: grant.id }))
                : await ofOneGrant(grant.id, async () => tryMove(grant, move, { sub, now, note }, session)),
            );
          const notMoved = outcomes.flatMap((outcome) =>
            outcome.kind === 'refused' ? [{ grant: outcome.grant, ...outcome.refusal }] : [],
          );
          const moved = outcomes.flatMap(({ kind, grant }) => (kind === 'refused' ? [] : [grant]));
          const [first] = notMoved;
          if (moved.length === 0 && first !== undefined) return refuseAs(first);
          return { moved, notMoved };
        });
      return withoutFaulty(moveBut, (grant, cause) => {
        logger.error({ err: cause, grant }, 'a grant could not be moved for a fault of its data');
      });
    },

    /** An officer decides on a grant in doubt: keeps it, changes its amount, or drops it; always with a reason. */
    decide: async (
      command: DatedCommand & {
        grantId: string;
        decision: 'KEEP' | 'CHANGE_AMOUNT' | 'WITHDRAW';
        amountFen: number | null;
        reason: string;
        mayWrite: (grant: GrantRecord) => boolean;
      },
    ): Promise<CommandOutcome<string>> => {
      const {
        grantId,
        decision,
        amountFen,
        reason,
        actor: { sub },
        now,
        mayWrite,
      } = command;
      const request = { grantId, decision, amountFen, reason };
      return runner.run({ ...command, name: 'decideGrant', request }, async (session) => {
        const [grant] = await grants.byId([grantId], session);
        if (grant === undefined || !mayWrite(grant))
          return refuse('INVALID', said('NO_GRANT_HERE', { grant: grantId }), ['grant']);
        const details = { sub, now, note: reason, ...(amountFen === null ? {} : { amountFen }) };
        await moveOne(grant, decision, details, session);
        return grantId;
      });
    },

    /** The enterprise confirms the account to which it is paid; also after the bank sent money back. */
    confirm: async (
      command: DatedCommand & { grantId: string; account: Account; uscc: string },
    ): Promise<CommandOutcome<string>> => {
      const {
        grantId,
        account,
        uscc,
        actor: { sub },
        now,
      } = command;
      return runner.run({ ...command, name: 'confirmGrant', request: { grantId, account } }, async (session) => {
        const [grant] = await grants.byId([grantId], session);
        if (grant?.uscc !== uscc) return refuse('INVALID', said('NO_GRANT_OF', { grant: grantId, uscc }), ['grant']);
        await moveOne(grant, 'CONFIRM', { sub, now, note: '', account }, session);
        return grantId;
      });
    },

    /** Notes what the bank reports of an order: settled, or sent back with a reason, also after it was settled. */
    reportPayment: async (
      command: DatedCommand & {
        orderId: string;
        settled: boolean;
        reason: string;
        mayWrite: (department: string) => boolean;
      },
    ): Promise<CommandOutcome<string>> => {
      const {
        orderId,
        settled,
        reason,
        actor,
        actor: { sub },
        now,
        mayWrite,
      } = command;
      return runner.run(
        { ...command, name: 'reportPayment', request: { orderId, settled, reason } },
        async (session) => {
          const payment = await funds.payment(orderId, session);
          if (payment === null || !mayWrite(payment.department))
            return refuse('INVALID', said('NO_ORDER', { order: orderId }), ['order']);
          const report = settled
            ? ({ status: 'SETTLED', settledAt: now, settledOn: dayInShanghai(now), reason: '' } as const)
            : ({ status: 'RETURNED', returnedAt: now, reason } as const);
          const canBeReported = settled ? payment.status === 'SENT' : payment.status !== 'RETURNED';
          if (!canBeReported || !(await funds.report(payment, report, session)))
            return refuse('ILLEGAL_STATE', said('ORDER_REPORTED', { order: orderId, status: payment.status }), [
              'order',
            ]);
          const [grant] = await found([payment.grantId], session);
          if (grant !== undefined)
            await moveOne(
              grant,
              settled ? 'SETTLE' : 'RETURN',
              { sub, isMachine: isMachine(actor), now, note: reason, instalment: payment.instalment },
              session,
            );
          return payment.grantId;
        },
      );
    },

    /**
     * Sends an order for every approved grant of a policy, one transaction each; run again it goes on with the rest. A
     * grant that cannot be paid, for whatever reason, is told to `failed` and costs no other.
     */
    payApproved: async ({
      policyId,
      sub,
      now,
      paid,
      failed,
    }: {
      policyId: string;
      sub: string;
      now: () => Date;
      paid?: (count: number) => void;
      failed?: (grant: string, why: string) => void;
    }): Promise<number> => {
      let count = 0;
      for (let after: GrantPosition | null = null, more = true; more;) {
        const page = await grants.standing(policyId, 'APPROVED', { limit: BATCH, after });
        for (const { id } of page) {
          const outcome = await payOne(id, { sub, now: now(), note: '' });
          if (outcome === 'sent') {
            count += 1;
            paid?.(count);
          } else if (outcome !== 'passed over') failed?.(id, outcome.why);
        }
        after = page.at(-1) ?? null;
        more = page.length === BATCH;
      }
      return count;
    },
  };
}
