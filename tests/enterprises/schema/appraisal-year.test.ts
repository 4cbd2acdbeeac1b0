import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import type { Actor, Clock } from '@zhitong/kit';
import {
  coordinator,
  enterprise,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

let now = new Date('2026-03-02T04:00:00Z');
const clock: Clock = { now: () => now };
const on = (day: string): void => void (now = new Date(`${day}T04:00:00Z`));
const officer = (department: string): Actor => ({ sub: `officer-${department}`, roles: ['OFFICER'], department });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200, clock);
  await Promise.all(
    ['appraisals', 'key_tasks', 'indicators'].map(async (name) =>
      hub.database.connection.collection(name).deleteMany({}),
    ),
  );
});
afterAll(async () => hub.close());

let keys = 0;
interface Pressed {
  readonly refusal: { readonly code: string; readonly path: readonly string[] } | null;
  readonly id: string | undefined;
  readonly error: unknown;
}
async function press(mutation: string, result: string, input: object, actor: Actor): Promise<Pressed> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await hub.ask<
    Record<string, { refusal: Pressed['refusal']; [result: string]: unknown } | null>
  >(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${result} refusal { code path } } }`, {
    variables: { input: { idempotencyKey: `appraisal-key-${(keys += 1)}`, ...input } },
    actor,
  });
  const payload = data?.[mutation];
  const made = payload?.[result.split(' ')[0] ?? ''] as { id?: string } | null | undefined;
  return { refusal: payload?.refusal ?? null, id: made?.id, error: errors?.[0]?.extensions?.['code'] };
}
async function read<Data>(query: string, variables: Record<string, unknown>, actor: Actor | null): Promise<Data> {
  const { data, errors } = await hub.ask<Data>(query, { variables, actor });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data;
}

const SEED = 'a seed that nobody guesses';
const DEPARTMENTS = ['RSJ', 'SWUJ', 'FGW'];
const plan = (opensOn: string, closesOn: string) => ({
  title: '企业库评议',
  departments: DEPARTMENTS,
  strata: [{ scale: 'MICRO', size: 12 }],
  seedHash: sha256(SEED),
  opensOn,
  closesOn,
});
const ROUND = `query ($id: ID!) { appraisal(id: $id) { seed populationDigest answered { numerator denominator }
  results { department { code } process { numerator denominator } result { numerator denominator } rank isDoubleDrop holdsFlag }
  strata { population drawn } measures { department { code } causes } } }`;

/** Plays a round: `grades` tells what the n-th asked enterprise says of each department. Returns its id. */
async function play(
  [committed, opens, closes, published]: readonly [string, string, string, string],
  grades: (at: number) => readonly (readonly [string, number, number])[],
): Promise<string> {
  on(committed);
  const { id = '' } = await press('planAppraisal', 'appraisal { id }', plan(opens, closes), coordinator);
  on(opens);
  expect(
    (await press('drawAppraisal', 'appraisal { id }', { appraisal: id, seed: SEED }, coordinator)).refusal,
  ).toBeNull();
  const asked = (
    await hub.database.connection.collection<{ uscc: string }>('appraisal_sample').find({ appraisal: id }).toArray()
  )
    .map(({ uscc }) => uscc)
    .toSorted();
  for (const [at, uscc] of asked.entries()) {
    const given = grades(at).map(([department, process, result]) => ({ department, process, result }));
    if (given.length > 0)
      expect(
        (await press('answerAppraisal', 'appraisal { id }', { appraisal: id, grades: given }, enterprise(uscc)))
          .refusal,
      ).toBeNull();
  }
  on(published);
  expect((await press('publishAppraisal', 'appraisal { id }', { appraisal: id }, coordinator)).refusal).toBeNull();
  return id;
}

describe('two rounds of the appraisal by enterprises', () => {
  let first: string;
  it('say of themselves that they are no evaluation of the business environment, which the state alone makes', () => {
    const [, said = ''] =
      /"""([^"]+)"""\s+appraisals:/.exec(readFileSync('subgraphs/enterprises/schema.graphql', 'utf8')) ?? [];
    expect(said.replace(/\s+/g, ' ')).toContain(
      'it is no evaluation of the business environment (营商环境评价), which the state runs and cities do not',
    );
  });

  it('draws by a seed that was committed before the population was known, as anybody can repeat', async () => {
    on('2026-03-02');
    const planned = await press('planAppraisal', 'appraisal { id }', plan('2026-03-10', '2026-03-20'), coordinator);
    const aim = { appraisal: planned.id ?? '', seed: SEED };
    expect((await press('drawAppraisal', 'appraisal { id }', aim, coordinator)).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    on('2026-03-10');
    expect(
      (await press('drawAppraisal', 'appraisal { id }', { ...aim, seed: 'another seed, chosen later' }, coordinator))
        .refusal,
    ).toMatchObject({ code: 'INVALID', path: ['seed'] });
    expect((await press('drawAppraisal', 'appraisal { id }', aim, coordinator)).refusal).toBeNull();
    const operating = hub.city.enterprises.filter(({ status }) => status === 'IN_OPERATION');
    const population = sha256(
      operating
        .map(({ uscc }) => uscc)
        .toSorted()
        .join('\n'),
    );
    const micro = operating.filter(({ scale }) => scale === 'MICRO').map(({ uscc }) => uscc);
    const expected = micro
      .toSorted((a, b) => (sha256(`${SEED}\n${population}\n${a}`) < sha256(`${SEED}\n${population}\n${b}`) ? -1 : 1))
      .slice(0, 12);
    const sample = await hub.database.connection
      .collection<{ uscc: string }>('appraisal_sample')
      .find({ appraisal: planned.id })
      .toArray();
    expect(sample.map(({ uscc }) => uscc).toSorted()).toEqual(expected.toSorted());
    const { appraisal } = await read<{ appraisal: object }>(ROUND, { id: planned.id }, null);
    expect(appraisal).toMatchObject({
      seed: SEED,
      populationDigest: population,
      results: null,
      strata: [{ population: micro.length, drawn: 12 }],
    });
    const stranger = micro.find((uscc) => !expected.includes(uscc)) ?? '';
    const grades = [{ department: 'RSJ', process: 5, result: 5 }];
    expect(
      (await press('answerAppraisal', 'appraisal { id }', { appraisal: planned.id, grades }, enterprise(stranger)))
        .error,
    ).toBe('FORBIDDEN');
    const [one = ''] = expected;
    const questions = '{ appraisalsToAnswer { id } }';
    expect(await read(questions, {}, enterprise(one))).toEqual({ appraisalsToAnswer: [{ id: planned.id }] });
    const wrong = [{ department: 'RSJ', process: 6, result: 5 }];
    expect(
      (await press('answerAppraisal', 'appraisal { id }', { appraisal: planned.id, grades: wrong }, enterprise(one)))
        .refusal,
    ).toMatchObject({ path: ['grades', '0', 'process'] });
    for (const refusal of [null, { code: 'DUPLICATE' }]) {
      const pressed = await press(
        'answerAppraisal',
        'appraisal { id }',
        { appraisal: planned.id, grades },
        enterprise(one),
      );
      if (refusal === null) expect(pressed.refusal).toBeNull();
      else expect(pressed.refusal).toMatchObject(refusal);
    }
    expect(await read(questions, {}, enterprise(one))).toEqual({ appraisalsToAnswer: [] });
    expect(
      (await press('publishAppraisal', 'appraisal { id }', { appraisal: planned.id }, coordinator)).refusal,
    ).toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  it('keeps nothing that ties an answer to an enterprise', async () => {
    const { connection } = hub.database;
    const stored = await Promise.all(
      ['appraisal_sample', 'appraisal_tallies', 'idempotency', 'outbox'].map(async (name) =>
        connection.collection(name).find().toArray(),
      ),
    );
    const [sample = [], tallies = []] = stored;
    expect(Object.keys(sample[0] ?? {}).toSorted()).toEqual(['_id', 'appraisal', 'hasAnswered', 'uscc']);
    expect(Object.keys(tallies[0] ?? {}).toSorted()).toEqual(['_id', 'appraisal', 'counts', 'department']);
    // A counter is there before the first answer, so that its making tells nothing of when one came.
    expect(tallies.filter(({ appraisal }) => appraisal === sample[0]?.['appraisal'])).toHaveLength(DEPARTMENTS.length);
    expect(JSON.stringify(stored[2])).not.toMatch(/"process"|grades/);
    expect(JSON.stringify(stored[3])).not.toMatch(/answer/);
  });

  it('tells satisfaction by both questions, withholds what few said, and ranks', async () => {
    // RSJ: twelve answers, process satisfied 9, result 6. SWUJ: ten, process 10, result 9. FGW: four, withheld.
    first = await play(['2026-04-01', '2026-04-02', '2026-04-10', '2026-04-13'], (at) => [
      ['RSJ', at < 9 ? 4 : 2, at < 6 ? 3 : 1],
      ...(at < 10 ? [['SWUJ', 5, at < 9 ? 5 : 2] as const] : []),
      ...(at < 4 ? [['FGW', 1, 1] as const] : []),
    ]);
    const { appraisal } = await read<{ appraisal: object }>(ROUND, { id: first }, null);
    expect(appraisal).toMatchObject({
      answered: { numerator: 12, denominator: 12 },
      results: [
        {
          department: { code: 'RSJ' },
          process: { numerator: 9, denominator: 12 },
          result: { numerator: 6, denominator: 12 },
          rank: 2,
          isDoubleDrop: null,
          holdsFlag: false,
        },
        {
          department: { code: 'SWUJ' },
          process: { numerator: 10, denominator: 10 },
          result: { numerator: 9, denominator: 10 },
          rank: 1,
          holdsFlag: true,
        },
        { department: { code: 'FGW' }, process: null, result: null, rank: null, holdsFlag: false },
      ],
    });
  });

  it('alerts a department whose two rates both dropped, which states causes and measures', async () => {
    // RSJ: 8 of 12 and 5 of 12, both lower. SWUJ: 11 of 12 is lower, 12 of 12 is higher: no double drop.
    const second = await play(['2026-07-01', '2026-07-02', '2026-07-10', '2026-07-13'], (at) => [
      ['RSJ', at < 8 ? 4 : 2, at < 5 ? 3 : 1],
      ['SWUJ', at < 11 ? 5 : 2, 4],
    ]);
    const shown = async () =>
      (await read<{ appraisal: { results: { isDoubleDrop: boolean }[] } }>(ROUND, { id: second }, null)).appraisal;
    expect((await shown()).results.map(({ isDoubleDrop }) => isDoubleDrop)).toEqual([true, false, null]);
    const alerts = await hub.database.connection
      .collection<{ event: { type: string; subject: string } }>('outbox')
      .find({ 'event.type': 'cn.zhitong.appraisal.double-drop' })
      .toArray();
    expect(alerts.map(({ event }) => event.subject)).toEqual(['RSJ']);
    const stated = { appraisal: second, causes: '窗口排队时间长', measures: '增设窗口并推行预约', dueOn: '2026-08-31' };
    expect((await press('stateAppraisalMeasures', 'appraisal { id }', stated, officer('SWUJ'))).error).toBe(
      'FORBIDDEN',
    );
    expect((await press('stateAppraisalMeasures', 'appraisal { id }', stated, officer('RSJ'))).refusal).toBeNull();
    expect(await shown()).toMatchObject({ measures: [{ department: { code: 'RSJ' }, causes: '窗口排队时间长' }] });
    // What was published stays.
    const { appraisal } = await read<{ appraisal: { results: object[] } }>(ROUND, { id: first }, null);
    expect(appraisal.results[0]).toMatchObject({ process: { numerator: 9, denominator: 12 } });
  });
});

describe('key tasks of a year', () => {
  const taskOf = async (title: string, dueOn: string, more: object = {}) =>
    (await press('enterKeyTask', 'task { id }', { title, indicator: '1.2', owner: 'RSJ', dueOn, ...more }, coordinator))
      .id ?? '';
  const report = async (
    task: string,
    expectedVersion: number,
    percent: number,
    evidence: string[],
    actor = officer('RSJ'),
  ) =>
    press('reportKeyTaskProgress', 'task { id }', { task, expectedVersion, percent, note: '已推进', evidence }, actor);
  const decide = async (task: string, expectedVersion: number, strikeOff: boolean, actor: Actor = coordinator) =>
    press('decideKeyTask', 'task { id }', { task, expectedVersion, strikeOff, note: '现场核实' }, actor);
  const LINK = 'https://www.example.cn/evidence.pdf';

  it('are struck off with evidence and by another person, and counted as known on a day', async () => {
    on('2026-01-05');
    const indicator = { name: '开办企业', leadDepartment: 'SCJGJ' };
    expect(
      (await press('setIndicator', 'indicator { code }', { code: '1.2', ...indicator }, coordinator)).refusal,
    ).toMatchObject({
      path: ['code'],
    });
    for (const code of ['1', '1.10', '1.2'])
      expect(
        (await press('setIndicator', 'indicator { code }', { code, ...indicator }, coordinator)).refusal,
      ).toBeNull();
    expect(await read('{ indicators { code below { code } } }', {}, officer('RSJ'))).toEqual({
      indicators: [{ code: '1', below: [{ code: '1.2' }, { code: '1.10' }] }],
    });
    const a = await taskOf('企业开办半日办结', '2026-03-31');
    const b = await taskOf('压缩办电时间', '2026-03-31');
    const finding = { source: '第三方评估机构', text: '窗口一次性告知不到位', foundOn: '2026-01-04' };
    const c = await taskOf('规范一次性告知', '2026-06-30', { finding });
    expect((await report(a, 1, 100, [])).refusal).toMatchObject({ path: ['evidence'] });
    expect((await report(a, 1, 100, [LINK], officer('SWUJ'))).error).toBe('FORBIDDEN');
    expect((await decide(a, 1, true)).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    on('2026-03-20');
    expect((await report(a, 1, 100, [LINK])).refusal).toBeNull();
    // Nobody who reported on it, and nobody of its owner, strikes it off.
    expect((await decide(a, 2, true, { sub: 'officer-RSJ', roles: ['COORDINATOR'] })).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    expect((await decide(a, 2, true, { ...coordinator, department: 'RSJ' })).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    expect((await decide(a, 2, true)).refusal).toBeNull();
    expect((await report(b, 1, 100, [LINK])).refusal).toBeNull();
    expect((await decide(b, 2, false)).refusal).toBeNull();
    on('2026-04-10');
    expect((await report(b, 3, 100, [LINK])).refusal).toBeNull();
    expect((await decide(b, 4, true)).refusal).toBeNull();

    const figures = async (day: string) =>
      (
        await read<{ keyTaskReport: { all: object } }>(
          `query ($on: Date) { keyTaskReport(on: $on) { all {
            struckOff { numerator denominator } inTime { numerator denominator } overdue } byOwner { owner { code } } } }`,
          { on: day },
          coordinator,
        )
      ).keyTaskReport;
    // End of March: a is struck off in time, b was sent back and its last day has come, c is not due.
    expect(await figures('2026-03-31')).toEqual({
      all: { struckOff: { numerator: 1, denominator: 3 }, inTime: { numerator: 1, denominator: 2 }, overdue: 0 },
      byOwner: [{ owner: { code: 'RSJ' } }],
    });
    expect(await figures('2026-04-05')).toMatchObject({ all: { overdue: 1 } });
    expect(await figures('2026-04-10')).toMatchObject({
      all: { struckOff: { numerator: 2, denominator: 3 }, inTime: { numerator: 1, denominator: 2 }, overdue: 0 },
    });
    const listed = await read<{ keyTasks: { totalCount: number; nodes: { id: string }[] } }>(
      '{ keyTasks(filter: { indicator: "1", hasFinding: true }) { totalCount nodes { id finding { text } } } }',
      {},
      officer('RSJ'),
    );
    expect(listed.keyTasks).toEqual({ totalCount: 1, nodes: [{ id: c, finding: { text: '窗口一次性告知不到位' } }] });
  });
});
