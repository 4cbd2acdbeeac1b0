import { normalText } from '@zhitong/values';
import { Document, isMap, isScalar } from 'yaml';
import type { SourceSection } from '../sources/source-section.js';
import type { SourceRecord } from '../source-record.js';
import type { TargetField } from '../target.js';
import { readerOf, type TargetShape } from './compile.js';
import { editDistance } from './faults.js';
import { UNKNOWN_TEXTS, type FieldMapping, type Mapping } from './mapping.js';
import { MONEY_UNITS, unitOfHeader } from './readers/money.js';
import { rateUnitOf } from './readers/numbers.js';
import { textOf } from './readers/reading.js';

/** What a guess rests on. */
export interface GuessInput {
  readonly name: string;
  readonly department: string;
  readonly source: SourceSection;
  readonly target: TargetShape;
  readonly columns: readonly string[];
  readonly records: readonly SourceRecord[];
  /** Texts above the header, which may name the unit of amounts. */
  readonly above?: readonly string[];
  /** The schema's place as seen from the mapping file, for editors. */
  readonly schema: string;
}

const SAMPLES = 200;
const [SAME, WITHIN, NEAR] = [100, 60, 45];
const OF_VALUES = 40;
/** Less than a near name whose values fit, or a column without a telling name that holds nothing but credit codes. */
const ENOUGH = 40;

/**
 * A mapping for a source without one: headers against what the target's columns are usually called, values against its
 * kinds. Its YAML loads; what it leaves out stands below it as comments, to be checked by who knows the source.
 */
export function guessMapping(input: GuessInput): string {
  const { target, columns, records, above = [] } = input;
  const unit = unitAbove(above);
  const counted = new Set(columns.map((column) => codeBeside(column, columns)));
  const own = columns.filter((column) => !counted.has(column));
  const pairs = Object.entries(target.fields)
    .flatMap(([field, described]) =>
      own.map((column) => ({ field, column, score: scoreOf(column, described, records) })),
    )
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score);
  const chosen = new Map<string, string>();
  const taken = new Set<string>();
  const foreign: string[] = [];
  for (const { field, column } of pairs) {
    if (chosen.has(field) || taken.has(column)) continue;
    if (isForeign(column, target.fields[field], records)) {
      taken.add(column);
      foreign.push(`${column} (${field})`);
      continue;
    }
    chosen.set(field, column);
    taken.add(column);
  }
  const wanted = Object.entries(target.fields).filter(([name, { required }]) => required && !chosen.has(name));
  const shared = wanted.flatMap(([name, field]) => {
    const column = field.headers.flatMap((header) => columns.find((one) => bare(one) === bare(header)) ?? [])[0];
    return column === undefined ? [] : [{ name, column }];
  });
  for (const { name, column } of shared) chosen.set(name, column);
  const missing = wanted.filter(([name]) => !chosen.has(name));
  const left = columns.filter((column) => !taken.has(column));
  const only = validOnly(left, records);
  const currencies = new Set<string>();
  const prefixes = new Set<string>();
  const fields: Record<string, unknown> = Object.fromEntries([
    ...Object.keys(target.fields).flatMap((name): [string, unknown][] => {
      const column = chosen.get(name);
      const described = target.fields[name];
      if (column === undefined || described === undefined) return [];
      const currency = described.type.kind === 'money' ? currencyOf(column, left) : undefined;
      if (currency !== undefined) currencies.add(currency);
      const prefix = described.type.kind === 'text' ? codeBeside(column, left) : undefined;
      if (prefix !== undefined) prefixes.add(prefix);
      return [[name, written(column, described, records, { unit, currency, prefix })]];
    }),
    ...missing.map(([name, { headers }]): [string, unknown] => [name, headers[0]]),
  ]);
  const document = new Document({
    name: input.name,
    target: target.name,
    department: input.department,
    source: input.source,
    fields,
    ...(only !== null && { only }),
  });
  document.commentBefore = ` yaml-language-server: $schema=${input.schema}\n A guess: check every line.`;
  for (const [name] of missing) comment(document, 'fields', name, NOT_FOUND);
  for (const { name } of shared) comment(document, 'fields', name, SHARED);
  for (const column of Object.keys(only ?? {})) comment(document, 'only', column, VALID_ALONE);
  const unused = left.filter(
    (column) => only?.[column] === undefined && !currencies.has(column) && !prefixes.has(column),
  );
  const told = [
    ...(foreign.length === 0
      ? []
      : [` Left out, since none of its values is one that is known: ${foreign.join(', ')}`]),
    ...(unused.length === 0 ? [] : [` Columns that fill nothing: ${unused.join(', ')}`]),
  ];
  if (told.length > 0) document.comment = told.join('\n');
  return document.toString({ lineWidth: 120 });
}

const NOT_FOUND = ' No column was found for it; without it no record is taken. One value for all: { constant: … }.';
const SHARED = ' This column fills another field, too: right where the source has one number for both.';
const VALID_ALONE = ' Records with another value are passed over.';

/** Writes a comment at what a part of the document says of a name, in its first line. */
function comment(document: Document, part: 'fields' | 'only', name: string, text: string): void {
  const map = document.get(part);
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
  if (isScalar(pair?.value)) pair.value.comment = text;
  else if (isScalar(pair?.key)) pair.key.commentBefore = text;
}

/** A column that says whether a record counts (发票状态, 是否作废), with its values that say yes; null without one. */
function validOnly(
  columns: readonly string[],
  records: readonly SourceRecord[],
): Readonly<Record<string, readonly string[]>> | null {
  for (const column of columns) {
    const asksForVoid = /是否作废|作废标[志识]/.test(bare(column));
    if (!asksForVoid && !/状态$/.test(bare(column))) continue;
    const values = [...new Set(samples(column, records))];
    const isVoid = asksForVoid ? YES : VOID;
    const valid = values.filter((value) => !isVoid.test(value));
    const isJudged = values.some((value) => isVoid.test(value) || (asksForVoid ? NO : VALID).test(value));
    if (isJudged && valid.length > 0 && values.length <= MOST_STATES) return { [column]: valid };
  }
  return null;
}
const [VOID, VALID, YES, NO] = [/作废|无效|红冲|冲红/, /^(?:有效|正常)/, /^(?:是|Y|1)$/i, /^(?:否|N|0)$/i];
const MOST_STATES = 6;

/** The unit that stands above the header (单位：万元). */
function unitAbove(above: readonly string[]): string | undefined {
  const stated = above.flatMap((text) => UNIT_ABOVE.exec(normalText(text).replace(/\s/g, ''))?.[1] ?? []);
  return stated.find((unit) => MONEY_UNITS.has(unit));
}
const UNIT_ABOVE = /单位:?(?:人民币)?([百千]?万?亿?元)(?![\u4E00-\u9FFF])/;

/** The column that names the currency of an amount: of its own group of columns, else of none. */
function currencyOf(column: string, columns: readonly string[]): string | undefined {
  const groupOf = (one: string): string => one.slice(0, one.lastIndexOf('/') + 1);
  const named = columns.filter((one) => /币种|货币(?:单位|名称|代码)?$/.test(bare(one)));
  return named.find((one) => groupOf(one) === groupOf(column)) ?? named.find((one) => groupOf(one) === '');
}

/** The column of the code within which numbers are counted: 发票代码 beside 发票号码. */
function codeBeside(column: string, columns: readonly string[]): string | undefined {
  const [, what] = /^(.+)号码$/.exec(bare(column)) ?? [];
  return what === undefined ? undefined : columns.find((one) => bare(one) === `${what}代码`);
}

function written(
  column: string,
  { type }: TargetField,
  records: readonly SourceRecord[],
  { unit: above, currency, prefix }: Readonly<Record<'unit' | 'currency' | 'prefix', string | undefined>>,
): unknown {
  if (type.kind === 'money') {
    // A cell that names its unit counts in it, whatever the mapping says of the others.
    const unit = above ?? (samples(column, records).some(namesUnit) ? undefined : '元');
    const stated = {
      ...(unitOfHeader(column) === null && unit !== undefined && { unit }),
      ...(currency !== undefined && { currencyColumn: currency }),
    };
    if (Object.keys(stated).length > 0) return { column, ...stated };
  }
  if (
    type.kind === 'rate' &&
    rateUnitOf(column) === null &&
    !samples(column, records).some((text) => text.endsWith('%'))
  )
    return { column, unit: 'percent' };
  const digits = type.kind === 'text' ? digitsOf(samples(column, records)) : null;
  const beside = {
    ...(prefix !== undefined && { prefixColumn: prefix }),
    ...(digits !== null && { digits, pad: 'flag' }),
  };
  return Object.keys(beside).length === 0 ? column : { column, ...beside };
}

/**
 * How many digits numbers have of which a spreadsheet took leading zeros: most have all, and the others lack few; null
 * for other texts. Where numbers of two lengths are mixed, as of invoices on paper and digital ones, nobody lost any.
 */
function digitsOf(texts: readonly string[]): number | null {
  if (!texts.every((text) => /^\d+$/.test(text))) return null;
  const lengths = texts.map(({ length }) => length);
  const longest = Math.max(...lengths);
  const share = lengths.filter((length) => length === longest).length / lengths.length;
  const isOfOneLength = Math.min(...lengths) >= longest - MOST_LOST;
  return longest >= LEAST_DIGITS && isOfOneLength && share > 0.5 && share < 1 ? longest : null;
}
/** More zeros than these does no number begin with. */
const MOST_LOST = 4;
/** Shorter ones are rather counted: 1, 2 … 1000. */
const LEAST_DIGITS = 6;

const namesUnit = (text: string): boolean => /[万亿元]/.test(text);

const samples = (column: string, records: readonly SourceRecord[]): string[] =>
  records.slice(0, SAMPLES).flatMap(({ cells }) => {
    const cell = cells.get(column);
    if (cell === undefined || cell.kind === 'empty' || cell.kind === 'fault') return [];
    const text = normalText(textOf(cell));
    return UNKNOWN_TEXTS.includes(text.toUpperCase()) ? [] : [text];
  });

const AS_GUESSED: FieldMapping = {
  columns: [],
  transforms: [],
  codes: {},
  irregular: 'accept',
  contract: 'evolve',
};

/** How well a column fits a field: its name first, then its values; values that do not fit speak against it. */
function scoreOf(column: string, field: TargetField, records: readonly SourceRecord[]): number {
  // Of equal names the one counts that the field is called by rather.
  const name = Math.max(
    ...field.headers.map((header, place) => {
      const score = nameScore(column, header);
      return score === 0 ? 0 : score - place / field.headers.length;
    }),
  );
  const share = shareOf(column, field, records);
  if (share === null) return name;
  if (name > 0) return name + (share - 0.5) * OF_VALUES;
  return field.type.kind === 'uscc' && share > 0.9 ? OF_VALUES : 0;
}

/**
 * Whether a column holds codes of somewhere else, such as the districts of another city: a row could be taken without
 * it, and none with it. An empty table says nothing against it.
 */
function isForeign(column: string, field: TargetField | undefined, records: readonly SourceRecord[]): boolean {
  if (field?.type.kind !== 'code' || field.required || field.type.codes.size === 0) return false;
  return shareOf(column, field, records) === 0;
}

/** The share of a column's values that a field can take; null where it has none. */
function shareOf(column: string, field: TargetField, records: readonly SourceRecord[]): number | null {
  const unit = field.type.kind === 'money' ? '元' : field.type.kind === 'rate' ? 'percent' : undefined;
  const mapping = { timeZone: 'Asia/Shanghai', calendar: 1900 } as Mapping;
  const reader = readerOf(field.type, column, { ...AS_GUESSED, unit }, mapping, (text) => text);
  const values = records.slice(0, SAMPLES).flatMap(({ cells }) => {
    const cell = cells.get(column);
    if (cell === undefined || cell.kind === 'empty' || cell.kind === 'fault') return [];
    return UNKNOWN_TEXTS.includes(normalText(textOf(cell)).toUpperCase()) ? [] : [cell];
  });
  return values.length === 0 ? null : values.filter((cell) => reader(cell).ok).length / values.length;
}

/** Below a group a column is what its own header says; the group's name says it where that says nothing. */
function nameScore(column: string, header: string): number {
  const parts = bare(column).split('/');
  const own = partScore(parts.at(-1) ?? '', header);
  return Math.max(own, ...parts.slice(0, -1).map((group) => partScore(group, header) - BY_GROUP));
}
const BY_GROUP = 10;

function partScore(one: string, header: string): number {
  const two = bare(header);
  if (one === two) return SAME;
  if (one === '' || two.length < 2) return 0;
  if (one.includes(two) || two.includes(one)) return WITHIN;
  return editDistance(one, two) <= Math.max(1, Math.floor(two.length / 4)) && two.length > 2 ? NEAR : 0;
}

/** A header without its unit. */
const bare = (header: string): string =>
  normalText(header)
    .replace(/\([^)]*\)|[::].*$/g, '')
    .replace(/[\s_]/g, '')
    .toLowerCase();
