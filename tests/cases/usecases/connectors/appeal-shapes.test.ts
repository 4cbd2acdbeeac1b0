import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { utils, write } from '@e965/xlsx';
import { readMapping, runSource } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
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
  const keywords = keywordExtractor();
  const register = { faultsOf: async () => [] };
  const read = await readMapping(path.join(folder, 'appeals.yaml'), {
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
