import type { RandomStream } from './random.js';

/** Common surnames with their rough share in Hubei. */
const SURNAMES: readonly (readonly [string, number])[] = [
  ['王', 64], ['李', 62], ['张', 60], ['刘', 58], ['陈', 56], ['周', 34], ['杨', 30], ['黄', 30], ['吴', 24], ['胡', 24], ['徐', 22], ['余', 20],
  ['熊', 16], ['程', 16], ['汪', 16], ['朱', 15], ['何', 15], ['郑', 14], ['孙', 13], ['万', 12], ['镇', 3], ['雷', 10], ['葛', 6], ['舒', 6],
  ['阮', 5], ['毛', 6], ['金', 7], ['石', 7], ['龚', 8], ['廖', 7], ['宋', 8], ['邓', 8], ['曾', 8], ['彭', 9], ['夏', 8], ['田', 7], ['方', 7],
  ['石', 5], ['饶', 5], ['庞', 3], ['佘', 3], ['章', 4], ['成', 4], ['丁', 6], ['沈', 6], ['杜', 6], ['卢', 6], ['魏', 6], ['蔡', 6], ['谭', 5],
];
const GIVEN_FIRST = '志建国文明海春晓永红玉秀丽桂金银家德世光宗庆祥福长新立学思子雨佳欣俊宇浩天梦诗艳小爱翠亚东卫正';
const GIVEN_SECOND = '军华平强勇刚伟峰涛林斌辉波鹏飞杰超亮明芳娟敏静霞莉燕玲红梅兰英琴萍云洁婷颖雪琳怡涵轩宁祥生根发财旺元清';

/** A Chinese person's name of two or three characters. Fictitious. */
export function personName(random: RandomStream): string {
  const surname = random.weighted(SURNAMES);
  const second = random.pick([...GIVEN_SECOND]);
  return random.bool(0.22) ? surname + second : surname + random.pick([...GIVEN_FIRST]) + second;
}

/**
 * A well-formed mobile number that reaches nobody: the prefix 154 is not opened to the public.
 */
export function telephone(random: RandomStream): string {
  return `154${String(random.int(0, 99_999_999)).padStart(8, '0')}`;
}
