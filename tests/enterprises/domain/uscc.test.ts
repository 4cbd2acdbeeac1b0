import { createRequire } from 'node:module';
import fc from 'fast-check';
import { checkUscc } from '../../../subgraphs/enterprises/src/domain/uscc.js';

const stdnum = createRequire(import.meta.url)('stdnum/lib/cjs/cn/uscc.js') as { validate(text: string): { isValid: boolean } };

describe('checkUscc', () => {
  it('accepts codes of real enterprises', () => {
    // 中国石油天然气股份有限公司's group and 阿里巴巴(中国): published codes.
    for (const uscc of ['91110000600037341L', '91330100799655058B']) expect(checkUscc(uscc)).toEqual({ ok: true, uscc });
  });

  it('puts lower case and surrounding white space right', () => {
    expect(checkUscc(' 91110000600037341l ')).toEqual({ ok: true, uscc: '91110000600037341L' });
  });

  it.each([
    ['9111', 'LENGTH', 'it has 4 characters'],
    ['91110000600037341LL', 'LENGTH', 'it has 19 characters'],
    ['9111000060003734IL', 'CHARACTERS', '"I" does not occur'],
    ['91110000600037３41L', 'CHARACTERS', 'does not occur'],
    ['911100A0600037341L', 'REGION', 'digits only'],
    ['91110000600037341M', 'CHECK_CHARACTER', 'must be L'],
  ])('says which rule %s breaks: %s', (text, problem, words) => {
    expect(checkUscc(text)).toMatchObject({ ok: false, problem, message: expect.stringContaining(words) as unknown });
  });

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'), (place, character) => {
        const right = '91110000600037341L';
        const wrong = right.slice(0, place) + character + right.slice(place + 1);
        expect(checkUscc(wrong).ok).toBe(wrong === right);
      }),
    );
  });

  it('accepts whatever the library accepts, and agrees on refusals unless the check character is 0', () => {
    const code = fc.tuple(fc.constantFrom('91', '92', '93', '12'), fc.stringMatching(/^42\d{4}$/), fc.stringMatching(/^[0-9A-HJ-NPQRTUWXY]{9}$/), fc.constantFrom(...'123456789ABCDEFGHJKLMNPQRTUWXY'));
    fc.assert(
      fc.property(code, (parts) => {
        const text = parts.join('');
        expect(checkUscc(text).ok).toBe(stdnum.validate(text).isValid);
      }),
      { numRuns: 2000 },
    );
  });
});
