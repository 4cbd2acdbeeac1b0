import { requestedFields } from '@zhitong/kit';
import { growth } from '../domain/common-issues.js';
import type { CommonIssueResolvers } from '../generated/resolvers-types.js';
import { storedFields } from './case-fields.js';

const EXAMPLES = 3;

export const CommonIssue: CommonIssueResolvers = {
  words: ({ words }) => [...words],
  count: ({ caseNumbers }) => caseNumbers.length,
  regions: ({ regions }) => [...regions],
  industries: ({ industries }) => [...industries],
  countBefore: ({ casesBefore }) => casesBefore,
  growth: (cluster) => growth(cluster).change,
  examples: async ({ caseNumbers }, _args, { loaders }, info) => {
    const fields = storedFields(requestedFields(info));
    const found = await Promise.all(
      caseNumbers.slice(0, EXAMPLES).map(async (caseNumber) => loaders.case(caseNumber, { fields })),
    );
    return found.filter((record) => record !== undefined);
  },
};
