import { scaleClassOf, scaleOf } from '../../demo/src/scale.js';
import type { Scale } from '../../demo/src/index.js';

// Bounds of 国统字〔2017〕213号, one or two rows of each kind; money in whole yuan.
describe('scaleOf', () => {
  it.each<[string, string, number, number, number, Scale]>([
    ['industry at both bounds of large', 'C3670', 1000, 400_000_000, 0, 'LARGE'],
    ['industry one employee short of large', 'C3670', 999, 400_000_000, 0, 'MEDIUM'],
    ['industry one yuan short of large', 'C3670', 1000, 399_999_999, 0, 'MEDIUM'],
    ['industry at both bounds of medium', 'D4511', 300, 20_000_000, 0, 'MEDIUM'],
    ['industry with many employees and little revenue', 'B1011', 1500, 3_000_000, 0, 'SMALL'],
    ['industry with 19 employees', 'C1530', 19, 3_000_000_000, 0, 'MICRO'],
    ['agriculture by revenue alone', 'A0164', 1, 200_000_000, 0, 'LARGE'],
    ['agriculture under half a million', 'A0164', 5000, 499_999, 0, 'MICRO'],
    ['construction needs assets too', 'E4710', 9000, 800_000_000, 799_999_999, 'MEDIUM'],
    ['wholesale', 'F5127', 20, 50_000_000, 0, 'MEDIUM'],
    ['retail', 'F5212', 50, 5_000_000, 0, 'MEDIUM'],
    ['retail with nine employees', 'F5212', 9, 5_000_000, 0, 'MICRO'],
    ['road transport', 'G5431', 300, 30_000_000, 0, 'MEDIUM'],
    ['storage', 'G5920', 100, 10_000_000, 0, 'MEDIUM'],
    ['courier', 'G6020', 300, 20_000_000, 0, 'MEDIUM'],
    ['hotel', 'H6110', 300, 100_000_000, 0, 'LARGE'],
    ['catering', 'H6210', 10, 1_000_000, 0, 'SMALL'],
    ['internet', 'I6429', 100, 10_000_000, 0, 'MEDIUM'],
    ['software', 'I6513', 10, 500_000, 0, 'SMALL'],
    ['real estate development', 'K7010', 1, 10_000_000, 50_000_000, 'MEDIUM'],
    ['property management', 'K7020', 1000, 50_000_000, 0, 'LARGE'],
    ['business services by employees and assets', 'L7259', 300, 0, 1_200_000_000, 'LARGE'],
    ['not listed, by employees alone', 'R8930', 99, 0, 0, 'SMALL'],
    ['education, which the table does not name', 'P8310', 100, 0, 0, 'MEDIUM'],
  ])('classifies %s', (_, industryCode, employees, revenueYuan, assetsYuan, scale) => {
    expect(scaleOf(industryCode, { employees, revenueYuan, assetsYuan })).toBe(scale);
  });

  it('tells loading and unloading (transport) from storage', () => {
    expect([scaleClassOf('G5910').name, scaleClassOf('G5930').name]).toEqual(['交通运输业', '仓储业']);
  });
});
