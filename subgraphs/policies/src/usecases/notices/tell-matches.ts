import type { Clock, Logger } from '@zhitong/kit';
import { ReportedFailure, type Job } from '@zhitong/kit/jobs';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { barOf, hadBeforeFen, type StandingBenefit } from '../../domain/grant/held-benefit.js';
import type { PolicyShelf, ShelfPolicy } from '../../memory/policy-shelf.js';
import type { UntoldChanges, UntoldMark } from '../../models/matching-run.js';
import type { Stores } from '../../stores.js';
import { notificationOfNews, notify, type News } from './notify.js';

/** Enterprises whose differences are told in one transaction. */
const BATCH = 500;
const EVERY_MS = 60_000;
/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 60_000;

interface TellMatchesOptions {
  readonly connection: Connection;
  readonly stores: Pick<Stores, 'runs' | 'matches' | 'grants' | 'notifications'>;
  readonly shelf: PolicyShelf;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/**
 * Tells enterprises of policies whose conditions they meet since a matching, and of those whose conditions they meet no
 * longer, each difference once, whatever the number of processes. What is not so any more by the time of telling, what
 * the enterprise cannot have whether it meets the conditions or not, and what was lost because the policy is over is no
 * news.
 * Answers how many notifications it made. An enterprise that cannot be told, for whatever reason, costs no other: it
 * stays to be told in the next round.
 * @param stopped asked between batches; true ends the work where it is.
 * @param onFailed told each enterprise that could not be told.
 */
export async function tellMatches({
  stopped = () => false,
  onFailed = () => undefined,
  ...options
}: TellMatchesOptions & {
  readonly stopped?: () => boolean;
  readonly onFailed?: (uscc: string, error: unknown) => void;
}): Promise<number> {
  let told = 0;
  let page: readonly UntoldMark[];
  let position: UntoldMark | null = null;
  do {
    page = await options.stores.runs.untoldAfter(position, BATCH);
    if (page.length > 0) told += await tellPage(options, page, { stopped, onFailed });
    position = page.at(-1) ?? null;
  } while (page.length === BATCH && !stopped());
  return told;
}

/** Tells the enterprises of a page in one transaction; where that fails, each in its own. */
async function tellPage(
  options: TellMatchesOptions,
  page: readonly UntoldMark[],
  { stopped, onFailed }: { stopped: () => boolean; onFailed: (uscc: string, error: unknown) => void },
): Promise<number> {
  try {
    return await tellSome(options, page);
  } catch {
    // Which of them it was shows when each is told by itself.
  }
  let told = 0;
  for (const uscc of new Set(page.map((one) => one.uscc))) {
    if (stopped()) return told;
    try {
      told += await tellSome(
        options,
        page.filter((one) => one.uscc === uscc),
      );
    } catch (error) {
      onFailed(uscc, error);
    }
  }
  return told;
}

async function tellSome(
  { connection, stores, shelf, outbox, clock }: TellMatchesOptions,
  marks: readonly UntoldMark[],
): Promise<number> {
  const now = clock.now();
  const today = dayInShanghai(now);
  const applying = new Map(shelf.applyingOn(today).map((one) => [one.policy.id, one]));
  return inTransaction(connection, async (session) => {
    const changes = await stores.runs.untold(marks, session);
    if (changes.length === 0) return 0;
    const usccs = [...new Set(changes.map(({ uscc }) => uscc))];
    const matched = new Map((await stores.matches.byUscc(usccs, session)).map((record) => [record.uscc, record]));
    // What is told must be all that was decided: that waits until it is mended.
    const [faulty] = [...matched.values()].filter(({ isFaulty }) => isFaulty);
    if (faulty !== undefined) throw new Error(`The stored matches of ${faulty.uscc} cannot be read.`);
    const held = await stores.grants.heldBy(usccs);
    const canHave = ({ content }: ShelfPolicy, benefits: readonly StandingBenefit[], fen?: number | null): boolean =>
      barOf(content, today, benefits, shelf.excludesOf) === null &&
      !(fen === 0 && hadBeforeFen(content, today, benefits) > 0);
    // Of several differences the first one says what was so before.
    const news = new Map<string, News | null>();
    for (const change of changes)
      for (const { policyId, before, amountBefore } of change.changes) {
        const key = `${change.uscc} ${policyId}`;
        if (news.has(key)) continue;
        const matches = matched.get(change.uscc);
        const isEligible = matches?.eligible.includes(policyId) === true;
        const policy = applying.get(policyId)?.shelved;
        const fen = isEligible ? matches.amounts[policyId] : amountBefore;
        const isNews =
          policy !== undefined &&
          isEligible !== (before === 'ELIGIBLE') &&
          canHave(policy, held.get(change.uscc) ?? [], fen);
        news.set(key, isNews ? newsOf(change, policy, isEligible ? 'MATCHED' : 'MATCH_LOST') : null);
      }
    const told = [...news.values()].filter((one) => one !== null);
    await stores.runs.markTold(changes, session);
    await notify(
      { stores, outbox },
      told.map((one) => notificationOfNews(one, now)),
      session,
    );
    return told.length;
  });
}

const newsOf = (
  { runId, uscc }: UntoldChanges,
  { record, content }: ShelfPolicy,
  reason: 'MATCHED' | 'MATCH_LOST',
): News => ({
  id: `${runId}:${content.id}:${uscc}`,
  uscc,
  policyId: content.id,
  policyVersion: record.version,
  title: content.title,
  closesOn: record.effective.to,
  reason,
});

/** The job that tells of matches, every minute. */
export function tellMatchesJob({ logger, ...options }: TellMatchesOptions & { readonly logger: Logger }): Job {
  return {
    name: 'tell-matches',
    everyMs: EVERY_MS,
    leaseMs: LEASE_MS,
    work: async ({ isOver }) => {
      let failed = 0;
      const told = await tellMatches({
        ...options,
        stopped: isOver,
        onFailed: (uscc, error) => {
          failed += 1;
          logger.error({ err: error, uscc }, 'an enterprise could not be told of its matches');
        },
      });
      if (told > 0) logger.info({ told }, 'enterprises were told of new and lost matches');
      if (failed > 0) throw new ReportedFailure(`${String(failed)} enterprises could not be told of their matches.`);
    },
  };
}
