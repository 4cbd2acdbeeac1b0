import { dayInShanghai, type WorkingCalendar } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { legalMoves, nextInstalment, type GrantMove } from '../../domain/grant/grant.js';
import { LOOKED_AT_AGAIN, possibleMoves, type MoveConditions } from '../../domain/grant/possible-moves.js';
import { lastDayOfNotice } from '../../domain/grant/public-notice.js';
import type { PaymentRecord } from '../../models/funds.js';
import type { GrantEventRecord, GrantRecord } from '../../models/grants/grant-record.js';
import type { PolicyVersionRecord } from '../../models/policy-version.js';
import type { Stores } from '../../stores.js';
import { dueFromOf, inForce, planOf } from './look-again.js';

/** The conditions of a grant's moves, the version of its policy that decides today, and the one of its instalments. */
export type ConditionsOfGrant = MoveConditions & {
  readonly version: PolicyVersionRecord | null;
  readonly plan: PolicyVersionRecord | null;
};

/** Who moves grants, and when. */
export interface Mover {
  readonly sub: string;
  /** A machine identity, which is no person; a person when left out. */
  readonly isMachine?: boolean | undefined;
  readonly now: Date;
}

const DECISIONS: readonly GrantEventRecord['move'][] = ['APPROVE', 'KEEP', 'CHANGE_AMOUNT'];

/** Whether an event decides that a grant is paid: an application under a pledge is approved when it is made. */
const isDecision = ({ move, status }: GrantEventRecord): boolean =>
  DECISIONS.includes(move) || (move === 'IDENTIFY' && status === 'APPROVED');

/**
 * Who sent the last order of an instalment, by the history of the grant: an order has the time of its PAY.
 * @param orders of the grant, first attempt first.
 */
function sendersOf(
  instalment: number,
  orders: readonly Pick<PaymentRecord, 'instalment' | 'sentAt'>[],
  events: readonly GrantEventRecord[],
): string[] {
  const sentAt = orders.findLast((order) => order.instalment === instalment)?.sentAt.getTime();
  return events.filter(({ move, at }) => move === 'PAY' && at.getTime() === sentAt).map(({ by }) => by);
}

export type MoveConditionsReader = ReturnType<typeof moveConditions>;

/** Reads what decides whether grants can be moved, of a whole page with a handful of commands. */
export function moveConditions({
  stores: { grants, funds, objections, recoveries, versions, matchState },
  calendar,
  twoPersonsFromFen = 0,
  showsReduced = true,
}: {
  stores: Pick<Stores, 'grants' | 'funds' | 'objections' | 'recoveries' | 'versions' | 'matchState'>;
  calendar: WorkingCalendar;
  twoPersonsFromFen?: number | undefined;
  /** Whether an amount that is less than the shown one is shown again. */
  showsReduced?: boolean | undefined;
}) {
  /** @param moves those that are to be decided: what no other one asks for is not read. */
  const read = async (
    records: readonly GrantRecord[],
    moves: ReadonlySet<GrantMove>,
    { sub, isMachine = false, now }: Mover,
    session: ClientSession | null,
  ): Promise<Map<string, ConditionsOfGrant>> => {
    const today = dayInShanghai(now);
    const ids = records.map(({ id }) => id);
    const policyIds = [...new Set(records.map(({ policyId }) => policyId))];
    const needs = (...some: readonly GrantMove[]): boolean => some.some((move) => moves.has(move));
    const isLookedAt = needs(...LOOKED_AT_AGAIN);
    // One after the other: a transaction takes one command at a time.
    const isReported = needs('SETTLE', 'RETURN');
    const history =
      isReported || needs('APPROVE', 'PAY')
        ? await grants.history(ids, session)
        : new Map<string, GrantEventRecord[]>();
    const objected = needs('APPROVE') ? await objections.ofGrants(ids, session) : [];
    const asked = needs('PAY', 'RETURN') ? await recoveries.ofGrants(ids, session) : [];
    const orders = isReported ? await funds.ofGrants(ids, session) : [];
    const known = isLookedAt || needs('CHANGE_AMOUNT') ? await versions.versionsOf(policyIds, session) : [];
    const budgets = needs('APPROVE', 'CHANGE_AMOUNT') ? await funds.budgets(policyIds, session) : [];
    const behind = isLookedAt
      ? await matchState.staleAmong(
          records.map(({ uscc }) => uscc),
          session,
        )
      : new Set();
    return new Map(
      records.map((grant) => {
        const { id, policyId, uscc, publicityDays, identifiedAt } = grant;
        const events = history.get(id) ?? [];
        const lastOf = (move: GrantMove): Date | undefined => events.findLast((event) => event.move === move)?.at;
        const shownAt = lastOf('PUBLICISE');
        // One whose changed amount was shown again was approved twice; its terms count from the first time.
        const approvedAt = events.find(({ move }) => move === 'APPROVE')?.at;
        const versionsOfPolicy = known.filter((one) => one.policyId === policyId);
        const version = inForce(versionsOfPolicy, today);
        const plan = planOf(grant, version, versionsOfPolicy);
        const ordersOf = orders.filter(({ grantId }) => grantId === id);
        const budget = budgets.find((one) => one.policyId === policyId);
        const limitFen = version === null ? (budget?.limitFen ?? null) : version.content.budgetFen;
        const term = plan?.content.benefit.terms?.[nextInstalment(grant)];
        const recovered = asked.filter(({ grantId }) => grantId === id);
        return [
          id,
          {
            today,
            sub,
            isMachine,
            twoPersonsFromFen,
            showsReduced,
            version,
            plan,
            noticeFromToday: lastDayOfNotice(calendar, today, version?.content.publicityDays ?? publicityDays),
            // One that was imported without its history is held to the day that it was given.
            noticeUntil: shownAt === undefined ? '' : lastDayOfNotice(calendar, dayInShanghai(shownAt), publicityDays),
            openObjections: objected.filter(({ grantId, state }) => grantId === id && state === 'OPEN').length,
            isRecoveryProposed: recovered.some(({ state }) => state === 'PROPOSED'),
            recoveredFen: recovered.reduce((sum, { receivedFen }) => sum + receivedFen, 0),
            deciders: events.filter(isDecision).map(({ by }) => by),
            sendersOf: (instalment) => sendersOf(instalment, ordersOf, events),
            // An application under a pledge is approved when it is made.
            dueFrom: term === undefined ? null : dueFromOf(term, dayInShanghai(approvedAt ?? identifiedAt)),
            isBehind: behind.has(uscc),
            budgetLeftFen: limitFen === null ? null : limitFen - (budget?.reservedFen ?? 0),
          },
        ];
      }),
    );
  };

  return {
    /** What decides whether one grant can be moved, within the transaction that moves it. */
    of: async (
      grant: GrantRecord,
      move: GrantMove,
      mover: Mover,
      session: ClientSession,
    ): Promise<ConditionsOfGrant> => {
      const conditions = (await read([grant], new Set([move]), mover, session)).get(grant.id);
      if (conditions === undefined) throw new Error(`${grant.id} has no conditions.`);
      return conditions;
    },

    /** The moves of many grants that are not refused now when this person tries them, by the grants' ids. */
    possible: async (records: readonly GrantRecord[], mover: Mover): Promise<Map<string, GrantMove[]>> => {
      const legal = new Set(records.flatMap(({ status, paidFen, life }) => legalMoves(status, paidFen > 0, life)));
      const conditions = await read(records, legal, mover, null);
      return new Map(
        records.flatMap((grant) => {
          const found = conditions.get(grant.id);
          return found === undefined ? [] : [[grant.id, possibleMoves(grant, found)]];
        }),
      );
    },
  };
}
