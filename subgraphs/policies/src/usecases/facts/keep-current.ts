import type { Clock, Logger } from '@zhitong/kit';
import type { Jobs, Repeated } from '@zhitong/kit/jobs';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { changedFactsOf } from '../../domain/matching/rematch.js';
import { HAD_BEFORE, POLICIES_HAD } from '../../domain/policy/had-before.js';
import { GraphUnreachable, type FactsSource } from '../../graph/facts-source.js';
import { factsIn } from '../../models/enterprise-facts.js';
import type { StaleEnterprise } from '../../models/match-state.js';
import type { PolicyShelf } from '../../memory/policy-shelf.js';
import type { Stores } from '../../stores.js';
import { matchChangedPolicies, matchSome } from '../match-enterprises.js';
import { inheritAll, recordOf } from './read-facts.js';

const AT_ONCE = 50;
/** Enterprises that one round may fail to read; where more do, it is not a fault of theirs. */
const MOST_FAILED = 500;
/** Facts that no sheet has: an enterprise is also read again because a grant here told another one. */
const TOLD_BY_GRANTS = [HAD_BEFORE, POLICIES_HAD];

export interface KeepCurrentOptions {
  readonly connection: Connection;
  readonly stores: Pick<Stores, 'facts' | 'matches' | 'runs' | 'matchState' | 'grants'>;
  readonly shelf: PolicyShelf;
  readonly source: FactsSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Reads the enterprises again of which other departments reported a change, and matches them against the policies
 * that ask for a fact that did change. Answers how many were read; stops early, keeping the rest, when the graph is
 * down. An enterprise that cannot be read or matched for another reason costs no other: it waits for the next round.
 */
export async function readStaleEnterprises(options: KeepCurrentOptions): Promise<number> {
  const { stores, logger } = options;
  let read = 0;
  const failed: string[] = [];
  for (
    let waiting = await stores.matchState.longestStale(AT_ONCE);
    waiting.length > 0;
    waiting = await stores.matchState.longestStale(AT_ONCE, failed)
  ) {
    for (const enterprise of waiting) {
      try {
        await readAgain(options, enterprise);
      } catch (error) {
        if (error instanceof GraphUnreachable) {
          logger.warn({ err: error }, 'changed facts wait until the graph can be read');
          return read;
        }
        logger.error({ err: error, uscc: enterprise.uscc }, 'changed facts of an enterprise could not be read');
        failed.push(enterprise.uscc);
        if (failed.length === MOST_FAILED) throw error;
        continue;
      }
      read += 1;
    }
  }
  return read;
}

async function readAgain(options: KeepCurrentOptions, stale: StaleEnterprise): Promise<void> {
  const { stores, source, shelf, clock } = options;
  const { uscc } = stale;
  const [before] = await stores.facts.byUscc([uscc]);
  const found = await source.enterprise(uscc);
  if (found === null) {
    await stores.facts.remove([uscc]);
    await stores.matches.remove([uscc]);
  } else {
    const record = recordOf(found, { readingId: before?.readingId ?? 'event', readAt: clock.now(), before });
    await inheritAll([record], options.connection, stores.grants);
    const affected = affectedPolicies(
      shelf,
      before === undefined ? null : [...changedFactsOf(factsIn(before), factsIn(record)), ...TOLD_BY_GRANTS],
      dayInShanghai(clock.now()),
    );
    if (affected === null || affected.size > 0) await matchSome(options, [uscc], affected, [record]);
    else await stores.facts.putAll([record]);
  }
  await stores.matchState.forgetStale(stale);
  await stores.matchState.setLag(
    Math.max(0, Math.round((clock.now().getTime() - stale.since.getTime()) / 1000)),
    clock.now(),
  );
}

/**
 * Policies that ask for one of the facts, through the index from fact to policies, and those that take off what was
 * had, which grants tell; null means all, for a new enterprise.
 */
function affectedPolicies(
  shelf: PolicyShelf,
  facts: readonly string[] | null,
  today: string,
): ReadonlySet<string> | null {
  if (facts === null) return null;
  const asking = shelf.policiesAskingFor(facts);
  return new Set(
    shelf.matchableOn(today).flatMap(({ id, benefit }) => (asking.has(id) || benefit.topUpDifference ? [id] : [])),
  );
}

const EVERY_MS = 60_000;
/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 60_000;

/**
 * Keeps facts and stored matches current: when policies change or it is asked for, and every minute for the change of
 * the day.
 */
export function startKeeper(jobs: Pick<Jobs, 'start'>, options: KeepCurrentOptions): Repeated {
  const keeper = jobs.start({
    name: 'keep-matches',
    everyMs: EVERY_MS,
    leaseMs: LEASE_MS,
    beginsAtOnce: false,
    work: async () => {
      await readStaleEnterprises(options);
      await matchChangedPolicies(options);
    },
  });
  options.shelf.onChange(() => keeper.nudge());
  return keeper;
}
