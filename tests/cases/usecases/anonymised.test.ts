import { anonymised, NOTHING_BEHIND, type Behind } from '../../../subgraphs/cases/src/usecases/anonymised.js';

const masked = (text: string, names: readonly string[], registered: Partial<Behind> = {}): string =>
  anonymised(text, { ...NOTHING_BEHIND, ...registered, names });

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
    expect(masked(text, [])).toBe(published);
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
  ])('finds the variant "%s" → "%s"', (text, published) => expect(masked(text, [])).toBe(published));

  const NAME = '咸宁市恒达机械制造有限公司';
  it.each([
    ['咸宁市恒达机械制造有限公司', '某企业'],
    ['咸宁市 恒达 机械制造（有限）公司', '某企业'],
    ['恒达机械制造公司', '某公司'],
    ['恒达机械', '某机械'],
    ['我厂（恒 达）', '我厂（某）'],
    ['恒\u200B达', '某'],
  ])('takes the enterprise out where it is called "%s"', (said, left) =>
    expect(masked(`${said}被拖欠货款`, [NAME])).toBe(`${left}被拖欠货款`),
  );

  it.each([
    ['ABC Trading 有限公司', 'a b c trading 的货', '某 的货'],
    ['通山县楠林镇老李家庭农场', '老李家庭农场缺水', '某缺水'],
    ['崇阳县天城镇小芳美发屋', '我是小芳美发屋', '我是某'],
    ['咸宁市咸安区福源超市', '福源超市门口', '某超市门口'],
    ['咸宁市恒达养殖场', '恒达的猪舍', '某的猪舍'],
    ['咸宁市咸安区聚贤酒楼', '聚贤开业', '某开业'],
    ['湖北（咸宁）鑫隆实业股份有限公司', '鑫隆实业的合同', '某实业的合同'],
  ])('knows the names of %s that end in none of the common legal forms', (name, text, left) =>
    expect(masked(text, [name])).toBe(left),
  );

  it.each([
    ['代码91110000600037341l', '代码［统一社会信用代码］'],
    ['代码９１１１００００６０００３７３４１Ｌ。', '代码［统一社会信用代码］。'],
    ['代码9111 0000 6000 3734 1L', '代码［统一社会信用代码］'],
    ['请拨（138）1234 5678', '请拨（［手机号］'],
    ['座机（0715）812 3456', '座机［电话］'],
    ['电话：812 3456', '电话：［电话］'],
    ['客服400-123-4567', '客服［电话］'],
    ['厂址在银泉大道18号', '［地址］'],
    ['鄂 L12345被扣', '鄂 L12345被扣'],
  ])('finds what is written otherwise: "%s" → "%s"', (text, published) => expect(masked(text, [])).toBe(published));

  it.each([
    ['张三丰', '我是张厂长，三丰是我本名', '我是某厂长，某是我本名'],
    ['欧阳青莲', '请找欧阳总或李总', '请找某总或李总'],
    ['张三丰', '张家湾的开张典礼', '张家湾的开张典礼'],
  ])('knows %s by the surname and how a person is called', (contact, text, left) =>
    expect(masked(text, [contact])).toBe(left),
  );

  it('takes the longest name first, and no name of one character or less', () => {
    expect(masked('恒达厂告恒达', ['恒达', '恒达厂', '告', ' ', ''])).toBe('某企业告某');
  });

  it('names neither the enterprise nor its contact', () => {
    expect(masked('咸宁市恒达机械有限公司的张三丰反映，张三丰多次联系', ['咸宁市恒达机械有限公司', '张三丰'])).toBe(
      '某企业的某反映，某多次联系',
    );
  });

  const ADDRESS = '湖北省咸宁市咸安区横沟桥镇凤凰大道18号恒达产业园3栋';
  it.each([
    ['我司在咸安区横沟桥镇凤凰大道18号恒达产业园3栋', '我司在咸安区［地址］'],
    ['住所：湖北省咸宁市咸安区横沟桥镇凤凰大道 １８ 号恒达产业园３栋。', '住所：［地址］。'],
    ['横沟桥镇凤凰大道18号恒达产业园门口', '［地址］门口'],
    ['恒达 产业园停电', '［地址］停电'],
    ['横沟桥镇停电，凤凰大道积水', '横沟桥镇停电，凤凰大道积水'],
  ])('takes the registered address out of "%s"', (text, left) =>
    expect(masked(text, [], { addresses: [ADDRESS] })).toBe(left),
  );

  it.each([
    ['崇阳县白霓镇大市村三组', '大市村三组断水，白霓镇大市村断水', '［地址］断水，［地址］断水'],
    ['咸安区横沟桥镇工业园', '工业园停电，横沟桥镇工业园停电', '工业园停电，［地址］停电'],
    ['永安大道', '永安大道积水', '永安大道积水'],
    ['温泉', '温泉路', '温泉路'],
    ['', '无', '无'],
  ])('of the address %s masks what leads to one, and not what many have', (address, text, left) =>
    expect(masked(text, [], { addresses: [address] })).toBe(left),
  );

  it.each([
    ['找07158123456', '找［电话］'],
    ['找 8123456', '找 ［电话］'],
    ['找８１２　３４５６', '找［电话］'],
    ['合同号18123456，编号81234567', '合同号18123456，编号81234567'],
  ])('takes the registered telephone out of "%s", however it is written', (text, left) =>
    expect(masked(text, [], { telephones: ['0715-8123456'] })).toBe(left),
  );

  it.each([
    ['找812 - 3456', '找［电话］'],
    ['找812—3456或（8123）456', '找［电话］或（［电话］'],
    ['找0715／8123456', '找［电话］'],
    ['找０７１５（812）3·4·5·6', '找［电话］'],
    ['电八一二三四五六', '电［电话］'],
    ['手机一三八 一二三四 五六七八', '手机［电话］'],
    ['二〇二六年三月，一百二十三万元，三五六七户', '二〇二六年三月，一百二十三万元，三五六七户'],
  ])('takes it out of "%s", with other signs between and in Chinese figures', (text, left) =>
    expect(masked(text, [], { telephones: ['0715-8123456'] })).toBe(left),
  );

  it.each([
    ['代码9111 - 0000 - 6000 - 3734 - 1L', '代码［统一社会信用代码］'],
    ['代码（91 1100）00600037341l', '代码（［统一社会信用代码］'],
    ['组织机构代码60003734-1', '组织机构代码［统一社会信用代码］'],
    ['合同A6000373411', '合同A6000373411'],
  ])('takes the code of the enterprise out of "%s", however far apart it is written', (text, left) =>
    expect(masked(text, [], { codes: ['91110000600037341L'] })).toBe(left),
  );

  it.each([
    ['恒/达、恒—达、恒+达、恒…达、恒～达', '某、某、某、某、某'],
    ['恒\u2066达，恒\u{E0100}达，恒\u3164达', '某，某，某'],
    ['｛恒｝｛达｝', '｛某｝'],
  ])('takes the name out of "%s", whatever stands between its characters', (text, left) =>
    expect(masked(text, ['恒达'])).toBe(left),
  );

  it.each([
    ['张 总和张副经理、张某', '某 总和某副经理、某某'],
    ['我姓张，小张，老 张', '我姓某，小某，老 某'],
    ['张法人、张出纳、张法定代表人', '某法人、某出纳、某法定代表人'],
    ['主张、慌张、开张', '主张、慌张、开张'],
  ])('takes the surname of the contact out of "%s"', (text, left) => expect(masked(text, ['张三丰'])).toBe(left));

  it.each([
    ['加wx: hengda88 或 VX hengda88、V信hengda88', '加［网络账号］ 或 ［网络账号］、［网络账号］'],
    ['厂在温泉路18-2号、温泉路18之2号', '［地址］、［地址］'],
  ])('takes out of "%s" what leads there by itself', (text, left) => expect(masked(text, [])).toBe(left));

  it('of a telephone that is none takes nothing', () => {
    expect(masked('共12件', [], { telephones: ['12', ''] })).toBe('共12件');
  });
});
