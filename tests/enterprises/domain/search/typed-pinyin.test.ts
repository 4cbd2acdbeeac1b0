import { nameTerms, neighbours, searchedForm } from '../../../../subgraphs/enterprises/src/domain/search/name-terms.js';
import { nearCodes } from '../../../../subgraphs/enterprises/src/domain/search/near-codes.js';
import {
  readCharacters,
  syllablesFrom,
  typedPinyin,
} from '../../../../subgraphs/enterprises/src/domain/search/pinyin-readings.js';
import { searchTerms } from '../../../../subgraphs/enterprises/src/domain/search/search-terms.js';

describe('how a character is read', () => {
  it('is as in its name first, then as elsewhere; a Latin letter and a digit read as themselves', () => {
    expect(readCharacters('重庆')).toEqual([
      { character: '重', readings: ['chong', 'zhong'] },
      { character: '庆', readings: ['qing'] },
    ]);
    expect(readCharacters('绿a9Ａ-')).toEqual([
      { character: '绿', readings: ['lv', 'lu'] },
      { character: 'a', readings: ['a'] },
      { character: '9', readings: ['9'] },
      { character: 'Ａ', readings: [] },
      { character: '-', readings: [] },
    ]);
    expect(readCharacters('𠮷').map(({ character }) => character)).toEqual(['𠮷']);
    expect(readCharacters('')).toEqual([]);
  });

  it('is the same whenever it is asked', () => {
    expect(readCharacters('重')).toEqual(readCharacters('重'));
    expect(readCharacters('重')[0]?.readings.toSorted()).toEqual(['chong', 'zhong']);
  });
});

describe('letters that somebody typed', () => {
  const ways = (letters: string, isLast: boolean): string[] =>
    typedPinyin(letters, isLast).map((way) =>
      way
        .map(({ letters: piece, kind }) => `${piece}${{ initial: '', syllable: '!', beginning: '…' }[kind]}`)
        .join(' '),
    );

  it('begin syllables', () => {
    expect(syllablesFrom('xian').toSorted()).toEqual(['xian', 'xiang']);
    expect(syllablesFrom('zhu').toSorted()).toEqual([
      ...['zhu', 'zhua', 'zhuai', 'zhuan', 'zhuang', 'zhui', 'zhun', 'zhuo'],
    ]);
    expect(syllablesFrom('lv').toSorted()).toEqual(['lv', 'lve']);
    expect(syllablesFrom('i')).toEqual([]);
  });

  it('are initials first, then syllables, the longest first, of which the last may be typed in part', () => {
    expect(ways('xianzb', true).slice(0, 2)).toEqual(['x i a n z b', 'xian! z b']);
    expect(ways('xian', false)).toEqual(['x i a n', 'xian!', 'xi! an!']);
    expect(ways('xian', true)).toEqual(['x i a n', 'xian…', 'xia! n', 'xi! an…']);
    expect(ways('chon', true)).toEqual(['c h o n', 'chon…']);
    expect(ways('chon', false)).toEqual(['c h o n']);
    expect(ways('zhuang', false)[1]).toBe('zhuang!');
  });

  it('hold initials among syllables only where whole syllables do not come out even', () => {
    expect(ways('shanwei', true)).toEqual(['s h a n w e i', 'shan! wei…']);
    expect(ways('xnkeji', true)).toEqual(['x n k e j i', 'x n ke! ji…', 'x n ke! j i', 'x n k e ji…']);
    expect(ways('xianzb', true).slice(0, 3)).toEqual(['x i a n z b', 'xian! z b', 'xia! n z b']);
  });

  it('are read in eight ways at most', () => {
    expect(ways('xianxianxian', true)).toHaveLength(8);
    expect(ways('xianxianxian', true)[1]).toBe('xian! xian! xian…');
    expect(ways('bb', true)).toEqual(['b b']);
  });
});

describe('the terms of a name', () => {
  it('are each two, three and four neighbours', () => {
    const initials = (name: string) => nameTerms(name).sounds.filter((term) => !term.startsWith('~'));
    expect(['', 'a', 'ab', 'abcde'].map(initials)).toEqual([
      ...[[], [], ['ab'], ['ab', 'abc', 'abcd', 'bc', 'bcd', 'bcde', 'cd', 'cde', 'de']],
    ]);
    expect([neighbours([]), neighbours(['甲']), neighbours(['甲', '乙', '丙'])]).toEqual([[], [], ['甲乙', '乙丙']]);
  });

  it('hold for a character with two readings also the other initial, among its neighbours and no others', () => {
    // jiǎ yǐ zhòng bǐng dōng wù; 重 is chóng too.
    const { sounds } = nameTerms('甲乙重丙东戊');
    const terms = sounds.filter((term) => !term.startsWith('~')).toSorted();
    const plain = ['jy', 'bd', 'dw', 'bdw'];
    const withOther = (initial: string) => [
      `y${initial}`,
      `${initial}b`,
      `jy${initial}`,
      `y${initial}b`,
      `${initial}bd`,
      `jy${initial}b`,
      `y${initial}bd`,
      `${initial}bdw`,
    ];
    expect(terms).toEqual([...plain, ...withOther('z'), ...withOther('c')].toSorted());
    expect(sounds.filter((term) => /^~[a-z]+$/.test(term)).toSorted()).toEqual(
      ['~jia', '~yi', '~zhong', '~chong', '~bing', '~dong', '~wu'].toSorted(),
    );
    expect(sounds.filter((term) => /^~[a-z]+~[a-z]+~/.test(term)).toSorted()).toEqual(
      [
        ...['~jia~yi~zhong', '~jia~yi~chong', '~yi~zhong~bing', '~yi~chong~bing'],
        ...['~zhong~bing~dong', '~chong~bing~dong', '~bing~dong~wu'],
      ].toSorted(),
    );
    expect(sounds.filter((term) => /^~[a-z]+~[a-z]+$/.test(term)).toSorted()).toEqual(
      [...['~jia~yi', '~yi~zhong', '~yi~chong', '~zhong~bing', '~chong~bing', '~bing~dong', '~dong~wu']].toSorted(),
    );
  });

  it('leave out marks that people leave out, in any width', () => {
    expect(searchedForm(" 「湖北」【ＡＢ】《科技》·“集团”〔Ⅱ〕{1}[2]<3>'4' ")).toBe('湖北ab科技集团ii1234');
    expect(searchedForm('甲、乙-丙')).toBe('甲、乙-丙');
  });
});

describe('a searched text', () => {
  it('of a digit first is a code, and a part of a name as well while it is short', () => {
    const read = (text: string) => [searchTerms(text).code, searchTerms(text).ways.length > 0];
    expect([read('91421'), read('914212'), read('9a'), read('a9')]).toEqual([
      ...[
        ['91421', true],
        ['914212', false],
        ['9A', true],
        [null, true],
      ],
    ]);
    expect(searchTerms('')).toEqual({ code: null, ways: [] });
  });

  it('of characters alone asks for their pairs, and no sounds', () => {
    expect(searchTerms('咸宁茶')).toEqual({
      code: null,
      ways: [
        {
          ...{ pairs: ['咸宁', '宁茶'], sounds: [], anySound: [] },
          ...{ sound: '(?:^|\\|)咸[^|]*\\|宁[^|]*\\|茶[^|]*\\|', isDecided: false },
        },
      ],
    });
    expect(searchTerms('茶茶茶').ways[0]?.pairs).toEqual(['茶茶']);
  });

  it('of characters and letters asks for the pairs of what stands side by side, and for what is between', () => {
    const [way] = searchTerms('咸宁c业').ways;
    expect(way).toMatchObject({ pairs: ['咸宁'], anySound: [], isDecided: false });
    expect(way?.sounds.toSorted()).toEqual(['xncy']);
    const [short] = searchTerms('c业').ways;
    expect(short).toMatchObject({ pairs: [], sounds: ['cy'] });
  });

  it('of a syllable asks for it beside its neighbour, of the beginning of one for those that begin so', () => {
    expect(searchTerms('xian茶').ways.map(({ sounds }) => sounds)).toContainEqual(['~xian~cha']);
    // A neighbour that is no more than an initial is met by initials.
    expect(searchTerms('xianc业').ways.map(({ sounds }) => sounds)).toContainEqual(['xcy', '~xian']);
    expect(searchTerms('xianningc').ways.find(({ sounds }) => sounds.includes('~xian~ning'))).toMatchObject({
      sounds: ['~xian~ning'],
      anySound: expect.arrayContaining(['~xian~ning~c', '~xian~ning~cha', '~xian~ning~chu']) as unknown,
    });
    const beginning = searchTerms('zhua').ways.find(({ anySound }) => anySound.length > 0);
    expect(beginning?.anySound.toSorted()).toEqual(['~zhua', '~zhuai', '~zhuan', '~zhuang']);
    expect(beginning).toMatchObject({ pairs: [], sounds: [], isDecided: true });
    expect(searchTerms('x').ways).toEqual([expect.objectContaining({ pairs: [], sounds: [], isDecided: true })]);
    expect(searchTerms('x').ways[0]?.anySound).toEqual(expect.arrayContaining(['~x', '~xi', '~xian']));
    expect(searchTerms('x').ways[0]?.anySound).not.toContain('~yi');
    const beside = searchTerms('茶zhua').ways.filter(({ anySound }) => anySound.length > 0);
    expect(beside.map(({ anySound }) => anySound.toSorted())).toEqual([
      ['~cha~zhua', '~cha~zhuai', '~cha~zhuan', '~cha~zhuang'],
      // zhu and a.
      ['~cha~zhu~a', '~cha~zhu~ai', '~cha~zhu~an', '~cha~zhu~ang', '~cha~zhu~ao'],
    ]);
  });

  it('is decided by initials while they are four at most', () => {
    const decided = (text: string) => searchTerms(text).ways[0]?.isDecided;
    expect(['cb', 'cbc', 'cbcy', 'cbcyx', 'cb茶'].map(decided)).toEqual([true, true, true, false, false]);
  });

  it('is decided by three whole syllables, which are a term, and by no more of them', () => {
    const decided = (text: string) => searchTerms(text).ways.filter(({ isDecided }) => isDecided);
    expect(decided('xianningcha').map(({ sounds }) => sounds)).toContainEqual(['~xian~ning']);
    expect(decided('xianningchang')).not.toEqual([]);
    expect([decided('xianning茶'), decided('xianning9'), decided('宁xianning')]).toEqual([[], [], []]);
    // Four syllables, or in other ways five.
    expect(decided('xianningxianning')).toEqual([]);
  });

  it('is looked for in sixteen ways at most', () => {
    expect(searchTerms('xian茶xian').ways.length).toBe(12);
    expect(searchTerms('xian茶xian茶xian').ways.length).toBe(16);
  });

  it.each([
    ['a.b', '甲a.b乙', true],
    ['a.b', '甲axb乙', false],
    ['(茶)', '咸宁茶业', true],
    ['c+', '甲c+乙', true],
    ['c+', '甲cc乙', false],
    ['$1', '甲$1乙', true],
    ['xian', '西安面馆', true],
    ['xian', '先生', true],
    ['an', '先生', false],
    ['xian茶', '先茶馆', true],
    ['xian茶', '乡茶馆', false],
  ])('%j stands in %s: %s', (text, name, expected) => {
    const { sound } = nameTerms(name);
    expect(searchTerms(text).ways.some((way) => new RegExp(way.sound).test(sound))).toBe(expected);
  });
});

describe('the codes that a mistyped one may stand for', () => {
  const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  /** GB 32100-2015, annex B: weights are powers of 3, and all 18 characters together are 0 mod 31. */
  const fits = (code: string): boolean => {
    let weight = 1;
    let sum = 0;
    for (const [place, character] of [...code].entries()) {
      sum += ALPHABET.indexOf(character) * (place === 17 ? 1 : weight);
      weight = (weight * 3) % 31;
    }
    return sum % 31 === 0;
  };
  /** Registered by a market regulator in a province that exists. */
  const isOfMarket = (code: string): boolean =>
    /^9[123]\d{6}/.test(code) && /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])/.test(code.slice(2));

  it.each(['91350100M000100Y48', '91110000600037314L'])('of %s are all that one slip of the hand leads to', (typed) => {
    const expected: string[] = [];
    const characters = [...typed];
    for (const [place, character] of characters.entries()) {
      for (const other of ALPHABET)
        if (other !== character) expected.push(`${characters.with(place, other).join('')} ${String(place + 1)}`);
      const next = characters[place + 1];
      if (next !== undefined && next !== character)
        expected.push(
          `${characters
            .with(place, next)
            .with(place + 1, character)
            .join('')} ${String(place + 1)},${String(place + 2)}`,
        );
    }
    const found = nearCodes(typed).map(({ uscc, places }) => `${uscc} ${places.join(',')}`);
    const right = expected.filter((line) => fits(line.slice(0, 18)));
    expect(found.filter((line) => isOfMarket(line)).toSorted()).toEqual(right.filter(isOfMarket).toSorted());
    expect(right).toEqual(expect.arrayContaining(found));
  });

  it('of a right code are none: its check character tells every slip, and two equal characters are not exchanged', () => {
    for (const code of ['91350100M000100Y43', '91110000600037341L']) expect(nearCodes(code)).toEqual([]);
  });

  it('are those of what was typed without spaces and hyphens, in any case', () => {
    expect(nearCodes(' 9135-0100 m000100y48 ')).toEqual(nearCodes('91350100M000100Y48'));
    expect(nearCodes('91350100M000100Y48').length).toBeGreaterThan(0);
    expect([nearCodes(''), nearCodes('91350100M000100Y481')]).toEqual([[], []]);
  });
});
