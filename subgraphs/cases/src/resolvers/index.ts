import { requestedFields } from '@zhitong/kit';
import { rateOf } from '../domain/statistics.js';
import type { Resolvers } from '../generated/resolvers-types.js';
import { appraisalMutations } from './appraisal-mutations.js';
import { Case } from './case.js';
import { CaseEvent } from './case-event.js';
import { storedFields } from './case-fields.js';
import { CommonIssue } from './common-issue.js';
import { Department } from './department.js';
import { Enterprise } from './enterprise.js';
import { handlingMutations } from './handling-mutations.js';
import { Query } from './query.js';
import { Scorecard } from './scorecard.js';
import { submitCase } from './submit-case.js';
import { supervisionMutations } from './supervision-mutations.js';

export const resolvers: Resolvers = {
  Query,
  Mutation: { submitCase, ...handlingMutations, ...appraisalMutations, ...supervisionMutations },
  Case,
  CaseEvent,
  CommonIssue,
  Department,
  DuplicateHint: {
    case: async ({ caseNumber }, _args, { loaders }, info) => {
      const record = await loaders.case(caseNumber, { fields: storedFields(requestedFields(info)) });
      if (record === undefined) throw new Error(`The case ${caseNumber} was compared and is not there.`);
      return record;
    },
  },
  Enterprise,
  Rate: { rate: rateOf },
  Responsibility: { department: ({ department }) => ({ code: department }) },
  Scorecard,
};
