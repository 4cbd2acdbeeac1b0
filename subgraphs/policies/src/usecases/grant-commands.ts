import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import type { GrantMove } from '../domain/grant/grant.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { GrantRecord } from '../models/grant.js';
import type { Stores } from '../stores.js';
import type { DatedCommand } from './dated-command.js';
import { grantMoves, type Account } from './grant-moves.js';
import { identifyGrants, type Identified } from './identify-grants.js';

const BATCH = 500;

export type GrantCommands = ReturnType<typeof grantCommands>;

/** The writes of the exempt-from-application procedure: each is one transaction with its event. */
export function grantCommands({
  connection,
  runner,
  stores,
  shelf,
  outbox,
}: {
  connection: Connection;
  runner: CommandRunner;
  stores: Stores;
  shelf: PolicyShelf;
  outbox: Outbox;
}) {
  const { grants, funds } = stores;

  const { moveOne, found } = grantMoves({ stores, shelf, outbox });
  const identifyAll = identifyGrants({ connection, stores, shelf });

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

    /** Moves up to 200 grants on, all of them or none. */
    move: async (
      command: DatedCommand & {
        grantIds: readonly string[];
        move: GrantMove;
        note: string;
        mayWrite: (grant: GrantRecord) => boolean;
      },
    ): Promise<CommandOutcome<readonly string[]>> => {
      const {
        grantIds,
        move,
        note,
        actor: { sub },
        now,
        mayWrite,
      } = command;
      const ids = [...new Set(grantIds)];
      return runner.run({ ...command, name: 'advanceGrants', request: { ids, move, note } }, async (session) => {
        for (const grant of await found(ids, session)) {
          if (!mayWrite(grant))
            return refuse(
              'INVALID',
              `${grant.id} is a grant of ${grant.department}, not of your department.`,
              ['grants'],
              { grant: grant.id },
            );
          await moveOne(grant, move, { sub, now, note }, session);
        }
        return ids;
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
        if (grant?.uscc !== uscc) return refuse('INVALID', `There is no grant ${grantId} of ${uscc}.`, ['grant']);
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
        actor: { sub },
        now,
        mayWrite,
      } = command;
      return runner.run(
        { ...command, name: 'reportPayment', request: { orderId, settled, reason } },
        async (session) => {
          const payment = await funds.payment(orderId, session);
          if (payment === null || !mayWrite(payment.department))
            return refuse('INVALID', `There is no order ${orderId} of your department.`, ['order']);
          const report = settled
            ? ({ status: 'SETTLED', settledAt: now, settledOn: dayInShanghai(now), reason: '' } as const)
            : ({ status: 'RETURNED', returnedAt: now, reason } as const);
          const canBeReported = settled ? payment.status === 'SENT' : payment.status !== 'RETURNED';
          if (!canBeReported || !(await funds.report(payment, report, session)))
            return refuse('ILLEGAL_STATE', `The order ${orderId} is ${payment.status} already.`, ['order'], {
              status: payment.status,
            });
          const [grant] = await found([payment.grantId], session);
          if (grant !== undefined)
            await moveOne(
              grant,
              settled ? 'SETTLE' : 'RETURN',
              { sub, now, note: reason, instalment: payment.instalment },
              session,
            );
          return payment.grantId;
        },
      );
    },

    /**
     * Sends an order for every approved grant of a policy, one transaction each; run again it goes on with the rest.
     */
    payApproved: async ({
      policyId,
      sub,
      now,
      paid,
    }: {
      policyId: string;
      sub: string;
      now: () => Date;
      paid?: (count: number) => void;
    }): Promise<number> => {
      let count = 0;
      for (
        let ids = await grants.idsOf(policyId, 'APPROVED', BATCH);
        ids.length > 0;
        ids = await grants.idsOf(policyId, 'APPROVED', BATCH)
      ) {
        for (const id of ids) {
          const sent = await inTransaction(connection, async (session) => {
            const [grant] = await grants.byId([id], session);
            if (grant?.status !== 'APPROVED') return false; // another process was faster
            await moveOne(grant, 'PAY', { sub, now: now(), note: '' }, session);
            return true;
          });
          if (sent) {
            count += 1;
            paid?.(count);
          }
        }
      }
      return count;
    },
  };
}
