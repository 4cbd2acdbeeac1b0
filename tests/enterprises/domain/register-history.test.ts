import { computedSize } from '../../../subgraphs/enterprises/src/domain/register/size-class.js';
import {
  changesBetween,
  formerNames,
  stateOn,
} from '../../../subgraphs/enterprises/src/domain/register/registered-state.js';

describe('the size of an enterprise (国统字〔2017〕213号)', () => {
  // The table's bounds, by hand; amounts in the table are in 10,000 yuan.
  it.each([
    ['C1330', { employees: 1000, revenueYuan: 400_000_000 }, 'LARGE'],
    ['C1330', { employees: 999, revenueYuan: 400_000_000 }, 'MEDIUM'],
    // The worked example: industry, 350 persons, 15 million.
    ['C1330', { employees: 350, revenueYuan: 15_000_000 }, 'SMALL'],
    ['C1330', { employees: 19, revenueYuan: 900_000_000 }, 'MICRO'],
    ['A0111', { revenueYuan: 5_000_000 }, 'MEDIUM'],
    ['E4710', { revenueYuan: 60_000_000, assetsYuan: 49_999_999 }, 'SMALL'],
    ['F5123', { employees: 5, revenueYuan: 10_000_000 }, 'SMALL'],
    ['F5211', { employees: 300, revenueYuan: 200_000_000 }, 'LARGE'],
    ['G5920', { employees: 100, revenueYuan: 10_000_000 }, 'MEDIUM'],
    ['I6510', { employees: 10, revenueYuan: 500_000 }, 'SMALL'],
    ['K7010', { revenueYuan: 1_000_000, assetsYuan: 20_000_000 }, 'SMALL'],
    ['P8310', { employees: 300 }, 'LARGE'],
  ])('of %s with %j is %s', (code, figures, size) => expect(computedSize(code, figures).size).toBe(size));

  it('is open as long as a figure is missing that decides', () => {
    expect(computedSize('C1330', { employees: 350 })).toMatchObject({
      size: null,
      missing: ['revenueYuan'],
      industryRow: '工业',
    });
    expect(computedSize('C1330', { employees: 5 })).toMatchObject({ size: 'MICRO', missing: ['revenueYuan'] });
  });
});

describe('a registration on an earlier day', () => {
  const changes = [
    ...changesBetween({ name: '咸宁甲厂', scale: 'SMALL' }, { name: '咸宁甲公司', scale: 'MEDIUM' }, '2024-05-01'),
    ...changesBetween({ scale: 'MEDIUM' }, { scale: 'SMALL' }, '2025-05-01'),
    ...changesBetween({ name: '咸宁甲公司' }, { name: '湖北甲集团' }, '2026-05-01'),
  ];
  const now = { name: '湖北甲集团', scale: 'SMALL', industry: null, region: null, status: 'IN_OPERATION' };
  it.each([
    ['2024-04-30', '咸宁甲厂', 'SMALL'],
    ['2024-05-01', '咸宁甲公司', 'MEDIUM'],
    ['2025-06-01', '咸宁甲公司', 'SMALL'],
    ['2026-05-01', '湖北甲集团', 'SMALL'],
  ])('%s was %s, %s', (day, name, scale) => expect(stateOn(now, changes, day)).toMatchObject({ name, scale }));
  it('has its former names, latest first', () => {
    expect(formerNames(changes)).toEqual([
      { name: '咸宁甲公司', until: '2026-05-01' },
      { name: '咸宁甲厂', until: '2024-05-01' },
    ]);
  });
});
