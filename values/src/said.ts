import { filled, type Words } from './filled-words.js';

/**
 * Parameters of a refusal: codes, numbers and days as they are, amounts as text. One whose name ends in `InChinese` is
 * for the Chinese words alone; programs are not given it.
 */
export type SaidParameters = Readonly<Record<string, string | number | null>>;

/** Why something is refused: words in English and in Chinese, and for programs the reason with its parameters. */
export interface Said<Reason extends string = string> {
  readonly message: string;
  readonly reason: Reason;
  readonly zh: string;
  readonly parameters: SaidParameters;
}

/** Words by reason; `{name}` stands for a parameter. */
export type RefusalTable = Readonly<Record<string, Words>>;

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
/** The parameters that the words of a reason have places for. */
type ParametersOf<Told extends Words> = Readonly<Record<NamesIn<Told['en'] | Told['zh']>, string | number | null>>;

/** Says a reason with the parameters that its words have places for. */
export type Sayer<Table extends RefusalTable> = <Reason extends keyof Table & string>(
  reason: Reason,
  ...parameters: [NamesIn<Table[Reason]['en'] | Table[Reason]['zh']>] extends [never]
    ? []
    : [parameters: ParametersOf<Table[Reason]>]
) => Said<Reason>;

/**
 * Words of a table's reason with its parameters.
 * @param inChinese how a parameter is written in the Chinese words, for example what a code is called
 * @example sayIn({ LATE: { en: 'after {day}', zh: '晚于 {day}' } }, 'LATE', { parameters: { day: '3' } }).zh //=> '晚于 3'
 */
export function sayIn<Table extends RefusalTable, Reason extends keyof Table & string>(
  table: Table,
  reason: Reason,
  { parameters = {}, inChinese = (value) => value }: { parameters?: SaidParameters; inChinese?: InChinese } = {},
): Said<Reason> {
  const given = Object.entries(parameters).map(([name, value]) => [name, value ?? ''] as const);
  const calledInChinese = given.map(([name, value]) => [name, inChinese(String(value))] as const);
  const words = table[reason] ?? { en: reason, zh: reason };
  return {
    message: filled(words, Object.fromEntries(given)).en,
    reason,
    zh: filled(words, Object.fromEntries(calledInChinese)).zh,
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => !name.endsWith('InChinese'))),
  };
}

/** How a parameter is written in Chinese words. */
export type InChinese = (value: string) => string;

/**
 * A department's words as a function that the compiler holds to the parameters of each reason.
 * @example sayer({ LATE: { en: 'after {day}', zh: '晚于 {day}' } })('LATE', { day: '3' }).message //=> 'after 3'
 */
export const sayer =
  <const Table extends RefusalTable>(table: Table, inChinese?: InChinese): Sayer<Table> =>
  (reason, ...[parameters]) =>
    sayIn(table, reason, { parameters, ...(inChinese === undefined ? {} : { inChinese }) });

/**
 * What is wrong with a part, within a sentence about the whole: the words of both, the reason of the part.
 * @param frame has `{why}` where the words of the part stand
 * @example saidWithin({ en: 'row 3: {why}', zh: '{why}' }, { message: 'late', zh: '晚', reason: 'R', parameters: {} }).zh //=> '晚'
 */
export function saidWithin<Reason extends string>(
  frame: Words,
  why: Said<Reason>,
  parameters: SaidParameters = {},
  inChinese: InChinese = (value) => value,
): Said<Reason> {
  const table: RefusalTable = { frame };
  const en = sayIn(table, 'frame', { parameters: { ...parameters, why: why.message } });
  const zh = sayIn(table, 'frame', {
    parameters: { ...parameters, why: why.zh },
    inChinese: (value) => (value === why.zh ? value : inChinese(value)),
  });
  return { message: en.message, zh: zh.zh, reason: why.reason, parameters: { ...parameters, ...why.parameters } };
}
