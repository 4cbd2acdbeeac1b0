import { readIndustry } from '../../../../subgraphs/enterprises/src/domain/industries.js';

const NONE = (text: string) => ({ reason: `“${text}”不是 GB/T 4754—2017 的行业代码，也不是门类或大类的名称` });

describe('an industry', () => {
  it.each([
    // Separators within a code.
    ...['C.28.11', 'C 28 11', 'C-28-11', 'C2811', '28.11', '28-11', 'c-2811'],
    // The edition before or behind it, in the spellings that registers have.
    ...['GB/T 4754-2017 C2811', 'GB/T4754-2017C2811', 'GBT4754-2017 C2811', 'GB 4754-2017 2811', 'gb/t 4754-2017 2811'],
    ...['C2811 (GB/T 4754—2017)', '[GB/T 4754—2017]C2811', 'C2811 GB/T 4754——2017', 'C2811 GB/T 4754 – 2017'],
    ...['C2811(GB/T 4754)', 'GB/T 4754 C2811', 'GB/T 4754.1-2017 C2811', 'GB/T 4754―2017 C2811'],
    // Steps from the section down.
    ...['C/28/281/2811', 'C>28>2811', 'C > 28 > 2811', 'C→2811', 'C\\28\\2811', 'C|28|2811', 'C>>2811', '/C/2811/'],
    ...['制造业/C28/2811', '制造业/化学纤维制造业/2811', '2811.0', '2811.00'],
  ])('written %s is C2811', (text) => expect(readIndustry(text)).toEqual({ code: 'C2811', name: '化纤浆粕制造' }));

  it.each([
    ...[
      'C2811棉浆粕',
      'C2811 棉浆粕',
      'C2811-棉浆粕',
      'C2811:棉浆粕',
      'C2811.棉浆粕',
      'C2811、棉浆粕',
      '2811 - 棉浆粕',
    ],
    ...['棉浆粕2811', '棉浆粕 2811', '棉浆粕-2811', '棉浆粕:2811', '棉浆粕(2811)', '棉浆粕[C2811]', '棉浆粕 (C2811)'],
    ...['制造业>棉浆粕 2811', 'C/28/C2811棉浆粕'],
  ])('written %s is C2811 by its own name', (text) =>
    expect(readIndustry(text)).toEqual({ code: 'C2811', name: '棉浆粕' }),
  );

  it.each([
    ['制造业C', 'C', '制造业'],
    ['棉浆粕 C', 'C', '棉浆粕'],
    ['制造业(C)', 'C', '制造业'],
    ['C 制造业', 'C', '制造业'],
    ['C28棉、麻浆粕', 'C28', '棉、麻浆粕'],
    ['棉浆粕A级 2811', 'C2811', '棉浆粕A级'],
    ['C/28', 'C28', '化学纤维制造业'],
    ['C28/C28', 'C28', '化学纤维制造业'],
    ['13.00', 'C13', '农副食品加工业'],
    ['261', 'C261', '基础化学原料制造'],
    ['201', 'C201', '木材加工'],
    ['551', 'G551', '水上旅客运输'],
    ['0133', 'A0133', '糖料种植'],
    ['C133', 'C133', '植物油加工'],
    ['T97', 'T97', '国际组织'],
  ])('written %s is %s %s', (text, code, name) => expect(readIndustry(text)).toEqual({ code, name }));

  it.each<[string, string | undefined, string]>([
    ['GB/T 4754-2011 C2811', undefined, '“GB/T 4754-2011 C2811”是 GB/T 4754—2011 的代码，这里要 GB/T 4754—2017 的代码'],
    [
      'C2811(GB/T 4754—2002)',
      undefined,
      '“C2811(GB/T 4754—2002)”是 GB/T 4754—2002 的代码，这里要 GB/T 4754—2017 的代码',
    ],
    ['C/A01', undefined, '“C/A01”前后不一致：C 不包含 A01'],
    ['C28/C', undefined, '“C28/C”前后不一致：C28 不包含 C'],
    ['C17/C28/2811', undefined, '“C17/C28/2811”前后不一致：C17 不包含 C2811'],
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
      '281123',
      '28112',
      'C281123',
      '2',
      '2.8',
      '2811.5',
      'C2811.0',
    ],
    ...[
      'C99',
      'A28',
      '98',
      '纺织',
      '棉浆粕',
      '棉浆粕 28112',
      '棉浆粕C28112',
      '棉浆粕XC2811',
      '棉浆粕 98',
      'C98棉浆粕',
      'C/棉浆粕',
      'C/98',
    ],
    ...['制造业/纺织', '(2811)', 'GB/T 4754-2017', '2811 pulp', 'U28棉浆粕', '28112棉浆粕'],
  ])('is not %j', (text) => expect(readIndustry(text)).toEqual(NONE(text)));

  it('has the name that stands beside it, whatever its code is written like', () => {
    expect(readIndustry('C/28/2811', '棉浆粕')).toEqual({ code: 'C2811', name: '棉浆粕' });
    expect(readIndustry('化学纤维制造业', '化纤')).toEqual({ code: 'C28', name: '化纤' });
    expect(readIndustry('C28', '制造业')).toEqual({ code: 'C28', name: '制造业' });
    expect(readIndustry('P83', '教育')).toEqual({ code: 'P83', name: '教育' });
    expect(readIndustry('133', '植物油加工')).toHaveProperty('reason');
  });
});
