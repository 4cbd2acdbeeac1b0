import { withoutPersonalData } from '../../../../subgraphs/cases/src/domain/masking.js';
import { givenNames } from '../../../../subgraphs/cases/src/domain/persons/given-names.js';

describe('the given name of a person whose whole name is known', () => {
  it.each<[name: string, given: readonly string[]]>([
    ['王建国', ['建国']],
    [' 王 建国 ', ['建国']],
    ['欧阳青莲', ['青莲']],
    ['张李建国', ['建国']],
    ['阿不都·热合曼', ['阿不都', '热合曼']],
    // One character, a style in place of the name, and names of no person.
    ['王强', []],
    ['王经理', []],
    ['李女士', []],
    ['陈副主任', []],
    ['恒达建', []],
    ['咸宁市恒达机械制造有限公司', []],
    ['Li Ming', []],
  ])('of %s is %j', (name, given) => expect(givenNames(name)).toEqual(given));

  it.each([
    ['请找建国核实', '请找某核实'],
    ['建国', '某'],
    ['建国哥和建国一起来过', '某哥和某一起来过'],
    ['（建 国）', '（某）'],
    ['建·国签了字', '某签了字'],
    ['王建国来过，建国没有来', '某来过，某没有来'],
    ['不是李建国', '不是李某'],
  ])('is taken out where it stands alone: %s', (text, left) =>
    expect(withoutPersonalData(text, ['王建国'])).toBe(left),
  );

  it.each(['建国路施工', '建国大道拓宽', '建国社区居民', '建国以来', '建国七十周年', '新建，国道旁'])(
    'stays where it is a place, a time or two words: %s',
    (text) => expect(withoutPersonalData(text, ['王建国'])).toBe(text),
  );

  it('stays where nobody knows a whole name that it is of', () => {
    expect(withoutPersonalData('请找建国核实', [])).toBe('请找建国核实');
    expect(withoutPersonalData('请找建国核实', ['建国'])).toBe('请找某核实');
    expect(withoutPersonalData('经理已经答复，强制执行', ['王经理', '王强'])).toBe('经理已经答复，强制执行');
  });

  it.each<[name: string, text: string]>([
    ['刘建设', '建设用地指标不足，市建设局要求停工'],
    ['刘建设', '我是建设单位的，负责人说建设进度慢'],
    ['陈发展', '影响企业发展，发展总体缓慢，请发展改革委协调'],
    ['孙和平', '和平街道办事处，邻里和平相处'],
    ['李国庆', '国庆期间停电，国庆前答复过'],
    ['赵安全', '厂区有安全隐患'],
  ])('that is a word (%s) stays where it is the word: %s', (name, text) =>
    expect(withoutPersonalData(text, [name])).toBe(text),
  );

  it.each<[name: string, text: string, left: string]>([
    ['刘建设', '我叫建设，是厂里的', '我叫某，是厂里的'],
    ['刘建设', '联系人：建设。', '联系人：某。'],
    ['刘建设', '请协调建设用地。建设', '请协调建设用地。某'],
    ['陈发展', '发展哥去过发改委，老板发展说不行', '某哥去过发改委，老板某说不行'],
    ['孙和平', '和平师傅在现场', '某师傅在现场'],
    ['李国庆', '法人国庆，国庆放假', '法人某，国庆放假'],
    ['李国庆', '国庆总签的字', '某总签的字'],
  ])('that is a word (%s) is taken out where a person is named by it: %s', (name, text, left) =>
    expect(withoutPersonalData(text, [name])).toBe(left),
  );
});
