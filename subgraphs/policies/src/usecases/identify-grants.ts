import { randomUUID } from 'node:crypto';
import type { Logger } from '@zhitong/kit';
import { refuse } from '@zhitong/kit/commands';
import { inTransaction } from '@zhitong/kit/mongo';
import { dayInShanghai } from '@zhitong/values';
import type { ClientSession, Connection } from 'mongoose';
import { awardOf } from '../domain/benefit/benefit.js';
import { grantedPart as partOf } from '../domain/grant/granted-part.js';
import { grantPeriodOn } from '../domain/grant/grant.js';
import { byEnterprise, wasHad } from '../domain/grant/held-benefit.js';
import { matchable } from '../domain/matching/match.js';
import { excludedBeside } from '../domain/policy/exclusion.js';
import { registerBar } from '../domain/policy/register-bar.js';
import { said } from '../domain/refusal-words.js';
import type { PolicyShelf, ShelfPolicy } from '../memory/policy-shelf.js';
import type { GrantRecord } from '../models/grants/grant-record.js';
import { factsIn } from '../models/enterprise-facts.js';
import type { Stores } from '../stores.js';
import type { DatedCommand } from './dated-command.js';
import { askedFacts } from './facts/asked-facts.js';
import { hadUnder } from './grants/had-under.js';
import { versionOn } from './grants/look-again.js';

export interface Identified {
  readonly identified: number;
  /** Eligible enterprises that have or had a grant under the policy and period. */
  readonly alreadyGranted: number;
  /** Eligible enterprises that hold a benefit that the policy excludes. */
  readonly excluded: number;
  /** Enterprises that meet the conditions and have nothing by the register: struck off, or without licence. */
  readonly deregistered: number;
  /** Eligible enterprises that were not reached before the version was taken back or another one took its place. */
  readonly notInForce: number;
  /** Eligible enterprises whose amount is not known, or nothing. */
  readonly withoutAmount: number;
  /** Eligible enterprises whose grant could not be made for a fault of their data. */
  readonly failed: number;
}

const BATCH = 500;
const NOBODY: Identified = {
  identified: 0,
  alreadyGranted: 0,
  excluded: 0,
  deregistered: 0,
  notInForce: 0,
  withoutAmount: 0,
  failed: 0,
};
const together = (one: Identified, other: Identified): Identified => ({
  identified: one.identified + other.identified,
  alreadyGranted: one.alreadyGranted + other.alreadyGranted,
  excluded: one.excluded + other.excluded,
  deregistered: one.deregistered + other.deregistered,
  notInForce: one.notInForce + other.notInForce,
  withoutAmount: one.withoutAmount + other.withoutAmount,
  failed: one.failed + other.failed,
});

/** Whose grants to make, in whose name; a trial counts what would be made, and changes nothing. */
export interface Identifying extends Pick<DatedCommand, 'actor' | 'now'> {
  readonly policyId: string;
  readonly isTrial?: boolean;
}

/** Who does a part of it, when. */
interface Identifier {
  readonly sub: string;
  readonly now: Date;
  readonly isTrial: boolean;
}

/** Finds the enterprises that get a policy without applying, and makes their grants. */
export function identifyGrants({
  connection,
  stores: { grants, funds, matches, facts, versions },
  shelf,
  logger,
}: {
  connection: Connection;
  logger: Logger;
  stores: Pick<Stores, 'grants' | 'funds' | 'matches' | 'facts' | 'versions'>;
  shelf: PolicyShelf;
}) {
  return identifyAll;

  /**
   * Makes the grants in transactions of their own: a whole city would outlive one, and who has a grant already is
   * passed over. So is everybody after the version was taken back or replaced: what was made before is decided again.
   */
  async function identifyAll({ policyId, actor: { sub }, now, isTrial = false }: Identifying): Promise<Identified> {
    const policy = shelf.byId(policyId);
    if (policy === null) return refuse('INVALID', said('NO_POLICY_PUBLISHED', { policy: policyId }), ['policy']);
    if (!policy.content.exemptFromApplication)
      return refuse('ILLEGAL_STATE', said('HAD_ON_APPLICATION', { policy: policyId }), ['policy']);
    if (!shelf.matchableOn(dayInShanghai(now)).some(({ id }) => id === policyId))
      return refuse('ILLEGAL_STATE', said('NOT_APPLIED_TODAY', { policy: policyId }), ['policy']);
    if (!isTrial)
      await inTransaction(connection, async (session) =>
        funds.ensureBudget(policyId, policy.content.budgetFen, session),
      );
    // Those that the matching left out already; who was struck off since is found below.
    let sum: Identified = { ...NOBODY, deregistered: await matches.countStruckOff(policyId) };
    for (let after = '', more = true; more;) {
      const page = await matches.eligible(policyId, {
        limit: BATCH,
        position: after === '' ? undefined : [after],
        backwards: false,
      });
      const usccs = page.slice(0, BATCH).map(({ uscc }) => uscc);
      sum = (await identifyPart(policy, usccs, { sub, now, isTrial })).reduce(together, sum);
      after = usccs.at(-1) ?? '';
      more = page.length > BATCH;
    }
    return sum;
  }

  /** A part in one transaction; where that fails, each enterprise in its own, so that one costs no other. */
  async function identifyPart(
    policy: ShelfPolicy,
    usccs: readonly string[],
    by: Identifier,
  ): Promise<readonly Identified[]> {
    const among = async (some: readonly string[]): Promise<Identified> =>
      inTransaction(connection, async (session) => identifyAmong(policy, some, by, session));
    try {
      return [await among(usccs)];
    } catch (error) {
      logger.warn({ err: error, policy: policy.content.id }, 'a part of the grants is made one by one');
    }
    const parts: Identified[] = [];
    for (const uscc of usccs) {
      try {
        parts.push(await among([uscc]));
      } catch (error) {
        logger.error({ err: error, policy: policy.content.id, uscc }, 'the grant of an enterprise could not be made');
        parts.push({ ...NOBODY, failed: 1 });
      }
    }
    return parts;
  }

  async function identifyAmong(
    { content, record: shelved }: ShelfPolicy,
    usccs: readonly string[],
    { sub, now, isTrial }: Identifier,
    session: ClientSession,
  ): Promise<Identified> {
    const today = dayInShanghai(now);
    const period = grantPeriodOn(content.grantPeriod, today);
    const standing = versionOn(await versions.versionsOf([content.id], session), today);
    if (standing?.version !== shelved.version) return { ...NOBODY, notInForce: usccs.length };
    // Whoever decides what these enterprises hold does it alone, under whichever version.
    if (!isTrial) await grants.decideAlone(usccs, session);
    const under = byEnterprise(await grants.under(content.id, usccs, session));
    const granted = new Set(usccs.filter((uscc) => wasHad(content.grantPeriod, today, under.get(uscc) ?? [])));
    const beside = excludedBeside(content, shelf.exclusions());
    const holders = new Set(
      (beside.length === 0 ? [] : await grants.holders(usccs, beside, session)).map(({ uscc }) => uscc),
    );
    const had = content.benefit.topUpDifference
      ? await hadUnder({ grants }, { policyId: content.id, usccs }, session)
      : new Map<string, number>();
    const policy = matchable({ ...content, version: shelved.version }, today, shelf.parameters());
    const withAsked = await askedFacts({ grants }, { usccs, policies: [policy] }, session);
    const found = (await facts.byUscc(usccs, session)).filter(({ uscc }) => !granted.has(uscc) && !holders.has(uscc));
    const fresh = found.filter((record) => registerBar(factsIn(record).values) === null);
    const heirs = await facts.heirsOf(usccs, today, session);
    const records = fresh.flatMap((record): GrantRecord[] => {
      const { uscc, region } = record;
      const known = withAsked === null ? factsIn(record) : withAsked(uscc, factsIn(record));
      const award = awardOf(policy.benefit, { facts: known, referenceDate: today }, had.get(uscc));
      const part = partOf(content.benefit, award, had.get(uscc));
      if (policy.decide(known.values) !== 'ELIGIBLE' || part === null) return [];
      return [
        {
          ...part,
          id: `G-${randomUUID()}`,
          policyId: content.id,
          policyVersion: shelved.version,
          department: content.issuerCode ?? '',
          uscc,
          regionCode: region.code,
          period,
          paidFen: 0,
          settled: 0,
          publicityDays: content.publicityDays,
          publicUntil: null,
          reserved: false,
          account: null,
          ...(heirs.has(uscc) ? { heirs: heirs.get(uscc) ?? [] } : {}),
          status: 'IDENTIFIED',
          version: 1,
          identifiedAt: now,
          updatedAt: now,
        },
      ];
    });
    if (!isTrial) await grants.insertAll(records, sub, session);
    return {
      ...NOBODY,
      identified: records.length,
      alreadyGranted: granted.size,
      excluded: holders.size,
      deregistered: found.length - fresh.length,
      withoutAmount: fresh.length - records.length,
    };
  }
}
