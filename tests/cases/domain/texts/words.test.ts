import { filled, STATUS_IN_CHINESE } from '../../../../subgraphs/cases/src/domain/words.js';
import {
  intakeReason,
  ratingReason,
  stepReason,
} from '../../../../subgraphs/cases/src/domain/imports/chinese-reasons.js';

describe('words in both languages', () => {
  it('have each parameter in its place, as often as it stands there', () => {
    const words = { en: '{most} of {status}, {most} in all', zh: '“{status}”已达 {most} 条' };
    expect(filled(words, { most: 50, status: 'CLOSED' })).toEqual({
      en: '50 of CLOSED, 50 in all',
      zh: '“CLOSED”已达 50 条',
    });
    expect(filled(words, { most: 0 })).toEqual({ en: '0 of , 0 in all', zh: '“”已达 0 条' });
    expect(filled({ en: 'plain', zh: '无' }, {})).toEqual({ en: 'plain', zh: '无' });
  });

  it('call each status by a name of its own', () => {
    const names = Object.values(STATUS_IN_CHINESE);
    expect(new Set(names).size).toBe(14);
    expect(names.every((name) => /^\p{Script=Han}{3,5}$/u.test(name))).toBe(true);
    expect([STATUS_IN_CHINESE.RECEIVED, STATUS_IN_CHINESE.CLOSED]).toEqual(['已受理', '已办结归档']);
  });
});

describe('why a delivered row is refused', () => {
  it.each([
    ['title', null, '内容不能接受：标题应当有 5 至 100 个字符，不含控制字符'],
    ['text', null, '内容不能接受：内容应当有 5 至 5000 个字符，不含控制字符'],
    ['region', null, '内容不能接受：地区应当是六位行政区划代码（GB/T 2260）'],
    ['industry', null, '内容不能接受：行业应当是 GB/T 4754 的门类字母 A 至 T'],
    ['contactPhone', null, '内容不能接受：电话应当是 5 至 20 位数字、空格或连字符'],
    ['enterpriseName', null, '内容不能接受：外地企业须写明名称（2 至 100 个字符），本地企业须写明统一社会信用代码'],
    ['homeRegion', null, '内容不能接受：外地企业须写明注册地的六位行政区划代码（GB/T 2260）'],
    ['labels', null, '内容不能接受：不符合登记要求'],
    ['region', '12345', '内容不能接受：地区应当是六位行政区划代码（GB/T 2260）'],
    ['uscc', null, '内容不能接受：不符合登记要求'],
    ['uscc', '91110000600037341L', '内容不能接受：不符合登记要求'],
    // Another check character than the first 17 give: right if it is registered, so that the fault is another one.
    ['uscc', '91350203M0001QKT19', '内容不能接受：不符合登记要求'],
  ])('%s of %s: %s', (member, uscc, reason) => expect(intakeReason(member, uscc)).toBe(reason));

  it.each([
    ['12345', '有 5 位，应当是 18 位'],
    ['9111000060003734il', '第 17 位是“I”，代码只有数字和大写字母，不含 I、O、S、V、Z'],
  ])('the code %s is refused with what is wrong with it', (uscc, reason) => {
    expect(intakeReason('uscc', uscc)).toBe(`统一社会信用代码不能接受：${reason}`);
  });

  it('a rating is refused with what it has to be', () => {
    expect(ratingReason('process')).toBe('评价不能接受：评分应当是 1 至 5 的整数');
    expect(ratingReason('process', false)).toMatch(/没有过程评分；来源只有一项满意度的/);
    expect(ratingReason('result', false)).toMatch(/没有结果评分/);
    expect(ratingReason('reason')).toBe('评价不能接受：低于 3 分的评价须写明原因');
  });

  it.each([
    ['ASSIGNED', '转办'],
    ['ACCEPTED', '签收'],
    ['CONTACTED', '首次联系'],
    ['RESOLVED', '答复'],
    ['RATED', '评价'],
    ['CLOSED', '归档'],
    ['WITHDRAWN', '撤回'],
    ['URGED', '其他'],
  ] as const)('%s is called %s', (step, name) => {
    expect(stepReason('SQ2026-000001', 'RATED', step)).toBe(
      `诉求 SQ2026-000001 现处“已评价”，按办理流程不能补记“${name}”环节`,
    );
  });
});
