import { addMonths, includesDay, yearOf, type LegalDay } from '@zhitong/values';
import { LRUCache } from 'lru-cache';
import type { ClientSession } from 'mongoose';
import { inInstalments, type InstalmentTerm } from '../../domain/benefit/benefit.js';
import { doubtsAbout, type Doubt } from '../../domain/grant/doubts.js';
import { givenBefore, wasHadFor, yearOfBenefit } from '../../domain/grant/held-benefit.js';
import { matchable, type MatchablePolicy } from '../../domain/matching/match.js';
import { excludedBeside } from '../../domain/policy/exclusion.js';
import type { PolicyShelf } from '../../memory/policy-shelf.js';
import type { GrantRecord } from '../../models/grants/grant-record.js';
import type { PolicyVersionRecord } from '../../models/policy-version.js';
import type { Stores } from '../../stores.js';
import { factsIn } from '../../models/enterprise-facts.js';
import { askedFacts } from '../facts/asked-facts.js';
import { hadUnder } from './had-under.js';

/** What a grant is by everything that is known at this moment. */
export interface SecondLook {
  readonly doubts: readonly Doubt[];
  /** Doubts that an officer has decided on and that hold at this moment, by `doubtKey`. */
  readonly standing: readonly string[];
  /** What would be due now, in fen; null where nobody can say. */
  readonly amountFen: number | null;
  /** The most that may be decided on, in fen; left out where only a formula says how much. */
  readonly mostFen?: number | undefined;
}

/** Versions of policies that are kept ready for one day. */
const KEPT = 200;

/**
 * Looks at grants again, within the transaction that moves them: at the facts that are held now, the version in force,
 * open records of dishonesty, the pledge, upheld objections, what is asked back, and what the enterprise holds beside
 * it.
 */
export function lookAgain({
  stores: { grants, facts, pledges, objections, recoveries },
  shelf,
}: {
  stores: Pick<Stores, 'grants' | 'facts' | 'pledges' | 'objections' | 'recoveries'>;
  shelf: PolicyShelf;
}) {
  const ready = new LRUCache<string, MatchablePolicy>({ max: KEPT });
  let readyWith = shelf.parameters();

  /** Figures of years are those of the benefit's own year, however long it takes until it is paid. */
  const readied = (
    { policyId, version, content }: PolicyVersionRecord,
    { today, year }: { today: LegalDay; year: number },
  ): MatchablePolicy => {
    const onShelf = shelf.matchableOn(today).find((policy) => policy.id === policyId && policy.version === version);
    if (onShelf !== undefined && (year === yearOf(today) || onShelf.asksYears.length === 0)) return onShelf;
    // A value that was recorded or corrected since counts at once.
    if (readyWith !== shelf.parameters()) ready.clear();
    readyWith = shelf.parameters();
    const key = `${policyId} ${String(version)} ${today} ${String(year)}`;
    const known = ready.get(key) ?? matchable({ ...content, version }, today, shelf.parameters(), year);
    ready.set(key, known);
    return known;
  };

  /**
   * @param instalment the one that is to be paid, counted from 0; null when none is.
   * @param version the one that decides, as it is stored; null when the policy has none any more.
   * @param plan the one whose instalments count, see `planOf`; `version` when left out.
   */
  return async (
    grant: GrantRecord,
    {
      today,
      instalment,
      version,
      plan = version,
    }: {
      today: LegalDay;
      instalment: number | null;
      version: PolicyVersionRecord | null;
      plan?: PolicyVersionRecord | null;
    },
    session: ClientSession,
  ): Promise<SecondLook> => {
    const { id, policyId, uscc } = grant;
    const [held] = await facts.byUscc([uscc], session);
    const [pledge] = await pledges.ofGrants([id], session);
    const beside = version === null ? [] : excludedBeside(version.content, shelf.exclusions());
    const heldBeside = beside.length === 0 ? [] : await grants.holders([uscc], beside, session);
    const under = version === null ? [] : await grants.under(policyId, [uscc], session);
    const inherited = under.filter((one) => one.isInherited);
    const isPartPaid = grant.settled > 0;
    const before = givenBefore(
      { identifiedAt: grant.identifiedAt, isPartPaid },
      under.flatMap((one) => (one.isInherited || one.id === id ? [] : [{ ...one, isPaid: one.paidFen > 0 }])),
    );
    const had =
      version?.content.benefit.topUpDifference === true
        ? await hadUnder({ grants }, { policyId, usccs: [uscc], except: id }, session)
        : null;
    const year = Number(yearOfBenefit(grant));
    const policy = version === null ? null : readied(version, { today, year });
    const withAsked =
      policy === null
        ? null
        : await askedFacts(
            { grants },
            // Before the first of its money whatever has reached the enterprise was had; after that no later benefit
            // is held against the rest.
            { usccs: [uscc], policies: [policy], before: isPartPaid ? grant.identifiedAt : undefined },
            session,
          );
    const known = held === undefined ? null : factsIn(held);
    const planned = plan === version || plan === null ? policy : readied(plan, { today, year });
    const term = instalment === null ? undefined : planned?.benefit.terms?.[instalment];
    const sharedWith = grant.account === null ? [] : await grants.othersPaidTo(grant.account.number, uscc, session);
    return doubtsAbout(
      {
        life: grant.life ?? 'PAYMENT',
        amountFen: grant.amountFen,
        decidedOn: grant.isAmountDecided === true ? { dueFen: grant.dueWhenDecidedFen ?? null } : null,
        isPartPaid,
        decided: grant.decided ?? [],
      },
      {
        policy,
        facts: known === null || withAsked === null ? known : withAsked(uscc, known),
        hadFen: had?.get(uscc) ?? 0,
        pledge:
          pledge === undefined
            ? null
            : { isBroken: pledge.state === 'BREACHED', finding: pledge.finding, covers: pledge.pledgedFacts },
        instalment: term === undefined || instalment === null ? null : { ...term, index: instalment },
        account:
          grant.account === null
            ? null
            : { holder: grant.account.holder, registeredName: held?.name ?? null, sharedWith },
        hadByPredecessor: version !== null && wasHadFor(version.content.grantPeriod, grant, inherited),
        hadAlready: version !== null && wasHadFor(version.content.grantPeriod, grant, before),
        heldBeside: [...new Set(heldBeside.map((other) => other.policyId))].sort(),
        askedBack: [
          ...new Set([
            ...(await recoveries.ofGrants([id], session)).flatMap((one) =>
              one.state === 'DEMANDED' || one.state === 'RECOVERED' ? [one.id] : [],
            ),
            ...(await recoveries.overdueOf(uscc, today, session)),
          ]),
        ].sort(),
        upheld: (await objections.ofGrants([id], session)).filter(({ state }) => state === 'UPHELD'),
      },
    );
  };
}

/** The first day on which an instalment is due: its own, or so many months after the approval, the later one. */
export function dueFromOf(
  { from, afterMonths }: Pick<InstalmentTerm, 'from' | 'afterMonths'>,
  approvedOn: LegalDay,
): LegalDay | null {
  const after = afterMonths === null ? null : addMonths(approvedOn, afterMonths);
  if (from === null || after === null) return from ?? after;
  return from > after ? from : after;
}

const published = (versions: readonly PolicyVersionRecord[]): PolicyVersionRecord[] =>
  versions.filter(({ state, content }) => state === 'PUBLISHED' && content.stage === 'FINAL');

/** The version under which something can be given on a day: the one that applies on it. */
export const versionOn = (versions: readonly PolicyVersionRecord[], day: LegalDay): PolicyVersionRecord | null =>
  published(versions).find(({ effective }) => includesDay(effective, day)) ?? null;

/**
 * The version that decides on a day: the one that applies on it, else the one that applied last: a grant that was made
 * while the policy was open is paid after it has closed. Null when none has begun, and when the last one that had was
 * taken back [废止] and none is in its place: what was given before it, too, somebody decides then.
 */
export function inForce(versions: readonly PolicyVersionRecord[], day: LegalDay): PolicyVersionRecord | null {
  const applying = versionOn(versions, day);
  if (applying !== null) return applying;
  const over = published(versions).filter(({ effective }) => effective.to !== null && effective.to < day);
  const last = over.toSorted((one, other) => ((one.effective.to ?? '') < (other.effective.to ?? '') ? 1 : -1))[0];
  const isTakenBack = versions.some(
    ({ state, content, withdrawal, effective: { from } }) =>
      state === 'WITHDRAWN' &&
      content.stage === 'FINAL' &&
      withdrawal !== undefined &&
      (from ?? '') <= day &&
      (from ?? '') > (last?.effective.to ?? ''),
  );
  return last === undefined || isTakenBack ? null : last;
}

/**
 * The version whose terms of instalments count for a grant: the one that decides, where it pays in as many instalments
 * as the grant has; else the one that the grant was made under, so that no term is lost with the plan.
 */
export function planOf(
  { policyVersion, instalmentsFen }: Pick<GrantRecord, 'policyVersion' | 'instalmentsFen'>,
  version: PolicyVersionRecord | null,
  versions: readonly PolicyVersionRecord[],
): PolicyVersionRecord | null {
  if (version === null) return null;
  const isPlanned = inInstalments(0, version.content.benefit.instalments).length === instalmentsFen.length;
  return isPlanned ? version : (versions.find((one) => one.version === policyVersion) ?? version);
}
