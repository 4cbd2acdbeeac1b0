import { normalText } from '@zhitong/values';
import type { Mapped, MapRecord } from '../mapped.js';
import type { Cell, SourceRecord } from '../source-record.js';
import type { FieldType, FieldValue, RowFlag, Target, TargetField } from '../target.js';
import type { FieldMapping, Mapping } from './mapping.js';
import { codeReader, textByTable, valueByTable } from './readers/codes.js';
import { dayReader, instantReader, yearReader } from './readers/days.js';
import { isYuan, MONEY_UNITS, moneyReader, unitOfHeader, type UnitFound } from './readers/money.js';
import { integerReader, numberOf, rateReader, rateUnitOf } from './readers/numbers.js';
import { refuse, textOf, type FilledCell, type Reader, type Reading, type Shown } from './readers/reading.js';
import { hidden, short } from './readers/shown.js';
import { telephoneReader } from './readers/telephone.js';
import { booleanReader, textReader, textsReader, transformed } from './readers/texts.js';
import { usccReader } from './readers/uscc.js';

/** What a target is to a mapping: its fields and its key. */
export type TargetShape = Pick<Target, 'name' | 'fields' | 'key' | 'areKeysOfDepartment'>;

/** A spreadsheet's error, exported as text. */
const SHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/;
/** How spreadsheets are made to keep a text of digits in a CSV: `="0123"`. */
const KEPT_TEXT = /^="([^"]*)"$/;

/**
 * Makes a function of a mapping, once: it is called for millions of records.
 * @example compileMapping(mapping, target)(record) //=> { kind: 'row', row: { key: '91540000735548579F', … } }
 */
export function compileMapping(mapping: Mapping, target: TargetShape): MapRecord {
  const fields = Object.entries(mapping.fields).flatMap(([name, field]) => {
    const described = target.fields[name];
    return described === undefined ? [] : [compileField(name, field, described, mapping)];
  });
  const only = [...mapping.only];
  const scope = scopeOf(mapping, target);
  const keyFields = target.key.map((name) => fields.find((field) => field.name === name));
  const refused = (
    { cells }: SourceRecord,
    at: { column: string | null; field: string | null; reason: string },
  ): Mapped => ({
    kind: 'refused',
    key: naturalKey(
      keyFields.map((field) => {
        const found = field?.read(cells);
        return found?.reading.ok === true ? found.reading.value : null;
      }),
      scope,
    ),
    ...at,
  });
  return (record) => {
    if (record.fault !== undefined)
      return {
        kind: 'refused',
        key: null,
        column: record.fault.column ?? null,
        field: null,
        reason: record.fault.reason,
      };
    for (const [column, texts] of only) {
      const cell = record.cells.get(column);
      const text = cell === undefined || cell.kind === 'empty' ? '' : normalText(cellText(cell));
      if (!texts.has(text)) return { kind: 'skipped', reason: `“${column}”不在映射文件 only 所列的值中` };
    }
    const values: Record<string, FieldValue> = {};
    const columns: Record<string, string> = {};
    const flags: RowFlag[] = [];
    for (const field of fields) {
      const found = field.read(record.cells);
      if (found === null) {
        if (!field.isRequired) continue;
        if (mapping.missingKey === 'skip' && target.key.includes(field.name))
          return { kind: 'skipped', reason: `没有主键“${field.title}”` };
        return refused(record, {
          column: field.columns[0] ?? null,
          field: field.name,
          reason: `没有“${field.title}”，这一项必须有值`,
        });
      }
      if (!found.reading.ok)
        return refused(record, { column: found.column, field: field.name, reason: found.reading.reason });
      values[field.name] = found.reading.value;
      if (found.column !== null) columns[field.name] = found.column;
      if (found.reading.flag !== undefined)
        flags.push({ field: field.name, column: found.column, text: found.reading.flag });
    }
    const key = naturalKey(
      target.key.map((name) => values[name] ?? null),
      scope,
    );
    if (key === null)
      return { kind: 'refused', key, column: null, field: target.key[0] ?? null, reason: '主键不完整，无法识别这一行' };
    return { kind: 'row', row: { key, values, columns, place: record.place, ...(flags.length > 0 && { flags }) } };
  };
}

const scopeOf = ({ department }: Mapping, { areKeysOfDepartment }: TargetShape): string =>
  areKeysOfDepartment === true ? `${department}/` : '';

/** Makes a function that reads a record's natural key alone: the one that mapping it gives; null without one. */
export function keyReader(mapping: Mapping, target: TargetShape): (record: SourceRecord) => string | null {
  const fields = target.key.map((name) => {
    const [field, described] = [mapping.fields[name], target.fields[name]];
    return field === undefined || described === undefined ? null : compileField(name, field, described, mapping);
  });
  const scope = scopeOf(mapping, target);
  return ({ cells }) =>
    naturalKey(
      fields.map((field) => {
        const reading = field?.read(cells)?.reading;
        return reading?.ok === true ? reading.value : null;
      }),
      scope,
    );
}

/**
 * A record's natural key as one text, of the values of the target's key fields in their order, behind whose numbers it
 * is made of; null where a part of it is not known.
 * @param scope the department with a slash where the numbers are its own, else nothing
 * @example naturalKey(['咸市监〔2026〕3号', '91540000735548579F']) //=> '咸市监〔2026〕3号|91540000735548579F'
 */
export const naturalKey = (parts: readonly (FieldValue | null)[], scope = ''): string | null =>
  parts.some((part) => part === null)
    ? null
    : scope + parts.map((part) => String(part).replaceAll('|', '||')).join('|');

interface CompiledField {
  readonly name: string;
  readonly title: string;
  readonly isRequired: boolean;
  readonly columns: readonly string[];
  /** Null where nothing is known. */
  readonly read: (cells: ReadonlyMap<string, Cell>) => Found | null;
}

/** Makes the reader of one field. */
export function compileField(name: string, field: FieldMapping, target: TargetField, mapping: Mapping): CompiledField {
  const shown = target.isPersonal === true ? hidden : short;
  const readers = field.columns.map(
    (column) => [column, readerOf(target.type, column, field, mapping, shown)] as const,
  );
  const constant = field.constant === undefined ? null : constantReading(field.constant, target.type, field, mapping);
  const { currencyColumn } = field;
  const withPrefix = prefixed(name, field, target, mapping);
  return {
    name,
    title: target.headers[0],
    isRequired: target.required,
    columns: field.columns,
    read: (cells) => {
      for (const [column, reader] of readers) {
        const cell = cells.get(column);
        if (cell === undefined || cell.kind === 'empty') continue;
        if (cell.kind === 'fault') return { column, reading: refuse(cell.text) };
        const filled = prepared(cell, field);
        if (filled.kind === 'text') {
          if (isUnknown(filled.text, mapping.unknown)) continue;
          if (SHEET_ERROR.test(filled.text)) return { column, reading: refuse(`单元格是错误值 ${filled.text}`) };
        }
        const currency = currencyColumn === undefined ? null : currencyFault(cells.get(currencyColumn), shown);
        if (currency !== null) return { column: currencyColumn ?? column, reading: refuse(currency) };
        return withPrefix({ column, reading: reader(filled) }, cells);
      }
      return constant === null ? null : { column: null, reading: constant };
    },
  };
}

interface Found {
  readonly column: string | null;
  readonly reading: Reading;
}

/** Puts the text of the prefix's column before a text that was read; what cannot stand there is refused as its own. */
function prefixed(
  name: string,
  { prefixColumn, ...field }: FieldMapping,
  target: TargetField,
  mapping: Mapping,
): (found: Found, cells: ReadonlyMap<string, Cell>) => Found {
  if (prefixColumn === undefined) return (found) => found;
  const plain: FieldMapping = { ...field, columns: [prefixColumn], constant: undefined, digits: undefined, codes: {} };
  const prefix = compileField(name, plain, target, mapping);
  return (found, cells) => {
    const before = found.reading.ok ? prefix.read(cells) : null;
    if (before === null || !found.reading.ok) return found;
    if (!before.reading.ok) return before;
    const text = `${String(before.reading.value)}-${String(found.reading.value)}`;
    const joined = readerOf(target.type, prefixColumn, plain, mapping, short)({ kind: 'text', text });
    return { ...found, reading: joined.ok ? { ...found.reading, value: text } : joined };
  };
}

/** A cell's text with the mapping's transforms; other kinds as they are. */
function prepared(cell: FilledCell, { transforms }: FieldMapping): FilledCell {
  if (cell.kind !== 'text') return cell;
  const kept = cell.text.startsWith('="') ? (KEPT_TEXT.exec(cell.text)?.[1] ?? cell.text) : cell.text;
  const text = transforms.length === 0 ? kept : transformed(kept, transforms);
  return text === cell.text ? cell : { kind: 'text', text };
}

const LONGEST_UNKNOWN = 12;

const isUnknown = (text: string, unknown: ReadonlySet<string>): boolean =>
  text.trim() === '' || (text.length <= LONGEST_UNKNOWN && unknown.has(normalText(text).toUpperCase()));

/** What stands in the column of currencies, where it is not yuan. */
function currencyFault(cell: Cell | undefined, shown: Shown): string | null {
  if (cell === undefined || cell.kind === 'empty' || cell.kind === 'fault') return '没有写明币种，不能当作人民币';
  return isYuan(cellText(cell)) ? null : `币种是${shown(cellText(cell))}，这里要人民币金额；请按入账汇率换算后填写`;
}

/** How the cells of a column are read for a field of a type. */
export function readerOf(type: FieldType, column: string, field: FieldMapping, mapping: Mapping, shown: Shown): Reader {
  const days = { timeZone: mapping.timeZone, calendar: mapping.calendar };
  switch (type.kind) {
    case 'text':
      return textByTable(
        textReader(
          { longest: type.longest, digits: field.digits, pads: field.pad === 'flag', isName: type.isName === true },
          shown,
        ),
        field.codes,
      );
    case 'texts':
      return textsReader({ longest: type.longest, separator: field.separator });
    case 'integer':
      return valueByTable(integerReader(type, shown), field.codes);
    case 'decimal':
      return (cell) => numberOf(cell, shown);
    case 'money':
      return moneyReader(
        { unit: statedUnit(field.unit), header: unitOfHeader(column), mayBeNegative: type.mayBeNegative ?? false },
        shown,
      );
    case 'rate':
      return rateReader(field.unit === 'percent' || field.unit === 'fraction' ? field.unit : rateUnitOf(column), shown);
    case 'boolean':
      return valueByTable(booleanReader(shown), field.codes);
    case 'day':
      return dayReader(days, shown);
    case 'instant':
      return instantReader(days, shown);
    case 'year':
      return yearReader(shown);
    case 'uscc':
      return usccReader(field.irregular, type.confirmed);
    case 'telephone':
      return telephoneReader;
    case 'code':
      return codeReader(type, field.codes, shown);
  }
}

/** What a constant means, read as a cell with that text would be. */
export function constantReading(
  constant: string | number | boolean,
  type: FieldType,
  field: FieldMapping,
  mapping: Mapping,
): Reading {
  const cell: FilledCell =
    typeof constant === 'boolean'
      ? { kind: 'boolean', value: constant }
      : typeof constant === 'number'
        ? { kind: 'number', text: String(constant) }
        : { kind: 'text', text: constant };
  return readerOf(type, '', field, mapping, short)(cell);
}

function statedUnit(unit: string | undefined): UnitFound {
  const fen = unit === undefined ? undefined : MONEY_UNITS.get(unit);
  return fen === undefined ? null : { fen };
}

const cellText = (cell: Exclude<Cell, { readonly kind: 'empty' }>): string =>
  cell.kind === 'fault' ? cell.text : textOf(cell);
