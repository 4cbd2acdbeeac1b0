import type { Clock } from '@zhitong/kit';
import { forbid, refuse, type CommandBase, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, formatYuan, MOST_FEN_OF_ONE_AMOUNT, normalReference } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { approvalState, decideApprovalEvent, type ApprovalEvent } from '../domain/audit/approval-ledger.js';
import { documentFault } from '../domain/commitments/legal-document.js';
import { creditStanding } from '../domain/standing/credit-grade.js';
import { decideRepair, dishonestyFault, type RecordWithdrawal, type Repair } from '../domain/standing/dishonesty.js';
import { decidePledgeEvent, decideSigning, recordOfBreach, type PledgeEvent } from '../domain/standing/pledge.js';
import type { ApprovalItemRecord } from '../models/approval-item.js';
import type { StoredDishonestyRecord, StoredJudgment } from '../models/credit-record.js';
import type { PledgeRecord } from '../models/pledge.js';
import type { Stores } from '../stores.js';
import { addRepair, insertDishonesty, newRecordNumber } from './credit-record-writes.js';
import { because } from './refusal-words.js';

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
        if (wrong) return refuse('INVALID', wrong.message, [wrong.field]);
        const same = await stores.creditRecords.byDocument(record, session);
        if (same)
          return refuse('DUPLICATE', `${record.documentNumber} is already recorded as ${same.id}`, ['documentNumber'], {
            record: same.id,
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
        if (!record) return refuse('INVALID', `There is no dishonesty record ${recordId}.`, ['record']);
        if (!mayWriteFor(record.recordedBy)) return forbid(`The record ${recordId} is kept by ${record.recordedBy}.`);
        if (record.uscc !== uscc) return refuse('INVALID', `The record ${recordId} is not about ${uscc}.`, ['uscc']);
        const decision = decideRepair(record, repair, today());
        if (!decision.ok)
          return refuse(
            decision.code === 'NO_EVIDENCE' || decision.code === 'IN_THE_FUTURE' ? 'INVALID' : 'ILLEGAL_STATE',
            decision.message,
            [],
            because(decision.code, { earliest: decision.earliest }),
          );
        return (await addRepair({ stores, outbox }, record, decision.repair, session))
          ? recordId
          : refuse('ILLEGAL_STATE', 'the record was repaired in between', []);
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
        if (!record) return refuse('INVALID', `There is no dishonesty record ${recordId}.`, ['record']);
        if (!mayWriteFor(record.recordedBy)) return forbid(`The record ${recordId} is kept by ${record.recordedBy}.`);
        if (record.uscc !== uscc) return refuse('INVALID', `The record ${recordId} is not about ${uscc}.`, ['uscc']);
        if (why.reason.trim() === '') return refuse('INVALID', 'a withdrawal gives its reason', ['reason']);
        const fault = documentFault(why.document, today());
        if (fault) return refuse('INVALID', fault.message, fault.path);
        const withdrawal = { ...why, withdrawnOn: today(), by: base.actor.sub };
        if (!(await stores.creditRecords.withdraw(recordId, withdrawal, session)))
          return refuse('ILLEGAL_STATE', 'the record was already withdrawn', ['record']);
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
        if (judgment.effectiveOn > today())
          return refuse('INVALID', `${judgment.effectiveOn} has not come yet`, ['effectiveOn']);
        if (
          judgment.fulfilledOn !== null &&
          (judgment.fulfilledOn > today() || judgment.fulfilledOn < judgment.effectiveOn)
        ) {
          return refuse('INVALID', `${judgment.fulfilledOn} does not lie between the day of effect and today`, [
            'fulfilledOn',
          ]);
        }
        if (judgment.amount < 0 || judgment.amount > MOST_FEN_OF_ONE_AMOUNT)
          return refuse('INVALID', `an amount lies between 0 and ${formatYuan(MOST_FEN_OF_ONE_AMOUNT)}`, ['amount']);
        if (!judgment.court.trim()) return refuse('INVALID', 'a judgment names its court', ['court']);
        if (normalReference(judgment.caseNumber) === '')
          return refuse('INVALID', 'a judgment has its case number', ['caseNumber']);
        const known = await stores.creditRecords.judgment(judgment, session);
        if (
          known &&
          (known.amount !== judgment.amount ||
            known.effectiveOn !== judgment.effectiveOn ||
            known.court !== judgment.court ||
            known.fulfilledOn !== null)
        ) {
          return refuse(
            'DUPLICATE',
            `${judgment.caseNumber} is already recorded; only its fulfilment can be added, with the same court, amount and day`,
            ['caseNumber'],
            { fulfilledOn: known.fulfilledOn },
          );
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
          return refuse(
            ['NOT_ELIGIBLE', 'OPEN_BREACH'].includes(decision.code) ? 'NOT_ELIGIBLE' : 'INVALID',
            decision.message,
            decision.path,
            because(decision.code, { grade: standing.grade }),
          );
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
        if (!pledge) return refuse('INVALID', `There is no pledge ${pledgeId}.`, ['pledge']);
        if (!mayWriteFor(pledge.department)) return forbid(`The pledge ${pledgeId} was given to ${pledge.department}.`);
        const decision = decidePledgeEvent(pledge, event, today());
        if (!decision.ok)
          return refuse(
            decision.path.length > 0 ? 'INVALID' : 'ILLEGAL_STATE',
            decision.message,
            decision.path,
            because(decision.code, {}),
          );
        if (!(await stores.pledges.addEvent(pledgeId, pledge.events.length, event, session)))
          return refuse('STALE_VERSION', 'something else was recorded in between; read the pledge again', []);
        const record = recordOfBreach(pledge, event);
        if (record) await insertDishonesty({ stores, outbox }, record, { today: today(), session });
        await tell(`pledge.${event.kind.toLowerCase()}`, pledgeId, { pledge: pledgeId, uscc: pledge.uscc }, session);
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
        if (item.openedOn > today()) return refuse('INVALID', `${item.openedOn} has not come yet`, ['openedOn']);
        if (!item.permit.trim()) return refuse('INVALID', 'an item names its permit', ['permit']);
        if (!item.cause.trim()) return refuse('INVALID', 'an item says why the permit was not completed', ['cause']);
        if (item.deadline < item.openedOn)
          return refuse('INVALID', `the deadline ${item.deadline} is before ${item.openedOn}`, ['deadline']);
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
          if (!item) return refuse('INVALID', `There is no item ${itemId} on the approval ledger.`, ['item']);
          if (!mayAct(item))
            return forbid(
              event.kind === 'SUBMITTED'
                ? `The item ${itemId} is ${item.department}'s.`
                : `The item ${itemId} is confirmed by its enterprise.`,
            );
          const decision = decideApprovalEvent(item, event, today());
          if (!decision.ok)
            return refuse(
              decision.path.length > 0 ? 'INVALID' : 'ILLEGAL_STATE',
              decision.message,
              decision.path,
              because(decision.code, { state: approvalState(item) }),
            );
          if (!(await stores.approvals.addEvent(item, event, session)))
            return refuse('STALE_VERSION', 'something else was recorded in between; read the item again', []);
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
