import { readIndustry } from '../../../../subgraphs/enterprises/src/domain/industries.js';
import { LEGAL_FORMS, SCALES, STATES } from '../../../../subgraphs/enterprises/src/domain/register-entry.js';

/** What registers write, and the code that it stands for. */
const readings = (codes: Readonly<Record<string, readonly string[]>>): (readonly [word: string, code: string])[] =>
  Object.entries(codes).flatMap(([code, words]) => words.map((word) => [word, code] as const));

describe('what registers call a legal form, a size and a state', () => {
  it.each<[string, Readonly<Record<string, readonly string[]>>, Record<string, string>]>([
    [
      'legal form',
      LEGAL_FORMS,
      {
        有限责任公司: 'LIMITED_COMPANY',
        有限公司: 'LIMITED_COMPANY',
        '有限责任公司(自然人投资或控股)': 'LIMITED_COMPANY',
        '有限责任公司(自然人独资)': 'LIMITED_COMPANY',
        '有限责任公司(法人独资)': 'LIMITED_COMPANY',
        '有限责任公司(国有独资)': 'LIMITED_COMPANY',
        '有限责任公司(外商投资)': 'LIMITED_COMPANY',
        其他有限责任公司: 'LIMITED_COMPANY',
        一人有限责任公司: 'LIMITED_COMPANY',
        股份有限公司: 'JOINT_STOCK_COMPANY',
        '股份有限公司(上市)': 'JOINT_STOCK_COMPANY',
        '股份有限公司(非上市)': 'JOINT_STOCK_COMPANY',
        '其他股份有限公司(非上市)': 'JOINT_STOCK_COMPANY',
        个人独资企业: 'SOLE_PROPRIETORSHIP',
        合伙企业: 'PARTNERSHIP',
        普通合伙企业: 'PARTNERSHIP',
        有限合伙企业: 'PARTNERSHIP',
        特殊普通合伙企业: 'PARTNERSHIP',
        个体工商户: 'INDIVIDUAL_BUSINESS',
        个体: 'INDIVIDUAL_BUSINESS',
        个体户: 'INDIVIDUAL_BUSINESS',
        农民专业合作社: 'FARMERS_COOPERATIVE',
        农民专业合作社联合社: 'FARMERS_COOPERATIVE',
      },
    ],
    [
      'size',
      SCALES,
      {
        ...{ 大型: 'LARGE', 大型企业: 'LARGE', 大: 'LARGE', 中型: 'MEDIUM', 中型企业: 'MEDIUM', 中: 'MEDIUM' },
        ...{ 小型: 'SMALL', 小型企业: 'SMALL', 小: 'SMALL', 微型: 'MICRO', 微型企业: 'MICRO', 微: 'MICRO' },
      },
    ],
    [
      'state',
      STATES,
      {
        ...{ 存续: 'IN_OPERATION', 在营: 'IN_OPERATION', 开业: 'IN_OPERATION', 在业: 'IN_OPERATION' },
        ...{ 正常: 'IN_OPERATION', '存续（在营、开业、在册）': 'IN_OPERATION' },
        ...{ 在册: 'IN_OPERATION', '在营（开业）企业': 'IN_OPERATION', '在营（开业）': 'IN_OPERATION' },
        ...{ 经营异常: 'ABNORMAL_LISTED', 列入经营异常名录: 'ABNORMAL_LISTED', 异常: 'ABNORMAL_LISTED' },
        ...{ 吊销: 'LICENCE_REVOKED', 吊销未注销: 'LICENCE_REVOKED', '吊销，未注销': 'LICENCE_REVOKED' },
        ...{ 吊销企业: 'LICENCE_REVOKED', 吊销营业执照: 'LICENCE_REVOKED' },
        ...{ 注销: 'DEREGISTERED', 已注销: 'DEREGISTERED', 吊销已注销: 'DEREGISTERED', '吊销，已注销': 'DEREGISTERED' },
      },
    ],
  ])('%s: each word stands for one code', (_what, codes, expected) => {
    expect(readings(codes)).toHaveLength(Object.keys(expected).length);
    expect(Object.fromEntries(readings(codes))).toEqual(expected);
  });

  it('have the usual name first', () => {
    const first = (codes: Readonly<Record<string, readonly string[]>>) => Object.values(codes).map(([word]) => word);
    expect([first(LEGAL_FORMS), first(SCALES), first(STATES)]).toEqual([
      ['有限责任公司', '股份有限公司', '个人独资企业', '合伙企业', '个体工商户', '农民专业合作社'],
      ['大型', '中型', '小型', '微型'],
      ['存续', '经营异常', '吊销', '注销'],
    ]);
  });
});

describe('the sections of GB/T 4754—2017', () => {
  /** Letter, name, first and last division of each, from the standard's list. */
  it.each<[string, string, string, string, string, string]>([
    ['A', '农、林、牧、渔业', '01', '农业', '05', '农、林、牧、渔专业及辅助性活动'],
    ['B', '采矿业', '06', '煤炭开采和洗选业', '12', '其他采矿业'],
    ['C', '制造业', '13', '农副食品加工业', '43', '金属制品、机械和设备修理业'],
    ['D', '电力、热力、燃气及水生产和供应业', '44', '电力、热力生产和供应业', '46', '水的生产和供应业'],
    ['E', '建筑业', '47', '房屋建筑业', '50', '建筑装饰、装修和其他建筑业'],
    ['F', '批发和零售业', '51', '批发业', '52', '零售业'],
    ['G', '交通运输、仓储和邮政业', '53', '铁路运输业', '60', '邮政业'],
    ['H', '住宿和餐饮业', '61', '住宿业', '62', '餐饮业'],
    ['I', '信息传输、软件和信息技术服务业', '63', '电信、广播电视和卫星传输服务', '65', '软件和信息技术服务业'],
    ['J', '金融业', '66', '货币金融服务', '69', '其他金融业'],
    ['K', '房地产业', '70', '房地产业', '70', '房地产业'],
    ['L', '租赁和商务服务业', '71', '租赁业', '72', '商务服务业'],
    ['M', '科学研究和技术服务业', '73', '研究和试验发展', '75', '科技推广和应用服务业'],
    ['N', '水利、环境和公共设施管理业', '76', '水利管理业', '79', '土地管理业'],
    ['O', '居民服务、修理和其他服务业', '80', '居民服务业', '82', '其他服务业'],
    ['P', '教育', '83', '教育', '83', '教育'],
    ['Q', '卫生和社会工作', '84', '卫生', '85', '社会工作'],
    ['R', '文化、体育和娱乐业', '86', '新闻和出版业', '90', '娱乐业'],
    ['S', '公共管理、社会保障和社会组织', '91', '中国共产党机关', '96', '基层群众自治组织及其他组织'],
    ['T', '国际组织', '97', '国际组织', '97', '国际组织'],
  ])('%s %s: from %s %s to %s %s', (letter, section, first, firstName, last, lastName) => {
    expect(readIndustry(letter)).toEqual({ code: letter, name: section });
    expect(readIndustry(section)).toEqual({ code: letter, name: section });
    for (const [division, name] of [
      [first, firstName],
      [last, lastName],
    ] as const) {
      expect(readIndustry(division)).toEqual({ code: `${letter}${division}`, name });
      // Three divisions are called like their section: by name the section is meant, which cannot be wrong.
      if (name !== section) expect(readIndustry(name)).toEqual({ code: `${letter}${division}`, name });
    }
    const beyond = String(Number(last) + 1).padStart(2, '0');
    expect(readIndustry(`${letter}${beyond}`)).toHaveProperty('reason');
  });
});
