import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { addConnectCommands } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { Command } from '@zhitong/kit/cli';
import { contentsOf, harbour, type Harbour } from '../support/harbour.js';

let port: Harbour;
let folder: string;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => {
  await port.empty();
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-connect-'));
  deliver('泊位,名称,联系人', 'B1,北码头,王小红', 'B2,南码头,李小明', 'B3,bad,欧阳小红');
  writeFileSync(at('berths.yaml'), MAPPING);
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(async () => port.database.close());

const MAPPING = `name: berth-list
target: berth
department: GKJ
source: { kind: csv, path: berths.csv }
keeper: 港口科
fields:
  number: 泊位
  name: { column: 名称, contract: required }
  master: 联系人
`;
const at = (name: string): string => path.join(folder, name);
const deliver = (...lines: string[]): void => writeFileSync(at('berths.csv'), `${lines.join('\n')}\n`);

/** What a command printed. */
async function printed(...args: string[]): Promise<string> {
  const program = new Command('harbour').exitOverride();
  const logger = createLogger({ name: 'test', level: 'silent' });
  addConnectCommands(program, async (work) => work({ ...port, logger, targets: async () => [port.target] }));
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await program.parseAsync(['connect', ...args], { from: 'user' });
  } finally {
    write.mockRestore();
    errors.mockRestore();
  }
  return lines.join('');
}
const names = async (): Promise<unknown[]> => (await port.berths()).map(({ values }) => values['name']);

it('runs a mapping, says its history and its refusals, and undoes it', async () => {
  expect(await printed('run', at('berths.yaml'))).toContain('读取 3：新增 2、变更 0、未变 0、退回 1、略过 0');
  expect(await printed('history')).toMatch(/berth-list → berth: .* DONE .*1 refused rows open; next by hand/);
  expect(await printed('refusals', 'berth-list')).toBe(
    'berths.csv 第 4 行 名称：名称不允许\n1 行待更正，由港口科负责\n',
  );
  const [run] = await port.all('connector_runs');
  expect(await printed('undo', String(run?.['_id']))).toContain('已撤销 2 条，保留 0 条');
  expect(await port.berths()).toEqual([]);
  await expect(printed('undo', String(run?.['_id']))).rejects.toThrow('撤销');
});

it('writes nothing on a second run of the same file', async () => {
  await printed('run', at('berths.yaml'));
  const before = await port.berths();
  expect(await printed('run', at('berths.yaml'))).toContain('读取 3：新增 0、变更 0、未变 2、退回 1、略过 0');
  expect(await port.berths()).toEqual(before);
});

it('a dry run says what would be, and stores nothing', async () => {
  const before = await contentsOf(port.connection);
  const told = await printed('run', at('berths.yaml'), '--dry-run');
  expect(told).toContain('将新增 B1（第 2 行）');
  expect(told).toContain('试运行，未写入任何数据');
  expect(told).not.toContain('王小');
  expect(await contentsOf(port.connection)).toEqual(before);
});

it('lists refused rows in the order of their lines, and tells the new place of one that has moved', async () => {
  const bad = Array.from({ length: 12 }, (_none, index) => `B${String(index)},bad,王小${String(index)}`);
  deliver('泊位,名称,联系人', ...bad);
  await printed('run', at('berths.yaml'));
  const lines = async (): Promise<string[]> =>
    [...(await printed('refusals', 'berth-list')).matchAll(/第 (\d+) 行/g)].map(([, line = '']) => line);
  expect(await lines()).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13']);
  deliver('泊位,名称,联系人', 'B99,西码头,李小明', ...bad.slice(0, 3));
  await printed('run', at('berths.yaml'));
  expect(await lines()).toEqual(['3', '4', '5', '5', '6', '7', '8', '9', '10', '11', '12', '13']);
});

it('takes refused rows again once they are corrected, and settles their refusals', async () => {
  const told = await printed('run', at('berths.yaml'));
  const rejects = at('berth-list.refused.csv');
  expect(told).toContain(rejects);
  const text = readFileSync(rejects, 'utf8');
  expect(text).toMatch(/^\uFEFF泊位,名称,联系人,列,原因,退回编号\r\nB3,bad,欧阳小红,名称,名称不允许,[\w-]{22}\r\n$/);
  writeFileSync(at('corrected.csv'), text.replace('bad', '西码头'));
  expect(await printed('run', at('berths.yaml'), '--input', at('corrected.csv'))).toContain('读取 1：新增 1');
  expect(await names()).toEqual(['北码头', '南码头', '西码头']);
  expect(await printed('refusals', 'berth-list')).toBe('0 行待更正，由港口科负责\n');
});

it('keeps a refusal without a key open until the row comes back corrected', async () => {
  deliver('泊位,名称,联系人', 'B1,北码头,王小红', ',南码头,李小明', ',西码头,欧阳小红');
  await printed('run', at('berths.yaml'));
  await printed('run', at('berths.yaml'));
  expect(await printed('refusals', 'berth-list')).toContain('2 行待更正');
  const [header = '', first = ''] = readFileSync(at('berth-list.refused.csv'), 'utf8').split('\r\n');
  writeFileSync(at('one.csv'), `${header}\r\n${first.replace(/^,/, 'B2,')}\r\n`);
  await printed('run', at('berths.yaml'), '--input', at('one.csv'));
  expect(await printed('refusals', 'berth-list')).toMatch(/第 4 行[^\n]*\n1 行待更正/);
  deliver('泊位,名称,联系人', 'B1,北码头,王小红', 'B2,南码头,李小明');
  await printed('run', at('berths.yaml'));
  expect(await printed('refusals', 'berth-list')).toBe('0 行待更正，由港口科负责\n');
});

it('stops before anything is written where a column has another name', async () => {
  await printed('run', at('berths.yaml'));
  deliver('泊位,泊位名称,联系人', 'B1,东码头,王小红', 'B4,东码头,王小红');
  await expect(printed('run', at('berths.yaml'))).rejects.toThrow(
    /表头与映射不符.*列“名称”（对应“名称”）似乎已改名为“泊位名称”：停止运行/,
  );
  expect(await names()).toEqual(['北码头', '南码头']);
});

it('names the faults of a mapping by line and column', async () => {
  writeFileSync(at('berths.yaml'), MAPPING.replace('master:', 'mater:').replace('kind: csv', 'kind: cvs'));
  await expect(printed('run', at('berths.yaml'))).rejects.toThrow(/berths\.yaml:4:\d+ /);
  expect(await port.all('connector_runs')).toEqual([]);
});

it('shows before the first run what would land and what would be refused', async () => {
  const told = await printed('check', at('berths.yaml'));
  expect(told).toContain('北码头');
  expect(told).not.toContain('王小红');
  expect(told).toContain('Of the first 3 records 3 are taken, 0 refused, 0 passed over.');
  expect(await port.all('connector_runs')).toEqual([]);
});

it('guesses a mapping that runs', async () => {
  writeFileSync(
    at('guessed.yaml'),
    await printed('guess', at('berths.csv'), '--target', 'berth', '--department', 'GKJ'),
  );
  expect(await printed('run', at('guessed.yaml'))).toContain('新增 2');
});

it('breaks off where another department does not answer, refuses no row for it, and goes on there', async () => {
  deliver('泊位,名称,联系人', 'B1,北码头,王小红', 'B2,outage,李小明');
  await expect(printed('run', at('berths.yaml'))).rejects.toThrow('The register does not answer.');
  expect(await port.all('connector_refusals')).toEqual([]);
  expect(await port.all('connector_runs')).toMatchObject([{ state: 'FAILED', counts: { read: 0 } }]);
});

it('watches a folder: takes what lies in it, says where it lies then, and ends', async () => {
  writeFileSync(at('berths.yaml'), `${MAPPING}drop: { folder: ., files: '*.csv', complete: rename }\n`);
  const told = await printed('watch', '--once', at('berths.yaml'));
  expect(told).toMatch(
    /^berths\.csv：读取 3：新增 2、变更 0、未变 0、退回 1、略过 0 → .*taken\/\w{26}-berths\.csv\n退回的行：/,
  );
  expect(await names()).toEqual(['北码头', '南码头']);
  expect(await printed('watch', '--once', at('berths.yaml'))).toBe('');
});

it('keeps in the history that a source could not be read', async () => {
  writeFileSync(at('berths.csv'), '');
  await expect(printed('run', at('berths.yaml'))).rejects.toThrow('is empty');
  expect(await port.all('connector_runs')).toMatchObject([{ state: 'REFUSED' }]);
  expect(await port.events()).toEqual(['cn.zhitong.connector.run-failed']);
});

it('tells of the cells that it mended as the mapping says', async () => {
  deliver('泊位,名称', '0000001,北码头', '2,南码头', '3,bad');
  writeFileSync(at('berths.yaml'), MAPPING.replace('number: 泊位', 'number: { column: 泊位, digits: 7, pad: flag }'));
  const told = await printed('run', at('berths.yaml'));
  expect(told).toContain(
    '按映射文件补正的行：1，请核对\nberths.csv 第 3 行 泊位：“2” 只有 1 位，前面的 0 已丢失，按 7 位补足',
  );
  expect((await port.berths()).map(({ _id }) => _id)).toEqual(['0000001', '0000002']);
});

it('lists what two sources say differently, with which of the two stands', async () => {
  writeFileSync(at('berths.yaml'), MAPPING.replace('keeper:', 'precedence: 1\nkeeper:'));
  writeFileSync(
    at('old.yaml'),
    MAPPING.replace('berth-list', 'old-list')
      .replace('berths.csv', 'old.csv')
      .replace('keeper:', 'precedence: 2\nkeeper:'),
  );
  writeFileSync(at('old.csv'), '泊位,名称,联系人\nB1,旧码头,王小红\nB2,南码头,李小明\n');
  await printed('run', at('berths.yaml'));
  expect(await printed('conflicts', 'berth-list')).toBe('0 处取值不同\n');
  await printed('run', at('old.yaml'));
  for (const source of ['berth-list', 'old-list'])
    expect(await printed('conflicts', source)).toBe(
      'B1 name：采用 berth-list 的 北码头，未采用 old-list 的 旧码头\n1 处取值不同\n',
    );
  expect((await names()).sort()).toEqual(['北码头', '南码头']);
  await expect(printed('conflicts', 'no-list')).rejects.toThrow('没有名为 no-list 的来源');
});
