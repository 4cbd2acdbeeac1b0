import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { nearestMiss } from '../../../../subgraphs/policies/src/domain/evaluation/nearest-miss.js';
import { readCriteria } from '../../../../subgraphs/policies/src/domain/criteria/read-criteria.js';
import { TODAY } from '../../support/random-criteria.js';

const missed = (criteria: readonly unknown[], values: Record<string, FactValue>) =>
  nearestMiss(readCriteria(criteria, 'criteria').criteria, { facts: { values, dates: {} }, referenceDate: TODAY });
const messages = (criteria: readonly unknown[], values: Record<string, FactValue>): string[] =>
  missed(criteria, values).map(({ message }) => message);
const staff = (op: string, value: unknown) => ({ fact: 'employees', op, value });

describe('what an enterprise lacks', () => {
  it('has the words of the policy, what is asked, what is recorded, and how far that is apart', () => {
    expect(missed([{ ...staff('gte', 30), text_zh: '不少于30人' }], { employees: 18 })).toEqual([
      {
        text: '不少于30人',
        fact: 'employees',
        expected: '≥ 30人',
        actual: '18人',
        difference: '12',
        unit: '人',
        message: '不少于30人:还差12人',
      },
    ]);
    expect(missed([{ fact: 'scale', op: 'eq', value: 'small', text_zh: '小型企业' }], { scale: 'large' })).toEqual([
      {
        text: '小型企业',
        fact: 'scale',
        expected: 'small',
        actual: 'large',
        difference: null,
        unit: '',
        message: '小型企业:需small,现为large',
      },
    ]);
  });

  it.each<[string, unknown, number, string]>([
    ['gte', 30, 29, '从业人数 ≥ 30人:还差1人'],
    ['gt', 30, 30, '从业人数 > 30人:还差0人'],
    ['gt', 30, 28, '从业人数 > 30人:还差2人'],
    ['lte', 30, 31, '从业人数 ≤ 30人:超出1人'],
    ['lt', 30, 30, '从业人数 < 30人:超出0人'],
    ['between', [10, 20], 7, '从业人数 ≥ 10人 且 ≤ 20人:还差3人'],
    ['between', [10, 20], 25, '从业人数 ≥ 10人 且 ≤ 20人:超出5人'],
    ['eq', 30, 31, '从业人数 30人:需30人,现为31人'],
  ])('employees %s %j with %d reads %s', (op, value, employees, expected) => {
    expect(messages([staff(op, value)], { employees })).toEqual([expected]);
  });

  it('is no distance for days, nor for what must not be so', () => {
    expect(
      messages([{ fact: 'registeredOn', op: 'gte', value: '2026-01-01' }], { registeredOn: '2025-12-31' }),
    ).toEqual(['成立日期 ≥ 2026-01-01:需≥ 2026-01-01,现为2025-12-31']);
    expect(missed([{ not: staff('gte', 30) }], { employees: 31 })).toMatchObject([
      { expected: '非(≥ 30人)', difference: null, unit: '', message: '从业人数 ≥ 30人:需非(≥ 30人),现为31人' },
    ]);
  });

  it('is every criterion that is not met, not those met or not known', () => {
    expect(
      messages(
        [
          staff('gte', 30),
          { fact: 'scale', op: 'eq', value: 'small' },
          { fact: 'layoffRatePct', op: 'lte', value: 5 },
          { fact: 'dishonestyRecord', op: 'eq', value: false },
        ],
        { employees: 29, scale: 'small', dishonestyRecord: true },
      ),
    ).toEqual(['从业人数 ≥ 30人:还差1人', '严重失信记录 否:需否,现为是']);
  });

  it('is nothing for one who is eligible or undetermined', () => {
    expect([missed([staff('gte', 30)], { employees: 30 }), missed([staff('gte', 30)], {})]).toEqual([[], []]);
  });
});

describe('of several ways', () => {
  const far = staff('gte', 100);
  const near = { fact: 'layoffRatePct', op: 'lte', value: 10 };
  const other = { fact: 'dishonestyRecord', op: 'eq', value: false };
  const values = { employees: 10, layoffRatePct: 11, dishonestyRecord: true };

  it('one with fewer changes is nearer than one with smaller ones', () => {
    expect(messages([{ anyOf: [{ allOf: [near, other] }, far] }], values)).toEqual(['从业人数 ≥ 100人:还差90人']);
  });

  it('of as many changes the one that is nearer by its share of what is asked counts, and what cannot be counted is far', () => {
    expect(messages([{ anyOf: [far, near] }], values)).toEqual(['裁员率 ≤ 10%:超出1%']);
    expect(messages([{ anyOf: [other, far] }], values)).toEqual(['从业人数 ≥ 100人:还差90人']);
    expect(messages([{ anyOf: [{ allOf: [far, other] }, { allOf: [near, other] }] }], values)).toEqual([
      '裁员率 ≤ 10%:超出1%',
      '严重失信记录 否:需否,现为是',
    ]);
  });

  it('a distance beyond all that is asked counts as the whole of it, also where nothing or little is asked', () => {
    expect(
      messages([{ anyOf: [other, { fact: 'layoffRatePct', op: 'lte', value: 0 }] }], {
        dishonestyRecord: true,
        layoffRatePct: 0.5,
      }),
    ).toEqual(['裁员率 ≤ 0%:超出0.5%']);
    expect(
      messages([{ anyOf: [other, { fact: 'layoffRatePct', op: 'lte', value: 1 }] }], {
        dishonestyRecord: true,
        layoffRatePct: 50,
      }),
    ).toEqual(['严重失信记录 否:需否,现为是']);
    expect(
      messages([{ anyOf: [{ fact: 'annualRevenueYuan', op: 'gte', value: -100 }, far] }], {
        annualRevenueYuan: -200,
        employees: 50,
      }),
    ).toEqual(['从业人数 ≥ 100人:还差50人']);
  });

  it('"at least two of three" takes the two nearest, and less where some are met', () => {
    const group = (met: Record<string, FactValue>) =>
      messages([{ atLeast: 2, of: [far, other, near] }], { ...values, ...met });
    expect(group({})).toEqual(['裁员率 ≤ 10%:超出1%', '从业人数 ≥ 100人:还差90人']);
    expect(group({ employees: 100 })).toEqual(['裁员率 ≤ 10%:超出1%']);
  });

  it('what must not be so is undone where that takes least: one of all, every one of any, enough of "at least"', () => {
    const small = { fact: 'scale', op: 'eq', value: 'small' };
    const young = staff('lte', 30);
    const met = { scale: 'small', employees: 5, dishonestyRecord: false };
    expect(missed([{ not: { allOf: [small, young] } }], met).map(({ fact }) => fact)).toEqual(['scale']);
    expect(missed([{ not: { anyOf: [small, young] } }], met).map(({ fact }) => fact)).toEqual(['scale', 'employees']);
    expect(missed([{ not: { atLeast: 2, of: [small, young, other] } }], met).map(({ fact }) => fact)).toEqual([
      'scale',
      'employees',
    ]);
    expect(missed([{ not: { atLeast: 3, of: [small, young, other] } }], met).map(({ fact }) => fact)).toEqual([
      'scale',
    ]);
  });
});
