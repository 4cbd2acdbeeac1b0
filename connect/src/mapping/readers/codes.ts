import { normalText } from '@zhitong/values';
import type { FieldType } from '../../target.js';
import { accept, refuse, textOf, type FilledCell, type Reader, type Reading, type Shown } from './reading.js';

/** How a text is looked up: width, blanks and case do not count. */
const keyOf = (text: string): string => normalText(text).replace(/\s/g, '').toUpperCase();
/** What a region's name is often written without. */
const ENDING =
  /(?:维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|自治州|自治县|自治旗|新区|地区|省|市|区|县|州|盟|旗)$/;
const SHOWN_CODES = 5;

/**
 * A code of a list, by the code itself, by its name, or by what the mapping's own table says. A name is also found with
 * its code before it (`I65 软件业`), and without the ending of regions where one code alone is meant: 拉萨 is 拉萨市.
 *
 * @param codes each code with its names
 * @param list the list whose delivery fills the table of codes
 * @param unfit texts that stand for no code, with what is to be done
 * @param own the mapping's table: what a cell says, and the code that it means
 */
export function codeReader(
  { codes, list = '它所指的名录', unfit }: Omit<Extract<FieldType, { readonly kind: 'code' }>, 'kind'>,
  own: Readonly<Record<string, string>>,
  shown: Shown,
) {
  const table = new Map<string, string>(Object.entries(own).map(([text, code]) => [keyOf(text), code]));
  const byName = new Map<string, Set<string>>();
  const byStem = new Map<string, Set<string>>();
  const enter = (index: Map<string, Set<string>>, name: string, code: string): void => {
    const known = index.get(name);
    if (known === undefined) index.set(name, new Set([code]));
    else known.add(code);
  };
  for (const [code, names] of codes) {
    enter(byName, keyOf(code), code);
    for (const name of names) {
      enter(byName, keyOf(name), code);
      enter(byStem, keyOf(name).replace(ENDING, ''), code);
    }
  }
  const one = (found: ReadonlySet<string> | undefined): string | undefined =>
    found?.size === 1 ? [...found][0] : undefined;
  const examples = [...codes]
    .slice(0, SHOWN_CODES)
    .map(([code, [name = code]]) => (name === code ? code : `${name}（${code}）`));
  return (cell: FilledCell): Reading<string> => {
    const text = textOf(cell);
    const key = keyOf(text).replace(/^(\d+)\.0+$/, '$1');
    const found = table.get(key) ?? one(byName.get(key));
    if (found !== undefined) return accept(found);
    const advice = unfit?.get(key);
    if (advice !== undefined) return refuse(`${shown(text)}：${advice}`);
    const ambiguous = byName.get(key) ?? byStem.get(key) ?? byStem.get(key.replace(ENDING, ''));
    const stem = one(byStem.get(key)) ?? (byName.has(key) ? undefined : one(byStem.get(key.replace(ENDING, ''))));
    if (stem !== undefined) return accept(stem);
    if (ambiguous !== undefined)
      return refuse(
        `${shown(text)} 可以是 ${[...ambiguous].slice(0, SHOWN_CODES).join('、')} 中的任何一个，请写明代码`,
      );
    const leading = /^([A-Z]?\d{0,6})[-_:.、]?(?=[\u4E00-\u9FFF])/.exec(key)?.[1];
    if (leading !== undefined && leading !== '' && codes.has(leading)) return accept(leading);
    if (codes.size === 0) return refuse(`${shown(text)} 不在代码表中：代码表还是空的，须先导入${list}`);
    return refuse(`${shown(text)} 不在代码表中，应当是${examples.join('、')}${codes.size > SHOWN_CODES ? '等' : ''}`);
  };
}

/** A text for which a cell of the mapping's table stands; other cells are the text themselves. */
export function textByTable(read: Reader, own: Readonly<Record<string, string>>): Reader {
  const table = new Map(Object.entries(own).map(([text, meant]) => [keyOf(text), meant]));
  return (cell) => {
    const meant = table.get(keyOf(textOf(cell)));
    return meant === undefined ? read(cell) : accept(meant);
  };
}

/** A value for which a cell of the mapping's table stands, such as a grade for 满意; other cells are read as they are. */
export function valueByTable(read: Reader, own: Readonly<Record<string, string>>): Reader {
  const table = new Map(Object.entries(own).map(([text, meant]) => [keyOf(text), meant]));
  if (table.size === 0) return read;
  return (cell) => {
    const meant = table.get(keyOf(textOf(cell)));
    return read(meant === undefined ? cell : { kind: 'text', text: meant });
  };
}
