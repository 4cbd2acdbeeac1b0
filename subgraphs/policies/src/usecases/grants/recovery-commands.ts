import { randomUUID } from 'node:crypto';
import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, formatYuan, normalReference, type WorkingCalendar } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import {
  askedBackFen,
  decideRecovery,
  demandedBy,
  lateInstalment,
  overdueFrom,
  proposalFault,
  type RecoveryDecision,
  type RecoveryInstalment,
} from '../../domain/grant/recovery.js';
import { said, saidOf } from '../../domain/refusal-words.js';
import type { PolicyShelf } from '../../memory/policy-shelf.js';
import type { GrantRecoveryRecord } from '../../models/grants/grant-recovery.js';
import type { Stores } from '../../stores.js';
import type { DatedCommand } from '../dated-command.js';
import { tellRecovery } from './tell-overdue.js';

const NOT_ASKED_BACK = { en: 'This cannot be asked back: {why}.', zh: '不能追回：{why}' };

export type RecoveryCommands = ReturnType<typeof recoveryCommands>;

/** Asks money of grants back [追回], which takes two persons, and notes what comes. */
export function recoveryCommands({
  runner,
  calendar,
  ...tools
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'grants' | 'funds' | 'recoveries' | 'notifications' | 'matchState'>;
  shelf: PolicyShelf;
  outbox: Outbox;
  calendar: WorkingCalendar;
}) {
  const { grants, funds, recoveries, matchState } = tools.stores;

  /** The demand with this number; refuses where it is none of the caller's department. */
  const own = async (
    id: string,
    mayWrite: (department: string) => boolean,
    session: ClientSession,
  ): Promise<GrantRecoveryRecord> => {
    const recovery = await recoveries.byId(id, session);
    return recovery !== null && mayWrite(recovery.department)
      ? recovery
      : refuse('INVALID', said('NO_RECOVERY', { recovery: id }), ['recovery']);
  };

  const change = async (...[recovery, set, session]: Parameters<typeof recoveries.change>): Promise<void> => {
    if (!(await recoveries.change(recovery, set, session)))
      refuse('STALE_VERSION', said('RECOVERY_CHANGED', { recovery: recovery.id }), ['recovery']);
  };

  return {
    /** Proposes to ask back what was paid of a grant, whole or in part, by one or several days. Answers the grant. */
    propose: async (
      command: DatedCommand & {
        grantId: string;
        reason: string;
        instalments: readonly RecoveryInstalment[];
        mayWrite: (department: string) => boolean;
      },
    ): Promise<CommandOutcome<string>> => {
      const {
        grantId,
        reason,
        instalments,
        mayWrite,
        actor: { sub },
        now,
      } = command;
      const request = { grantId, reason, instalments };
      return runner.run({ ...command, name: 'proposeRecovery', request }, async (session) => {
        const [found] = await grants.byId([grantId], session);
        if (found === undefined || !mayWrite(found.department))
          return refuse('INVALID', said('NO_GRANT_HERE', { grant: grantId }), ['grant']);
        // Two proposals at once must not ask for the same money, nor for what a bank sends back meanwhile.
        await grants.decideAlone([found.uscc], session);
        const leftFen = found.paidFen - askedBackFen(await recoveries.ofGrants([grantId], session));
        const fault = proposalFault(instalments, { leftFen, today: dayInShanghai(now), calendar });
        if (fault !== null) {
          const path = fault.instalment === null ? ['instalments'] : ['instalments', String(fault.instalment)];
          return refuse('INVALID', saidOf(NOT_ASKED_BACK, fault), path, {
            canBeAskedBackFen: Math.max(0, leftFen),
          });
        }
        const { policyId, department, regionCode, uscc } = found;
        await recoveries.insert(
          {
            id: `REC-${randomUUID()}`,
            grantId,
            policyId,
            department,
            regionCode,
            uscc,
            state: 'PROPOSED',
            amountFen: instalments.reduce((sum, { fen }) => sum + fen, 0),
            instalments: [...instalments],
            receivedFen: 0,
            steps: [{ kind: 'PROPOSED', at: now, by: sub, reason }],
            proposedAt: now,
            overdueFrom: null,
            toldOverdueFrom: null,
          },
          session,
        );
        return grantId;
      });
    },

    /** Demands what another officer proposed, rejects it, or withdraws a demand, with a reason. Answers the grant. */
    decide: async (
      command: DatedCommand & {
        recoveryId: string;
        decision: RecoveryDecision;
        reason: string;
        mayWrite: (department: string) => boolean;
      },
    ): Promise<CommandOutcome<string>> => {
      const {
        recoveryId,
        decision,
        reason,
        mayWrite,
        actor: { sub },
        now,
      } = command;
      const request = { recoveryId, decision, reason };
      return runner.run({ ...command, name: 'decideRecovery', request }, async (session) => {
        const recovery = await own(recoveryId, mayWrite, session);
        const decided = decideRecovery(recovery, decision, sub);
        if (!decided.ok)
          return decided.reason === 'SAME_PERSON'
            ? refuse('ILLEGAL_STATE', said('HAS_PART_IN_RECOVERY', { decidedBy: sub, recovery: recoveryId }), [
                'recovery',
              ])
            : refuse(
                'ILLEGAL_STATE',
                said('RECOVERY_NOT_DECIDED_SO', { recovery: recoveryId, state: recovery.state, decision }),
                ['decision'],
              );
        const { state } = decided;
        const today = dayInShanghai(now);
        const late = decision === 'DEMAND' ? lateInstalment(recovery, today) : null;
        if (late !== null) return refuse('ILLEGAL_STATE', said('DAY_PASSED', { day: late.dueOn }), ['recovery']);
        const kind = decision === 'DEMAND' ? 'DEMANDED' : decision === 'REJECT' ? 'REJECTED' : 'WITHDRAWN';
        const changed = {
          state,
          steps: [...recovery.steps, { kind, at: now, by: sub, reason }],
          overdueFrom: state === 'DEMANDED' ? overdueFrom(recovery.instalments, recovery.receivedFen) : null,
        } as const;
        await change(recovery, changed, session);
        if (state !== 'REJECTED')
          await tellRecovery(tools, state, { recovery: { ...recovery, ...changed }, now }, session);
        return recovery.grantId;
      });
    },

    /** Notes money that came back, by its receipt, once; it goes back to the budget. Answers the grant. */
    receive: async (
      command: DatedCommand & {
        recoveryId: string;
        fen: number;
        receivedOn: string;
        reference: string;
        mayWrite: (department: string) => boolean;
      },
    ): Promise<CommandOutcome<string>> => {
      const {
        recoveryId,
        fen,
        receivedOn,
        mayWrite,
        actor: { sub },
        now,
      } = command;
      const reference = command.reference.trim();
      const request = { recoveryId, fen, receivedOn, reference: normalReference(reference) };
      return runner.run({ ...command, name: 'recordRecovery', request }, async (session) => {
        const recovery = await own(recoveryId, mayWrite, session);
        if (recovery.state !== 'DEMANDED')
          return refuse('ILLEGAL_STATE', said('NOTHING_EXPECTED', { recovery: recoveryId, state: recovery.state }), [
            'recovery',
          ]);
        if (demandedBy(recovery) === sub)
          return refuse('ILLEGAL_STATE', said('NOTES_OWN_DEMAND', { decidedBy: sub }), ['recovery']);
        if ((await recoveries.receiptOf(reference, session)) !== null)
          return refuse('DUPLICATE', said('RECEIPT_NOTED', { reference }), ['reference']);
        const today = dayInShanghai(now);
        const from = dayInShanghai(recovery.steps.find(({ kind }) => kind === 'DEMANDED')?.at ?? now);
        if (receivedOn > today || receivedOn < from)
          return refuse('INVALID', said('RECEIVED_OUTSIDE', { day: receivedOn, from }), ['receivedOn'], { to: today });
        const leftFen = recovery.amountFen - recovery.receivedFen;
        if (fen <= 0 || fen > leftFen)
          return refuse(
            'INVALID',
            said('MORE_THAN_LEFT', { amount: formatYuan(fen), left: formatYuan(leftFen) }),
            ['amount'],
            {
              leftFen,
            },
          );
        await grants.decideAlone([recovery.uscc], session);
        const { grantId, policyId, department, regionCode, uscc } = recovery;
        const [grant] = await grants.byId([grantId], session);
        const before = (await recoveries.ofGrants([grantId], session)).reduce((sum, one) => sum + one.receivedFen, 0);
        if (grant === undefined || before + fen > grant.paidFen)
          return refuse('ILLEGAL_STATE', said('SENT_BACK_BY_BANK', { grant: grantId }), ['amount']);
        const receivedFen = recovery.receivedFen + fen;
        const changed = {
          state: receivedFen === recovery.amountFen ? 'RECOVERED' : 'DEMANDED',
          receivedFen,
          overdueFrom: overdueFrom(recovery.instalments, receivedFen),
        } as const;
        await change(recovery, changed, session);
        await recoveries.addReceipt(
          {
            recoveryId,
            grantId,
            policyId,
            department,
            regionCode,
            uscc,
            reference,
            fen,
            receivedOn,
            recordedAt: now,
            recordedBy: sub,
          },
          session,
        );
        await grants.noteRecovered(grant, before + fen, session);
        // What was had before is less now: what is offered beside it is made anew.
        if (tools.shelf.byId(policyId)?.content.benefit.topUpDifference === true)
          for (const one of [grant, ...(grant.heirs ?? [])]) await matchState.noteStale(one.uscc, now, session);
        await funds.reserve(policyId, -fen, session);
        await funds.addPaid(policyId, -fen, session);
        const news = changed.state === 'RECOVERED' ? 'RECOVERED' : 'RECEIVED';
        await tellRecovery(tools, news, { recovery: { ...recovery, ...changed }, now }, session);
        return grantId;
      });
    },
  };
}
