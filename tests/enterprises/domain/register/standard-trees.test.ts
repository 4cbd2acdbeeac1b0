import {
  DIVISION_EDITION,
  DIVISIONS,
  divisionOf,
} from '../../../../subgraphs/enterprises/src/domain/standards/administrative-divisions.js';
import {
  INDUSTRIES,
  INDUSTRY_EDITION,
  industryOf,
} from '../../../../subgraphs/enterprises/src/domain/standards/industry-classes.js';
import type { StandardTree } from '../../../../subgraphs/enterprises/src/domain/standards/standard-tree.js';
import { readTable } from '../../../../demo/src/data-file.js';
import { CITY, DISTRICTS } from '../../../../demo/src/departments.js';

/** All entries of an edition, walked from the top. */
const walked = (tree: StandardTree, edition: string, code: string | null = null): string[] =>
  tree.below(code, edition).flatMap((entry) => [entry.code, ...walked(tree, edition, entry.code)]);

describe('GB/T 4754', () => {
  it.each([
    ['GB/T 4754-2017', { 1: 20, 3: 97, 4: 473, 5: 1381 }], // as the standard counts itself
    ['GB/T 4754-2011', { 1: 20, 3: 96, 4: 432, 5: 1094 }],
  ])('%s has as many entries of each level as the standard says', (edition, counts) => {
    const codes = walked(INDUSTRIES, edition);
    expect(new Set(codes).size).toBe(codes.length);
    expect(
      codes.reduce<Record<number, number>>((sum, { length }) => ({ ...sum, [length]: (sum[length] ?? 0) + 1 }), {}),
    ).toEqual(counts);
  });

  it.each(INDUSTRIES.editions)('begins the code of every entry of %s with that of the entry above', (edition) => {
    for (const code of walked(INDUSTRIES, edition)) {
      const { parent } = INDUSTRIES.entry(code, edition) ?? {};
      expect(parent).toBe(code.length === 1 ? null : code.slice(0, code.length === 3 ? 1 : -1));
    }
  });

  it('agrees with the table of industries that the demo city was drawn up from', () => {
    const { classes } = readTable('industries.json') as { classes: { code: string; name: string }[] };
    expect(classes.map(({ code }) => INDUSTRIES.entry(code, INDUSTRY_EDITION)?.name)).toEqual(
      classes.map(({ name }) => name),
    );
  });

  it.each([
    ['P82', '教育', 'P83 教育'],
    ['O79', '居民服务业', 'O80 居民服务业'],
    ['A05', '农、林、牧、渔服务业', 'A05 农、林、牧、渔专业及辅助性活动'],
    ['G58', '装卸搬运和运输代理业', 'G58 多式联运和运输代理业, G59 装卸搬运和仓储业'],
    ['C28', '化学纤维制造业', 'C28 化学纤维制造业'],
    ['N78', '公共设施管理业', 'N78 公共设施管理业'],
    ['T96', '国际组织', 'T97 国际组织'],
    ['C326', '有色金属压延加工', 'C325 有色金属压延加工'],
    ['C3261', '铜压延加工', 'C3251 铜压延加工'],
    ['L7250', '知识产权服务', 'M7520 知识产权服务'],
    ['M7492', '摄影扩印服务', 'O8060 摄影扩印服务'],
    ['C4042', '眼镜制造', 'C3587 眼镜制造'],
    ['C313', '黑色金属铸造', 'C3391 黑色金属铸造'],
    ['C1310', '谷物磨制', 'C131 谷物磨制'],
    ['E470', '房屋建筑业', ''], // divided into dwellings, stadiums and others: not confirmed
    ['F5261', '汽车零售', ''], // divided into new and used cars
    ['C178', '非家用纺织制成品制造', ''], // another name
  ])('%s %s of 2011 became %s', (code, name, became) => {
    const was = INDUSTRIES.entry(code, 'GB/T 4754-2011');
    expect(was?.name).toBe(name);
    expect(
      was?.successors.map((one) => `${one} ${INDUSTRIES.entry(one, INDUSTRY_EDITION)?.name ?? ''}`).join(', '),
    ).toBe(became);
  });

  // Names in which public copies of the list differ, each found in at least two of them.
  it.each([
    ['C203', '木质制品制造', '木制品制造'],
    ['C204', '竹、藤、棕、草等制品制造', '竹、藤、棕、草等制品制造'],
    ['C339', '铸造及其他金属制品制造', '其他金属制品制造'],
    ['C395', '非专业视听设备制造', '视听设备制造'],
    ['M746', '环境与生态监测检测服务', '环境与生态监测'],
    ['F526', '汽车、摩托车、零配件和燃料及其他动力销售', '汽车、摩托车、燃料及零配件专门零售'],
    ['C25', '石油、煤炭及其他燃料加工业', '石油加工、炼焦和核燃料加工业'],
  ])('%s is %s, and was %s', (code, name, before) => {
    expect([INDUSTRY_EDITION, 'GB/T 4754-2011'].map((edition) => INDUSTRIES.entry(code, edition)?.name)).toEqual([
      name,
      before,
    ]);
  });

  it('leads each division of 2011 somewhere, and says of one of 2017 alone that it is new', () => {
    const now = walked(INDUSTRIES, INDUSTRY_EDITION).filter(({ length }) => length === 3);
    expect(now.filter((code) => INDUSTRIES.became(code).length === 0)).toEqual(['N79']);
    expect(INDUSTRIES.became('G59').map(({ code }) => code)).toEqual(['G58', 'G59']);
  });

  it.each([
    ['C1331', '食用植物油加工', 'C1331', '2017'],
    ['C1331', '山茶油', 'C1331', '2017'],
    ['G59', '仓储业', 'G59', '2011'],
    ['G59', '装卸搬运和仓储业', 'G59', '2017'],
    ['P82', '教育', 'P82', '2011'],
    ['P8210', '学前教育', 'P8210', '2011'],
    ['C2861', '棉浆粕', 'C28', '2017'],
    ['E470', '房屋建筑业', 'E470', '2011'],
    ['C3261', '铜材', 'C3261', '2011'],
    ['L7231', '会计、审计及税务服务', 'L7231', '2011'],
    ['L7231', '律师及相关法律服务', 'L7231', '2017'],
    ['L7231', '律师事务所', 'L7231', '2017'],
  ])('%s %s is %s of %s', (code, name, entry, year) => {
    expect(industryOf({ code, name })).toMatchObject({ code: entry, edition: `GB/T 4754-${year}` });
  });

  it('knows nothing of a section that there is not', () =>
    expect(industryOf({ code: 'U01', name: '' })).toBeUndefined());
});

describe('administrative divisions', () => {
  it('has each division once, with 34 provinces, and Hubei with 13 prefectures and its counties', () => {
    const codes = walked(DIVISIONS, DIVISION_EDITION);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => code.endsWith('0000'))).toHaveLength(34);
    // 12 cities, one autonomous prefecture, and what the province governs itself; 103 counties.
    expect(DIVISIONS.below('420000', DIVISION_EDITION)).toHaveLength(14);
    expect(codes.filter((code) => code.length === 6 && !code.endsWith('00'))).toHaveLength(103);
  });

  it('has the districts of the demo city with their names, and what lies within one', () => {
    for (const { code, name } of [CITY, ...DISTRICTS]) expect(divisionOf(code)?.name).toBe(name);
    expect(DIVISIONS.below('421202', DIVISION_EDITION).map(({ name }) => name)).toContain('温泉街道');
    expect(divisionOf('421202001')).toMatchObject({ parent: '421202', level: 'TOWNSHIP' });
    expect(divisionOf('421202')).toMatchObject({ parent: '421200', level: 'COUNTY' });
    expect(divisionOf('421200')).toMatchObject({ parent: '420000', level: 'PREFECTURE' });
    expect(divisionOf('420000')).toMatchObject({ parent: null, level: 'PROVINCE' });
  });

  it('has the towns of the demo city within its districts', () => {
    const { towns } = readTable('places.json') as { towns: Record<string, string[]> };
    for (const [district, names] of Object.entries(towns))
      expect(DIVISIONS.below(district, DIVISION_EDITION).map(({ name }) => name)).toEqual(
        expect.arrayContaining(names),
      );
  });

  it.each([
    ['421023', '监利县', ['421088']],
    ['421302', '曾都区', ['421303', '421321']],
    ['420821', '京山县', ['420882']],
  ])('%s %s of 2007 is understood', (code, name, successors) => {
    expect(divisionOf(code)).toMatchObject({ name, edition: 'GB/T 2260-2007', successors });
  });

  it('tells by which name a city was known', () => {
    expect(divisionOf('420600')?.name).toBe('襄阳市');
    expect(DIVISIONS.became('420600').map(({ name }) => name)).toEqual(['襄樊市']);
  });
});
