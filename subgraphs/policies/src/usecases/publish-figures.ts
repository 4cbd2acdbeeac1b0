import type { Clock } from '@zhitong/kit';
import { loadState } from '@zhitong/kit/subgraph';
import { dayInShanghai, monthOf } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { mayReplace, toldThrough, type FigurePart, type Figures } from '../domain/disclosure/published-figures.js';
import type { PublishedRow } from '../models/published-figures.js';
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
 * What everybody sees of a part of some policies' figures. It is decided once a day (the first time that somebody asks on it)
 * whether the figures of that moment take the place of the former ones; until then, and where they may not, those stand. None of a
 * policy of which nothing can be told yet.
 */
export async function publishedFigures<Part extends FigurePart>(
  part: Part,
  policyIds: readonly string[],
  options: PublishFiguresOptions,
): Promise<ReadonlyMap<string, PublishedRow<Part>>> {
  const { stores } = options;
  const held = byPolicy(await stores.published.read(part, policyIds));
  const open = policyIds.filter((id) => held.get(id)?.isDue !== false);
  if (open.length === 0 || (await isLoading(options))) return held;
  const now = await READERS[part](open, options);
  const fresh = [...now].map(([policyId, figures]) => ({ policyId, figures }));
  await stores.published.publishFirst(
    part,
    fresh.filter(({ policyId }) => !held.has(policyId)),
  );
  await stores.published.decide(
    part,
    fresh.flatMap(({ policyId, figures }) => {
      const former = held.get(policyId);
      return former === undefined
        ? []
        : [{ policyId, figures: mayReplace(part, former.figures, figures) ? figures : null }];
    }),
  );
  return new Map([...held, ...byPolicy(await stores.published.read(part, open))]);
}

const byPolicy = <Part extends FigurePart>(rows: readonly PublishedRow<Part>[]): Map<string, PublishedRow<Part>> =>
  new Map(rows.map((row) => [row.policyId, row]));

async function isLoading({ connection }: PublishFiguresOptions): Promise<boolean> {
  const states = await Promise.all(FIGURE_LOADS.map(async (name) => loadState(connection, name)));
  return states.some((state) => state?.isFinished === false);
}
