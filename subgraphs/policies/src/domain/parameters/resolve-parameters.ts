import { Decimal } from 'decimal.js';
import { type LegalDay, valueOn } from '@zhitong/values';
import {
  amountsOf,
  conditionsOf,
  mapAmounts,
  mapConditions,
  parametersOfAmount,
  type Amount,
  type Benefit,
  type StatedBenefit,
} from '../benefit/benefit.js';
import {
  leavesOf,
  type Criterion,
  type ParameterTest,
  type Scalar,
  type StatedCriterion,
  type Test,
} from '../criteria/criteria.js';
import { mapLeaves } from '../criteria/fold.js';
import { factDefinition } from '../facts/facts.js';
import { resolveFormula } from '../benefit/formula.js';
import { parameterName, type Parameter, type Parameters, type ParameterValue } from './parameters.js';
import { isWrong, testOf } from '../criteria/read-criteria.js';
import { parametersOfTest } from './stated-criteria.js';
import { wordingOf, writeStated } from '../criteria/wording.js';

interface StatedPolicy {
  readonly criteria: readonly StatedCriterion[];
  readonly benefit: StatedBenefit;
}

export interface ResolvedPolicy {
  readonly criteria: readonly Criterion[];
  readonly benefit: Benefit;
  /**
   * The values that were put in, for example `target=5.5`; empty where the policy names no parameter. Equal when the
   * results must be equal.
   */
  readonly parameters: string;
}

/** The dated parameters that a policy names, sorted, each once. */
export function parametersOfPolicy({ criteria, benefit }: StatedPolicy): string[] {
  const tests = leavesOf([...criteria, ...conditionsOf(benefit)]).flatMap((leaf) =>
    leaf.kind === 'parameterTest' ? parametersOfTest(leaf) : [],
  );
  return [...new Set([...tests, ...amountsOf(benefit).flatMap(parametersOfAmount)])].sort();
}

/**
 * What a policy asks and gives on one day: its dated parameters are replaced by their values of that day, and nothing
 * that decides it needs to know of them. Without a value for the day a test becomes one that stays UNKNOWN, and says so
 * in its words; a formula gives no amount.
 */
export function resolvePolicy(
  { criteria, benefit }: StatedPolicy,
  parameters: Parameters,
  day: LegalDay,
): ResolvedPolicy {
  const names = parametersOfPolicy({ criteria, benefit });
  const found = new Map(names.map((name) => [name, foundOn(parameters.get(name), day)]));
  const resolved = (stated: readonly StatedCriterion[]): readonly Criterion[] =>
    stated.map((criterion) => resolveCriterion(criterion, found, day));
  const amount = (stated: Amount): Amount =>
    stated.kind === 'formula'
      ? { kind: 'formula', text: resolveFormula(stated.text, (name) => numberText(found.get(name)?.value)) }
      : stated;
  return {
    criteria: resolved(criteria),
    benefit: mapAmounts(mapConditions(benefit, { tier: resolved, term: resolved }), amount),
    parameters: names.map((name) => `${name}=${String(found.get(name)?.value?.value ?? '?')}`).join(';'),
  };
}

/** A parameter with its value of the day; null where there is none. */
interface Found {
  readonly parameter: Parameter | undefined;
  readonly value: ParameterValue | null;
}

const foundOn = (parameter: Parameter | undefined, day: LegalDay): Found => ({
  parameter,
  value: parameter === undefined ? null : valueOn(parameter, day),
});

const numberText = (value: ParameterValue | null | undefined): string | null =>
  typeof value?.value === 'number' ? new Decimal(value.value).toFixed() : null;

type FoundParameters = ReadonlyMap<string, Found>;

const resolveCriterion = (criterion: StatedCriterion, found: FoundParameters, day: LegalDay): Criterion =>
  mapLeaves(criterion, (leaf: Test | ParameterTest) => (leaf.kind === 'test' ? leaf : resolveTest(leaf, found, day)));

function resolveTest(test: ParameterTest, found: FoundParameters, day: LegalDay): Test {
  const definition = factDefinition(test.fact);
  const used = parametersOfTest(test).map((name) => ({ name, ...found.get(name) }));
  const open = used.find(({ value }) => value === null || value === undefined);
  const put = (member: Scalar): Scalar => found.get(parameterName(member) ?? '')?.value?.value ?? member;
  const built =
    open !== undefined || definition === null
      ? null
      : testOf(
          definition,
          test.operator,
          typeof test.value === 'object' ? test.value.map(put) : put(test.value),
          test.text,
          test.year,
        );
  if (built === null || isWrong(built)) {
    const label = open?.parameter?.label ?? open?.name ?? test.fact;
    return unknownTest(
      test,
      open?.name ?? used[0]?.name ?? test.fact,
      built === null ? `${label}在${day}没有值` : `参数在${day}的值不能用于此条件`,
    );
  }
  const notes = used.map(
    ({ parameter, value }) =>
      `${parameter?.label ?? ''} ${String(value?.value ?? '')}${parameter?.unit ?? ''},依据${value?.source ?? ''}`,
  );
  return { ...built, text: `${wordingOf(built)}[${notes.join(';')}]` };
}

/**
 * A test of something that is never recorded, so that whoever decides it finds a fact missing: the value of the
 * parameter.
 */
function unknownTest(test: ParameterTest, name: string, why: string): Test {
  const base = { kind: 'test', fact: `$${name}`, text: `${wordingOf(test)}[${why}]` } as const;
  switch (test.operator) {
    case 'GTE':
    case 'GT':
    case 'LTE':
    case 'LT':
    case 'NE':
      return { ...base, operator: test.operator, value: why };
    default:
      return {
        ...base,
        operator: 'EQ',
        value: test.operator === 'EQ' ? why : `${writeStated(test.operator, test.value)}(${why})`,
      };
  }
}
