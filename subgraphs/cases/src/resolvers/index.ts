import { requestedFields } from '@zhitong/kit';
import { guarded } from '@zhitong/kit/graph';
import { rateText } from '@zhitong/values';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/resolvers-types.js';
import { accountabilityMutations } from './mutations/accountability-mutations.js';
import { appraisalMutations } from './mutations/appraisal-mutations.js';
import { Case } from './case.js';
import { CaseEvent } from './case-event.js';
import { CaseFile } from './case-file.js';
import { CaseNotice, noticeMutations } from './case-notice.js';
import { UndercoverCheck, undercoverMutations } from './undercover-check.js';
import { storedFields } from './case-fields.js';
import { CaseFigures } from './case-statistics.js';
import { CommonIssue } from './common-issue.js';
import { ConnectorSource } from './connector-source.js';
import { Department } from './department.js';
import { Enterprise } from './enterprise.js';
import { correctCaseIntake } from './mutations/correct-case.js';
import { dispatchMutations } from './mutations/dispatch-mutations.js';
import { fileMutations } from './mutations/file-mutations.js';
import { joiningMutations } from './mutations/joining-mutations.js';
import { handlingMutations } from './mutations/handling-mutations.js';
import { ClearingNotice, oversightMutations, SpecialSupervisor } from './oversight.js';
import { correctCaseRow, replayCaseDeadLetters } from './mutations/operator-mutations.js';
import { Query } from './query.js';
import { Briefing, briefingMutations } from './briefing.js';
import { Meeting, MeetingDecision, meetingMutations, ProblemList, ProblemListLine } from './meeting.js';
import { Scorecard, shownScore } from './scorecard.js';
import { HelpedEnterprise } from './figures/enterprises-helped.js';
import { SpotCheck, SpotCheckCommitment, spotCheckMutations } from './spot-check.js';
import { submitCase } from './mutations/submit-case.js';
import { TypicalCase, typicalCaseMutations } from './typical-case.js';
import { ServiceItem } from './service-item.js';
import { supervisionMutations } from './mutations/supervision-mutations.js';

const mutations = {
  correctCaseRow,
  replayCaseDeadLetters,
  submitCase,
  correctCaseIntake,
  ...fileMutations,
  ...handlingMutations,
  ...dispatchMutations,
  ...joiningMutations,
  ...appraisalMutations,
  ...supervisionMutations,
  ...accountabilityMutations,
  ...oversightMutations,
  ...spotCheckMutations,
  ...meetingMutations,
  ...briefingMutations,
  ...typicalCaseMutations,
  ...noticeMutations,
  ...undercoverMutations,
};

export const resolvers: Resolvers = {
  Query,
  // Nobody writes for a department or an enterprise that there is not.
  Mutation: guarded(mutations, async ({ actor, register }: Context) => register.requireKnownActor(actor)),
  Case,
  CaseNotice,
  CaseConnection: { countedTimes: ({ countedTimes }) => countedTimes?.() ?? null },
  CaseEvent,
  CaseFile,
  CaseFigures,
  ClearingNotice,
  CommonIssue,
  ConnectorSource,
  Department,
  DuplicateHint: {
    case: async ({ caseNumber }, _args, { loaders }, info) => {
      const record = await loaders.case(caseNumber, { fields: storedFields(requestedFields(info)) });
      if (record === undefined) throw new Error(`The case ${caseNumber} was compared and is not there.`);
      return record;
    },
  },
  Enterprise,
  HandlingSuggestion: {
    categories: ({ categories }) => categories.map(({ key, count }) => ({ category: key, count })),
    departments: ({ departments }) => departments.map(({ key, count }) => ({ department: { code: key }, count })),
    similar: async ({ caseNumbers }, _args, { loaders }, info) => {
      const fields = storedFields(requestedFields(info));
      const found = await Promise.all(caseNumbers.map(async (caseNumber) => loaders.case(caseNumber, { fields })));
      return found.filter((record) => record !== undefined);
    },
  },
  Meeting,
  MeetingDecision,
  ProblemList,
  ProblemListLine,
  Briefing,
  Rate: { rate: rateText },
  Responsibility: { department: ({ department }) => ({ code: department }) },
  Scorecard,
  ServiceItem,
  SpecialSupervisor,
  HelpedEnterprise,
  SpotCheck,
  SpotCheckCommitment,
  TypicalCase,
  UndercoverCheck,
  CaseReferralConnection: { countedTimes: ({ countedTimes }) => countedTimes?.() ?? null },
  CaseReferral: {
    id: ({ referralId }) => referralId,
    department: ({ department }) => ({ code: department }),
    evidence: ({ evidence }) => [...evidence],
  },
  DepartmentPlace: { department: ({ department }) => ({ code: department }), score: ({ score }) => shownScore(score) },
};
