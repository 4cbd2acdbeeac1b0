import { normalText } from '@zhitong/values';
import { accept, isShortened, refuse, SHORTENED, textOf, type FilledCell, type Reading } from './reading.js';

const MOBILE = /^1[3-9]\d{9}$/;
/** Area code, number, extension. */
const LANDLINE = /^(0\d{2,3})-?(\d{7,8})(?:-?(?:转|ext\.?|#)?-?(\d{1,6}))?$/i;
const SERVICE = /^(?:400|800)\d{7}$|^(?:1\d{4}|12\d{3}|9\d{4,5})$/;

/** Between two numbers in one cell. */
const SEVERAL = /\d{7}\s*(?:[;,、/]|或|或者)\s*[(+\d]/;

/** A telephone number: `13812345678`, `0891-6812345`, with an extension `0891-6812345-801`. Reasons never repeat it. */
export function telephoneReader(cell: FilledCell): Reading<string> {
  if (cell.kind === 'date' || cell.kind === 'boolean') return refuse('不是电话号码：单元格是日期或是非值');
  if (isShortened(cell)) return refuse(SHORTENED);
  if (SEVERAL.test(normalText(textOf(cell)))) return refuse('不止一个电话号码，请只填一个');
  const text = normalText(textOf(cell))
    .replace(/[()\s.]/g, (one) => (one === ')' ? '-' : ''))
    .replace(/[‐-―]/g, '-')
    .replace(/^(?:\+|00)86-?/, '')
    .replace(/^-|-$/g, '');
  const digits = text.replaceAll('-', '');
  if (MOBILE.test(digits) || SERVICE.test(digits)) return accept(digits);
  const landline = LANDLINE.exec(text);
  if (landline !== null) {
    const [, area = '', number = '', extension] = landline;
    return accept([area, number, ...(extension === undefined ? [] : [extension])].join('-'));
  }
  if (cell.kind === 'number')
    return refuse('不是完整的电话号码：以数字保存，区号前的 0 可能已经丢失；请把该列设为“文本”格式');
  return refuse(`不是电话号码：有 ${String(text.replace(/\D/g, '').length)} 位数字；应当是 11 位手机号，或“区号-号码”`);
}
