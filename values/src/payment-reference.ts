import { normalText } from './normal-text.js';

/** Capitals of Cyrillic and Greek letters that look like Latin ones, each before the one that it is taken for. */
const LOOK_ALIKES = 'АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ԚQ ԜW ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX';
const LATIN: ReadonlyMap<string, string> = new Map(
  LOOK_ALIKES.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
/** What stands for one sign on a keyboard: hyphens and dashes, brackets of any form, slashes. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Pd}\u2212]/gu, '-'],
  [/\p{Ps}/gu, '('],
  [/\p{Pe}/gu, ')'],
  [/[\u2044\u2215]/gu, '/'],
  [/[○◯]/gu, '〇'],
];
/** A year in Chinese numerals, such as 二〇二六, with its numerals in their order. */
const CHINESE_YEAR = /[一二][〇零九][〇零一二三四五六七八九]{2}/gu;
const NUMERALS = '〇一二三四五六七八九';
/** Numbers that are their own normal form. */
const PLAIN = /^[0-9A-Z./-]*$/;

/**
 * The normal form in which numbers of bank receipts, delivery notes, contracts, documents, cases and other systems are
 * compared, in every department, so that one paper is used once however it was typed: NFKC, capitals, without white
 * space anywhere, without accents and what nobody sees; letters of other scripts that look like Latin ones, forms of
 * dashes and brackets, and years in Chinese numerals are one. What differs for whoever reads the paper (O and 0, zeros
 * at either end) differs here. What was typed is kept beside it for display.
 * @example normalReference(' ｈｄ2026 0001') //=> 'HD20260001'
 * @example normalReference('咸财〔二〇二六〕1号') //=> '咸财(2026)1号'
 */
export function normalReference(text: string): string {
  if (PLAIN.test(text)) return text;
  let typed = normalText(text).replace(/\s+/gu, '').toUpperCase().normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  for (const [signs, sign] of SIGNS) typed = typed.replace(signs, sign);
  return Array.from(typed, (character) => LATIN.get(character) ?? character)
    .join('')
    .replace(CHINESE_YEAR, (year) =>
      Array.from(year.replaceAll('零', '〇'), (numeral) => NUMERALS.indexOf(numeral)).join(''),
    );
}
