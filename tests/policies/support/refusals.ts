import { readPolicy } from '../../../subgraphs/policies/src/domain/format/import-format.js';
import { PARAMETERS } from './parameters.js';
import { TODAY } from './random-criteria.js';

const base = {
  id: 'test-policy',
  title_zh: '测试政策',
  issuer: '测试局',
  criteria: [],
  benefit: { kind: 'cash', amount_yuan: 100 },
};

/** What an official is told of a policy that is right but for a change: `place CODE: words`. */
export const refusals = (change: Record<string, unknown>): string[] =>
  readPolicy({ ...base, ...change }, TODAY, PARAMETERS).problems.map(
    ({ place, code, message }) => `${place} ${code}: ${message}`,
  );

/** The same of one criterion. */
export const ofCriterion = (criterion: unknown): string[] => refusals({ criteria: [criterion] });

/** A criterion with which nothing is wrong. */
export const employees = { fact: 'employees', op: 'gte', value: 1 };
