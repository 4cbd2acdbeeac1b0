import { randomUUID } from 'node:crypto';
import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { ClientSession, Connection } from 'mongoose';
import { awardOf } from '../domain/benefit/benefit.js';
import { excludedBeside } from '../domain/policy/exclusion.js';
import { matchable } from '../domain/matching/match.js';
import { decideMove, grantPeriodOn, type GrantMove } from '../domain/grant/grant.js';
import type { GrantRecord } from '../models/grant.js';
import type { PolicyShelf, ShelfPolicy } from '../memory/policy-shelf.js';
import type { Stores } from '../stores.js';
import type { DatedCommand } from './dated-command.js';

export interface Identified {
  readonly identified: number;
  /** Eligible enterprises that have or had a grant under the policy and period. */
  readonly alreadyGranted: number;
  /** Eligible enterprises that hold a benefit that the policy excludes. */
  readonly excluded: number;
  /** Eligible enterprises whose amount is not known, or nothing. */
  readonly withoutAmount: number;
}

interface Account {
  readonly holder: string;
  readonly bank: string;
  readonly number: string;
}

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
  const { grants, funds, matches, facts } = stores;

  /** Decides a move of one grant and writes it with everything that hangs on it. */
  const moveOne = async (
    grant: GrantRecord,
    move: GrantMove,
    {
      sub,
      now,
      note,
      account,
      instalment,
    }: { sub: string; now: Date; note: string; account?: Account; instalment?: number },
    session: ClientSession,
  ): Promise<void> => {
    const today = dayInShanghai(now);
    const decision = decideMove(grant, move, { today, publicityDays: grant.publicityDays, instalment });
    if (!decision.ok) {
      const why = {
        ILLEGAL_MOVE: `${grant.id} is ${grant.status}; ${move} is not possible now.`,
        STILL_PUBLIC: `${grant.id} is shown in public until ${grant.publicUntil ?? ''}; it can be approved on the day after.`,
        NOTHING_TO_PAY: `Nothing is left to pay of ${grant.id}.`,
      }[decision.reason];
      return refuse('ILLEGAL_STATE', why, ['grants'], {
        grant: grant.id,
        status: grant.status,
        legalMoves: decision.legal,
      });
    }
    // The budget of the version that is published now: it may have been cut since the grants were made.
    const policy = decision.reserveFen > 0 ? shelf.byId(grant.policyId) : null;
    if (policy !== null) await funds.ensureBudget(grant.policyId, policy.content.budgetFen, session);
    if (decision.reserveFen !== 0 && !(await funds.reserve(grant.policyId, decision.reserveFen, session))) {
      const budget = await funds.budget(grant.policyId, session);
      return refuse(
        'BUDGET_EXHAUSTED',
        `The budget of ${grant.policyId} does not hold another ${grant.id}.`,
        ['grants'],
        {
          grant: grant.id,
          neededFen: decision.reserveFen,
          leftFen: (budget?.limitFen ?? 0) - (budget?.reservedFen ?? 0),
        },
      );
    }
    if (decision.orderInstalment !== null) await sendOrder(grant, decision.orderInstalment, now, session);
    if (decision.paidFen !== 0) await funds.addPaid(grant.policyId, decision.paidFen, session);
    const { status, settled, returned, accountInDoubt, publicUntil, reserved, paidFen } = decision;
    const changed = await grants.change(
      grant,
      {
        status,
        settled,
        returned,
        accountInDoubt,
        publicUntil,
        reserved,
        paidFen: grant.paidFen + paidFen,
        ...(account === undefined ? {} : { account }),
      },
      { move, by: sub, note, at: now },
      session,
    );
    if (!changed)
      return refuse(
        'STALE_VERSION',
        `${grant.id} was changed by somebody else in the meantime; read it again.`,
        ['grants'],
        { grant: grant.id },
      );
    // A grant that stands where it stood is identified by what happened to it.
    const news = move === 'RETURN' ? 'returned' : status.toLowerCase();
    await outbox.append(
      [
        {
          type: `cn.zhitong.grant.${news}`,
          subject: grant.uscc,
          data: { grant: grant.id, policy: grant.policyId, uscc: grant.uscc, status },
        },
      ],
      { session },
    );
  };

  const sendOrder = async (
    grant: GrantRecord,
    instalment: number,
    now: Date,
    session: ClientSession,
  ): Promise<void> => {
    if (grant.account === null)
      return refuse('ILLEGAL_STATE', `${grant.id} has no confirmed account.`, ['grants'], { grant: grant.id });
    const attempt = (await funds.attempts(grant.id, instalment, session)) + 1;
    const { id, policyId, department, regionCode, uscc, account } = grant;
    const amountFen = grant.instalmentsFen[instalment] ?? 0;
    await funds.send(
      {
        id: `${id}-${String(instalment + 1)}-${String(attempt)}`,
        grantId: id,
        instalment,
        attempt,
        policyId,
        department,
        regionCode,
        uscc,
        amountFen,
        account,
        status: 'SENT',
        sentAt: now,
        settledAt: null,
        settledOn: null,
        reason: '',
      },
      session,
    );
  };

  const found = async (ids: readonly string[], session: ClientSession): Promise<GrantRecord[]> => {
    const records = await grants.byId(ids, session);
    const missing = ids.find((id) => !records.some((record) => record.id === id));
    return missing === undefined
      ? records
      : refuse('INVALID', `There is no grant ${missing}.`, ['grants'], { grant: missing });
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

    /** Sends an order for every approved grant of a policy, one transaction each; run again it goes on with the rest. */
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

  /** Makes the grants in transactions of their own: a whole city would outlive one, and who has a grant already is passed over. */
  async function identifyAll({
    policyId,
    actor: { sub },
    now,
  }: DatedCommand & { policyId: string }): Promise<Identified> {
    const policy = shelf.byId(policyId);
    if (policy === null) return refuse('INVALID', `No policy is published under ${policyId}.`, ['policy']);
    if (!policy.content.exemptFromApplication)
      return refuse(
        'ILLEGAL_STATE',
        `${policyId} is had on application; grants without one are made under exempt policies only.`,
        ['policy'],
      );
    if (!shelf.matchableOn(dayInShanghai(now)).some(({ id }) => id === policyId))
      return refuse('ILLEGAL_STATE', `${policyId} does not apply today.`, ['policy']);
    await inTransaction(connection, async (session) => funds.ensureBudget(policyId, policy.content.budgetFen, session));
    const sum = { identified: 0, alreadyGranted: 0, excluded: 0, withoutAmount: 0 };
    for (let after = '', more = true; more;) {
      const page = await matches.eligible(policyId, {
        limit: BATCH,
        position: after === '' ? undefined : [after],
        backwards: false,
      });
      const usccs = page.slice(0, BATCH).map(({ uscc }) => uscc);
      const part = await inTransaction(connection, async (session) =>
        identifyAmong(policy, usccs, { sub, now }, session),
      );
      sum.identified += part.identified;
      sum.alreadyGranted += part.alreadyGranted;
      sum.excluded += part.excluded;
      sum.withoutAmount += part.withoutAmount;
      after = usccs.at(-1) ?? '';
      more = page.length > BATCH;
    }
    return sum;
  }

  async function identifyAmong(
    { content, record }: ShelfPolicy,
    usccs: readonly string[],
    { sub, now }: { sub: string; now: Date },
    session: ClientSession,
  ): Promise<Identified> {
    const today = dayInShanghai(now);
    const period = grantPeriodOn(content.grantPeriod, today);
    const granted = await grants.usccsOf(content.id, period, usccs, session);
    const beside = excludedBeside(
      content,
      shelf.all().map((other) => other.content),
    );
    if (beside.length > 0) await grants.decideAlone(usccs, session);
    const holders = new Set(
      (beside.length === 0 ? [] : await grants.holders(usccs, beside, session)).map(({ uscc }) => uscc),
    );
    const had = content.benefit.topUpDifference
      ? await grants.hadUnder(content.id, usccs, session)
      : new Map<string, number>();
    const policy = matchable(
      { id: content.id, version: record.version, criteria: content.criteria, benefit: content.benefit },
      today,
      shelf.parameters(),
    );
    const fresh = (await facts.byUscc(usccs, session)).filter(({ uscc }) => !granted.has(uscc) && !holders.has(uscc));
    const records = fresh.flatMap(({ uscc, region, values, dates }): GrantRecord[] => {
      const award = awardOf(policy.benefit, { facts: { values, dates }, referenceDate: today }, had.get(uscc));
      if (policy.decide(values) !== 'ELIGIBLE' || !award.known || award.fen === 0) return [];
      return [
        {
          id: `G-${randomUUID()}`,
          policyId: content.id,
          policyVersion: record.version,
          department: content.issuerCode ?? '',
          uscc,
          regionCode: region.code,
          period,
          amountFen: award.fen,
          paidFen: 0,
          instalmentsFen: [...award.instalmentsFen],
          settled: 0,
          publicityDays: content.publicityDays,
          publicUntil: null,
          reserved: false,
          account: null,
          status: 'IDENTIFIED',
          version: 1,
          identifiedAt: now,
          updatedAt: now,
        },
      ];
    });
    await grants.insertAll(records, sub, session);
    return {
      identified: records.length,
      alreadyGranted: granted.size,
      excluded: holders.size,
      withoutAmount: fresh.length - records.length,
    };
  }
}
