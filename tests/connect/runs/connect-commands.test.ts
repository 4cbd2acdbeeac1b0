import { jest } from '@jest/globals';
import { addConnectCommands, addMappingCommands, type MappingFiles } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { Command } from '@zhitong/kit/cli';
import { BERTH_FIELDS, berthRows, contentsOf, harbour, SETTINGS, type Harbour } from '../support/harbour.js';
import { mapBy, memorySource } from '../support/memory-source.js';

let port: Harbour;
beforeAll(async () => void (port = await harbour(import.meta.url)));
beforeEach(async () => port.empty());
afterAll(async () => port.database.close());

const rows = [...berthRows(3), { 泊位: 'B9', 名称: 'bad', 联系人: '欧阳小红' }];
const mappings: MappingFiles = {
  read: async (_file, { targets: [target = port.target] }) => ({
    target,
    settings: SETTINGS,
    source: memorySource(rows),
    map: mapBy(BERTH_FIELDS, ['number']),
  }),
  check: async (file) => `${file} 没有问题`,
  guess: async (file) => `target: berth # ${file}`,
};

/** What a command printed. */
async function printed(...args: string[]): Promise<string> {
  const program = new Command('harbour').exitOverride();
  const logger = createLogger({ name: 'test', level: 'silent' });
  const open = async (work: Parameters<Parameters<typeof addConnectCommands>[1]>[0]): Promise<void> =>
    work({ ...port, logger, targets: async () => [port.target] });
  addConnectCommands(program, open);
  addMappingCommands(program, open, mappings);
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    await program.parseAsync(['connect', ...args], { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}

it('runs a mapping, tells its history and its refusals, and undoes it', async () => {
  expect(await printed('run', 'berths.yaml')).toContain('读取 4：新增 3、变更 0、未变 0、退回 1、略过 0');
  expect(await printed('history')).toMatch(/berth-list → berth: .* DONE .*1 refused rows open; next by hand/);
  expect(await printed('refusals', 'berth-list')).toBe(
    'memory.csv 第 5 行 名称：名称不允许\n1 行待更正，由港口科负责\n',
  );
  const [run] = await port.all('connector_runs');
  expect(await printed('undo', String(run?.['_id']))).toContain('已撤销 3 条，保留 0 条');
  expect(await port.berths()).toEqual([]);
  await expect(printed('undo', String(run?.['_id']))).rejects.toThrow('撤销');
});

it('a dry run tells what would be, and stores nothing', async () => {
  const before = await contentsOf(port.connection);
  const told = await printed('run', 'berths.yaml', '--dry-run');
  expect(told).toContain('将新增 B0000（第 2 行）');
  expect(told).toContain('试运行，未写入任何数据');
  expect(told).not.toContain('王小');
  expect(await contentsOf(port.connection)).toEqual(before);
});
