import type { Words } from '../filled-words.js';
import { checkUscc, USCC_ALPHABET, usccCheckCharacter, type UsccProblem } from './uscc.js';

/**
 * Why a text is no unified social credit code, in Chinese, for who corrects it: which place is wrong. The text itself
 * is never repeated, because what stands there by mistake may be a person's number.
 * @param code the text in its normal form
 * @example usccFaultInChinese('LENGTH', '9154000073554857') //=> '有 16 位，应当是 18 位'
 */
export function usccFaultInChinese(problem: UsccProblem, code: string): string {
  const characters = [...code];
  switch (problem) {
    case 'IDENTITY_NUMBER':
      return '填的是居民身份证号码（此处不予显示），请改填代码';
    case 'LENGTH':
      return /[\u4E00-\u9FFF]/.test(code)
        ? '含有汉字，列可能错位；应当是 18 位数字和大写字母'
        : `有 ${String(characters.length)} 位，应当是 18 位`;
    case 'CHARACTERS': {
      const at = characters.findIndex((character) => !USCC_ALPHABET.includes(character));
      return `第 ${String(at + 1)} 位是“${characters[at] ?? ''}”，代码只有数字和大写字母，不含 I、O、S、V、Z`;
    }
    case 'AUTHORITY':
      return `第 1、2 位是“${code.slice(0, 2)}”，没有这样的登记管理部门和机构类别`;
    case 'REGION':
      return `第 3 至 8 位是“${code.slice(2, 8)}”，应当是登记机关的行政区划代码`;
    case 'ORGANISATION':
      return '第 9 至 17 位（主体标识码）全是 0';
    case 'CHECK_CHARACTER':
      return `第 18 位校验码是“${code.charAt(17)}”，按前 17 位应当是“${usccCheckCharacter(code.slice(0, 17))}”；可能有一位抄错`;
  }
}

/**
 * What somebody is told who typed a code that the register does not hold and whose check character is irregular: which
 * character is wrong, and that there are such codes, which an officer of the registration authority confirms. Null for
 * any other text.
 * @example irregularCodeWords('91350203M0001QKT19')?.zh.slice(0, 13) //=> '第 18 位校验码是“9”'
 * @example irregularCodeWords('91110000600037341L') //=> null
 */
export function irregularCodeWords(code: string): Words | null {
  const check = checkUscc(code);
  if (check.ok || check.problem !== 'CHECK_CHARACTER') return null;
  return {
    en: `${check.message} If the licence shows this very code, an officer of the department that keeps registrations confirms it.`,
    zh: `${usccFaultInChinese(check.problem, code)}；证照上确为此代码的，由登记机关人员确认`,
  };
}
