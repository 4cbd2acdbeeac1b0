import { nearCodes } from '../../../subgraphs/enterprises/src/domain/search/near-codes.js';
import { nameTerms, searchedForm } from '../../../subgraphs/enterprises/src/domain/search/name-terms.js';
import { searchTerms } from '../../../subgraphs/enterprises/src/domain/search/search-terms.js';

describe('a name is stored', () => {
  it('by each pair of its characters, by two to four initials, and by one to three syllables', () => {
    expect(nameTerms('赤壁茶业')).toEqual({
      pairs: ['赤壁', '壁茶', '茶业'],
      sounds: [
        ...['cb', 'cbc', 'cbcy', 'bc', 'bcy', 'cy'],
        ...['~chi', '~chi~bi', '~chi~bi~cha', '~bi', '~bi~cha', '~bi~cha~ye', '~cha', '~cha~ye', '~ye'],
      ],
      sound: '赤chi|壁bi|茶cha|业ye|',
    });
    expect(nameTerms('天天天天').pairs).toEqual(['天天']);
    expect(nameTerms('天天天天').sounds).toEqual(['tt', 'ttt', 'tttt', '~tian', '~tian~tian', '~tian~tian~tian']);
    expect(nameTerms('天').sounds).toEqual(['~tian']);
    expect(nameTerms('𠮷野家').pairs).toEqual(['𠮷野', '野家']);
  });

  it('as its characters are read in it, and also as each of them is read elsewhere', () => {
    // 重庆 is chóngqìng; 重 alone is mostly zhòng.
    expect(nameTerms('重庆A股').sounds).toEqual(
      expect.arrayContaining(['cqa', 'qag', 'ag', 'zq', 'zqa', '~chong', '~zhong', '~a']),
    );
    expect(nameTerms('单仇曾').sounds).toEqual(expect.arrayContaining(['dcc', 'scc', 'dqc', 'dcz', '~shan', '~qiu']));
    // Two of them at once: 单 as shan, 仇 as qiu, 曾 as zeng.
    expect(nameTerms('单仇曾').sounds).toEqual(expect.arrayContaining(['sqz', '~shan~qiu~zeng']));
  });

  it('with its other names beside it, none of which is read into the next', () => {
    const { pairs, sounds, sound } = nameTerms('赤壁', '茶业');
    expect(pairs).toEqual(['赤壁', '茶业']);
    expect(sounds).not.toContain('bc');
    expect(sounds).not.toContain('~bi~cha');
    expect(sound).toBe('赤chi|壁bi||茶cha|业ye|');
    expect(new RegExp(searchTerms('壁茶').ways[0]?.sound ?? '').test(sound)).toBe(false);
    expect(new RegExp(searchTerms('茶业').ways[0]?.sound ?? '').test(sound)).toBe(true);
  });

  it('without width, case, brackets and white space', () => {
    expect(searchedForm('湖北（ＡＢ） 科技')).toBe('湖北ab科技');
    expect(nameTerms('湖北（ＡＢ）科技')).toEqual(nameTerms('湖北ab科技'));
  });
});

describe('a searched text', () => {
  it.each([
    ['91421281m', '91421281M'],
    [' 91a ', '91A'],
    ['9142-1281', '91421281'],
    ['９１４２', '9142'],
    ['CBCY', null],
    ['咸宁9', null],
  ])('%j is the beginning of the code %j', (text, code) => expect(searchTerms(text).code).toBe(code));

  it('of four initials or three syllables is decided by the index, one of more by the whole name', () => {
    expect(searchTerms('CBC').ways[0]).toMatchObject({ pairs: [], sounds: ['cbc'], isDecided: true });
    expect(searchTerms('cbcy').ways[0]).toMatchObject({ sounds: ['cbcy'], isDecided: true });
    expect(searchTerms('cbcyx').ways[0]).toMatchObject({ sounds: ['cbcy', 'bcyx'], isDecided: false });
    expect(searchTerms('xianningchaye').ways[1]).toMatchObject({
      sounds: ['~xian~ning~cha'],
      anySound: ['~ning~cha~ye'],
      isDecided: false,
    });
    expect(searchTerms('xianningcha').ways[1]).toMatchObject({
      sounds: ['~xian~ning'],
      anySound: expect.arrayContaining(['~xian~ning~cha', '~xian~ning~chang']) as unknown,
      isDecided: true,
    });
    expect(searchTerms('xian').ways.find(({ sounds }) => sounds.length === 0)?.anySound).toEqual(
      expect.arrayContaining(['~xian', '~xiang']),
    );
  });

  it.each([
    ['xianning', '咸宁茶业'],
    ['xianni', '咸宁茶业'],
    ['xnchaye', '咸宁茶业'],
    ['咸宁cy', '咸宁茶业'],
    ['咸n茶y', '咸宁茶业'],
    ['xia', '咸宁茶业'],
    ['xnc', '咸宁茶业'],
    ['hbxnzbkjyxgs', '湖北咸宁直播科技有限公司'],
    ['zengji', '曾记面馆'],
    ['cj', '曾记面馆'],
    ['qiushi', '仇氏布行'],
    ['ABkj', '湖北（ＡＢ）科技'],
    ['shanwei', '单位食堂'],
    ['danwei', '单位食堂'],
    ['chongqing', '重庆小面'],
    ['lvye', '绿叶'],
    ['咸宁c', '咸宁茶业'],
    ['咸ningch', '咸宁茶业'],
    ['ningcha业', '咸宁茶业'],
    ['shanw', '单位食堂'],
    ['湖北k', '湖北Ｋ歌城'],
    ['beik', '湖北Ｋ歌城'],
    ['北kg', '湖北Ｋ歌城'],
    ['湖beikg城', '湖北Ｋ歌城'],
    ['湖北i', '湖北i数码'],
  ])('%j finds %s', (text, name) => expect(isFound(text, name)).toBe(true));

  it.each([
    ['xiamen', '咸宁茶业'],
    ['ningxian', '咸宁茶业'],
    ['宁咸', '咸宁茶业'],
    ['咸茶', '咸宁茶业'],
    ['.*茶', '咸宁茶业'],
    ['xy', '咸宁茶业'],
    ['xncyx', '咸宁茶业'],
    ['xiannong', '咸宁茶业'],
    ['咸宁y', '咸宁茶业'],
    ['xianye', '咸宁茶业'],
    ['先ning', '咸宁茶业'],
  ])('%j does not find %s', (text, name) => expect(isFound(text, name)).toBe(false));
});

it('the terms of the index lead to every name that is read so, whatever is typed', () => {
  const names = [
    '咸宁茶业',
    '湖北Ｋ歌城',
    '湖北i数码',
    '单位食堂',
    '重庆小面',
    '曾记面馆',
    '绿叶',
    '先生a',
    '朝阳单县行',
  ];
  const texts = [
    ...['咸宁c', '咸宁y', '先ning', 'xianye', 'xian', 'xia', 'xian茶', 'k歌', '单w', '位shit', 'cqxm', 'cqxiaom'],
    ...['shanw', 'danw', 'chongq', 'zhongqing', 'zengj', 'cengji', 'zhaoyang', 'chaoyangs', 'yangdan', 'yangchan'],
    ...[
      'x',
      'k',
      'z',
      'czmg',
      'zjmg',
      'cyscx',
      'zysxh',
      'zyshx',
      'zydxhang',
      'zhaoyangdan',
      'chaoyangshanxuanh',
      'd位st',
    ],
    ...[
      'chaoyangsx',
      '朝阳sxh',
      '单yang',
      '朝yangdan',
      'yangs县h',
      'hbkgc',
      '湖bkgc',
      'hubeikgecheng',
      'hubeikgc',
      'bkgec',
    ],
    ...['xiansheng', 'xianshenga', '先生a', '先a', 'hangd', 'xianx', 'danxianh', 'shanxianx', 'lvy', 'luye'],
  ];
  for (const text of texts)
    for (const name of names) {
      const { sound } = nameTerms(name);
      const isRead = searchTerms(text).ways.some((way) => new RegExp(way.sound).test(sound));
      expect([text, name, isFound(text, name)]).toEqual([text, name, isRead]);
    }
});

/** Applies what a database is asked, by hand. */
function isFound(text: string, name: string): boolean {
  const { pairs, sounds, sound } = nameTerms(name);
  return searchTerms(text).ways.some(
    (way) =>
      way.pairs.every((pair) => pairs.includes(pair)) &&
      way.sounds.every((term) => sounds.includes(term)) &&
      (way.anySound.length === 0 || way.anySound.some((term) => sounds.includes(term))) &&
      (way.isDecided || new RegExp(way.sound).test(sound)),
  );
}

describe('a mistyped code', () => {
  // The example of GB 32100-2015 in use: 91350100M000100Y43.
  const CODE = '91350100M000100Y43';
  const near = (text: string) => nearCodes(text).find(({ uscc }) => uscc === CODE)?.places;

  it.each([
    ['91350100M000100Y48', [18]],
    ['91350180M000100Y43', [7]],
    ['81350100M000100Y43', [1]],
    ['91350100M00010Y043', [15, 16]],
    ['９1350100m000100y44', [18]],
  ])('%s stands near its code, and says where', (text, places) => expect(near(text)).toEqual(places));

  it('has few codes near it, and none of another length', () => {
    expect(nearCodes('91350100M000100Y48').length).toBeLessThan(40);
    expect(nearCodes('91350100M000100Y4')).toEqual([]);
  });
});
