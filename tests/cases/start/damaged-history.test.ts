import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ASSERTION_HEADER, kitConfig } from '@zhitong/kit';
import { newGateway, publishedKeys } from '../../kit/identity/keys.js';
import { freePort } from '../../support/free-ports.js';
import { program } from '../../support/programs.js';
import { until } from '../../support/until.js';
import { accepted, aHistory, assigned, contacted, resolvedWith } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

/** Each damaged in its own way; each overdue, so that the job comes upon it. */
const DAMAGED = {
  gap: 'SQ2026-000001',
  unknownChange: 'SQ2026-000002',
  noChange: 'SQ2026-000003',
  noBeginning: 'SQ2026-000004',
  damagedView: 'SQ2026-000005',
} as const;
const WHOLE = Array.from({ length: 12 }, (_none, at) => `SQ2026-0001${String(at + 10)}`);
const ANSWERED = 'SQ2026-000200';

const gateway = newGateway();
let cases: CasesUnderTest;
let folder: string;
let port: number;
let department: ChildProcess;
let logged = '';

beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-03-16');
  const overdue = (number: string) =>
    aHistory(
      '2026-03-02',
      [
        ['2026-03-03', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-05', contacted],
      ],
      {},
      number,
    );
  await cases.given(...[...Object.values(DAMAGED), ...WHOLE].map(overdue));
  await cases.given(
    aHistory(
      '2026-03-02',
      [
        ['2026-03-03', assigned()],
        ['2026-03-03', accepted],
        ['2026-03-04', resolvedWith()],
      ],
      {},
      ANSWERED,
    ),
  );
  const [events, views] = [cases.connection.collection('case_events'), cases.connection.collection('cases')];
  await events.deleteOne({ caseNumber: DAMAGED.gap, seq: 2 });
  await events.updateOne({ caseNumber: DAMAGED.unknownChange, seq: 3 }, { $set: { change: { type: 'UNHEARD_OF' } } });
  await events.updateOne({ caseNumber: DAMAGED.noChange, seq: 2 }, { $set: { change: null } });
  await events.deleteOne({ caseNumber: DAMAGED.noBeginning, seq: 1 });
  await events.deleteOne({ caseNumber: DAMAGED.damagedView, seq: 3 });
  await views.updateOne(
    { caseNumber: DAMAGED.damagedView },
    { $set: { clocks: 'lost', facts: null, complainant: null, countedIn: null } },
  );
  // As after a new release: every view is to be written again, the damaged ones too.
  await views.updateMany({}, { $set: { calendarMark: 'of an earlier release' } });
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-'));
  port = await freePort();
  department = spawn(process.execPath, [program('subgraphs/cases/dist/main.js')], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      CASES_MONGODB_URI: kitConfig().testMongoUri,
      CASES_DATABASE: cases.connection.name,
      CASES_PORT: String(port),
      CASES_TICK_MINUTES: '1',
      ZHITONG_DATA_DIR: folder,
      ZHITONG_GATEWAY_KEYS: publishedKeys(gateway),
      ZHITONG_LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [department.stdout, department.stderr])
    stream?.on('data', (chunk: Buffer) => void (logged += chunk.toString()));
  await until(async () => {
    if (department.exitCode !== null) throw new Error(`The department has ended: ${logged}`);
    return fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
  });
});
afterAll(async () => {
  const ended = new Promise((resolve) => department.once('exit', resolve));
  if (department.exitCode === null) {
    department.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
  await cases.close();
});

interface Reply {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly path?: readonly unknown[]; readonly extensions: Record<string, unknown> }[];
}
async function ask(query: string): Promise<Reply> {
  const body = JSON.stringify({ query });
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [ASSERTION_HEADER]: gateway.sign({ actor: people.coordinator, department: 'cases', body }),
    },
    body,
  });
  return (await response.json()) as Reply;
}
const escalated = async (): Promise<string[]> =>
  (
    await cases.connection
      .collection('case_events')
      .find({ 'change.type': 'OVERDUE_ESCALATED' })
      .sort({ caseNumber: 1 })
      .toArray()
  ).map(({ caseNumber }) => String(caseNumber));

describe('a department that starts over damaged histories', () => {
  it('starts, notes what is overdue of every other case, and reports each damaged one', async () => {
    await until(async () => {
      const noted = await escalated();
      return WHOLE.every((number) => noted.includes(number));
    });
    expect((await escalated()).filter((number) => !WHOLE.includes(number))).toEqual([]);
    for (const number of Object.values(DAMAGED)) await until(() => logged.includes(number));
    expect(department.exitCode).toBeNull();
  });

  it('answers for every other case as always', async () => {
    const numbers = [...WHOLE, ANSWERED];
    const { data, errors } = await ask(
      `{ ${numbers.map((number, at) => `c${at}: case(caseNumber: "${number}") { caseNumber status legalMoves history { type } }`).join(' ')} }`,
    );
    expect(errors).toBeUndefined();
    expect(Object.values(data ?? {})).toHaveLength(numbers.length);
    expect(JSON.stringify(data)).not.toContain('"status":null');
  });

  it('lists all of them, the damaged ones too, with an error at most at their places', async () => {
    const { data } = await ask('{ cases(first: 100) { totalCount nodes { caseNumber status } } }');
    expect(data?.['cases']).toMatchObject({ totalCount: Object.values(DAMAGED).length + numbersOfWhole() });
    const { data: one, errors } = await ask(
      `{ damaged: case(caseNumber: "${DAMAGED.gap}") { legalMoves } whole: case(caseNumber: "${ANSWERED}") { status } }`,
    );
    expect(one?.['whole']).toEqual({ status: 'RESOLVED' });
    expect((errors ?? []).every((error) => error.path?.[0] === 'damaged')).toBe(true);
  });

  it('counts what is whole', async () => {
    const { data, errors } = await ask(
      '{ caseStatistics(from: "2026-03-01", to: "2026-03-31") { total { received resolved } } }',
    );
    expect(errors).toBeUndefined();
    expect(data?.['caseStatistics']).toMatchObject({ total: { resolved: 1 } });
  });
});

const numbersOfWhole = (): number => WHOLE.length + 1;
