import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { addConnectCommands } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { Command } from '@zhitong/kit/cli';
import {
  clock,
  coordinator,
  officer,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

/**
 * The walk of "Join an existing system" in the README: its commands and queries as they are written there, over a copy
 * of the folder that ships with the project.
 */
const SHIPPED = 'subgraphs/enterprises/connectors';
const [, SECTION = ''] = readFileSync('README.md', 'utf8').split('## Join an existing system');
const WALK = SECTION.split('\n## ')[0] ?? '';
const COMMANDS = [...WALK.matchAll(/^npm run connect -- (.+)$/gm)].map(([, command = '']) => command);
const [QUERY = ''] = [...WALK.matchAll(/```graphql\n(.+?)```/gs)].map(([, text = '']) => text);
let under: EnterprisesUnderTest;
let folder: string;
beforeAll(async () => void (under = await enterprisesUnderTest(import.meta.url, 200)));
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-register-'));
  cpSync(SHIPPED, folder, { recursive: true });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await under.close();
});

/** Runs are in the order of their moments. */
let seconds = 0;
const ticking = { now: () => new Date(clock.now().getTime() + 1_000 * (seconds += 1)) };

/** Runs a command of the README; gives what it prints. */
async function run(command = ''): Promise<string> {
  const program = new Command('enterprises').exitOverride();
  const { department, database } = under;
  const logger = createLogger({ name: 'test', level: 'silent' });
  const { outbox, connectorTargets: targets } = department;
  addConnectCommands(program, async (work) =>
    work({ connection: database.connection, clock: ticking, logger, outbox, targets }),
  );
  const lines: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    // `--subgraph` is for the script that finds the department.
    const args = command
      .replace(/ --subgraph enterprises/, '')
      .replaceAll(`${SHIPPED}/`, `${folder}/`)
      .split(' ');
    await program.parseAsync(['connect', ...args], { from: 'user' });
  } finally {
    out.mockRestore();
    errors.mockRestore();
  }
  return lines.join('');
}

async function enterprise(uscc: string): Promise<unknown> {
  const { data } = await under.ask<{ enterprise: unknown }>(
    `{ enterprise(uscc: "${uscc}") { name legalForm registeredOn status registeredCapital { amount } industry { code name }
      region { code } contact { name telephone } } }`,
    { actor: coordinator },
  );
  return data?.enterprise;
}

it('is four commands', () => {
  expect(COMMANDS.map((command) => command.split(' ')[0])).toEqual(['check', 'run', 'run', 'history']);
});

it('check shows how the file is read and the first rows as they would land', async () => {
  const told = await run(COMMANDS[0]);
  expect(told).toContain('gb18030');
  expect(told).toMatch(/91421222MA3L4W7M5Q +通城贺胜科技股份有限公司/);
  expect(told).toContain('Of the first 100 records 97 are taken, 3 refused');
});

it('run takes 97 of a hundred lines, and says of three what is wrong', async () => {
  const told = await run(COMMANDS[1]);
  expect(told).toContain('读取 100：新增 97、变更 0、未变 0、退回 3、略过 0');
  expect(told).toContain('market-register.refused.csv');
  const refused = await under.department.connectors.refusals('market-register', { limit: 10 });
  expect(refused.map(({ place, column, reason }) => [place.line, column, reason])).toEqual([
    [24, '统一社会信用代码', expect.stringMatching(/第 18 位校验码是“4”，按前 17 位应当是“F”/) as unknown],
    [49, '币种', expect.stringContaining('美元') as unknown],
    [83, '成立日期', expect.stringContaining('不是存在的日期') as unknown],
  ]);
  // Read by hand from the file: its first line.
  expect(await enterprise('91421222MA3L4W7M5Q')).toEqual({
    name: '通城贺胜科技股份有限公司',
    legalForm: 'JOINT_STOCK_COMPANY',
    registeredOn: '2022-02-16',
    status: 'ABNORMAL_LISTED',
    registeredCapital: { amount: '1000000.00' },
    industry: { code: 'I651', name: '软件开发' },
    region: { code: '421222' },
    contact: { name: '王丽华', telephone: '0715-8254656' },
  });
  // A character of four bytes, which GBK does not have.
  expect(await enterprise('91421224MA055QJB0U')).toMatchObject({ contact: { name: '陈𠮷祥' } });
});

it('the query of the graph tells the department of its sources, runs and refused rows', async () => {
  const { data, errors } = await under.ask(QUERY, { actor: { ...officer, department: 'SCJGJ' } });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    enterpriseConnectors: [
      {
        name: 'market-register',
        lastRun: { state: 'DONE', counts: { read: 100, new: 97, refused: 3 } },
        refusals: { totalCount: 3, nodes: [{ line: 24 }, { line: 49 }, { line: 83 }] },
      },
    ],
  });
  const [, provenance = ''] = /`(\{ enterprise\(uscc: .+?\} \})`/.exec(WALK) ?? [];
  const origins = await under.ask<{ enterprise: { provenance: unknown[] } }>(provenance, { actor: coordinator });
  expect(origins.errors).toBeUndefined();
  expect(origins.data?.enterprise.provenance).toContainEqual(
    expect.objectContaining({ field: 'name', source: 'market-register', file: 'market-register.csv', line: 2 }),
  );
});

it('takes the three once they are corrected, and then nothing is left to do', async () => {
  const rejects = path.join(folder, 'market-register.refused.csv');
  writeFileSync(
    rejects,
    readFileSync(rejects, 'utf8')
      .replace('91421221MAHG6C8334', '91421221MAHG6C833F')
      .replace('120万美元,美元', '800万元,人民币')
      .replace('2025-02-30', '2025-02-28'),
  );
  expect(await run(COMMANDS[2])).toContain('读取 3：新增 3、变更 0、未变 0、退回 0、略过 0');
  expect(await enterprise('91421221MAX395G39W')).toMatchObject({ registeredCapital: { amount: '8000000.00' } });
  expect(await under.department.connectors.refusals('market-register', { limit: 10 })).toEqual([]);
  expect((await run(COMMANDS[3])).match(/ DONE 读取 /g)).toHaveLength(2);
});

it('writes no enterprise and no event on a second run; a dry run says so beforehand, undoing takes a run back', async () => {
  const { connection } = under.database;
  const written = async (): Promise<unknown> => [
    await connection.collection('enterprises').find().sort({ uscc: 1 }).toArray(),
    await connection.collection('outbox').countDocuments(),
  ];
  const before = await written();
  expect(await run(`${COMMANDS[1] ?? ''} --dry-run`)).toContain('读取 100：新增 0、变更 0、未变 97、退回 3');
  expect(await run(COMMANDS[1])).toContain('读取 100：新增 0、变更 0、未变 97、退回 3');
  expect(await written()).toEqual(before);
  const history = await run(COMMANDS[3]);
  const [corrected = ''] = /\S+(?= \S+ DONE 读取 3：)/.exec(history) ?? [];
  expect(await run(`undo ${corrected}`)).toContain('已撤销 3 条，保留 0 条');
  expect(await enterprise('91421221MAX395G39W')).toBeNull();
});

it('guess writes a mapping for a file without one', async () => {
  expect(await run(`guess ${SHIPPED}/market-register.csv --target enterprise --subgraph enterprises`)).toContain(
    'uscc: 统一社会信用代码',
  );
});
