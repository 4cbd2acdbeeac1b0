import { maskName, maskTelephone, replacePersonalNumbers } from '@zhitong/kit/personal-data';

const NAMES = { identity: '<id>', account: '<account>', mobile: '<mobile>', landline: '<landline>' };

describe('numbers of persons in a text', () => {
  it.each([
    ['请拨13812345678。', '请拨<mobile>。'],
    ['请拨138 1234 5678', '请拨<mobile>'],
    ['请拨138-1234-5678，谢谢', '请拨<mobile>，谢谢'],
    ['请拨1 3 8 1 2 3 4 5 6 7 8', '请拨<mobile>'],
    ['请拨１３８１２３４５６７８', '请拨<mobile>'],
    ['请拨１３８－１２３４－５６７８', '请拨<mobile>'],
    ['请拨（+86）138.1234.5678', '请拨（<mobile>'],
    ['请拨+86 13812345678或0086-13812345678', '请拨<mobile>或<mobile>'],
    ['请拨138\u200B1234\u200B5678', '请拨<mobile>'],
    ['座机0715-8123456', '座机<landline>'],
    ['座机（0715）8123456', '座机<landline>'],
    ['座机+86-715-8123456', '座机<landline>'],
    ['身份证42120219800101123X', '身份证<id>'],
    ['身份证４２１２０２１９８００１０１１２３ｘ', '身份证<id>'],
    ['身份证421202 19800101 123X', '身份证<id>'],
    ['老身份证421202800101123', '老身份证<id>'],
    ['卡号6222021234567890123', '卡号<account>'],
    ['卡号6222 0215 1384 5678 901', '卡号<account>'],
    ['电话13812345678、身份证42120219800101123X', '电话<mobile>、身份证<id>'],
    ['欠款1200000元，合同2024年签订，编号SQ2026-001516', '欠款1200000元，合同2024年签订，编号SQ2026-001516'],
    ['代码91110000600037341L，２０２６年１１月', '代码91110000600037341L，２０２６年１１月'],
    ['2026-11-22', '2026-11-22'],
  ])('turns "%s" into "%s"', (text, expected) => {
    expect(replacePersonalNumbers(text, NAMES)).toBe(expected);
  });
});

describe('masks', () => {
  it.each([
    ['13812345678', '138****5678'],
    ['+86 138-1234-5678', '138****5678'],
    ['（＋８６）１３８１２３４５６７８', '138****5678'],
    ['138\u200B1234 5678', '138****5678'],
    ['0715-8123456', '071****3456'],
    ['8123456', '****56'],
    ['81234', '****34'],
  ])('show the telephone %s as %s', (telephone, masked) => {
    expect(maskTelephone(telephone)).toBe(masked);
  });

  it.each([['张三丰', '张**'], ['欧阳', '欧*'], ['李', '李'], ['', '']])('show the name "%s" as "%s"', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});
