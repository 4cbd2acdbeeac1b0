import * as uscc from 'stdnum/lib/cjs/cn/uscc.js';
import { organisationCheckCharacter } from '../../values/src/index.js';
import { makeUscc } from '../../demo/src/uscc.js';

// The library (1.12) refuses the check character 0, which GB 32100 gives when the weighted sum is a multiple of 31.
const accepted = (code: string): boolean => (code.endsWith('0') ? congruent(code) : uscc.validate(code).isValid);
const valueOf = (character: string): number => '0123456789ABCDEFGHJKLMNPQRTUWXY'.indexOf(character);
/**
 * GB 32100: the sum of the first 17 characters, weighted with powers of 3, and the check character is a multiple of 31.
 */
const congruent = (code: string): boolean =>
  (Array.from(code.slice(0, 17)).reduceRight((sum, character) => (3 * sum + valueOf(character)) % 31, 0) +
    valueOf(code.charAt(17))) %
    31 ===
  0;

describe('makeUscc', () => {
  it('repeats a published code from its parts', () => {
    expect(makeUscc('1', '110000', '60003734')).toBe('91110000600037341L');
  });

  it.each(['MX000000', 'MX1Y5J15', '00000000', 'ABCDEFGH', 'YXWUTRQP'])(
    'computes both check characters for the body %s',
    (body) => {
      for (const category of ['1', '2', '3'] as const) expect(accepted(makeUscc(category, '421202', body))).toBe(true);
    },
  );

  it('gives every possible check character to somebody, 0 included', () => {
    const codes = Array.from({ length: 600 }, (_, i) => makeUscc('1', '421202', `MX${String(i).padStart(6, '0')}`));
    expect(codes.filter((code) => !congruent(code) || !accepted(code))).toEqual([]);
    expect(new Set(codes.map((code) => code.charAt(17))).size).toBe(31);
  });

  it.each([
    ['42120', 'MX000000', '"42120"'],
    ['421202', 'MX00000', '"MX00000"'],
    ['421202', 'MI000000', '"MI000000"'],
  ])('refuses region %s with body %s and names the wrong part', (region, body, named) => {
    expect(() => makeUscc('1', region, body)).toThrow(named);
  });
});

describe('organisationCheckCharacter', () => {
  it.each([
    ['60003734', '1'],
    ['D2143569', 'X'],
    ['00000000', '0'],
  ])('gives for %s the character %s', (body, check) => {
    expect(organisationCheckCharacter(body)).toBe(check);
  });
});
