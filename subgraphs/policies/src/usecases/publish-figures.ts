import type { Clock } from '@zhitong/kit';
import { publishedOf } from '@zhitong/kit/mongo';
import { loadState } from '@zhitong/kit/subgraph';
import { dayInShanghai, mayReplace, monthOf } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { seenOf, toldThrough, type FigurePart, type Figures } from '../domain/disclosure/published-figures.js';
import type { PublishedKey, PublishedRow } from '../models/published-figures.js';
import type { Stores } from '../stores.js';

export interface PublishFiguresOptions {
  readonly connection: Connection;
  readonly stores: Pick<
    Stores,
    'matches' | 'matchState' | 'grants' | 'funds' | 'pledges' | 'questions' | 'notifications' | 'published'
  >;
  readonly clock: Clock;
}

/** Loads after which figures are those of a city; while one is under way they are those of a part of it. */
export const FIGURE_LOADS = ['demo', 'demo_matches'] as const;

const NOT_ASKED: Figures['QUESTIONS'] = { asked: 0, answered: 0, declined: 0 };
const NOT_TOLD = { paid: 0, paidFen: 0 };
const NOT_GRANTED = { granted: 0, grantedFen: 0 };

const forEach = <Row>(policyIds: readonly string[], rowOf: (id: string) => Row): Map<string, Row> =>
  new Map(policyIds.map((id) => [id, rowOf(id)]));

type Reader<Part extends FigurePart> = (
  policyIds: readonly string[],
  options: PublishFiguresOptions,
) => Promise<ReadonlyMap<string, Figures[Part]>>;

/** The figures of this moment; none of a policy of which they cannot be told yet. */
const READERS: { readonly [Part in FigurePart]: Reader<Part> } = {
  MATCHES: async (policyIds, { stores }) => {
    // A policy that no run has matched yet would be published as one that nobody meets.
    const matched = new Set((await stores.matchState.matched())?.policies.map(({ id }) => id));
    return stores.matches.countsOf(policyIds.filter((id) => matched.has(id)));
  },
  GRANTS: async (policyIds, { stores, clock }) => {
    const [sums, months] = await Promise.all([
      stores.grants.sumsOf(policyIds),
      stores.funds.monthsOf(policyIds, dayInShanghai(clock.now()).slice(0, 7)),
    ]);
    const last = new Map<string, string>();
    for (const [id, paidIn] of months) {
      const month = toldThrough(paidIn);
      if (month !== null) last.set(id, month);
    }
    const paid = await stores.funds.paidThrough(last);
    return forEach(policyIds, (id) => {
      const { granted, grantedFen } = sums.get(id) ?? NOT_GRANTED;
      const month = last.get(id);
      return {
        granted,
        grantedFen,
        ...(paid.get(id) ?? NOT_TOLD),
        paidThrough: month === undefined ? null : monthOf(`${month}-01`).to,
      };
    });
  },
  APPLICATIONS: async (policyIds, { stores }) => {
    const counts = await stores.pledges.countsOf(policyIds);
    return forEach(policyIds, (id) => ({ approved: counts.get(id) ?? 0 }));
  },
  QUESTIONS: async (policyIds, { stores }) => {
    const counts = await stores.questions.countsOf(policyIds);
    return forEach(policyIds, (id) => {
      const { asked, answered, declined } = counts.get(id) ?? NOT_ASKED;
      return { asked, answered, declined };
    });
  },
  SUBSCRIBERS: async (policyIds, { stores }) => {
    const counts = await stores.notifications.enterprisesTold(policyIds);
    return forEach(policyIds, (id) => ({ told: counts.get(id) ?? 0 }));
  },
};

/**
 * What everybody sees of a part of some policies' figures, by policy: tables that are replaced at most once a day, see
 * `publishedOf`. None of a policy of which nothing can be told yet.
 */
export async function publishedFigures<Part extends FigurePart>(
  part: Part,
  policyIds: readonly string[],
  options: PublishFiguresOptions,
): Promise<ReadonlyMap<string, PublishedRow<Part>>> {
  const keyOf = (policyId: string): PublishedKey => ({ policyId, part });
  return publishedOf(policyIds.map(keyOf), {
    tables: options.stores.published.tablesOf(part),
    idOf: ({ policyId }) => policyId,
    now: async (keys) => {
      if (await isLoading(options)) return [];
      const now = await READERS[part](
        keys.map(({ policyId }) => policyId),
        options,
      );
      return [...now].map(([policyId, figures]) => ({ key: keyOf(policyId), figures }));
    },
    mayReplace: (former, newer) => mayReplace(seenOf(part, former), seenOf(part, newer)),
  });
}

async function isLoading({ connection }: PublishFiguresOptions): Promise<boolean> {
  const states = await Promise.all(FIGURE_LOADS.map(async (name) => loadState(connection, name)));
  return states.some((state) => state?.isFinished === false);
}
