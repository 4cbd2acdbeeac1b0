import { bulkCriterion, bulkDecider } from '../../../../subgraphs/policies/src/domain/evaluation/bulk.js';
import { FactColumns } from '../../../../subgraphs/policies/src/domain/facts/fact-columns.js';
import { funnelOf } from '../../../../subgraphs/policies/src/domain/matching/funnel.js';
import { readCriteria } from '../../../../subgraphs/policies/src/domain/criteria/read-criteria.js';
import { wordingOf } from '../../../../subgraphs/policies/src/domain/criteria/wording.js';
import { TODAY } from '../../support/random-criteria.js';

const { criteria } = readCriteria(
  [
    { fact: 'employees', op: 'gte', value: 10, text_zh: '十人以上' },
    { fact: 'dishonestyRecord', op: 'eq', value: false, text_zh: '无失信' },
  ],
  'criteria',
);
const city: Record<string, number | boolean>[] = [
  { employees: 10, dishonestyRecord: false },
  { employees: 9, dishonestyRecord: false },
  { employees: 9, dishonestyRecord: true },
  { employees: 20, dishonestyRecord: true },
  { employees: 20 },
  { dishonestyRecord: true },
];

function stepsOver(...tables: readonly (readonly Record<string, number | boolean>[])[]) {
  const funnel = funnelOf(criteria.map(wordingOf));
  for (const table of tables) {
    const columns = new FactColumns();
    for (const values of table) columns.append(values);
    const decider = bulkDecider(columns);
    funnel.add(
      decider.everyone,
      criteria.map((criterion) => decider.outcomesOf(bulkCriterion(criterion, TODAY))),
    );
  }
  return funnel.steps();
}

describe('the funnel', () => {
  it('shows what each criterion cuts, what it cannot know, and what it alone refuses', () => {
    expect(stepsOver(city)).toEqual([
      { text: '十人以上', before: 6, refused: 2, unknown: 1, after: 4, aloneRefuses: 1 },
      { text: '无失信', before: 4, refused: 2, unknown: 1, after: 2, aloneRefuses: 2 },
    ]);
  });

  it('says the same when the city comes in parts', () => {
    expect(stepsOver(city.slice(0, 1), city.slice(1, 4), [], city.slice(4))).toEqual(stepsOver(city));
  });
});
