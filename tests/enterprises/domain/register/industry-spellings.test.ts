import { readIndustry } from '../../../../subgraphs/enterprises/src/domain/industries.js';

const NONE = (text: string) => ({ reason: `“${text}”不是 GB/T 4754—2017 的行业代码，也不是门类或大类的名称` });

describe('an industry', () => {
  it.each([
    // Separators within a code.
    ...['C.28.61', 'C 28 61', 'C-28-61', 'C2861', '28.61', '28-61', 'c-2861'],
    // The edition before or behind it, in the spellings that registers have.
    ...['GB/T 4754-2017 C2861', 'GB/T4754-2017C2861', 'GBT4754-2017 C2861', 'GB 4754-2017 2861', 'gb/t 4754-2017 2861'],
    ...['C2861 (GB/T 4754—2017)', '[GB/T 4754—2017]C2861', 'C2861 GB/T 4754——2017', 'C2861 GB/T 4754 – 2017'],
    ...['C2861(GB/T 4754)', 'GB/T 4754 C2861', 'GB/T 4754.1-2017 C2861', 'GB/T 4754―2017 C2861'],
    // Steps from the section down.
    ...['C/28/286/2861', 'C>28>2861', 'C > 28 > 2861', 'C→2861', 'C\\28\\2861', 'C|28|2861', 'C>>2861', '/C/2861/'],
    ...['制造业/C28/2861', '制造业/化学纤维制造业/2861', '2861.0', '2861.00'],
  ])('written %s is C2861', (text) => expect(readIndustry(text)).toEqual({ code: 'C2861', name: '化学纤维制造业' }));

  it.each([
    ...[
      'C2861棉浆粕',
      'C2861 棉浆粕',
      'C2861-棉浆粕',
      'C2861:棉浆粕',
      'C2861.棉浆粕',
      'C2861、棉浆粕',
      '2861 - 棉浆粕',
    ],
    ...['棉浆粕2861', '棉浆粕 2861', '棉浆粕-2861', '棉浆粕:2861', '棉浆粕(2861)', '棉浆粕[C2861]', '棉浆粕 (C2861)'],
    ...['制造业>棉浆粕 2861', 'C/28/C2861棉浆粕'],
  ])('written %s is C2861 by its own name', (text) =>
    expect(readIndustry(text)).toEqual({ code: 'C2861', name: '棉浆粕' }),
  );

  it.each([
    ['制造业C', 'C', '制造业'],
    ['棉浆粕 C', 'C', '棉浆粕'],
    ['制造业(C)', 'C', '制造业'],
    ['C 制造业', 'C', '制造业'],
    ['C28棉、麻浆粕', 'C28', '棉、麻浆粕'],
    ['棉浆粕A级 2861', 'C2861', '棉浆粕A级'],
    ['C/28', 'C28', '化学纤维制造业'],
    ['C28/C28', 'C28', '化学纤维制造业'],
    ['13.00', 'C13', '农副食品加工业'],
    ['261', 'C261', '化学原料和化学制品制造业'],
    ['201', 'C201', '木材加工和木、竹、藤、棕、草制品业'],
    ['551', 'G551', '水上运输业'],
    ['0133', 'A0133', '农业'],
    ['C133', 'C133', '农副食品加工业'],
    ['T97', 'T97', '国际组织'],
  ])('written %s is %s %s', (text, code, name) => expect(readIndustry(text)).toEqual({ code, name }));

  it.each<[string, string | undefined, string]>([
    ['GB/T 4754-2011 C2861', undefined, '“GB/T 4754-2011 C2861”是 GB/T 4754—2011 的代码，这里要 GB/T 4754—2017 的代码'],
    [
      'C2861(GB/T 4754—2002)',
      undefined,
      '“C2861(GB/T 4754—2002)”是 GB/T 4754—2002 的代码，这里要 GB/T 4754—2017 的代码',
    ],
    ['C/A01', undefined, '“C/A01”前后不一致：C 不包含 A01'],
    ['C28/C', undefined, '“C28/C”前后不一致：C28 不包含 C'],
    ['C17/C28/2861', undefined, '“C17/C28/2861”前后不一致：C17 不包含 C2861'],
    ['C28', '纺织业', '代码 C28 属于“化学纤维制造业”，与名称“纺织业”（C17）不一致'],
    ['C28纺织业', undefined, '代码 C28 属于“化学纤维制造业”，与名称“纺织业”（C17）不一致'],
    ['C', '化学纤维制造业', '代码 C 属于“制造业”，与名称“化学纤维制造业”（C28）不一致'],
    [
      '133',
      undefined,
      '“133”可以是 C133，也可以是丢了前导零的 0133；请写明门类字母或四位数字，或在映射的 codes 里写明',
    ],
    [
      '939',
      undefined,
      '“939”可以是 S939，也可以是丢了前导零的 0939；请写明门类字母或四位数字，或在映射的 codes 里写明',
    ],
  ])('%s with the name %s is refused: %s', (text, name, reason) =>
    expect(readIndustry(text, name)).toEqual({ reason }),
  );

  it.each([
    ...[
      '',
      '/',
      ' ',
      'X28',
      'C28X',
      'XC28',
      'CC28',
      'U',
      '286123',
      '28612',
      'C286123',
      '2',
      '2.8',
      '2861.5',
      'C2861.0',
    ],
    ...[
      'C99',
      'A28',
      '98',
      '纺织',
      '棉浆粕',
      '棉浆粕 28612',
      '棉浆粕C28612',
      '棉浆粕XC2861',
      '棉浆粕 98',
      'C98棉浆粕',
      'C/棉浆粕',
      'C/98',
    ],
    ...['制造业/纺织', '(2861)', 'GB/T 4754-2017', '2861 pulp', 'U28棉浆粕', '28612棉浆粕'],
  ])('is not %j', (text) => expect(readIndustry(text)).toEqual(NONE(text)));

  it('has the name that stands beside it, whatever its code is written like', () => {
    expect(readIndustry('C/28/2861', '棉浆粕')).toEqual({ code: 'C2861', name: '棉浆粕' });
    expect(readIndustry('化学纤维制造业', '化纤')).toEqual({ code: 'C28', name: '化纤' });
    expect(readIndustry('C28', '制造业')).toEqual({ code: 'C28', name: '制造业' });
    expect(readIndustry('P83', '教育')).toEqual({ code: 'P83', name: '教育' });
    expect(readIndustry('133', '植物油加工')).toHaveProperty('reason');
  });
});
