import { moneyOfFen } from '@zhitong/values';
import { membersOf, type ParameterTest, type StatedCriterion, type Test } from '../domain/criteria/criteria.js';
import { writeValueOf } from '../domain/criteria/write-criteria.js';
import type { FactOrigin } from '../domain/facts/fact-origin.js';
import { factDefinition } from '../domain/facts/facts.js';
import { wordingOf } from '../domain/criteria/wording.js';
import type {
  BenefitTierResolvers,
  CriterionResolvers,
  CriterionResultResolvers,
} from '../generated/resolvers-types.js';

/** Who recorded a fact, as the graph shows it. */
export const recordingOf = (origin: FactOrigin | null) =>
  origin === null ? null : { department: { code: origin.department }, recordedOn: origin.on, run: origin.run };

const isLeaf = (criterion: StatedCriterion): criterion is Test | ParameterTest =>
  criterion.kind === 'test' || criterion.kind === 'parameterTest';

const GROUP_OPERATOR = { all: 'ALL', any: 'ANY', not: 'NOT', atLeast: 'AT_LEAST' } as const;

export const Criterion: CriterionResolvers = {
  text: (criterion) => wordingOf(criterion),
  fact: (criterion) => (isLeaf(criterion) ? criterion.fact : null),
  year: (criterion) => (isLeaf(criterion) && criterion.year !== undefined ? String(criterion.year) : null),
  operator: (criterion) => (isLeaf(criterion) ? criterion.operator : GROUP_OPERATOR[criterion.kind]),
  value: (criterion) => {
    if (isLeaf(criterion)) return writeValueOf(criterion);
    return criterion.kind === 'atLeast' ? criterion.count : null;
  },
  source: (criterion) => (isLeaf(criterion) ? (factDefinition(criterion.fact)?.source ?? null) : null),
  criteria: (criterion) => [...membersOf(criterion)],
};

export const CriterionResult: CriterionResultResolvers = {
  recorded: ({ recorded }) => recordingOf(recorded),
  criteria: ({ of }) => [...of],
};

export const BenefitTier: BenefitTierResolvers = {
  criteria: ({ when }) => [...when],
  amount: ({ amount }) => (amount.kind === 'fixed' ? moneyOfFen(amount.fen) : null),
  formula: ({ amount }) => (amount.kind === 'formula' ? amount.text : null),
};
