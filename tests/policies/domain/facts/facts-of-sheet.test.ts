import { slotsOf } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { factsOfSheet } from '../../../../subgraphs/policies/src/domain/matching/match.js';
import { TODAY } from '../../support/random-criteria.js';

const sheet = {
  asOf: '2025-12-31',
  values: { scale: 'small', employees: 12 },
  dates: { scale: '2026-11-01', honours: '2026-11-02' },
};
const silent = { hasOpenDishonestyRecord: null };

describe('factsOfSheet', () => {
  it('takes the values as they are, each with its day or that of the sheet', () => {
    const { facts, slots, problems } = factsOfSheet(sheet, silent, TODAY);
    expect(facts).toEqual({
      values: { scale: 'small', employees: 12 },
      dates: { scale: '2026-11-01', employees: '2025-12-31' },
    });
    expect(slots).toEqual(slotsOf(facts.values));
    expect(problems).toEqual([]);
  });

  it.each([
    [
      'hears the credit department alone about what it owns',
      { dishonestyRecord: true, hasUnfulfilledJudgment: true },
      { hasOpenDishonestyRecord: false },
      { dishonestyRecord: false },
      { dishonestyRecord: TODAY },
    ],
    ['does not know what the credit department does not say', { dishonestyRecord: true }, null, {}, {}],
    [
      'adds what the credit department says',
      {},
      { hasOpenDishonestyRecord: true, hasUnfulfilledJudgment: false },
      { dishonestyRecord: true, hasUnfulfilledJudgment: false, creditReviewPassed: false },
      { dishonestyRecord: TODAY, hasUnfulfilledJudgment: TODAY, creditReviewPassed: TODAY },
    ],
    [
      'takes null for not known',
      { employees: null, insuredEmployees: null },
      silent,
      { employees: undefined },
      { employees: undefined },
    ],
  ])('%s', (_title, told, credit, values, dates) => {
    const { facts, slots } = factsOfSheet({ ...sheet, values: { ...sheet.values, ...told } }, credit, TODAY);
    expect(facts).toEqual({
      values: { scale: 'small', employees: 12, ...values },
      dates: { scale: '2026-11-01', employees: '2025-12-31', ...dates },
    });
    expect(slots).toEqual(slotsOf(facts.values));
  });

  it('leaves one bad figure out and keeps the rest', () => {
    const { facts, slots, problems } = factsOfSheet(
      { ...sheet, values: { ...sheet.values, employees: 'many', madeUp: 1 } },
      silent,
      TODAY,
    );
    expect(facts).toEqual({
      values: { scale: 'small' },
      dates: { scale: '2026-11-01' },
      unusable: { employees: '"many" must be a number', madeUp: '1 is not in the vocabulary' },
    });
    expect(slots).toEqual(slotsOf(facts.values));
    expect(problems).toMatchObject([
      { place: 'values.employees', code: 'WRONG_TYPE' },
      { place: 'values.madeUp', code: 'UNKNOWN_FACT' },
    ]);
  });

  it('knows what the credit department says where there is no sheet', () => {
    const { facts, slots, problems } = factsOfSheet(null, { hasUnfulfilledJudgment: true }, TODAY);
    expect(facts).toEqual({
      values: { hasUnfulfilledJudgment: true, creditReviewPassed: false },
      dates: { hasUnfulfilledJudgment: TODAY, creditReviewPassed: TODAY },
    });
    expect(slots).toEqual(slotsOf(facts.values));
    expect(problems).toMatchObject([{ code: 'WRONG_SHAPE' }]);
  });
});
