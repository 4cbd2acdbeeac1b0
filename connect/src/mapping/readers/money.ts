import { normalText } from '@zhitong/values';
import { writtenOutFen } from './chinese-amounts.js';
import { decimalText, numberOf } from './numbers.js';
import { accept, isShortened, refuse, SHORTENED, type FilledCell, type Reading, type Shown } from './reading.js';

/** Units of money, in fen. */
export const MONEY_UNITS: ReadonlyMap<string, bigint> = new Map([
  ['分', 1n],
  ['角', 10n],
  ['元', 100n],
  ['千元', 100_000n],
  ['万', 1_000_000n],
  ['万元', 1_000_000n],
  ['百万元', 100_000_000n],
  ['千万元', 1_000_000_000n],
  ['亿', 10_000_000_000n],
  ['亿元', 10_000_000_000n],
]);

/** Other currencies, by what registers call them. */
const FOREIGN =
  /美元|美金|usd|us\$|hk\$|\$|港元|港币|港幣|hkd|欧元|欧|eur|€|日元|日圆|日币|jpy|英镑|镑|gbp|£|澳元|澳大利亚元|aud|加元|加拿大元|cad|新元|新加坡元|坡元|sgd|韩元|韩圆|krw|法郎|chf|台币|臺幣|twd|卢布|rub|澳门元|澳门币|mop|卢比|泰铢|林吉特|马克|外币|外幣/i;
const YUAN = /人民币|人民幣|rmb|cny|[¥]/gi;
/** A number with its unit in Chinese; `w` is what people type for 万. */
const AMOUNT = /^([+-]?[\d,]+(?:\.\d+)?)\(?([wW]?[\u4E00-\u9FFF]*)\)?$/;
const YUAN_NAMES = new Set(['人民币', '人民币元', '元', 'CNY', 'RMB', '156', '01']);

/** What a text says of money's unit: fen of one, another currency, or nothing. */
export type UnitFound = { readonly fen: bigint } | { readonly foreign: string } | null;

/**
 * The unit that a header names: in brackets, behind a colon or a slash, or at its end.
 * @example unitOfHeader('注册资本（万元）') //=> { fen: 1000000n }
 * @example unitOfHeader('注册资本(万美元)') //=> { foreign: '美元' }
 */
export function unitOfHeader(header: string): UnitFound {
  const text = normalText(header).replace(/\s/g, '');
  const foreign = FOREIGN.exec(text)?.[0];
  if (foreign !== undefined) return { foreign };
  const bare = text.replace(YUAN, '');
  const found =
    /[([【:/_\-]?(?:单位:?)?(百万元|千万元|万元|亿元|千元|元|万|亿|分)[)\]】]?$/.exec(bare)?.[1] ??
    /[([【](?:单位:?)?(百万元|千万元|万元|亿元|千元|元|万|亿|分)[)\]】]/.exec(bare)?.[1];
  const fen = found === undefined ? undefined : MONEY_UNITS.get(found);
  if (fen === undefined || (found === '分' && !/[([【:/]/.test(bare))) return null;
  return { fen };
}

/**
 * Whole fen as decimal text. The unit in the cell decides (`300(万)`, `1.5亿元`), then the one that the mapping states,
 * then the header's; where nothing names one, the sign ¥ says yuan. Without any the amount is refused, as is one of
 * another currency: capital in dollars is never taken for yuan.
 */
export function moneyReader(
  {
    unit,
    header,
    mayBeNegative,
  }: { readonly unit: UnitFound; readonly header: UnitFound; readonly mayBeNegative: boolean },
  shown: Shown,
) {
  return (cell: FilledCell): Reading<string> => {
    let text: string;
    let within: UnitFound = null;
    let signed: UnitFound = null;
    if (isShortened(cell)) return refuse(SHORTENED);
    if (cell.kind === 'text') {
      const given = normalText(cell.text).replace(/\s/g, '');
      const foreign = FOREIGN.exec(given)?.[0];
      if (foreign !== undefined) return refuse(foreignReason(shown(cell.text), foreign));
      if (given.includes('¥')) signed = { fen: 100n };
      const bare = given.replace(YUAN, '').replace('()', '');
      const writtenOut = writtenOutFen(bare);
      if (writtenOut !== null)
        return header !== null && 'foreign' in header
          ? refuse(foreignReason(shown(cell.text), header.foreign))
          : accept(String(writtenOut));
      const match = AMOUNT.exec(bare);
      const amount = match === null ? null : decimalText(match[1] ?? '');
      if (match === null || amount === null) return refuse(`${shown(cell.text)} 不是金额，应当像“300万元”或“1200.50”`);
      const name = (match[2] ?? '')
        .replace(/整$/, '')
        .replace(/[圆圓]$/, '元')
        .replace('萬', '万')
        .replace('億', '亿')
        .replace(/^w/i, '万');
      const fen = MONEY_UNITS.get(name);
      if (name !== '' && fen === undefined)
        return refuse(`${shown(cell.text)} 的单位“${name}”不认识，应当是元、万元或亿元`);
      if (fen !== undefined) within = { fen };
      text = amount;
    } else {
      const read = numberOf(cell, shown);
      if (!read.ok) return read;
      text = read.value;
    }
    const chosen = within ?? unit ?? header ?? signed;
    if (header !== null && 'foreign' in header) return refuse(foreignReason(`“${text}”`, header.foreign));
    if (chosen === null)
      return refuse(
        `${shown(cell.kind === 'text' ? cell.text : text)} 没有单位：单元格、表头和映射文件（unit）都没有写明是元还是万元`,
      );
    if ('foreign' in chosen) return refuse(foreignReason(`“${text}”`, chosen.foreign));
    return fenOf(text, chosen.fen, mayBeNegative, shown);
  };
}

function fenOf(text: string, unit: bigint, mayBeNegative: boolean, shown: Shown): Reading<string> {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const scaled = BigInt(whole + fraction) * unit;
  const scale = 10n ** BigInt(fraction.length);
  if (scaled % scale !== 0n) return refuse(`${shown(text)} 换算后不足一分，金额最小到分`);
  const fen = scaled / scale;
  if (text.startsWith('-') && fen !== 0n) {
    if (!mayBeNegative) return refuse(`${shown(text)} 是负数，这一项不能小于零`);
    return accept(`-${String(fen)}`);
  }
  return accept(String(fen));
}

const foreignReason = (what: string, currency: string): string =>
  `${what} 是外币（${currency}），这里要人民币金额；请按入账汇率换算后填写，不能当作人民币`;

/** Whether what a column of currencies holds means yuan. */
export const isYuan = (text: string): boolean => YUAN_NAMES.has(normalText(text).toUpperCase());
