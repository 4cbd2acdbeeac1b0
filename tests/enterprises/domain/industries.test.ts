import { readIndustry } from '../../../subgraphs/enterprises/src/domain/industries.js';

/** Codes and names by GB/T 4754—2017, looked up in the standard; the names of groups and classes are given ones. */
it.each([
  ['C', 'C', '制造业'],
  ['制造业', 'C', '制造业'],
  ['C28', 'C28', '化学纤维制造业'],
  ['28', 'C28', '化学纤维制造业'],
  ['化学纤维制造业', 'C28', '化学纤维制造业'],
  ['286', 'C286', '化学纤维制造业'],
  ['C286', 'C286', '化学纤维制造业'],
  ['2861', 'C2861', '化学纤维制造业'],
  ['2861.0', 'C2861', '化学纤维制造业'],
  ['c2861', 'C2861', '化学纤维制造业'],
  ['C-2861', 'C2861', '化学纤维制造业'],
  ['C 2861', 'C2861', '化学纤维制造业'],
  ['C2861棉浆粕', 'C2861', '棉浆粕'],
  ['2861 棉浆粕', 'C2861', '棉浆粕'],
  ['2861-棉浆粕', 'C2861', '棉浆粕'],
  ['棉浆粕(2861)', 'C2861', '棉浆粕'],
  ['棉浆粕(C2861)', 'C2861', '棉浆粕'],
  ['C制造业', 'C', '制造业'],
  ['C/28/286/2861', 'C2861', '化学纤维制造业'],
  ['制造业/化学纤维制造业', 'C28', '化学纤维制造业'],
  ['制造业>C28>C286', 'C286', '化学纤维制造业'],
  ['GB/T 4754-2017 C2861', 'C2861', '化学纤维制造业'],
  ['0111', 'A0111', '农业'],
  ['A011', 'A011', '农业'],
  ['C133', 'C133', '农副食品加工业'],
  ['I6513', 'I6513', '软件和信息技术服务业'],
])('%s is %s', (text, code, name) => {
  expect(readIndustry(text)).toEqual({ code, name });
});

it.each([
  ['133', '0133'], // 植物油加工 of C13, or 糖料种植 of A01 without its zero
  ['G62', 'GB/T 4754—2017'], // 软件业 of 2002; 62 is 餐饮业 of H now
  ['GB/T 4754-2011 C2861', '2011'],
  ['C28纺织业', '不一致'],
  ['A/28', '不一致'],
  ['U01', 'GB/T 4754—2017'],
  ['98', 'GB/T 4754—2017'],
  ['28611', 'GB/T 4754—2017'],
  ['纺织', 'GB/T 4754—2017'],
])('%s is refused', (text, reason) => {
  expect(readIndustry(text)).toEqual({ reason: expect.stringContaining(reason) as unknown });
});

it('takes the name that stands beside a code, and hears it where the code alone says two things', () => {
  expect(readIndustry('I651', '软件开发')).toEqual({ code: 'I651', name: '软件开发' });
  expect(readIndustry('133', '农副食品加工业')).toEqual({ code: 'C133', name: '农副食品加工业' });
  expect(readIndustry('C28', '纺织业')).toEqual({ reason: expect.stringContaining('C17') as unknown });
});
