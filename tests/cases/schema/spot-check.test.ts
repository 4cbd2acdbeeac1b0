import { createHash } from 'node:crypto';
import { draw } from '../../../subgraphs/cases/src/domain/spot-check.js';
import { tick } from '../../../subgraphs/cases/src/usecases/overdue-job.js';
import { accepted, aHistory, assigned, contacted, resolvedWith } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { freshKey, mutate, run } from '../support/mutations.js';

const numbers = Array.from({ length: 21 }, (_, i) => `SQ2026-${String(i + 1).padStart(6, '0')}`);
const DRAW = ['drawSpotCheck', 'DrawSpotCheckInput', 'spotCheck'] as const;
interface SpotCheck {
  id: string;
  seed: string;
  drawn: { caseNumber: string; checks: { cause: string; drawId: string; outcome: string | null }[] }[];
}
const FIELDS =
  'id from to seed percent populationSize populationDigest drawn { caseNumber version checks { cause drawId outcome } } pending confirmed { numerator denominator rate }';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  // The seed is committed to before March begins.
  cases.at('2026-02-28');
  await committed();
  cases.at('2026-04-10');
  await cases.given(
    ...numbers.map((number) =>
      aHistory(
        '2026-03-02',
        [
          ['2026-03-03', assigned()],
          ['2026-03-03', accepted],
          ['2026-03-04', contacted],
          ['2026-03-09', resolvedWith()],
        ],
        {},
        number,
      ),
    ),
    aHistory(
      '2026-04-01',
      [
        ['2026-04-02', assigned()],
        ['2026-04-02', accepted],
        ['2026-04-03', resolvedWith()],
      ],
      {},
      'SQ2026-000099',
    ),
  );
});
afterAll(async () => cases.close());
const committed = async (seed = 'seed of March', part: Record<string, unknown> = {}) =>
  run<{ id: string; seedHash: string }>(
    cases,
    ['commitSpotCheckSeed', 'CommitSpotCheckSeedInput', 'commitment'],
    'id seedHash',
    { from: '2026-03-01', to: '2026-03-31', seedHash: createHash('sha256').update(seed).digest('hex'), ...part },
    people.coordinator,
  );
const drawMarch = async (part: Record<string, unknown> = {}) =>
  run<SpotCheck>(
    cases,
    DRAW,
    FIELDS,
    { from: '2026-03-01', to: '2026-03-31', seed: 'seed of March', ...part },
    people.coordinator,
  );

describe('a spot check', () => {
  it('draws ten per cent of the cases resolved in the month, as anyone can compute, and opens their checks', async () => {
    const { result } = await drawMarch();
    const expected = draw({ seed: 'seed of March', population: numbers, percent: 10 });
    expect(result).toMatchObject({
      id: 'HTK-2026-03-2026-03',
      percent: 10,
      populationSize: 21,
      populationDigest: expected.populationDigest,
      pending: 3,
      confirmed: { numerator: 0, denominator: 0, rate: null },
    });
    expect(result?.drawn.map(({ caseNumber }) => caseNumber)).toEqual(expected.drawn);
    expect(
      result?.drawn.every(
        ({ checks }) =>
          checks.length === 1 && checks[0]?.cause === 'SPOT_CHECK' && checks[0].drawId === 'HTK-2026-03-2026-03',
      ),
    ).toBe(true);
  });

  it('counts its findings; a case that is not resolved is reopened', async () => {
    const drawn = (await drawMarch()).result?.drawn ?? [];
    const outcomes = await Promise.all(
      drawn.map(async ({ caseNumber }, i) =>
        mutate(
          cases,
          'recordCheckFinding',
          { caseNumber, expectedVersion: 6, outcome: i === 0 ? 'NOT_RESOLVED' : 'CONFIRMED', finding: '已实地回访' },
          people.coordinator,
        ),
      ),
    );
    expect(outcomes.map(({ outcome }) => outcome?.case?.status)).toEqual(['REOPENED', 'RESOLVED', 'RESOLVED']);
    const { data } = await cases.ask(
      `{ spotCheck(id: "HTK-2026-03-2026-03") { pending confirmed { numerator denominator rate } } spotChecks { id } }`,
      {},
      people.auditor,
    );
    expect(data).toEqual({
      spotCheck: { pending: 0, confirmed: { numerator: 2, denominator: 3, rate: '0.6667' } },
      spotChecks: [{ id: 'HTK-2026-03-2026-03' }],
    });
  });

  it('can be repeated from what the graph shows of it, although a case has been reopened since', async () => {
    const [reopened] = (await drawMarch()).result?.drawn ?? [];
    await mutate(
      cases,
      'recordCheckFinding',
      { caseNumber: reopened?.caseNumber, expectedVersion: 6, outcome: 'NOT_RESOLVED', finding: '已实地回访' },
      people.coordinator,
    );
    const { data } = await cases.ask<{
      spotCheck: {
        seed: string;
        percent: number;
        population: string[];
        populationDigest: string;
        drawn: { caseNumber: string }[];
      };
    }>(
      '{ spotCheck(id: "HTK-2026-03-2026-03") { seed percent population populationDigest drawn { caseNumber } } }',
      {},
      people.auditor,
    );
    const { seed, percent, population, populationDigest, drawn } = data?.spotCheck ?? {
      seed: '',
      percent: 1,
      population: [],
      populationDigest: '',
      drawn: [],
    };
    expect(draw({ seed, percent, population })).toEqual({
      drawn: drawn.map(({ caseNumber }) => caseNumber),
      populationSize: 21,
      populationDigest,
    });
  });

  it('keeps to the seed that was committed to before anybody knew what is drawn from', async () => {
    // On the evening of the last day all is known, on the first day the first answer may be.
    await cases.connection.collection('spot_check_seeds').deleteMany({});
    for (const moment of ['2026-04-10T04:00:00Z', '2026-03-31T15:59:00Z', '2026-02-28T16:00:00Z']) {
      cases.atMoment(moment);
      expect((await committed('another seed')).refusal).toMatchObject({
        path: ['from'],
        details: { reason: 'POPULATION_KNOWN' },
      });
    }
    cases.atMoment('2026-02-28T15:59:00Z');
    expect((await committed()).refusal).toBeNull();
    expect((await committed('another seed')).refusal).toMatchObject({ code: 'DUPLICATE' });
    expect((await committed('x', { seedHash: 'abc' })).refusal).toMatchObject({ path: ['seedHash'] });
    cases.at('2026-04-10');
    for (const seed of ['another seed', null])
      expect((await drawMarch({ seed })).refusal).toMatchObject({ details: { reason: 'SEED_DIFFERS' } });
    expect((await drawMarch()).result?.seed).toBe('seed of March');
  });

  it('covers a drawn case whose answer is being checked already, and one finding ends both', async () => {
    const [drawn] = draw({ seed: 'seed of March', population: numbers, percent: 10 }).drawn;
    await mutate(
      cases,
      'rateCase',
      { caseNumber: drawn, expectedVersion: 5, process: 1, result: 1, reason: '没有解决' },
      people.owner,
    );
    const { result } = await drawMarch();
    const at = result?.drawn.find(({ caseNumber }) => caseNumber === drawn);
    expect(at?.checks.map(({ cause, outcome }) => [cause, outcome])).toEqual([
      ['BAD_RATING', null],
      ['SPOT_CHECK', null],
    ]);
    const found = await mutate(
      cases,
      'recordCheckFinding',
      { caseNumber: drawn, expectedVersion: 8, outcome: 'CONFIRMED', finding: '已实地回访' },
      people.coordinator,
      'checks { outcome }',
    );
    expect(found.outcome?.case?.['checks']).toEqual([{ outcome: 'CONFIRMED' }, { outcome: 'CONFIRMED' }]);
  });

  it('is looked at by a team, which reads and finds while the check is open, never of its own department', async () => {
    const [first] = (await drawMarch({ team: ['SJJ', 'JRB'] })).result?.drawn ?? [];
    const finding = { caseNumber: first?.caseNumber, expectedVersion: 6, outcome: 'CONFIRMED', finding: '已回访企业' };
    expect((await mutate(cases, 'recordCheckFinding', finding, people.officer('JRB'))).code).toBe('FORBIDDEN');
    expect((await mutate(cases, 'recordCheckFinding', finding, people.officer('RSJ'))).code).toBe('FORBIDDEN');
    const read = async () =>
      cases.ask<{ cases: { totalCount: number }; case: { complainant: { contactPhone: string } } | null }>(
        `{ cases { totalCount } case(caseNumber: "${first?.caseNumber ?? ''}") { complainant { contactPhone } } }`,
        {},
        people.officer('SJJ'),
      );
    expect((await read()).data).toMatchObject({
      cases: { totalCount: 3 },
      case: { complainant: { contactPhone: '13812345678' } },
    });
    const { outcome } = await mutate(cases, 'recordCheckFinding', finding, people.officer('SJJ'), 'history { party }');
    expect((outcome?.case?.['history'] as { party: string }[] | undefined)?.at(-1)).toEqual({ party: 'CHECKER' });
    expect(await read()).toMatchObject({
      data: { cases: { totalCount: 2 }, case: null },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('of what a desk has answered at once is looked at by others than that desk', async () => {
    for (const emptied of ['cases', 'case_events']) await cases.connection.collection(emptied).deleteMany({});
    await cases.given(
      aHistory(
        '2026-03-02',
        [['2026-03-03', { type: 'ANSWERED_DIRECTLY', answer: '已当场解释政策口径' }]],
        { receivedBy: 'GSL', channel: 'MAIL' },
        numbers[0],
      ),
    );
    await drawMarch({ team: ['GSL', 'SJJ'] });
    const finding = { caseNumber: numbers[0], expectedVersion: 3, outcome: 'CONFIRMED', finding: '已回访企业' };
    expect((await mutate(cases, 'recordCheckFinding', finding, people.officer('GSL'))).code).toBe('FORBIDDEN');
    const { outcome } = await mutate(cases, 'recordCheckFinding', finding, people.officer('SJJ'));
    expect(outcome?.case).toMatchObject({ caseNumber: numbers[0], status: 'RESOLVED' });
  });

  it('is drawn once for a month, also by two coordinators at once and within a longer period', async () => {
    const answers = await Promise.all([drawMarch(), drawMarch(), drawMarch()]);
    expect(answers.filter(({ result }) => result !== null)).toHaveLength(1);
    expect(answers.filter(({ refusal }) => refusal?.code === 'DUPLICATE')).toHaveLength(2);
    expect((await drawMarch({ from: '2026-02-01' })).refusal?.code).toBe('DUPLICATE');
    expect(await cases.connection.collection('case_events').countDocuments({ 'change.type': 'CHECK_OPENED' })).toBe(3);
  });

  it('with the same key answers the same', async () => {
    const idempotencyKey = freshKey();
    expect(await drawMarch({ idempotencyKey })).toEqual(await drawMarch({ idempotencyKey }));
  });

  it.each([
    [{ from: '2026-03-02' }, 'from'],
    [{ to: '2026-03-30' }, 'from'],
    [{ from: '2025-03-01' }, 'from'],
    [{ from: '2026-04-01', to: '2026-04-30' }, 'to'],
    [{ seed: 'abc' }, 'seed'],
  ])('refuses %j', async (part, field) => {
    expect((await drawMarch(part)).refusal).toMatchObject({ code: 'INVALID', path: [field] });
  });

  it.each([
    ['an officer', people.officer('JRB')],
    ['an auditor', people.auditor],
    ['an enterprise', people.owner],
  ])('is not drawn by %s', async (_who, actor) => {
    expect((await run(cases, DRAW, 'id', { from: '2026-03-01', to: '2026-03-31' }, actor)).code).toBe('FORBIDDEN');
  });

  it('whose process was killed before its checks were opened is completed by the job', async () => {
    await drawMarch();
    await cases.connection.collection('case_events').deleteMany({ 'change.type': 'CHECK_OPENED' });
    await cases.connection.collection('spot_checks').updateOne({}, { $set: { isOpened: false } });
    const clock = { now: () => new Date('2026-04-10T04:00:00Z') };
    expect(await tick({ ...cases, clock })).toMatchObject({ completedDraws: 1 });
    expect(await tick({ ...cases, clock })).toMatchObject({ completedDraws: 0 });
    expect(await cases.connection.collection('case_events').countDocuments({ 'change.type': 'CHECK_OPENED' })).toBe(3);
  });
});

describe('repeating a draw', () => {
  it('gives the same cases, and names what changed since', async () => {
    const drawn = (await drawMarch()).result?.drawn.map(({ caseNumber }) => caseNumber) ?? [];
    await mutate(
      cases,
      'reopenCase',
      { caseNumber: numbers.find((number) => !drawn.includes(number)), expectedVersion: 5, reason: '没有解决' },
      people.owner,
    );
    expect(await cases.spotChecks.repeat('2026-03-01', '2026-03-31')).toMatchObject({
      isSame: true,
      joined: [],
      left: [numbers.find((number) => !drawn.includes(number))],
    });
  });

  it('notices a record that was changed', async () => {
    await drawMarch();
    await cases.connection.collection('spot_checks').updateOne({}, { $set: { 'drawn.0': 'SQ2026-000099' } });
    expect(await cases.spotChecks.repeat('2026-03-01', '2026-03-31')).toMatchObject({ isSame: false });
  });

  it('knows when nothing was drawn', async () => {
    expect(await cases.spotChecks.repeat('2026-01-01', '2026-01-31')).toBeNull();
  });
});
