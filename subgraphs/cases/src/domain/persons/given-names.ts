import { replaceComparable } from '@zhitong/values';

/** Surnames of one character: those of the 百家姓 that nearly everybody has. */
const SURNAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由'.split(
    '',
  ),
);
/** Surnames of two characters (百家姓). */
export const COMPOUND_SURNAME = /^(?:欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|令狐|慕容|司徒|东方|独孤|南宫|长孙|宇文)/u;
/** What a person is called by beside the surname. */
export const STYLE =
  '(?:总|董|经理|厂长|老板|会计|出纳|书记|主任|场长|店长|社长|校长|院长|部长|科长|队长|主管|律师|法人|法定代表人|先生|女士|小姐|师傅|老师|某)';
const IS_STYLE = new RegExp(`^(?:副|总)?${STYLE}$|^(?:总监|老总|同志|大姐|大哥|阿姨|负责人|联系人|代表)$`, 'u');

/** Given names that are words of every second appeal. */
const WORDS = new Set(
  (
    '建设 发展 和平 国庆 胜利 光明 文明 进步 前进 团结 解放 跃进 建立 建成 创新 创业 卫生 卫国 保卫 保国 建军 红旗 红星 ' +
    '新民 新华 新生 新建 新春 立新 东方 长江 长城 长征 黄河 泰山 平安 安全 安定 平静 健康 永久 永远 长久 光荣 光辉 荣誉 ' +
    '英雄 模范 先进 振兴 振华 复兴 中华 中兴 国家 国民 国际 国华 民生 民主 民族 爱国 富强 富裕 自强 自立 自力 志愿 劳动 ' +
    '生产 丰收 兴旺 兴盛 兴隆 繁荣 昌盛 美丽 美好 春天 春风 金融 金属 银行 银河 海洋 江河 山河 森林 林业 树立 开发 开放 ' +
    '改革 改进 援朝 向阳 朝阳 太平 太阳 明亮 明确 明显 方向 方便 正式 正确 正义 正常 公正 公平 公道 忠诚 诚信 诚实 信用 ' +
    '信任 友谊 友好 和谐 合作 合理 学习 文化 文学 艺术 智慧 智能 聪明 勤劳 节约 世纪 工程 经济 交通 电力 水利 环保 科技 ' +
    '技术 商业 工业 农业 企业 项目 资金 土地 规划 管理 服务 市场 质量 安排 全面 全部 万元 时间 方案 文件 成立 成功 成本 ' +
    '长期 高新 高速 高级 高度 石油 金额 金山 江南 江北 海关 海南 云南 河南 湖南 中国 全国 大学 小学 中学 天然 自然 元旦 ' +
    '重阳 端午 春节 五一 十一 立春 清明'
  ).split(' '),
);
/** Of a place or a time, and not of a person. */
const OF_A_PLACE = '(?!大?[路街]|大道|大桥|社区|小区|广场|以来|初期|[\\d一二三四五六七八九十]{1,3}周年)';
/** After a person's name in a sentence. */
const ENDS = String.raw`(?=\s*(?:$|[\n,。;:!?、)）]|说|讲|反映|签字|签名))`;
const BEFORE_A_PERSON =
  '(?:名叫|叫|我是|本人|联系人|负责人|经办人|老板|经理|厂长|法人|师傅|会计|出纳|同事|落款|署名|签名|阿)[是为:]?\\s{0,2}';
const AFTER_A_PERSON = String.raw`(?=\s?(?:哥|姐|叔|伯|婶|嫂|兄弟|老弟|先生|女士|小姐|老师|师傅|老板|本人|总(?![体量计共部局工数的承包])))`;
/** What stands between the characters of so short a name without making it another word. */
const WITHIN = /[\s·•‧・∙._-]/u;

/**
 * The given names by which a person may be called alone: of 王建国 建国, of 欧阳青莲 青莲, of 阿不都·热合曼 both parts.
 * Two characters or more; none where the name begins with no surname (the short name of an enterprise) or where a style
 * stands in its place (王经理).
 */
export function givenNames(name: string): string[] {
  const whole = name.normalize('NFKC').trim();
  const parts = whole.split(/[·•‧・∙]/u).map((part) => part.trim());
  if (parts.length > 1) return parts.filter((part) => /^\p{Script=Han}{2,8}$/u.test(part));
  const plain = whole.replace(/\s/gu, '');
  if (!/^\p{Script=Han}{3,4}$/u.test(plain)) return [];
  const [first = '', second = ''] = plain;
  const surname =
    COMPOUND_SURNAME.exec(plain)?.[0] ??
    // 张李建国: of two families.
    (SURNAMES.has(first) ? (plain.length === 4 && SURNAMES.has(second) ? first + second : first) : null);
  const given = surname === null ? '' : plain.slice(surname.length);
  return given.length < 2 || IS_STYLE.test(given) ? [] : [given];
}

/**
 * A text without the given names of persons whose whole name is known, where they stand alone. A given name that is no
 * word of appeals is taken out wherever it stands, so that it is sooner missing in another word than told, but for
 * places and times (建国路, 建国以来). One that is such a word (建设, 发展, 和平, 国庆) stays where it can be the word:
 * it is taken out where a person is named by it (我叫建设, 国庆哥, 联系人和平), and where it alone signs the text. Of two
 * characters, so of a given name of one, nothing is taken out but the whole name and the surname before a style.
 */
export function withoutGivenNames(text: string, names: readonly string[]): string {
  return [...new Set(names.flatMap(givenNames))]
    .sort((a, b) => b.length - a.length)
    .reduce(
      (left, given) =>
        WORDS.has(given)
          ? replaceComparable(left, namedBy(given), '某')
          : replaceComparable(left, new RegExp(`${given}${OF_A_PLACE}`, 'gu'), '某', { ignored: WITHIN }),
      text,
    );
}

/** A common word where it is the name of a person. */
const namedBy = (word: string): RegExp =>
  new RegExp(
    String.raw`(?<=${BEFORE_A_PERSON})${word}${ENDS}|${word}${AFTER_A_PERSON}|(?<=(?:^|[\n。!;])\s*)${word}(?=\s*$)`,
    'gu',
  );
