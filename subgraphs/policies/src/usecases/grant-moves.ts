import { refuse, refuseAs } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, type WorkingCalendar } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { inInstalments } from '../domain/benefit/benefit.js';
import { doubtKey, type Doubt } from '../domain/grant/doubts.js';
import {
  nextInstalment,
  type GrantDecision,
  type GrantMove,
  type GrantStatus,
  type Suspension,
} from '../domain/grant/grant.js';
import { yearOfBenefit } from '../domain/grant/held-benefit.js';
import { LOOKED_AT_AGAIN, tryDecide } from '../domain/grant/possible-moves.js';
import { HAD_BEFORE, POLICIES_HAD } from '../domain/policy/had-before.js';
import { said } from '../domain/refusal-words.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { GrantRecord } from '../models/grants/grant-record.js';
import type { PolicyVersionRecord } from '../models/policy-version.js';
import type { Stores } from '../stores.js';
import { notificationOfNews, notify } from './notices/notify.js';
import { budgetShortage } from './grants/budget-shortage.js';
import { inForce, lookAgain, planOf, type SecondLook } from './grants/look-again.js';
import { moveConditions } from './grants/move-conditions.js';
import { hindered, refused, type Moved } from './grants/refused-move.js';

/** The bank account to which a grant is paid. */
export interface Account {
  readonly holder: string;
  readonly bank: string;
  readonly number: string;
}

/** Who moves a grant, when, and with what. */
export interface MoveDetails {
  readonly sub: string;
  /** A machine identity, which is no person; a person when left out. */
  readonly isMachine?: boolean;
  readonly now: Date;
  readonly note: string;
  readonly account?: Account;
  /** What the bank reports about, counted from 0. */
  readonly instalment?: number;
  /** The amount that an officer decides on. */
  readonly amountFen?: number;
}

export type GrantMoves = ReturnType<typeof grantMoves>;

/** Moves of single grants inside the transaction of a command. */
export function grantMoves({
  stores,
  shelf,
  outbox,
  calendar,
  twoPersonsFromFen,
  showsReduced,
}: {
  /** The city's working days. */
  calendar: WorkingCalendar;
  /** From which amount on two persons approve and pay, and pay and report what came of it, in fen. */
  twoPersonsFromFen?: number | undefined;
  /** Whether an amount that is less than the shown one is shown again, too; it is when left out. */
  showsReduced?: boolean | undefined;
  stores: Pick<
    Stores,
    'grants' | 'funds' | 'facts' | 'pledges' | 'versions' | 'matchState' | 'objections' | 'recoveries' | 'notifications'
  >;
  shelf: PolicyShelf;
  outbox: Outbox;
}) {
  const { grants, funds, matchState } = stores;
  /** Whether a policy asks what was had under this one: its stored matches are made anew when something was. */
  const asksWhetherHad = (policyId: string): boolean =>
    shelf.policiesAskingFor([HAD_BEFORE]).has(policyId) || shelf.policiesAskingFor([POLICIES_HAD]).size > 0;
  /** Whether a move changes what is offered under a policy that takes off what was had before under it. */
  const changesHadBefore = (grant: GrantRecord, move: GrantMove, now: Date): boolean =>
    shelf.byId(grant.policyId)?.content.benefit.topUpDifference === true &&
    (REACHES.has(move) ||
      (CHANGES_AMOUNT.has(move) && (grant.paidFen > 0 || yearOfBenefit(grant) !== dayInShanghai(now).slice(0, 4))));
  const look = lookAgain({ stores, shelf });
  const conditions = moveConditions({ stores, calendar, twoPersonsFromFen, showsReduced });

  /**
   * Decides a move of one grant and writes it with everything that hangs on it. What is refused has written nothing, so
   * that the same transaction can go on with the next grant.
   */
  const tryMove = async (
    grant: GrantRecord,
    move: GrantMove,
    details: MoveDetails,
    session: ClientSession,
  ): Promise<Moved> => {
    const { sub, isMachine, now, instalment, amountFen } = details;
    const today = dayInShanghai(now);
    // What comes back of an enterprise is noted by one transaction at a time.
    if (move === 'RETURN') await grants.decideAlone([grant.uscc], session);
    const known = await conditions.of(grant, move, { sub, isMachine, now }, session);
    const planned = amountFen === undefined ? null : plannedFor(grant, amountFen, known.version);
    const tried = tryDecide(grant, move, { instalment, amountFen, planned }, known);
    if (!tried.ok) return hindered(grant, move, tried, known);
    const { decision } = tried;
    let standing: readonly string[] | undefined;
    if (LOOKED_AT_AGAIN.has(move)) {
      const second = await look(
        grant,
        { today, instalment: instalmentLookedAt(grant, move), version: known.version, plan: known.plan },
        session,
      );
      if (second.doubts.length > 0) {
        await suspend(grant, { ...second, before: grant.status, move, at: now }, details, session);
        return { kind: 'suspended', grant: grant.id };
      }
      ({ standing } = second);
    }
    const short = await reserve(grant, decision.reserveFen, known.version, session);
    if (short !== null) return short;
    if (decision.orderInstalment !== null) await sendOrder(grant, decision.orderInstalment, now, session);
    if (decision.paidFen !== 0) await funds.addPaid(grant.policyId, decision.paidFen, session);
    // For as many days as the version says that is in force when the notice begins.
    const publicityDays = move === 'PUBLICISE' ? known.version?.content.publicityDays : undefined;
    await write(grant, { move, decision, details, standing, publicityDays }, session);
    return { kind: 'moved', grant: grant.id };
  };

  /** The same for a command about one grant, which ends when the move is refused. @throws CommandEnded */
  const moveOne = async (
    grant: GrantRecord,
    move: GrantMove,
    details: MoveDetails,
    session: ClientSession,
  ): Promise<void> => {
    const outcome = await tryMove(grant, move, details, session);
    if (outcome.kind === 'refused') {
      refuseAs(outcome.refusal);
    }
  };

  /** Takes from the budget, or gives back; null when that could be done. */
  const reserve = async (
    grant: GrantRecord,
    fen: number,
    version: PolicyVersionRecord | null,
    session: ClientSession,
  ): Promise<Moved | null> => {
    // The budget of the version that is in force now: it may have been cut since the grants were made.
    if (fen > 0 && version !== null) await funds.ensureBudget(grant.policyId, version.content.budgetFen, session);
    if (fen === 0 || (await funds.reserve(grant.policyId, fen, session))) return null;
    const budget = await funds.budget(grant.policyId, session);
    const leftFen = (budget?.limitFen ?? 0) - (budget?.reservedFen ?? 0);
    const { words, details } = budgetShortage(grant.policyId, fen, leftFen);
    return refused(grant, 'BUDGET_EXHAUSTED', words, details);
  };

  const write = async (
    grant: GrantRecord,
    {
      move,
      decision: { status, publicUntil, formerlyShownFen, paidFen, ...decision },
      details: { sub, now, note, account, amountFen },
      standing = grant.decided ?? [],
      publicityDays = grant.publicityDays,
    }: {
      move: GrantMove;
      decision: Extract<GrantDecision, { ok: true }>;
      details: MoveDetails;
      standing: readonly string[] | undefined;
      publicityDays: number | undefined;
    },
    session: ClientSession,
  ): Promise<void> => {
    const seen = isDecision(move) ? (grant.suspension?.doubts ?? []).map(doubtKey) : [];
    await change(
      grant,
      {
        status,
        settled: decision.settled,
        returned: decision.returned,
        accountInDoubt: decision.accountInDoubt,
        publicUntil,
        publicityDays,
        ...(formerlyShownFen === (grant.formerlyShownFen ?? null) ? {} : { formerlyShownFen }),
        reserved: decision.reserved,
        instalmentsFen: decision.instalmentsFen,
        paidFen: grant.paidFen + paidFen,
        suspension: null,
        ...(account === undefined ? {} : { account }),
        ...decidedBy(grant, [...standing, ...seen]),
        ...(move === 'CHANGE_AMOUNT' && amountFen !== undefined
          ? { amountFen, isAmountDecided: true, dueWhenDecidedFen: grant.suspension?.amountFen ?? null }
          : {}),
      },
      { move, by: sub, note, at: now },
      session,
    );
    const isTakenBack = move === 'WITHDRAW' && grant.status === 'HANDED_OVER';
    if (((REACHES.has(move) || isTakenBack) && asksWhetherHad(grant.policyId)) || changesHadBefore(grant, move, now))
      for (const { uscc } of [grant, ...(grant.heirs ?? [])]) await matchState.noteStale(uscc, now, session);
    // A grant that stands where it stood is identified by what happened to it.
    const news =
      move === 'RETURN' ? 'returned' : isDecision(move) ? 'decided' : status.toLowerCase().replaceAll('_', '-');
    const shownAgain = formerlyShownFen === null ? {} : { shownAgain: true };
    const more = isDecision(move) ? { reason: note, ...shownAgain } : {};
    await tell(grant, { news, status, at: now, more }, session);
  };

  /** Notes that a grant is in doubt and tells the enterprise; the move was not made. */
  const suspend = async (
    grant: GrantRecord,
    { before, move, doubts, amountFen, mostFen, at, standing }: Suspension & Pick<SecondLook, 'standing'>,
    { sub }: MoveDetails,
    session: ClientSession,
  ): Promise<void> => {
    await change(
      grant,
      {
        status: 'SUSPENDED',
        ...decidedBy(grant, standing),
        suspension: { before, move, doubts, amountFen, at, ...(mostFen === undefined ? {} : { mostFen }) },
      },
      { move: 'SUSPEND', by: sub, note: doubts.map(doubtKey).join('; '), at },
      session,
    );
    const more = { doubts: doubts.map((doubt) => ({ ...doubt })) };
    await tell(grant, { news: 'suspended', status: 'SUSPENDED', at, more }, session);
  };

  /** @throws CommandEnded when somebody else wrote in between */
  const change = async (...[grant, set, event, session]: Parameters<typeof grants.change>): Promise<void> => {
    if (!(await grants.change(grant, set, event, session)))
      refuse('STALE_VERSION', said('GRANT_CHANGED', { grant: grant.id }), ['grants']);
  };

  /** Tells other departments of a step, and the enterprise of each but those before it knew of the grant. */
  const tell = async (
    grant: GrantRecord,
    { news, status, at, more }: { news: string; status: GrantStatus; at: Date; more: Record<string, unknown> },
    session: ClientSession,
  ): Promise<void> => {
    const { id, policyId, policyVersion, uscc, version } = grant;
    await outbox.append(
      [
        {
          type: `cn.zhitong.grant.${news}`,
          subject: uscc,
          data: { grant: id, policy: policyId, uscc, status, ...more },
        },
      ],
      { session },
    );
    if (grant.status === 'IDENTIFIED' && status === 'WITHDRAWN') return;
    const step = notificationOfNews(
      {
        id: `${id}:${String(version + 1)}`,
        uscc,
        policyId,
        policyVersion,
        title: shelf.byId(policyId)?.content.title ?? policyId,
        reason: 'GRANT_STEP',
        grantId: id,
        grantStatus: status,
      },
      at,
    );
    await notify({ stores, outbox }, [step], session);
  };

  const sendOrder = async (
    { id, policyId, department, regionCode, uscc, account, instalmentsFen }: GrantRecord,
    instalment: number,
    now: Date,
    session: ClientSession,
  ): Promise<void> => {
    if (account === null) throw new Error(`${id} has no account; it was to be looked at before.`);
    const attempt = (await funds.attempts(id, instalment, session)) + 1;
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
        amountFen: instalmentsFen[instalment] ?? 0,
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
    return missing === undefined ? records : refuse('INVALID', said('NO_GRANT', { grant: missing }), ['grants']);
  };

  /** Suspends a grant before its approval for what was found, with what is due at this moment. */
  const suspendFor = async (
    grant: GrantRecord,
    doubts: readonly Doubt[],
    details: MoveDetails,
    session: ClientSession,
  ): Promise<void> => {
    const today = dayInShanghai(details.now);
    const versions = await stores.versions.versionsOf([grant.policyId], session);
    const version = inForce(versions, today);
    const instalment = instalmentLookedAt(grant, 'APPROVE');
    const second = await look(grant, { today, instalment, version, plan: planOf(grant, version, versions) }, session);
    await suspend(
      grant,
      { ...second, doubts, before: grant.status, move: 'APPROVE', at: details.now },
      details,
      session,
    );
  };

  return { tryMove, moveOne, suspendFor, found, possible: conditions.possible };
}

/** Moves by which something reaches an enterprise, or goes back. */
const REACHES: ReadonlySet<GrantMove> = new Set(['SETTLE', 'RETURN', 'HAND_OVER']);

/**
 * The instalment whose conditions are looked at: the one that is to be paid; of a grant that is shown again after a
 * part of it was paid the one that was due when its amount was changed; null before anything is paid.
 */
const instalmentLookedAt = (grant: GrantRecord, move: GrantMove): number | null =>
  move === 'PAY' || grant.settled > 0 ? nextInstalment(grant) : null;

/** The doubts that stand decided; nothing where there never were any. */
const decidedBy = ({ decided }: GrantRecord, keys: readonly string[]): Pick<GrantRecord, 'decided'> =>
  decided === undefined && keys.length === 0 ? {} : { decided: [...new Set(keys)] };

/** Moves by which a grant becomes another amount than it was, or none. */
const CHANGES_AMOUNT: ReadonlySet<GrantMove> = new Set(['CHANGE_AMOUNT', 'WITHDRAW']);

/** Moves by which an officer decides on a grant that is in doubt. */
const isDecision = (move: GrantMove): boolean => move === 'KEEP' || move === 'CHANGE_AMOUNT';

/** An amount in the instalments of the version in force, where they are as many as the grant has; null otherwise. */
function plannedFor(
  { instalmentsFen }: GrantRecord,
  amountFen: number,
  version: PolicyVersionRecord | null,
): readonly number[] | null {
  const planned = version === null ? [] : inInstalments(amountFen, version.content.benefit.instalments);
  return planned.length === instalmentsFen.length ? planned : null;
}
