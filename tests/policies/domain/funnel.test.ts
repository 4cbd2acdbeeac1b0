import { funnelOf } from '../../../subgraphs/policies/src/domain/funnel.js';
import { readCriteria } from '../../../subgraphs/policies/src/domain/read-criteria.js';
import { TODAY } from '../support/random-criteria.js';

const { criteria } = readCriteria([{ fact: 'employees', op: 'gte', value: 10, text_zh: '十人以上' }, { fact: 'dishonestyRecord', op: 'eq', value: false, text_zh: '无失信' }], 'criteria');

describe('the funnel', () => {
  it('shows what each criterion cuts, what it cannot know, and what it alone refuses', () => {
    const funnel = funnelOf(criteria, TODAY);
    const city: Record<string, number | boolean>[] = [{ employees: 10, dishonestyRecord: false }, { employees: 9, dishonestyRecord: false }, { employees: 9, dishonestyRecord: true }, { employees: 20, dishonestyRecord: true }, { employees: 20 }, { dishonestyRecord: true }];
    for (const values of city) {
      funnel.add(values);
    }
    expect(funnel.steps()).toEqual([
      { text: '十人以上', before: 6, refused: 2, unknown: 1, after: 4, aloneRefuses: 1 },
      { text: '无失信', before: 4, refused: 2, unknown: 1, after: 2, aloneRefuses: 2 },
    ]);
  });
});
