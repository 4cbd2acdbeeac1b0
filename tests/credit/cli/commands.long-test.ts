import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand, type CommandEnd } from '../../support/command-line.js';
import { addressFor, endOpenTransactions } from '../../support/open-transactions.js';
import { until } from '../../support/until.js';
import { creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';
import { aLedger, fulfil } from '../support/builders.js';

const CLI = fileURLToPath(new URL('../../../subgraphs/credit/dist/cli.js', import.meta.url));

let credit: CreditUnderTest;
let folder: string;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
  folder = await mkdtemp(path.join(os.tmpdir(), 'credit-cli-'));
  await credit.department.stores.ledger.importChains(
    ['C-1', 'C-2'].map((commitmentId) =>
      aLedger([['2024-06-02', fulfil(60_000, '2024-06-01', commitmentId)]]).map((draft) => ({
        ...draft,
        commitmentId,
      })),
    ),
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await credit.close();
});

/** What an administrator has in the environment. */
const environment = (): Record<string, string> => ({
  CREDIT_MONGODB_URI: credit.database.uri,
  CREDIT_DATABASE: credit.database.name,
  ZHITONG_DATA_DIR: folder,
});

/** Runs a command of the department on this test's database. */
const run = async (...args: string[]): Promise<CommandEnd> =>
  runCommand(fileURLToPath(new URL('../../../subgraphs/credit/src/cli.ts', import.meta.url)), args, environment());

/** The same by the built command line, in a process of its own. */
async function runAsProcess(...args: string[]): Promise<CommandEnd> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env: environment() });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code: code ?? -1, out, err })));
}

describe('npm run credit --', () => {
  it('lists its commands in words', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const command of [
      'demo-load',
      'seal',
      'verify',
      'proof <number>',
      'export',
      'disclosure',
      'add-lpr',
      'remind',
    ])
      expect(out).toContain(command);
  });

  it('seals, verifies, proves and exports', async () => {
    const sealed = await run('seal');
    expect(sealed).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Seal 1: root [0-9a-f]{64} over \d+ chains/) as unknown,
    });
    const root = /root ([0-9a-f]{64})/.exec(sealed.out)?.[1] ?? '';
    expect(await run('verify', '--published', `1=${root}`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing was touched: 2 commitments, 4 entries, ') as unknown,
    });
    const proof = await run('proof', 'C-2');
    expect(JSON.parse(proof.out)).toMatchObject({
      commitmentId: 'C-2',
      seal: { no: 1, root },
      entries: [{ seq: 1 }, { seq: 2 }],
    });
    expect(await runAsProcess('export', '--output', 'list.csv')).toMatchObject({
      code: 0,
      out: 'list.csv: 2 promises that were not kept.\n',
    });
    expect(await readFile(path.join(folder, 'list.csv'), 'utf8')).toContain(root);
    expect(await run('remind')).toMatchObject({ code: 0, out: '2 reminders were handed to the outbox.\n' });
  });

  it('writes the yearly disclosure of a year that is over', async () => {
    expect(await run('disclosure', '--year', '2025', '--file', path.join(folder, 'a.csv'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('a.csv: 0 contracts of 0 departments, as known on ') as unknown,
    });
    expect(await readFile(path.join(folder, 'a.csv'), 'utf8')).toContain('2025年度逾期尚未支付中小企业款项信息');
    const later = await run('disclosure', '--year', '2999', '--file', path.join(folder, 'b.csv'));
    expect(later).toMatchObject({ code: 1, err: expect.stringContaining('--year is 2999') as unknown });
  });

  it('takes what was published of the loan prime rate, once, and in order', async () => {
    const add = async (published: string, percent: string) =>
      run('add-lpr', '--published', published, '--percent', percent, '--source', '全国银行间同业拆借中心');
    expect(await add('2026-02-20', '2.90')).toMatchObject({
      code: 0,
      out: 'The one-year loan prime rate of 2026-02-20 is 2.90 %.\n',
    });
    for (const [published, percent, words] of [
      ['2026-02-20', '2.90', 'known through 2026-02-20 already'],
      ['2025-12-20', '2.90', 'known through 2026-02-20 already'],
      ['2026-03-20', '290', 'with at most two decimals'],
      ['2199-01-20', '2.90', 'has not come yet'],
      ['2026-13-20', '2.90', 'write a day as YYYY-MM-DD'],
    ] as const)
      expect(await add(published, percent)).toMatchObject({
        code: 1,
        err: expect.stringContaining(words) as unknown,
      });
  });

  it.each<[string, string[], number, string]>([
    ['an unknown command', ['unseal'], 2, 'unknown command'],
    ['an export of another kind', ['export', '--output', 'list.doc'], 1, 'it ends in .csv or .xlsx'],
    ['a proof of what is not there', ['proof', 'C-9'], 1, 'There is no commitment and no sealed debt C-9.'],
    ['a root that is none', ['verify', '--published', '1=abc'], 1, '64 hexadecimal digits'],
    ['a day that does not exist', ['demo-load', '--date', '2026-02-30'], 1, '--date is 2026-02-30'],
  ])('says what is wrong with %s', async (_what, args, code, words) => {
    expect(await run(...args)).toMatchObject({ code, err: expect.stringContaining(words) as unknown });
  });

  it('fails verification with the first altered entry named', async () => {
    await credit.database.connection
      .collection('ledger_entries')
      .updateOne({ commitmentId: 'C-2', seq: 2 }, { $set: { 'body.amount': 1 } });
    expect(await run('verify')).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        'First: commitment C-2, entry 2: entry 2 does not have the content that its hash was made of.',
      ) as unknown,
    });
  });

  it('goes on with a demo load that was killed, on the day on which it had begun', async () => {
    const database = `${credit.database.name}_demo`;
    const demo = credit.database.connection.useDb(database);
    const marks = demo.collection<{ _id: string; referenceDate: string; finishedAt: Date | null }>('demo');
    const load = (...args: string[]) =>
      spawn(process.execPath, [CLI, 'demo-load', ...args], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          CREDIT_MONGODB_URI: addressFor(credit.database.uri, database),
          CREDIT_DATABASE: database,
          ZHITONG_DATA_DIR: folder,
        },
      });
    const ended = async (child: ReturnType<typeof load>) => new Promise((resolve) => child.once('close', resolve));
    const killed = load('--enterprises', '400', '--date', '2026-11-20');
    let said = '';
    killed.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const gone = ended(killed);
    // One that ends by itself begins nothing any more.
    await Promise.race([gone, until(async () => (await marks.findOne({ _id: 'demo' })) !== null)]);
    expect([killed.exitCode, said]).toEqual([null, '']);
    killed.kill('SIGKILL');
    await gone;
    await endOpenTransactions(credit.database.connection, database);
    expect(await ended(load('--enterprises', '900', '--date', '2026-11-21'))).toBe(0);
    expect(await marks.findOne({ _id: 'demo' })).toMatchObject({
      referenceDate: '2026-11-20',
      enterprises: 400,
      finishedAt: expect.any(Date) as unknown,
    });
    expect(await demo.collection('commitments').countDocuments()).toBe(60);
    await demo.dropDatabase();
  });
});
