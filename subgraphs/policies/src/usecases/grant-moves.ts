import { refuse } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { decideMove, type GrantMove } from '../domain/grant/grant.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { GrantRecord } from '../models/grant.js';
import type { Stores } from '../stores.js';

/** The bank account to which a grant is paid. */
export interface Account {
  readonly holder: string;
  readonly bank: string;
  readonly number: string;
}

/** Moves of single grants inside the transaction of a command. */
export function grantMoves({
  stores: { grants, funds },
  shelf,
  outbox,
}: {
  stores: Pick<Stores, 'grants' | 'funds'>;
  shelf: PolicyShelf;
  outbox: Outbox;
}) {
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

  /** The grants with these numbers; refuses where one of them is not there. */
  const found = async (ids: readonly string[], session: ClientSession): Promise<GrantRecord[]> => {
    const records = await grants.byId(ids, session);
    const missing = ids.find((id) => !records.some((record) => record.id === id));
    return missing === undefined
      ? records
      : refuse('INVALID', `There is no grant ${missing}.`, ['grants'], { grant: missing });
  };

  return { moveOne, found };
}
