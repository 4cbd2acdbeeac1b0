import { checkUscc, irregularCodeWords, isIdentityNumber, normalText, usccFaultInChinese } from '@zhitong/values';
import { isShortened, refuse, SHORTENED, textOf, type FilledCell, type Reading } from './reading.js';

const WHOLE_NUMBER = /^\d+(?:\.0*)?$|[eE]/;
/** An identity number with one character wrong is still a person's. */
const LIKE_IDENTITY = /^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;

/**
 * A unified social credit code (GB 32100-2015) in its normal form. A reason says which place is wrong; it never repeats
 * the code, because what stands in this column by mistake may be a person's number.
 *
 * @param irregular whether a code with another check character than its first 17 give is taken, with a flag
 * @param confirmed such codes that are taken all the same; left out where nobody confirms any
 */
export function usccReader(irregular: 'accept' | 'refuse', confirmed?: Pick<ReadonlySet<string>, 'has'>) {
  return (cell: FilledCell): Reading<string> => {
    if (cell.kind === 'date' || cell.kind === 'boolean')
      return refuse('不是统一社会信用代码：单元格是日期或是非值，列可能错位');
    if (cell.kind === 'number' && (cell.workbook !== undefined || WHOLE_NUMBER.test(cell.text)))
      return cell.text.replace(/\D/g, '').length < 15 && !/[eE]/.test(cell.text)
        ? refuse(`不是统一社会信用代码：是 ${String(cell.text.length)} 位的数字，应当是 18 位，列可能错位`)
        : refuse('统一社会信用代码以数字保存，末尾几位可能已经丢失；请把该列设为“文本”格式后，从原系统重新导出');
    if (isShortened(cell)) return refuse(SHORTENED);
    const code = normalText(textOf(cell))
      .replace(/^['‘’]/, '')
      .replace(/\s|-/g, '')
      .toUpperCase();
    const isConfirmed = confirmed?.has(code) === true;
    const check = checkUscc(code, { irregular: isConfirmed ? 'accept' : irregular });
    if (check.ok) {
      const isIrregular = check.remarks.includes('CHECK_CHARACTER');
      return { ok: true, value: check.uscc, ...(isIrregular && { flag: isConfirmed ? CONFIRMED : AS_IT_IS }) };
    }
    if (LIKE_IDENTITY.test(code) || isIdentityNumber(code)) return refuse(IDENTITY);
    const words = confirmed === undefined ? null : irregularCodeWords(code);
    return refuse(`不是统一社会信用代码：${words?.zh ?? usccFaultInChinese(check.problem, code)}`);
  };
}

const AS_IT_IS = '校验码与前 17 位不相符，按来源原样登记；请登记机关核对';
const CONFIRMED = '校验码与前 17 位不相符，已由登记机关人员确认';
const IDENTITY = '这一列是统一社会信用代码，填的却是居民身份证号码（此处不予显示）；请改填代码';
