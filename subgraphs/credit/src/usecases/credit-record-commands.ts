import type { Clock } from '@zhitong/kit';
import { forbid, type CommandBase, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { reasonProblem } from '../domain/arrears/arrear-correction.js';
import {
  approvalFault,
  approvalState,
  decideApprovalEvent,
  type ApprovalEvent,
} from '../domain/audit/approval-ledger.js';
import { creditStanding } from '../domain/standing/credit-grade.js';
import { decideRepair, dishonestyFault, type RecordWithdrawal, type Repair } from '../domain/standing/dishonesty.js';
import { judgmentFault } from '../domain/standing/judgment.js';
import { decidePledgeEvent, decideSigning, recordOfBreach, type PledgeEvent } from '../domain/standing/pledge.js';
import { said } from '../domain/refusal-words.js';
import type { ApprovalItemRecord } from '../models/approval-item.js';
import type { StoredDishonestyRecord, StoredJudgment } from '../models/credit-record.js';
import type { PledgeRecord } from '../models/pledge.js';
import type { Stores } from '../stores.js';
import { addRepair, insertDishonesty, newRecordNumber } from './credit-record-writes.js';
import { otherEnterprise, refuseProblem, unknownRecord } from './refusals.js';

export type CreditRecordCommands = ReturnType<typeof creditRecordCommands>;

/**
 * Writes about enterprises: dishonesty, judgments, pledges, approvals. Each is one transaction with its event, once per
 * idempotency key.
 */
export function creditRecordCommands({
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
  const number = (prefix: string): string => newRecordNumber(prefix, today());
  const tell = async (type: string, subject: string, data: object, session: ClientSession): Promise<void> => {
    await outbox.append([{ type: `cn.zhitong.${type}`, subject, data }], { session });
  };

  /** Takes back the record that a breach made by itself, which should never have been. */
  const withdrawRecordOf = async (
    { id: documentNumber, uscc, department: recordedBy }: PledgeRecord,
    { finding: reason, document, by }: Extract<PledgeEvent, { kind: 'BREACH_WITHDRAWN' }>,
    session: ClientSession,
  ): Promise<void> => {
    const record = await stores.creditRecords.byDocument({ recordedBy, documentNumber, uscc }, session);
    if (!record) return;
    await stores.creditRecords.withdraw(record.id, { reason, document, withdrawnOn: today(), by }, session);
    await tell('credit.dishonesty-withdrawn', uscc, { record: record.id, uscc }, session);
  };

  return {
    /** Records dishonesty. Returns the record's number. */
    recordDishonesty: async ({
      idempotencyKey,
      actor,
      unknown,
      ...record
    }: CommandBase & Omit<StoredDishonestyRecord, 'id' | 'repair'>): Promise<CommandOutcome<string>> =>
      runner.run({ name: 'recordDishonesty', idempotencyKey, actor, unknown, request: record }, async (session) => {
        const wrong = dishonestyFault(record, today());
        if (wrong) return refuseProblem('INVALID', wrong);
        const same = await stores.creditRecords.byDocument(record, session);
        if (same)
          return refuseProblem('DUPLICATE', {
            code: 'SAME_RECORD',
            message: `${record.documentNumber} is already recorded as ${same.id}`,
            path: ['documentNumber'],
            details: { document: record.documentNumber, record: same.id },
          });
        return insertDishonesty({ stores, outbox }, record, { today: today(), session });
      }),

    /** Repairs a record (信用修复). Returns the record's number. */
    repairDishonesty: async ({
      recordId,
      uscc,
      mayWriteFor,
      repair,
      ...base
    }: CommandBase & {
      recordId: string;
      uscc: string;
      repair: Repair;
      mayWriteFor: (department: string) => boolean;
    }): Promise<CommandOutcome<string>> =>
      runner.run({ ...base, name: 'repairDishonesty', request: { recordId, uscc, repair } }, async (session) => {
        const record = await stores.creditRecords.record(recordId, session);
        if (!record) return refuseProblem('INVALID', unknownRecord(recordId));
        if (!mayWriteFor(record.recordedBy))
          return forbid(said('RECORD_KEPT_BY', { record: recordId, department: record.recordedBy }));
        if (record.uscc !== uscc) return refuseProblem('INVALID', otherEnterprise(recordId, uscc));
        const decision = decideRepair(record, repair, today());
        if (!decision.ok)
          return refuseProblem(
            decision.code === 'NO_EVIDENCE' || decision.code === 'IN_THE_FUTURE' ? 'INVALID' : 'ILLEGAL_STATE',
            { ...decision, details: { earliest: decision.earliest } },
          );
        return (await addRepair({ stores, outbox }, record, decision.repair, session))
          ? recordId
          : refuseProblem('ILLEGAL_STATE', {
              code: 'ALREADY_REPAIRED',
              message: 'the record was repaired in between',
              path: ['record'],
            });
      }),

    /** Takes a record back that should never have been made. Returns its number. */
    withdrawDishonesty: async ({
      recordId,
      uscc,
      why,
      mayWriteFor,
      ...base
    }: CommandBase & {
      recordId: string;
      uscc: string;
      why: Pick<RecordWithdrawal, 'reason' | 'document'>;
      mayWriteFor: (department: string) => boolean;
    }): Promise<CommandOutcome<string>> =>
      runner.run({ ...base, name: 'withdrawDishonesty', request: { recordId, uscc, why } }, async (session) => {
        const record = await stores.creditRecords.record(recordId, session);
        if (!record) return refuseProblem('INVALID', unknownRecord(recordId));
        if (!mayWriteFor(record.recordedBy))
          return forbid(said('RECORD_KEPT_BY', { record: recordId, department: record.recordedBy }));
        if (record.uscc !== uscc) return refuseProblem('INVALID', otherEnterprise(recordId, uscc));
        const fault = reasonProblem(why, today());
        if (fault) return refuseProblem('INVALID', fault);
        const withdrawal = { ...why, withdrawnOn: today(), by: base.actor.sub };
        if (!(await stores.creditRecords.withdraw(recordId, withdrawal, session)))
          return refuseProblem('ILLEGAL_STATE', {
            code: 'ALREADY_WITHDRAWN',
            message: 'the record was already withdrawn',
            path: ['record'],
          });
        await tell('credit.dishonesty-withdrawn', uscc, { record: recordId, uscc }, session);
        return recordId;
      }),

    /** Records an effective judgment, or that one was fulfilled. Returns the enterprise. */
    recordJudgment: async ({
      idempotencyKey,
      actor,
      unknown,
      ...judgment
    }: CommandBase & StoredJudgment): Promise<CommandOutcome<string>> =>
      runner.run({ name: 'recordJudgment', idempotencyKey, actor, unknown, request: judgment }, async (session) => {
        const wrong = judgmentFault(judgment, today());
        if (wrong) return refuseProblem('INVALID', wrong);
        const known = await stores.creditRecords.judgment(judgment, session);
        if (
          known &&
          known.withdrawal === undefined &&
          (known.amount !== judgment.amount ||
            known.effectiveOn !== judgment.effectiveOn ||
            known.court !== judgment.court ||
            known.fulfilledOn !== null)
        ) {
          return refuseProblem('DUPLICATE', {
            code: 'JUDGMENT_RECORDED',
            message: `${judgment.caseNumber} is already recorded; only its fulfilment can be added, with the same court, amount and day`,
            path: ['caseNumber'],
            details: { caseNumber: judgment.caseNumber, fulfilledOn: known.fulfilledOn },
          });
        }
        // A fulfilment is added to what is recorded, whose number stays as it was typed first.
        await stores.creditRecords.putJudgment(
          { ...judgment, caseNumber: known?.caseNumber ?? judgment.caseNumber },
          session,
        );
        await tell(
          'credit.judgment-recorded',
          judgment.uscc,
          { caseNumber: judgment.caseNumber, uscc: judgment.uscc },
          session,
        );
        return judgment.uscc;
      }),

    /** Takes a judgment back that should never have been recorded. Returns the enterprise. */
    withdrawJudgment: async ({
      caseNumber,
      uscc,
      why,
      ...base
    }: CommandBase & {
      caseNumber: string;
      uscc: string;
      why: Pick<RecordWithdrawal, 'reason' | 'document'>;
    }): Promise<CommandOutcome<string>> =>
      runner.run({ ...base, name: 'withdrawJudgment', request: { caseNumber, uscc, why } }, async (session) => {
        const known = await stores.creditRecords.judgment({ caseNumber, uscc }, session);
        if (!known)
          return refuseProblem('INVALID', {
            code: 'UNKNOWN_JUDGMENT',
            message: `no judgment ${caseNumber} is recorded about ${uscc}`,
            path: ['caseNumber'],
            details: { caseNumber, uscc },
          });
        const fault = reasonProblem(why, today());
        if (fault) return refuseProblem('INVALID', fault);
        const withdrawal = { ...why, withdrawnOn: today(), by: base.actor.sub };
        if (!(await stores.creditRecords.withdrawJudgment(known, withdrawal, session)))
          return refuseProblem('ILLEGAL_STATE', {
            code: 'JUDGMENT_WITHDRAWN',
            message: 'the judgment was already withdrawn',
            path: ['caseNumber'],
          });
        await tell('credit.judgment-withdrawn', uscc, { caseNumber: known.caseNumber, uscc }, session);
        return uscc;
      }),

    /** Records a signed pledge of an enterprise that may use commitment-based approval. Returns the pledge's number. */
    signPledge: async ({
      idempotencyKey,
      actor,
      unknown,
      ...pledge
    }: CommandBase & Omit<PledgeRecord, 'id' | 'events'>): Promise<CommandOutcome<string>> =>
      runner.run({ name: 'signPledge', idempotencyKey, actor, unknown, request: pledge }, async (session) => {
        const history = (await stores.creditHistories.of([pledge.uscc])).get(pledge.uscc);
        const standing = creditStanding(history ?? { records: [], judgments: [], pledgeBreaches: [] }, today());
        const breached = await stores.pledges.openBreach(pledge.uscc, session);
        const decision = decideSigning({ ...pledge, events: [] }, standing, { openBreach: breached, today: today() });
        if (!decision.ok)
          return refuseProblem(['NOT_ELIGIBLE', 'OPEN_BREACH'].includes(decision.code) ? 'NOT_ELIGIBLE' : 'INVALID', {
            ...decision,
            details: { grade: standing.grade },
          });
        const id = number('CNS');
        await stores.pledges.insert({ ...pledge, id, events: [] }, session);
        await tell('pledge.signed', id, { pledge: id, uscc: pledge.uscc }, session);
        return id;
      }),

    /** Records a check, a breach or the closure of a pledge. Returns the pledge's number. */
    recordPledgeEvent: async ({
      pledgeId,
      mayWriteFor,
      event,
      ...base
    }: CommandBase & { pledgeId: string; event: PledgeEvent; mayWriteFor: (department: string) => boolean }): Promise<
      CommandOutcome<string>
    > =>
      runner.run({ ...base, name: 'recordPledgeEvent', request: { pledgeId, event } }, async (session) => {
        const pledge = await stores.pledges.byId(pledgeId, session);
        if (!pledge)
          return refuseProblem('INVALID', {
            code: 'UNKNOWN_PLEDGE',
            message: `There is no pledge ${pledgeId}.`,
            path: ['pledge'],
            details: { pledge: pledgeId },
          });
        if (!mayWriteFor(pledge.department))
          return forbid(said('PLEDGE_GIVEN_TO', { pledge: pledgeId, department: pledge.department }));
        const decision = decidePledgeEvent(pledge, event, today());
        if (!decision.ok) return refuseProblem(decision.path.length > 0 ? 'INVALID' : 'ILLEGAL_STATE', decision);
        if (!(await stores.pledges.addEvent(pledgeId, pledge.events.length, event, session)))
          return refuseProblem('STALE_VERSION', {
            code: 'CHANGED_MEANWHILE',
            message: 'something else was recorded in between; read the pledge again',
            path: [],
          });
        const record = recordOfBreach(pledge, event);
        if (record) await insertDishonesty({ stores, outbox }, record, { today: today(), session });
        if (event.kind === 'BREACH_WITHDRAWN') await withdrawRecordOf(pledge, event, session);
        await tell(
          `pledge.${event.kind.toLowerCase().replace('_', '-')}`,
          pledgeId,
          { pledge: pledgeId, uscc: pledge.uscc },
          session,
        );
        return pledgeId;
      }),

    /** Puts a permit on the approval ledger. Returns the item's number. */
    openApprovalItem: async ({
      idempotencyKey,
      actor,
      unknown,
      ...item
    }: CommandBase & Omit<ApprovalItemRecord, 'id' | 'events' | 'state'>): Promise<CommandOutcome<string>> =>
      runner.run({ name: 'openApprovalItem', idempotencyKey, actor, unknown, request: item }, async (session) => {
        const wrong = approvalFault(item, today());
        if (wrong) return refuseProblem('INVALID', wrong);
        const id = number('XH');
        await stores.approvals.insert({ ...item, id, events: [], state: 'OPEN' }, session);
        await tell('approval.opened', id, { item: id, uscc: item.uscc, department: item.department }, session);
        return id;
      }),

    /** Records what the department submits or the enterprise says to it. Returns the item's number. */
    recordApprovalEvent: async ({
      itemId,
      mayAct,
      event,
      ...base
    }: CommandBase & { itemId: string; event: ApprovalEvent; mayAct: (item: ApprovalItemRecord) => boolean }): Promise<
      CommandOutcome<string>
    > =>
      // The confirmation is dated by the clock, so a repeat on the next day is still the same request.
      runner.run(
        {
          ...base,
          name: 'recordApprovalEvent',
          request: { itemId, event: event.kind === 'SUBMITTED' ? event : { ...event, on: null } },
        },
        async (session) => {
          const item = await stores.approvals.byId(itemId, session);
          if (!item)
            return refuseProblem('INVALID', {
              code: 'UNKNOWN_ITEM',
              message: `There is no item ${itemId} on the approval ledger.`,
              path: ['item'],
              details: { item: itemId },
            });
          if (!mayAct(item))
            return forbid(
              event.kind === 'SUBMITTED'
                ? said('ITEM_OF_ANOTHER', { item: itemId, department: item.department })
                : said('ITEM_CONFIRMED_BY', { item: itemId }),
            );
          const decision = decideApprovalEvent(item, event, today());
          if (!decision.ok)
            return refuseProblem(decision.path.length > 0 ? 'INVALID' : 'ILLEGAL_STATE', {
              ...decision,
              details: { state: approvalState(item) },
            });
          if (!(await stores.approvals.addEvent(item, event, session)))
            return refuseProblem('STALE_VERSION', {
              code: 'CHANGED_MEANWHILE',
              message: 'something else was recorded in between; read the item again',
              path: [],
            });
          await tell(
            `approval.${event.kind.toLowerCase()}`,
            itemId,
            { item: itemId, uscc: item.uscc, department: item.department },
            session,
          );
          return itemId;
        },
      ),
  };
}
