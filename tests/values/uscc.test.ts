import { createRequire } from 'node:module';
import fc from 'fast-check';
import {
  checkUscc,
  isIdentityNumber,
  normalReference,
  normalText,
  organisationCheckCharacter,
  usccCheckCharacter,
  usccInText,
} from '../../values/src/index.js';

const stdnum = createRequire(import.meta.url)('stdnum/lib/cjs/cn/uscc.js') as {
  validate(text: string): { isValid: boolean };
};
const stdnumIdentity = createRequire(import.meta.url)('stdnum/lib/cjs/cn/ric.js') as {
  validate(text: string): { isValid: boolean };
};

/** Published codes of enterprises, a public institution and a foundation. */
const REAL = [
  '91110000600037341L',
  '91330100799655058B',
  '91110108551385082Q',
  '12100000400000624D',
  '53100000500021676K',
];

describe('checkUscc', () => {
  it('accepts codes of real enterprises, institutions and foundations', () => {
    for (const uscc of REAL) expect(checkUscc(uscc)).toEqual({ ok: true, uscc, remarks: [] });
  });

  it.each([
    ['lower case', '91110000600037341l'],
    ['white space around', ' \t91110000600037341L\u3000'],
    ['full width', '９１１１００００６０００３７３４１Ｌ'],
    ['full width in lower case', '９１１１００００６０００３７３４１ｌ'],
    ['characters that nobody sees', '\ufeff9111000060\u200b0037341L\u200e'],
  ])('puts right: %s', (_what, text) => {
    expect(checkUscc(text)).toEqual({ ok: true, uscc: '91110000600037341L', remarks: [] });
  });

  it.each([
    ['', 'LENGTH', 'it has 0 characters'],
    ['9111', 'LENGTH', 'it has 4 characters'],
    ['91110000600037341LL', 'LENGTH', 'it has 19 characters'],
    ['9111000060003734IL', 'CHARACTERS', '"I" does not occur'],
    ['91110000 60037341L', 'CHARACTERS', '" " does not occur'],
    ['000000000000000000', 'AUTHORITY', '"00"'],
    ['94110000600037341L', 'AUTHORITY', '"94"'],
    ['B1110000600037341L', 'AUTHORITY', '"B1"'],
    ['Y2110000600037341L', 'AUTHORITY', '"Y2"'],
    ['911100A0600037341L', 'REGION', '"1100A0"'],
    ['91990000600037341L', 'REGION', '"990000"'],
    ['91101000600037341L', 'REGION', '"101000"'],
    ['914212020000000009', 'ORGANISATION', 'not all zero'],
    ['91110000600037341M', 'CHECK_CHARACTER', 'must be L'],
  ])('says which rule %s breaks: %s', (text, problem, words) => {
    expect(checkUscc(text)).toMatchObject({ ok: false, problem, message: expect.stringContaining(words) as unknown });
  });

  it('knows the kinds of each registration authority as annex A of GB 32100-2015 lists them, and no others', () => {
    const known =
      '11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 59 61 62 69 71 72 79 81 89 91 92 93 A1 A9 N1 N2 N3 N9 Y1'.split(
        ' ',
      );
    const all = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
    const accepted = all
      .flatMap((authority) => all.map((kind) => `${authority}${kind}`))
      .filter((two) => checkUscc(`${two}4200006000373410`, { irregular: 'accept' }).ok);
    expect(accepted.toSorted()).toEqual(known.toSorted());
  });

  it('takes a code of the central authority, and says of a message how much it repeats', () => {
    expect(checkUscc('53100000500021676K').ok).toBe(true);
    expect(checkUscc('11010519491231002X')).toEqual({
      ok: false,
      problem: 'IDENTITY_NUMBER',
      message:
        '"110105********002X" is not a unified social credit code: it is a person\'s identity number (GB 32100-2015).',
    });
    expect(checkUscc('138 1234 5678')).toMatchObject({
      message: expect.stringMatching(/^"138 12…" is not/) as unknown,
    });
    expect(checkUscc('x'.repeat(60))).toMatchObject({
      message: expect.stringMatching(/^"x{40}" is not/) as unknown,
    });
  });

  it('takes an irregular check character for what it is only where somebody answers for it', () => {
    // A firm of Xiamen from before the rule: by the standard its code would end in F.
    expect(checkUscc('91350203M0001QKT19')).toMatchObject({
      ok: false,
      problem: 'CHECK_CHARACTER',
      message: expect.stringContaining('must be F') as unknown,
    });
    expect(checkUscc('91350203m0001qkt19', { irregular: 'accept' })).toMatchObject({
      ok: true,
      uscc: '91350203M0001QKT19',
      remarks: expect.arrayContaining(['CHECK_CHARACTER']) as unknown,
    });
    expect(checkUscc('91110000600037341M', { irregular: 'accept' })).toEqual({
      ok: true,
      uscc: '91110000600037341M',
      remarks: ['CHECK_CHARACTER'],
    });
  });

  it('remarks an organisation part that is no organisation code, and accepts it', () => {
    // The organisation part 55138508-2 with its check character changed, and the check character of the whole made
    // anew.
    const whole = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
      .map((last) => `91110108551385083${last}`)
      .find((code) => stdnum.validate(code).isValid);
    expect(checkUscc(whole ?? '')).toEqual({ ok: true, uscc: whole, remarks: ['ORGANISATION_PART'] });
  });

  it("refuses a person's identity number, also one whose last character fits a code, and never repeats it", () => {
    // 11010519491231002X is the standard's own example (GB 11643-1999).
    for (const text of ['11010519491231002X', '11010519491231002x', ' １１０１０５１９４９１２３１００２Ｘ']) {
      const check = checkUscc(text, { irregular: 'accept' });
      expect(check).toMatchObject({ ok: false, problem: 'IDENTITY_NUMBER' });
      expect(JSON.stringify(check)).not.toMatch(/1949|１９４９/);
    }
    const both = identityNumbers().find((number) => stdnum.validate(number).isValid);
    expect(both).toBeDefined();
    expect(checkUscc(both ?? '')).toMatchObject({ ok: false, problem: 'IDENTITY_NUMBER' });
  });

  it.each(['13812345678', '+86 138 1234 5678', '110105491231002'])(
    'does not repeat what may be a number of a person: %s',
    (text) => {
      const { message } = checkUscc(text) as { message: string };
      expect(message.replace(/\s/g, '')).not.toContain('12345678');
      expect(message).not.toContain('91231002');
    },
  );

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 16 }),
        fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'),
        (place, character) => {
          const right = '91110000600037341L';
          const wrong = right.slice(0, place) + character + right.slice(place + 1);
          expect(checkUscc(wrong).ok).toBe(wrong === right);
        },
      ),
    );
  });

  it('agrees with the library, which does not know codes that end in 0', () => {
    const code = fc.tuple(
      fc.constantFrom('91', '92', '93', '12'),
      fc.stringMatching(/^42\d{4}$/),
      fc.stringMatching(/^[0-9A-HJ-NPQRTUWXY]{9}$/),
      fc.constantFrom(...'123456789ABCDEFGHJKLMNPQRTUWXY'),
    );
    fc.assert(
      fc.property(code, (parts) => {
        const text = parts.join('');
        fc.pre(!text.includes('000000000') && !isIdentityNumber(text));
        expect(checkUscc(text).ok).toBe(stdnum.validate(text).isValid);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Identity numbers of a district, one a day. */
function identityNumbers(): string[] {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return Array.from({ length: 400 }, (_, day) => {
    const born = new Date(Date.UTC(1980, 0, 1 + day)).toISOString().slice(0, 10).replaceAll('-', '');
    const first17 = `110105${born}002`;
    const sum = weights.reduce((total, weight, place) => total + weight * Number(first17[place]), 0);
    return first17 + ('10X98765432'[sum % 11] ?? '');
  });
}

describe('isIdentityNumber', () => {
  it('agrees with the library on numbers that are right and on numbers with one wrong character', () => {
    const numbers = identityNumbers();
    expect(numbers.filter((number) => !isIdentityNumber(number) || !stdnumIdentity.validate(number).isValid)).toEqual(
      [],
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.integer({ min: 0, max: 17 }),
        fc.constantFrom(...'0123456789X'),
        (number, place, character) => {
          const other = number.slice(0, place) + character + number.slice(place + 1);
          if (isIdentityNumber(other)) expect(stdnumIdentity.validate(other).isValid).toBe(true);
          expect(isIdentityNumber(other)).toBe(other === number || stdnumIdentity.validate(other).isValid);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    '11010519490229002X',
    '110105194912310021',
    '99010519491231002X',
    '11010519491231002',
    '',
    '91110000600037341L',
  ])('%s is none', (text) => {
    expect(isIdentityNumber(text)).toBe(false);
  });
});

describe('check characters', () => {
  it('are those of published codes, for ten and eleven as well', () => {
    for (const uscc of REAL) {
      expect(usccCheckCharacter(uscc.slice(0, 17))).toBe(uscc.charAt(17));
      expect(organisationCheckCharacter(uscc.slice(8, 16))).toBe(uscc.charAt(16));
    }
    // Sums of 3 x 4 = 12 and 3 x 0 = 0: eleven less one is ten, eleven less nothing is eleven.
    expect([organisationCheckCharacter('40000000'), organisationCheckCharacter('00000000')]).toEqual(['X', '0']);
  });
});

describe('codes in a text', () => {
  it('are found, each of them, also mistyped ones, and nothing within a longer word', () => {
    const text = '甲91110000600037341L,乙91110000600037341M；A91110000600037341L 91110000600037341LX 9111000060003734';
    expect(text.match(usccInText())).toEqual(['91110000600037341L', '91110000600037341M']);
  });
});

describe('normal forms', () => {
  it('of texts keep case and inner spaces, and drop what nobody sees', () => {
    expect(normalText('\u3000 Ａｂ \u200bｃ１\u00ad ')).toBe('Ab c1');
    // What is taken for normal without a look is so by Unicode: every character of it, alone and after another.
    for (let point = 0x21; point <= 0x9fff; point = point === 0x7e ? 0x4e00 : point + 1) {
      const text = `e${String.fromCodePoint(point)}`;
      if (text.normalize('NFKC') !== text || normalText(text) !== text) throw new Error(point.toString(16));
    }
  });

  it.each(['hd20260001', ' HD2026 0001 ', 'ＨＤ２０２６０００１', 'Hd2026\u200b0001', 'HD2026\u30000001'])(
    'of the receipt %s are one',
    (text) => {
      expect(normalReference(text)).toBe('HD20260001');
    },
  );

  it('of receipts with other characters differ', () => {
    expect(normalReference('HD2026-0001')).not.toBe(normalReference('HD20260001'));
  });

  it.each([
    ['Cyrillic letters', 'НD-2О26-0001'.replace('О', '0')],
    ['Greek letters in small', 'ηd-2026-0001'],
    ['an accent', 'H\u0301D-2026-0001'],
    ['another dash', 'HD\u20132026\u20140001'],
    ['a minus sign and full width', 'ＨＤ\u22122026－0001'],
    ['characters that nobody sees', 'HD-20\u00ad26-\u200b0001\ufe0f'],
  ])('of a paper that is typed with %s is one', (_what, text) => {
    expect(normalReference(text)).toBe('HD-2026-0001');
  });

  it.each([
    '咸财〔2026〕1号',
    '咸财[2026]1号',
    '咸财（2026） 1号',
    '咸财【二〇二六】1号',
    '咸财〔二○二六〕1号',
    '咸财{二零二六}1号',
  ])('of the document %s is one', (text) => {
    expect(normalReference(text)).toBe('咸财(2026)1号');
  });

  it.each([
    ['HT-1', 'HT-10'],
    ['HT-1', 'HT-01'],
    ['HTO1', 'HT01'],
    ['第一建设1号', '第1建设1号'],
    ['HT-2026-1', 'HT-20261'],
  ])('of %s and %s, which differ on paper, differ', (one, other) => {
    expect(normalReference(one)).not.toBe(normalReference(other));
  });
});
