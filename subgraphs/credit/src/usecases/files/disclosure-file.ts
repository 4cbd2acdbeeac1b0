import { CommandFailed } from '@zhitong/kit/cli';
import exceljs from 'exceljs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import {
  disclosedSums,
  type DisclosedDebtor,
  type Disclosure,
  type DisclosureCorrection,
} from '../../domain/arrears/disclosure.js';
import { plainCell, type ExportCell } from '../../domain/audit/export-row.js';
import { addCells, BYTE_ORDER_MARK } from './sheet-cells.js';
import { writeWhole } from './whole-file.js';

/** A part of the disclosure as a table: title, heads, rows. */
interface Table {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ExportCell[])[];
}

/** What departments and, for the office's own list, enterprises are called. */
export interface DisclosureNames {
  readonly departments: ReadonlyMap<string, string>;
  /** Null where contracts are left out, as in what is published: it names no enterprise. */
  readonly enterprises: ReadonlyMap<string, string> | null;
}

/**
 * The tables of a disclosure: departments with totals, what is other than was published by what is known since, and the
 * contracts where they are asked for.
 */
export function disclosureTables(
  disclosure: Disclosure,
  { departments, enterprises }: DisclosureNames,
  correction: DisclosureCorrection | null,
): Table[] {
  const named = (code: string): string => departments.get(code) ?? code;
  const row = (name: string, { contractCount, amount, interest }: Omit<DisclosedDebtor, 'debtor'>): ExportCell[] => [
    name,
    contractCount,
    { fen: amount },
    { fen: interest },
  ];
  const table = (
    title: string,
    rows: readonly DisclosedDebtor[],
    total: string,
    sums: Omit<DisclosedDebtor, 'debtor'>,
  ): Table => ({
    title,
    heads: ['单位', '合同数量（个）', '逾期未支付金额（元）', '逾期利息（元）'],
    rows: [...rows.map(({ debtor, ...sum }) => row(named(debtor), sum)), row(total, sums)],
  });
  const title = `${disclosure.year}年度逾期尚未支付中小企业款项信息`;
  const tables = [table(title, disclosure.departments, '合计', disclosedSums(disclosure))];
  if (correction !== null)
    tables.push(
      table(`公布后更正（按${correction.knownOn}登记情况）`, correction.departments, '更正后合计', correction),
    );
  if (enterprises === null) return tables;
  const list: Table = {
    title: '合同清单（内部核对用，不公开）',
    heads: [
      '单位',
      '单位代码',
      '企业名称',
      '企业统一社会信用代码',
      '合同编号',
      '逾期未支付金额（元）',
      '逾期利息（元）',
    ],
    rows: disclosure.contracts.map(({ debtor, uscc, contractNumber, amount, interest }) => [
      named(debtor),
      debtor,
      enterprises.get(uscc) ?? '',
      uscc,
      contractNumber,
      { fen: amount },
      { fen: interest },
    ]),
  };
  return [...tables, list];
}

const below = ({ asOf, knownOn, publishBy, source }: Disclosure): string =>
  `数据截至${asOf}，按${knownOn}登记情况编制；依据${source}，于${publishBy}前公开。`;

function csvOf(disclosure: Disclosure, tables: readonly Table[]): string {
  const lines = tables.flatMap(({ title, heads, rows }) => [[title], heads, ...rows, []]);
  const text = stringify(
    [...lines, [below(disclosure)]].map((row) => row.map(plainCell)),
    { record_delimiter: '\r\n' },
  );
  return `${BYTE_ORDER_MARK}${text}`;
}

async function xlsxOf(disclosure: Disclosure, tables: readonly Table[]): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  for (const { title, heads, rows } of tables) {
    const sheet = workbook.addWorksheet(title.slice(0, 31));
    addCells(sheet, [title]);
    addCells(sheet, heads);
    for (const row of rows) addCells(sheet, row);
    addCells(sheet, [below(disclosure)]);
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

/** A table that a page takes over as it is: no styles, a caption, heads for screen readers, the source below. */
function htmlOf(disclosure: Disclosure, tables: readonly Table[]): string {
  const cells = (tag: 'td' | 'th', row: readonly ExportCell[]): string =>
    row.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escaped(plainCell(cell))}</${tag}>`).join('');
  const parts = tables.map(
    ({ title, heads, rows }) =>
      `<table>\n<caption>${escaped(title)}</caption>\n<thead>\n<tr>${cells('th', heads)}</tr>\n</thead>\n<tbody>\n${rows
        .map((row) => `<tr>${cells('td', row)}</tr>`)
        .join('\n')}\n</tbody>\n</table>\n`,
  );
  return `${parts.join('')}<p>${escaped(below(disclosure))}</p>\n`;
}

const WRITERS: Readonly<
  Record<string, (disclosure: Disclosure, tables: readonly Table[]) => Promise<string | Uint8Array>>
> = {
  '.csv': async (disclosure, tables) => Promise.resolve(csvOf(disclosure, tables)),
  '.xlsx': xlsxOf,
  '.html': async (disclosure, tables) => Promise.resolve(htmlOf(disclosure, tables)),
};

/**
 * Writes a disclosure to a file: `.csv`, `.xlsx`, or `.html` for a table that a page takes over.
 * @throws CommandFailed for another ending, and when the file cannot be written
 */
export async function disclosureToFile(
  disclosure: Disclosure,
  file: string,
  names: DisclosureNames,
  correction: DisclosureCorrection | null = null,
): Promise<void> {
  const make = WRITERS[path.extname(file).toLowerCase()];
  if (make === undefined) throw new CommandFailed(`--file is ${file}; it ends in .csv, .xlsx or .html.`);
  const content = await make(disclosure, disclosureTables(disclosure, names, correction));
  await writeWhole(
    file,
    async (output: Writable) => {
      output.end(content);
      return Promise.resolve();
    },
    { option: '--file' },
  );
}
