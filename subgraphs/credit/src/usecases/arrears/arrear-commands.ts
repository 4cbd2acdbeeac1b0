import type { Clock } from '@zhitong/kit';
import { forbid, type CommandBase, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, normalReference } from '@zhitong/values';
import { randomUUID } from 'node:crypto';
import { textProblem } from '../../domain/arrears/arrear-correction.js';
import { checkReversal, type ReversalReason } from '../../domain/arrears/arrear-payment.js';
import { checkArrear, checkPayment, type Arrear } from '../../domain/arrears/arrears.js';
import type { Payment } from '../../domain/arrears/late-interest.js';
import { usedAlready } from '../../domain/arrears/payment-use.js';
import { said } from '../../domain/refusal-words.js';
import type { Stores } from '../../stores.js';
import { changeArrear, recordedBy, type OnArrear } from './arrear-writes.js';
import { refuseLedger, refuseProblem, sameDebt } from '../refusals.js';

export type ArrearCommands = ReturnType<typeof arrearCommands>;

/** Writes of the arrears register: each is one transaction with its event, and acts once per idempotency key. */
export function arrearCommands({
  stores,
  outbox,
  clock,
  runner,
}: {
  stores: Stores;
  outbox: Outbox;
  clock: Clock;
  runner: CommandRunner;
}) {
  const today = (): string => dayInShanghai(clock.now());
  const tools = { stores, outbox, clock };

  return {
    /** Records a debt of a public body. Returns its number. */
    recordArrear: async ({
      idempotencyKey,
      actor,
      unknown,
      department,
      ...debt
    }: CommandBase &
      Arrear & {
        uscc: string;
        debtor: string;
        debtorUscc?: string;
        subject: string;
        contractNumber: string;
        department: string;
      }): Promise<CommandOutcome<string>> =>
      runner.run({ name: 'recordArrear', idempotencyKey, actor, unknown, request: debt }, async (session) => {
        if (debt.debtorUscc === debt.uscc)
          return refuseProblem('INVALID', {
            code: 'OWED_TO_ITSELF',
            message: 'an enterprise owes nothing to itself',
            path: ['debtorUscc'],
          });
        const problem = textProblem(debt) ?? checkArrear(debt, today())[0];
        if (problem) return refuseProblem('INVALID', problem);
        const same = await stores.arrears.same(debt, session);
        if (same !== null) return refuseProblem('DUPLICATE', sameDebt(same));
        const id = `QK-${today().replaceAll('-', '')}-${randomUUID().slice(0, 8).toUpperCase()}`;
        const recorded = { recordedAt: clock.now().toISOString(), recordedBy: actor.sub, department };
        await stores.arrears.insert(
          { ...debt, id, recorded, payments: [], paid: 0, isCleared: false, version: 1 },
          session,
        );
        await outbox.append(
          [
            {
              type: 'cn.zhitong.arrear.recorded',
              subject: id,
              data: { arrearId: id, uscc: debt.uscc, debtor: debt.debtor },
            },
          ],
          { session },
        );
        return id;
      }),

    /** Records a payment. Returns the debt's number. */
    recordPayment: async (
      on: OnArrear,
      payment: Payment & { readonly reference: string },
    ): Promise<CommandOutcome<string>> =>
      runner.run(
        {
          ...on,
          name: 'recordArrearPayment',
          request: { arrear: on.arrearId, expectedVersion: on.expectedVersion, payment },
        },
        async (session) =>
          changeArrear(
            tools,
            on,
            { name: 'paid' },
            async (record) => {
              const refusal = checkPayment(record, payment, today(), stores.arrearRules());
              if (refusal) return refuseProblem(refusal.code === 'OVERPAYMENT' ? 'CONFLICT' : 'INVALID', refusal);
              if (normalReference(payment.reference) === '')
                return refuseProblem('INVALID', {
                  code: 'NO_RECEIPT',
                  message: 'a payment names its bank receipt',
                  path: ['reference'],
                });
              const used = await stores.references.find(payment.reference, session);
              if (used)
                return refuseLedger('DUPLICATE', {
                  code: 'DUPLICATE_PAYMENT',
                  path: ['reference'],
                  ...usedAlready(payment.reference, used),
                });
              await stores.references.use(
                [{ reference: payment.reference, arrearId: record.id, no: record.payments.length + 1 }],
                session,
              );
              return {
                ...record,
                payments: [...record.payments, { ...payment, recorded: recordedBy(on, clock) }],
              };
            },
            session,
          ),
      ),

    /** Reverses a payment that was recorded wrongly, and frees its receipt. Returns the debt's number. */
    reversePayment: async (
      on: OnArrear,
      { no, reason, document }: ReversalReason & { readonly no: number },
    ): Promise<CommandOutcome<string>> =>
      runner.run(
        {
          ...on,
          name: 'reverseArrearPayment',
          request: { arrear: on.arrearId, expectedVersion: on.expectedVersion, no, reason, document },
        },
        async (session) =>
          changeArrear(
            tools,
            on,
            { name: 'payment-reversed', data: { payment: no } },
            async (record) => {
              const payment = record.payments[no - 1];
              const refusal = checkReversal(record.payments, { no, reason, document }, today());
              if (refusal)
                return refuseProblem(refusal.code === 'ALREADY_REVERSED' ? 'ILLEGAL_STATE' : 'INVALID', {
                  ...refusal,
                  details: { payment: no, ...refusal.details },
                });
              const recorder = payment?.recorded?.department ?? record.debtor;
              if (!on.mayWriteFor(recorder))
                return forbid(said('PAYMENT_REVERSED_BY', { no, arrear: record.id, recorder }));
              const payments = record.payments.map((each) =>
                each === payment ? { ...each, reversal: { reason, document, ...recordedBy(on, clock) } } : each,
              );
              if (payment)
                await stores.references.freePayment({ reference: payment.reference, arrearId: record.id, no }, session);
              return { ...record, payments };
            },
            session,
          ),
      ),
  };
}
