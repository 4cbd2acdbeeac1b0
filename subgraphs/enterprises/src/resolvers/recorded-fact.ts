import { recordersOf } from '../domain/fact-authorities.js';
import { recordedFacts as vocabulary, type FactKind } from '../domain/fact-vocabulary.js';
import type { QueryResolvers, RecordedFactResolvers } from '../generated/resolvers-types.js';

export const recordedFacts: NonNullable<QueryResolvers['recordedFacts']> = () =>
  vocabulary().map(([name, kind]) => ({ name, kind: kind.toUpperCase() as Uppercase<FactKind> }));

export const RecordedFact: RecordedFactResolvers = {
  recordedBy: async ({ name }, _args, { factAuthorities, loaders }) => {
    const departments = await loaders.department.loadMany([...recordersOf(name, factAuthorities)]);
    return departments.flatMap((department) =>
      department === null || department instanceof Error ? [] : [department],
    );
  },
};
