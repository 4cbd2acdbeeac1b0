import { maskName, maskPhone, withoutPersonalData } from '../../../subgraphs/cases/src/domain/masking.js';

describe('masking', () => {
  it.each([['13812345678', '138****5678'], ['0715-8123456', '071****3456'], ['81234', '****34'], ['12345678', '123****5678'], [' 13812345678 ', '138****5678'], ['1234567', '****67']])('shows %s as %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it.each([['张三丰', '张**'], ['欧阳', '欧*'], ['李', '李'], ['', ''], [' 张三 ', '张*']])('shows the name "%s" as "%s"', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe('a text for publication', () => {
  it.each([
    ['请联系13812345678或138 1234 5678', '请联系［手机号］或［手机号］'],
    ['座机0715-8123456，邮箱a.b@example.com', '座机［电话］，邮箱［邮箱］'],
    ['身份证42120219800101123X', '身份证［身份证号］'],
    ['账号6222021234567890123', '账号［账号］'],
    ['代码91110000600037341L', '代码［统一社会信用代码］'],
    ['车牌鄂L12345被扣', '车牌［车牌］被扣'],
    ['请拨+8613812345678或+86 138-1234-5678', '请拨［手机号］或［手机号］'],
    ['请拨１３８１２３４５６７８或138.1234.5678', '请拨［手机号］或［手机号］'],
    ['加微信：zhang_san88，QQ 12345678', '加［网络账号］，［网络账号］'],
    ['欠款1200000元，合同2024年签订', '欠款1200000元，合同2024年签订'],
  ])('turns "%s" into "%s"', (text, published) => {
    expect(withoutPersonalData(text, [])).toBe(published);
  });

  it.each([
    ['身份证110101199912310028。', '身份证［身份证号］。'],
    ['身份证110101199910310028。', '身份证［身份证号］。'],
    ['手机8613812345678', '手机［手机号］'],
    ['手机0086 13812345678，', '手机［手机号］，'],
    ['账号6222021234567890123开户', '账号［账号］开户'],
    ['座机07158123456，02787654321', '座机［电话］，［电话］'],
    ['微信abcdef，QQ号为：12345', '［网络账号］，［网络账号］'],
    ['邮箱a@b.com.cn。', '邮箱［邮箱］。'],
    ['咸宁恒达（湖北）股份有限公司拖欠', '某企业拖欠'],
    ['鄂L·A1234被扣', '［车牌］被扣'],
  ])('finds the variant "%s" → "%s"', (text, published) => expect(withoutPersonalData(text, [])).toBe(published));

  it('takes the longest name first, and no name of one character or less', () => {
    expect(withoutPersonalData('恒达厂告恒达', ['恒达', '恒达厂', '告', ' ', ''])).toBe('某企业告某');
  });

  it('names neither the enterprise nor its contact', () => {
    expect(withoutPersonalData('咸宁市恒达机械有限公司的张三丰反映，张三丰多次联系', ['咸宁市恒达机械有限公司', '张三丰'])).toBe('某企业的某反映，某多次联系');
  });
});
