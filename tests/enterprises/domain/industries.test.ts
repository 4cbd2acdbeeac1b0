import { readIndustry } from '../../../subgraphs/enterprises/src/domain/industries.js';

/** Codes and names by GB/T 4754—2017, looked up in the standard; a name beside a code is kept as given. */
it.each([
  ['C', 'C', '制造业'],
  ['制造业', 'C', '制造业'],
  ['农林牧渔业', 'A', '农林牧渔业'], // the standard has 农、林、牧、渔业
  ['信息传输,软件和信息技术服务业', 'I', '信息传输,软件和信息技术服务业'],
  ['C28', 'C28', '化学纤维制造业'],
  ['28', 'C28', '化学纤维制造业'],
  ['化学纤维制造业', 'C28', '化学纤维制造业'],
  ['281', 'C281', '纤维素纤维原料及纤维制造'],
  ['C281', 'C281', '纤维素纤维原料及纤维制造'],
  ['2811', 'C2811', '化纤浆粕制造'],
  ['2811.0', 'C2811', '化纤浆粕制造'],
  ['c2811', 'C2811', '化纤浆粕制造'],
  ['C-2811', 'C2811', '化纤浆粕制造'],
  ['C 2811', 'C2811', '化纤浆粕制造'],
  ['C2811棉浆粕', 'C2811', '棉浆粕'],
  ['2811 棉浆粕', 'C2811', '棉浆粕'],
  ['2811-棉浆粕', 'C2811', '棉浆粕'],
  ['棉浆粕(2811)', 'C2811', '棉浆粕'],
  ['棉浆粕(C2811)', 'C2811', '棉浆粕'],
  ['C制造业', 'C', '制造业'],
  ['C/28/281/2811', 'C2811', '化纤浆粕制造'],
  ['制造业/化学纤维制造业', 'C28', '化学纤维制造业'],
  ['制造业>C28>C281', 'C281', '纤维素纤维原料及纤维制造'],
  ['GB/T 4754-2017 C2811', 'C2811', '化纤浆粕制造'],
  ['0111', 'A0111', '稻谷种植'],
  ['A011', 'A011', '谷物种植'],
  ['C133', 'C133', '植物油加工'],
  ['139', 'C139', '其他农副食品加工'], // 0139 does not exist, so no zero was lost
  ['I6513', 'I6513', '应用软件开发'],
])('%s is %s', (text, code, name) => {
  expect(readIndustry(text)).toEqual({ code, name });
});

it.each([
  ['133', '0133'], // 植物油加工 of C13, or 糖料种植 of A01 without its zero
  ['G62', 'GB/T 4754—2017'], // 软件业 of 2002; 62 is 餐饮业 of H now
  ['GB/T 4754-2011 C2811', '2011'],
  ['GB/T 4754-2011 P82', '现为 P83 教育'],
  ['GB/T 4754-2011 G58', '现为 G58 多式联运和运输代理业、G59 装卸搬运和仓储业'],
  ['P8210', '2011 年版的 P8210 学前教育现为 P8310 学前教育'],
  ['8210', '2011 年版的 P8210 学前教育现为 P8310 学前教育'],
  ['P8219', '2011 年版的 P821 学前教育现为 P831 学前教育'],
  ['C3261', 'GB/T 4754—2017 没有代码 C3261；2011 年版的 C3261 铜压延加工现为 C3251 铜压延加工'],
  ['GB/T 4754-2011 7231', '2011 年版的 L7231 会计、审计及税务服务现为 L7241 会计、审计及税务服务'],
  [
    'L7231会计、审计及税务服务',
    'GB/T 4754—2017 的 L7231 是“律师及相关法律服务”；2011 年版的 L7231 会计、审计及税务服务现为 L7241 会计、审计及税务服务',
  ],
  ['E470', '2011 年版的 E470 是“房屋建筑业”；E47 之下有 E471 住宅房屋建筑、E472 体育场馆建筑、E479 其他房屋建筑业'],
  [
    'C2861',
    'GB/T 4754—2017 没有代码 C2861；C28 之下有 C281 纤维素纤维原料及纤维制造、C282 合成纤维制造、C283 生物基材料制造',
  ],
  ['C1330', 'C133 之下有 C1331 食用植物油加工、C1332 非食用植物油加工'],
  ['C286', 'GB/T 4754—2017 没有代码 C286'],
  ['C28纺织业', '不一致'],
  ['A/28', '不一致'],
  ['U01', 'GB/T 4754—2017'],
  ['98', 'GB/T 4754—2017'],
  ['28611', 'GB/T 4754—2017'],
  ['纺织', 'GB/T 4754—2017'],
])('%s is refused', (text, reason) => {
  expect(readIndustry(text)).toEqual({ reason: expect.stringContaining(reason) as unknown });
});

it('says what a division of 2011 became, and of no other edition what it does not know', () => {
  const refused = '的代码，这里要 GB/T 4754—2017 的代码';
  expect(readIndustry('GB/T 4754-2002 P82')).toEqual({ reason: `“GB/T 4754-2002 P82”是 GB/T 4754—2002 ${refused}` });
  // 化学纤维制造业 is what it was.
  expect(readIndustry('GB/T 4754-2011 C28')).toEqual({ reason: `“GB/T 4754-2011 C28”是 GB/T 4754—2011 ${refused}` });
});

it('takes the name that stands beside a code, and hears it where the code alone says two things', () => {
  expect(readIndustry('L7231', '律师事务所')).toEqual({ code: 'L7231', name: '律师事务所' });
  // What 2011 called otherwise, under the same number: it is where it was.
  expect(readIndustry('C178', '非家用纺织制成品制造')).toEqual({ code: 'C178', name: '非家用纺织制成品制造' });
  expect(readIndustry('I651', '软件开发')).toEqual({ code: 'I651', name: '软件开发' });
  expect(readIndustry('133', '农副食品加工业')).toEqual({ code: 'C133', name: '农副食品加工业' });
  expect(readIndustry('C28', '纺织业')).toEqual({ reason: expect.stringContaining('C17') as unknown });
});
