import {
  formsOfName,
  withoutCreditCodes,
  withoutPersonalData,
} from '../../../../subgraphs/cases/src/domain/masking.js';

const masked = (text: string): string => withoutPersonalData(text, []);

describe('what leads to somebody in a free text', () => {
  it.each([
    // Messenger accounts have 5 to 20 characters, and begin with a letter or digit.
    ['QQ12345', '［网络账号］'],
    ['qq12345', '［网络账号］'],
    ['QQ1234', 'QQ1234'],
    ['微信号是abc_1', '［网络账号］'],
    ['微信账号为: ab-12', '［网络账号］'],
    ['QQ号码 12345', '［网络账号］'],
    [`微信a${'b'.repeat(19)}`, '［网络账号］'],
    [`微信a${'b'.repeat(20)}`, '［网络账号］b'],
    ['微信:  abcde', '［网络账号］'],
    ['微信    abcde', '微信    abcde'],
    ['微信_abcde', '微信_abcde'],
    // Mail addresses have a host with a dot.
    ['写给a.b+c-d@ex-ample.com.cn吧', '写给［邮箱］吧'],
    ['a@b', 'a@b'],
    // Numbers of 7 to 16 digits after a word that announces one, six characters away at most.
    ['电话8123456', '电话［电话］'],
    ['电话812345', '电话812345'],
    ['座机0715-8123456', '座机［电话］'],
    ['手机(0715) 812.3456', '手机［电话］'],
    ['热线1234567890123456', '热线［电话］'],
    ['热线12345678901234567', '热线12345678901234567'],
    ['致电请您打以下的8123456', '致电请您打以下的［电话］'],
    ['拨打请您就打以下的8123456', '拨打请您就打以下的8123456'],
    ['电话\n8123456', '电话\n8123456'],
    ['合同8123456', '合同8123456'],
    // Service numbers.
    ['4001234567', '［电话］'],
    ['800-810-8888', '［电话］'],
    ['400 - 1234 - 567', '400 - 1234 - 567'],
    ['400- 1234 -567', '［电话］'],
    ['400-1234-5678', '［电话］'],
    ['500-123-4567', '500-123-4567'],
    ['1400-123-4567', '1400-123-4567'],
    ['400-12-34567', '400-12-34567'],
    ['400-123-45678', '400-123-45678'],
    // Enterprises by their legal form, of two characters or more.
    ['恒达有限公司欠款', '某企业欠款'],
    ['恒达有限责任公司欠款', '某企业欠款'],
    ['恒达股份有限公司欠款', '某企业欠款'],
    ['老李专业合作社欠款', '某企业欠款'],
    ['恒有限公司', '恒有限公司'],
    // Streets with a number.
    ['温泉路12号', '［地址］'],
    ['温泉路 十二 号', '［地址］'],
    ['银泉大道12345号', '［地址］'],
    ['银泉大道123456号', '银泉大道123456号'],
    ['泉路5号', '泉路5号'],
    ['温泉路号', '温泉路号'],
    ['温泉路12号附近', '［地址］附近'],
    ['温泉路12号3栋', '［地址］'],
    ['温泉街12号a座5单元门口', '［地址］门口'],
    ['温泉巷12号一二三四五六七八九十楼', '［地址］'],
    ['温泉巷12号一二三四五六七八九十百楼', '［地址］一二三四五六七八九十百楼'],
    // Number plates of five characters, of six for cars with an electric motor; never with I or O.
    ['鄂L12345', '［车牌］'],
    ['鄂l.d12345', '［车牌］'],
    ['鄂L·A1234', '［车牌］'],
    ['鄂L1234', '鄂L1234'],
    ['鄂L1234567', '鄂L1234567'],
    ['鄂LI2345', '鄂LI2345'],
    ['在L12345', '在L12345'],
  ])('"%s" becomes "%s"', (text, left) => expect(masked(text)).toBe(left));
});

describe('credit codes in a free text', () => {
  it.each([
    ['代码91110000600037341L，', '代码［统一社会信用代码］，'],
    ['代码91110000600037341l', '代码［统一社会信用代码］'],
    ['91 11_00.00-600037341L', '［统一社会信用代码］'],
    ['9  1110000600037341L', '［统一社会信用代码］'],
    ['9   1110000600037341L', '9   1110000600037341L'],
    ['X91110000600037341L', 'X91110000600037341L'],
    ['91110000600037341L8', '91110000600037341L8'],
    // The administrative part is of digits, and no code has an I, O, Z, S or V.
    ['91A10000600037341L', '91A10000600037341L'],
    ['91110000600037341O', '91110000600037341O'],
  ])('"%s" becomes "%s"', (text, left) => expect(withoutCreditCodes(text)).toBe(left));

  it.each([
    ['a citizen’s number', '11010119991231002X', true],
    ['one with spaces', '110101 19991231 002X', true],
    ['one of January', '42120220000101002X', true],
    ['one of the 9th of September', '42120220000909002X', true],
    ['one of the 10th of October', '42120220001010002X', true],
    ['one of the 29th', '42120220001129002X', true],
    ['one of the 30th', '42120220001130002X', true],
    ['digits alone, which may be an account', '622202123456789012', true],
    ['one of the month 00', '42120220000001002X', false],
    ['one of the month 13', '42120220001301002X', false],
    ['one of the month 20', '42120220002001002X', false],
    ['one of the day 00', '42120220000100002X', false],
    ['one of the day 32', '42120220000132002X', false],
    ['one of the day 40', '42120220000140002X', false],
    ['one of the year 1899', '42120218990101002X', false],
    ['one of the year 2100', '42120221000101002X', false],
    ['one of a region that begins with 0', '01010119991231002X', false],
    ['one that ends with another letter', '11010119991231002A', false],
    ['one with a letter before the last', '1101011999123100AX', false],
  ])('%s, %s, is left for its own name: %s', (_what, text, isLeft) => {
    expect(withoutCreditCodes(text) === text).toBe(isLeft);
  });
});

describe('the forms in which a name is written', () => {
  it.each<[string, string[]]>([
    [
      '咸宁市恒达机械制造有限公司',
      [
        ...['咸宁市恒达机械制造有限公司', '恒达机械制造有限公司', '咸宁市恒达机械制造'],
        ...['恒达机械制造', '咸宁市恒达', '恒达'],
      ],
    ],
    // A place without its kind: what follows tells it from others.
    ['咸宁恒达商贸有限公司', ['咸宁恒达商贸有限公司', '咸宁恒达商贸', '咸宁恒达', '恒达']],
    ['恒达厂', ['恒达厂', '恒达']],
    [
      '湖北（咸宁）鑫隆实业股份有限公司',
      ['湖北咸宁鑫隆实业股份有限公司', '湖北鑫隆实业股份有限公司', '湖北鑫隆实业', '湖北鑫隆', '鑫隆'],
    ],
    ['通山县楠林镇老李家庭农场', ['通山县楠林镇老李家庭农场', '老李家庭农场', '家庭农场']],
    // Something is left of a name.
    ['恒公司', ['恒公司']],
    ['科技有限公司', ['科技有限公司', '科技']],
    // A person, and what is no name.
    ['张三丰', ['张三丰']],
    ['Ａcme Ltd', ['acmeltd']],
    ['王', []],
    ['', []],
  ])('of %s are %j', (name, forms) => expect(formsOfName(name)).toEqual(forms));
});

describe('a text without names', () => {
  it.each<[string, string[], string, string]>([
    ['an enterprise by its whole name', ['恒达机械厂'], '恒达机械厂欠薪', '某企业欠薪'],
    ['an enterprise by what is left of it', ['恒达机械厂'], '恒达机械欠薪，恒达欠薪', '某欠薪，某欠薪'],
    ['a person', ['张三丰'], '张三丰反映', '某反映'],
    ['with what stands between', ['张三丰'], '张·三 丰、张【三】丰、张*三"丰', '某、某、某'],
    ['but not with other words between', ['恒达机械'], '恒达的机械', '恒达的机械'],
    ['in any case and width', ['Acme Ltd'], 'ＡＣＭＥ ltd的货', '某的货'],
    ['with characters that patterns have', ['a+b^c'], 'A+B^C的货', '某的货'],
    ['nobody of one character or none', ['王', ' ', ''], '王某 反映', '王某 反映'],
    ['two people, the longer name first', ['张三', '张三丰'], '张三丰和张三', '某和某'],
    ['a name that is another one’s short form', ['恒达机械厂', '恒达'], '恒达欠薪', '某欠薪'],
  ])('%s', (_what, names, text, left) => expect(withoutPersonalData(text, names)).toBe(left));
});
