import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { utils, write } from '@e965/xlsx';
import { readMapping, runSource, type RunRecord } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import iconv from 'iconv-lite';
import { keywordExtractor } from '../../../../subgraphs/cases/src/memory/keywords.js';
import { casesUnderTest, people, type CasesUnderTest } from '../../support/cases-under-test.js';

let under: CasesUnderTest;
const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-appeals-'));
beforeAll(async () => void (under = await casesUnderTest(import.meta.url, '2026-11-28')));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await under.close();
});

const MAPPING = `name: appeals
target: case
department: YSB
source: { kind: xls, path: appeals.xls }
fields:
  externalNumber: 编号
  receivedAt: 受理时间
  title: 标题
  text: 内容
  category: 分类
  lead: { column: 承办单位, codes: { 市住建局: ZJJ } }
  region: { constant: '421202' }
  uscc: { constant: 91421222MA3L4W7M5Q }
  assignedAt: 转办时间
`;

/** Runs the mapping of this name over its file. */
async function delivered(name: string): Promise<RunRecord> {
  const keywords = keywordExtractor();
  const register = { faultsOf: async () => [] };
  const read = await readMapping(path.join(folder, `${name}.yaml`), {
    targets: under.connectorTargets({ register, keywords }),
    reads: under.connectors,
    environment: {},
  });
  const { run } = await runSource({
    ...read,
    connection: under.connection,
    clock: { now: () => new Date('2026-11-28T04:00:00Z') },
    outbox: under.outbox,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  return run;
}

it('appeals of an old workbook with moments as texts of several forms and one as a number', async () => {
  const row = (number: string, received: unknown): unknown[] => [
    number,
    received,
    `诉求${number}的标题`,
    '供电线路多次跳闸，影响生产，请求处理。',
    '政务服务',
    '市住建局',
    '2026-11-23 09:00',
  ];
  // Serial number 46346.4375 is 20 November 2026, 10:30: 25569 is 1 January 1970, 20777 days earlier.
  const sheet = utils.aoa_to_sheet([
    ['编号', '受理时间', '标题', '内容', '分类', '承办单位', '转办时间'],
    row('A1', '2026-11-20 10:30'),
    row('A2', '2026年11月20日 10时30分'),
    row('A3', '2026/11/20 上午10:30'),
    row('A4', 46346.4375),
    row('A5', '11月20日'),
  ]);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '诉求');
  writeFileSync(
    path.join(folder, 'appeals.xls'),
    Buffer.from(write(book, { type: 'buffer', bookType: 'biff8' }) as Uint8Array),
  );
  writeFileSync(path.join(folder, 'appeals.yaml'), MAPPING);
  const run = await delivered('appeals');
  const refused = await under.connectors.refusals('appeals', { limit: 5 });
  expect(refused.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [6, '受理时间', expect.stringContaining('不是日期')],
  ]);
  expect(run.counts).toMatchObject({ read: 5, new: 4, refused: 1 });
  const { data } = await under.ask<{ cases: { nodes: { title: string; receivedAt: string }[] } }>(
    '{ cases(first: 20) { nodes { title receivedAt } } }',
    {},
    people.coordinator,
  );
  expect(data?.cases.nodes.map(({ title, receivedAt }) => [title, receivedAt]).sort()).toEqual(
    ['A1', 'A2', 'A3', 'A4'].map((number) => [`诉求${number}的标题`, '2026-11-20T02:30:00.000Z']),
  );
});

it('a list as a spreadsheet saves it: numbers in scientific notation, several telephones, done with and nobody says when', async () => {
  const header = '工单编号,受理时间,标题,内容,分类,来电号码,承办单位,转办时间,办结时间,办理结果,状态';
  const row = (number: string, more: Readonly<Record<number, string>> = {}): string =>
    [
      number,
      '2026-11-20 10:30',
      '供电线路多次跳闸',
      '供电线路多次跳闸，影响生产。',
      '政务服务',
      '',
      '',
      '',
      '',
      '',
      '处理中',
    ]
      .map((cell, at) => more[at] ?? cell)
      .join(',');
  const done = { 6: '市住建局', 9: '已改造线路并恢复供电。', 10: '已办结' };
  const rows = [
    row('B1', { 5: '（0715）8888888转801' }),
    row('B2', { 5: '13812345678、13912345678' }),
    row('2.02403E+13'),
    row('B4', { 10: '已办结' }),
    row('B5', { 10: '已撤回' }),
    row('B6', { 10: '重复件' }),
    // Years ago, and of its assignment the day alone is known.
    row('B7', { ...done, 1: '2019-03-05 09:00', 7: '2019-03-05', 8: '2019-03-12' }),
    row('B8', { ...done, 1: '2019-03-05 09:00', 7: '2019-03-04', 8: '2019-03-12' }),
    '合计,,,,,,,,,,8',
  ];
  writeFileSync(
    path.join(folder, 'list.csv'),
    iconv.encode(`2026年企业诉求台账\n${header}\n${rows.join('\n')}\n`, 'gbk'),
  );
  const mapping = MAPPING.replace('name: appeals', 'name: list')
    .replace('{ kind: xls, path: appeals.xls }', '{ kind: csv, path: list.csv }')
    .replace('编号', '工单编号');
  writeFileSync(
    path.join(folder, 'list.yaml'),
    `${mapping}  contactTelephone: 来电号码\n  resolvedAt: 办结时间\n  answer: 办理结果\n  status: 状态\n`,
  );
  const run = await delivered('list');
  const refused = await under.connectors.refusals('list', { limit: 10 });
  expect(refused.map(({ line, column, reason }) => [line, column, reason])).toEqual(
    [
      [4, '来电号码', '不止一个电话号码'],
      [5, '工单编号', '科学计数法'],
      [6, '状态', '却没有办结时间'],
      [7, '状态', '却没有撤回时间'],
      [8, '状态', '“重复件” 不在代码表中'],
      [10, '转办时间', '时间 2019-03-04 00:00 早于前一环节'],
      [11, '受理时间', '没有“受理时间”'],
    ].map(([line, column, reason]) => [line, column, expect.stringContaining(String(reason)) as unknown]),
  );
  expect(run.counts).toMatchObject({ read: 9, new: 2, refused: 7 });
  const { data } = await under.ask<{ cases: { nodes: { receivedAt: string; status: string }[] } }>(
    '{ cases(first: 20) { nodes { receivedAt status } } }',
    {},
    people.coordinator,
  );
  expect(data?.cases.nodes).toContainEqual({ receivedAt: '2019-03-05T01:00:00.000Z', status: 'RESOLVED' });
});
