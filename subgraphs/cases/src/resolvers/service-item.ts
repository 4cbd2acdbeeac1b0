import { badUserInput, forbidden } from '@zhitong/kit';
import type { Context } from '../context.js';
import { knownComplainants, seesExactFigures } from '../domain/access.js';
import { said } from '../domain/refusal-words.js';
import type { QueryResolvers, ServiceItemResolvers } from '../generated/resolvers-types.js';
import { rankedPromises, type PromiseRow, type PromiseTable } from '../usecases/promise-record.js';
import { knownPeriod, publicPeriod } from './period.js';

const MOST_MATTERS = 200;

const shown = ({ from, to, knownOn, awaitedMonths }: PromiseTable, row: PromiseRow) => ({
  from,
  to,
  knownOn,
  awaitedMonths: [...awaitedMonths],
  ...row,
});

const isOfficial = ({ actor, financialDepartments }: Pick<Context, 'actor' | 'financialDepartments'>): boolean =>
  seesExactFigures(actor, financialDepartments);

export const ServiceItem: ServiceItemResolvers = {
  promiseRecord: async ({ id }, args, context) => {
    const { loaders, today } = context;
    const table = isOfficial(context)
      ? await loaders.exactPromises(knownPeriod(args, today), knownComplainants(context.actor))
      : await loaders.publishedPromises(publicPeriod(args));
    return shown(table, table.rows.get(id) ?? table.ofOthers);
  },
};

export const promiseQueries: Pick<QueryResolvers, 'brokenPromises'> = {
  brokenPromises: async (_root, { first, ...args }, context) => {
    if (!isOfficial(context)) throw forbidden(said('RANKING_IS_FOR'));
    if (first < 1 || first > MOST_MATTERS)
      throw badUserInput(said('MATTERS_OUTSIDE', { first, most: MOST_MATTERS }), ['first']);
    const table = await context.loaders.exactPromises(
      knownPeriod(args, context.today),
      knownComplainants(context.actor),
    );
    return rankedPromises(table)
      .slice(0, first)
      .map(({ id, rank, row }) => ({ serviceItem: { id }, rank, record: shown(table, row) }));
  },
};
