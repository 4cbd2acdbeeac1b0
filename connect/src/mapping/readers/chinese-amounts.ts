/** Digits of amounts as they are written out: plain, financial, and the older forms of some. */
const DIGITS: Readonly<Record<string, number>> = Object.fromEntries(
  ['零〇', '一壹', '二贰两貳', '三叁參', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'].flatMap((forms, digit) =>
    [...forms].map((form) => [form, digit]),
  ),
);
const ONE = '[一壹二贰两貳三叁參四肆五伍六陆陸七柒八捌九玖]';
const BELOW_TEN_THOUSAND = `(?:${ONE}[千仟])?[零〇]?(?:${ONE}[百佰])?[零〇]?(?:${ONE}?[十拾])?[零〇]?${ONE}?`;
const AMOUNT = new RegExp(
  `^(?:(${BELOW_TEN_THOUSAND})[亿億])?(?:(${BELOW_TEN_THOUSAND})[万萬])?(${BELOW_TEN_THOUSAND})([元圆圓])?` +
    `(?:[零〇]?(${ONE})角)?(?:[零〇]?(${ONE})分)?[整正]?$`,
);
const TENS: Readonly<Record<string, number>> = { 千: 1_000, 仟: 1_000, 百: 100, 佰: 100, 十: 10, 拾: 10 };

/**
 * An amount that is written out, as contracts and certificates have it, in fen; null for anything else. A number
 * without 元, 万 or 亿 has no unit and is none.
 * @example writtenOutFen('叁佰万元') //=> 300_000_000n
 * @example writtenOutFen('壹仟贰佰元伍角整') //=> 120_050n
 * @example writtenOutFen('叁佰') //=> null
 */
export function writtenOutFen(text: string): bigint | null {
  const [, hundredMillions, tenThousands, ones = '', yuan, jiao, fen] = AMOUNT.exec(text) ?? [];
  const hasLarge = [hundredMillions, tenThousands].some((group) => group !== undefined);
  if (hundredMillions === '' || tenThousands === '') return null;
  if (yuan === undefined && (!hasLarge || ones !== '' || jiao !== undefined || fen !== undefined)) return null;
  if (!hasLarge && ones === '') return null;
  const whole =
    belowTenThousand(hundredMillions) * 100_000_000n +
    belowTenThousand(tenThousands) * 10_000n +
    belowTenThousand(ones);
  return whole * 100n + BigInt(digit(jiao) * 10 + digit(fen));
}

const digit = (character: string | undefined): number => (character === undefined ? 0 : (DIGITS[character] ?? 0));

function belowTenThousand(group = ''): bigint {
  let sum = 0;
  let last: number | null = null;
  for (const character of group) {
    const ten = TENS[character];
    if (ten === undefined) last = DIGITS[character] ?? 0;
    else {
      sum += (last === null || last === 0 ? 1 : last) * ten;
      last = null;
    }
  }
  return BigInt(sum + (last ?? 0));
}
