import { execFile } from 'node:child_process';
import path from 'node:path';
import { kitConfig } from '@zhitong/kit';

import { accepted, aHistory, assigned, contacted, resolvedWith } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { run } from '../support/mutations.js';
import { runCommand, type CommandEnd } from '../../support/command-line.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  cases.at('2026-04-10');
  await cases.given(
    aHistory(
      '2026-03-02',
      [
        ['2026-03-03', assigned()],
        ['2026-03-03', accepted],
        ['2026-03-04', contacted],
        ['2026-03-09', resolvedWith()],
      ],
      {},
      'SQ2026-000001',
    ),
    aHistory('2026-03-02', [['2026-03-03', assigned()]], {}, 'SQ2026-000002'),
  );
});
afterAll(async () => cases.close());

const environment = (): Record<string, string> => ({
  CASES_MONGODB_URI: kitConfig().testMongoUri ?? '',
  CASES_DATABASE: cases.connection.name,
});

/** Runs a command as `npm run cases -- …` does, on this test's database. */
const command = async (...args: string[]): Promise<CommandEnd> =>
  runCommand(path.resolve('subgraphs/cases/src/cli.ts'), args, environment());

/** The same by the built command line, in a process of its own. */
async function commandAsProcess(...args: string[]): Promise<CommandEnd> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.resolve('subgraphs/cases/dist/cli.js'), ...args],
      { env: environment() },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

describe('npm run cases --', () => {
  it('lists its commands', async () => {
    const { code, out } = await command('--help');
    expect(code).toBe(0);
    for (const name of ['demo-load', 'tick', 'draw', 'rebuild', 'outbox']) expect(out).toContain(name);
  });

  it('tick brings what is overdue to the coordinator, once', async () => {
    expect((await command('tick')).out).toContain('1 overdue cases were brought to the coordinator');
    expect((await command('tick')).out).toContain('0 overdue cases');
  });

  it('rebuild reports a difference, with --check by its exit code, and puts it right', async () => {
    await cases.connection
      .collection('cases')
      .updateOne({ caseNumber: 'SQ2026-000001' }, { $set: { status: 'RECEIVED' } });
    expect(await commandAsProcess('rebuild', '--check')).toMatchObject({
      code: 1,
      out: expect.stringContaining('SQ2026-000001 DIFFERENT: status') as string,
    });
    expect(await command('rebuild')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 differences, 1 put right') as string,
    });
    expect(await command('rebuild', '--check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 differences') as string,
    });
  });

  it('draw repeats a draw, and says when there is none', async () => {
    cases.at('2026-02-26');
    await cases.spotChecks.sealSeed();
    cases.at('2026-04-10');
    await run(
      cases,
      ['drawSpotCheck', 'DrawSpotCheckInput', 'spotCheck'],
      'id',
      { from: '2026-03-01', to: '2026-03-31' },
      people.coordinator,
    );
    expect(await command('draw', '--from', '2026-03-01', '--to', '2026-03-31')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/seed [0-9a-f]{64}, 1 cases[^]*SQ2026-000001[^]*comes out the same/) as string,
    });
    expect(await command('draw', '--from', '2026-02-01', '--to', '2026-02-28')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing was drawn') as string,
    });
    expect((await command('draw')).code).toBe(2);
  });

  it('outbox registers, lists, replays and removes, and refuses what it does not know', async () => {
    expect(
      await command(
        'outbox',
        'register',
        'https://hall.example.cn/events',
        '--id',
        'hall',
        '--types',
        'cn.zhitong.case.assigned',
      ),
    ).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^hall https:\/\/hall\.example\.cn\/events\nwhsec_/) as string,
    });
    expect((await command('outbox', 'list')).out).toContain(
      'hall https://hall.example.cn/events active: 0 pending, 0 given up',
    );
    expect(await command('outbox', 'replay', '--all')).toMatchObject({
      code: 0,
      out: '0 deliveries are pending again.\n',
    });
    expect((await command('outbox', 'replay', 'no-such-id')).code).toBe(1);
    expect((await command('outbox', 'replay')).code).toBe(1);
    expect((await command('outbox', 'remove', 'hall')).code).toBe(0);
    expect(await command('outbox', 'remove', 'hall')).toMatchObject({ code: 1, err: 'There is no webhook "hall".\n' });
    expect((await command('outbox', 'register', 'ftp://x')).code).toBe(1);
  });
});
