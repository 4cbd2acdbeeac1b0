import { forbid, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import { dayInShanghai, normalReference, type LegalDay } from '@zhitong/values';
import type { ArrearCost, SettledDispute } from '../../domain/arrears/account.js';
import { termsOf } from '../../domain/arrears/arrear-correction.js';
import { standing, type ReversalReason } from '../../domain/arrears/arrear-payment.js';
import { checkTransfer, withTransfer } from '../../domain/arrears/arrear-transfer.js';
import { checkArrear, type ArrearRules } from '../../domain/arrears/arrears.js';
import { checkSettlement, costProblem, withSettlement } from '../../domain/arrears/dispute.js';
import type { LegalDocument } from '../../domain/commitments/commitment.js';
import {
  reverseCost,
  reverseSettlement,
  reverseTransfer,
  type PartReversed,
} from '../../domain/arrears/part-reversal.js';
import { documentFault } from '../../domain/commitments/legal-document.js';
import type { ClientSession } from 'mongoose';
import type { ArrearRecord } from '../../models/arrears/arrear.js';
import { changeArrear, recordedBy, type ArrearTools, type OnArrear } from './arrear-writes.js';
import { refuseProblem, sameDebt, toSucceeded } from '../refusals.js';

/** Why an acceptance changes what a debt says, in the words of the register. */
const ACCEPTED = '验收';

export type ArrearPartCommands = ReturnType<typeof arrearPartCommands>;

/** What becomes of a debt beside its payments: acceptance, costs, disputes, another department that owes it. */
export function arrearPartCommands({ runner, ...tools }: ArrearTools & { readonly runner: CommandRunner }) {
  const { stores, clock } = tools;
  const today = (): string => dayInShanghai(clock.now());
  const request = (on: OnArrear, rest: object) => ({
    arrear: on.arrearId,
    expectedVersion: on.expectedVersion,
    ...rest,
  });
  /** Refuses to pass a debt to a department that another one succeeded, unless the ledger's office does. */
  const requireNotSucceeded = async (
    { mayWriteFor }: Pick<OnArrear, 'mayWriteFor'>,
    department: string,
    session: ClientSession,
  ): Promise<void> => {
    if (!mayWriteFor(department) && (await stores.successions.isSucceeded(department, session)))
      forbid(toSucceeded(department));
  };
  const reversePart = async (
    on: OnArrear,
    { name, event, part, why }: { name: string; event: string; part: Record<string, number>; why: ReversalReason },
    reverse: (record: ArrearRecord, given: { today: LegalDay; rules: ArrearRules }) => PartReversed<ArrearRecord>,
  ): Promise<CommandOutcome<string>> =>
    runner.run({ ...on, name, request: request(on, { ...part, why }) }, async (session) =>
      changeArrear(
        tools,
        on,
        { name: event, data: part },
        async (record) => {
          const reversed = reverse(record, { today: today(), rules: stores.arrearRules() });
          if (!reversed.ok)
            return refuseProblem(reversed.code.endsWith('_REVERSED') ? 'ILLEGAL_STATE' : 'INVALID', reversed);
          const { debt } = reversed;
          if (debt.debtor === record.debtor) return debt;
          await requireNotSucceeded(on, debt.debtor, session);
          const same = await stores.arrears.same(debt, session);
          return same === null ? debt : refuseProblem('DUPLICATE', { ...sameDebt(same), path: [] });
        },
        session,
      ),
    );

  return {
    /** Records an acceptance that came after the debt; the term is reckoned from it. Returns the debt's number. */
    recordAcceptance: async (
      on: OnArrear,
      acceptance: { readonly acceptedOn: LegalDay; readonly document: LegalDocument },
    ): Promise<CommandOutcome<string>> =>
      runner.run({ ...on, name: 'recordArrearAcceptance', request: request(on, acceptance) }, async (session) =>
        changeArrear(
          tools,
          on,
          { name: 'accepted', data: { acceptedOn: acceptance.acceptedOn } },
          (record) => {
            const { acceptedOn, document } = acceptance;
            const before = record.delivery.acceptance;
            if (before === null)
              return refuseProblem('ILLEGAL_STATE', {
                code: 'NO_ACCEPTANCE',
                message: 'the payment of this debt does not depend on acceptance',
                path: ['arrear'],
              });
            if (before.acceptedOn !== null)
              return refuseProblem('ILLEGAL_STATE', {
                code: 'ACCEPTED_ALREADY',
                message: `it was accepted on ${before.acceptedOn}; a wrong day is corrected`,
                path: ['acceptedOn'],
                details: { acceptedOn: before.acceptedOn },
              });
            const accepted = {
              ...record,
              delivery: { ...record.delivery, acceptance: { ...before, acceptedOn } },
            };
            const problem = checkArrear(accepted, today())[0];
            if (problem) return refuseProblem('INVALID', problem);
            const fault = documentFault(document, today());
            if (fault) return refuseProblem('INVALID', fault);
            return {
              ...accepted,
              corrections: [
                ...(record.corrections ?? []),
                {
                  kind: 'ACCEPTANCE' as const,
                  reason: ACCEPTED,
                  document,
                  before: termsOf(record),
                  ...recordedBy(on, clock),
                },
              ],
            };
          },
          session,
        ),
      ),

    /** Records a cost of getting the money. Returns the debt's number. */
    recordCost: async (
      on: OnArrear,
      cost: Pick<ArrearCost, 'amount' | 'incurredOn' | 'subject' | 'document'>,
    ): Promise<CommandOutcome<string>> =>
      runner.run({ ...on, name: 'recordArrearCost', request: request(on, cost) }, async (session) =>
        changeArrear(
          tools,
          on,
          { name: 'cost-recorded' },
          (record) => {
            const problem = costProblem(record.delivery, cost, today());
            if (problem) return refuseProblem('INVALID', problem);
            const number = normalReference(cost.document.number);
            if (standing(record.costs ?? []).some(({ document }) => normalReference(document.number) === number))
              return refuseProblem('DUPLICATE', {
                code: 'COST_RECORDED',
                message: `a cost is recorded by ${cost.document.number} already`,
                path: ['document', 'number'],
                details: { document: cost.document.number },
              });
            return { ...record, costs: [...(record.costs ?? []), { ...cost, ...recordedBy(on, clock) }] };
          },
          session,
        ),
      ),

    /** Settles a dispute over a part of the debt. Returns the debt's number. */
    settleDispute: async (
      on: OnArrear,
      settlement: Pick<SettledDispute, 'settledOn' | 'owed' | 'struckOff' | 'reason' | 'document'>,
    ): Promise<CommandOutcome<string>> =>
      runner.run({ ...on, name: 'settleArrearDispute', request: request(on, settlement) }, async (session) =>
        changeArrear(
          tools,
          on,
          { name: 'dispute-settled' },
          (record) => {
            const rules = stores.arrearRules();
            const problem = checkSettlement(record, settlement, { today: today(), rules });
            if (problem) return refuseProblem('INVALID', problem);
            return withSettlement(record, { ...settlement, ...recordedBy(on, clock) }, rules);
          },
          session,
        ),
      ),

    /** Reverses a cost that was recorded wrongly. Returns the debt's number. */
    reverseCost: async (on: OnArrear, no: number, why: ReversalReason): Promise<CommandOutcome<string>> =>
      reversePart(on, { name: 'reverseArrearCost', event: 'cost-reversed', part: { cost: no }, why }, (record, given) =>
        reverseCost(record, no, { ...why, ...recordedBy(on, clock) }, given),
      ),

    /** Reverses the latest settlement of a dispute. Returns the debt's number. */
    reverseSettlement: async (on: OnArrear, no: number, why: ReversalReason): Promise<CommandOutcome<string>> =>
      reversePart(
        on,
        { name: 'reverseArrearSettlement', event: 'settlement-reversed', part: { settlement: no }, why },
        (record, given) => reverseSettlement(record, no, { ...why, ...recordedBy(on, clock) }, given),
      ),

    /** Reverses the latest transfer of a debt. Returns the debt's number. */
    reverseTransfer: async (on: OnArrear, no: number, why: ReversalReason): Promise<CommandOutcome<string>> =>
      reversePart(
        on,
        { name: 'reverseArrearTransfer', event: 'transfer-reversed', part: { transfer: no }, why },
        (record, given) => reverseTransfer(record, no, { ...why, ...recordedBy(on, clock) }, given),
      ),

    /** Passes a debt on to another department. Returns its number. */
    transferArrear: async (
      on: OnArrear,
      transfer: { readonly to: string; readonly effectiveOn: LegalDay; readonly reason: string },
    ): Promise<CommandOutcome<string>> =>
      runner.run({ ...on, name: 'transferArrear', request: request(on, transfer) }, async (session) =>
        changeArrear(
          tools,
          on,
          { name: 'transferred', data: { to: transfer.to, effectiveOn: transfer.effectiveOn } },
          async (record) => {
            const refusal = checkTransfer(record, transfer, today());
            if (refusal)
              return refuseProblem(refusal.code === 'SAME_DEPARTMENT' ? 'ILLEGAL_STATE' : 'INVALID', refusal);
            await requireNotSucceeded(on, transfer.to, session);
            const same = await stores.arrears.same({ ...record, debtor: transfer.to }, session);
            if (same !== null)
              return refuseProblem('DUPLICATE', {
                ...sameDebt(same),
                message: `${transfer.to} owes this debt already as ${same}`,
                path: ['to'],
              });
            return withTransfer(record, { ...transfer, ...recordedBy(on, clock) });
          },
          session,
        ),
      ),
  };
}
