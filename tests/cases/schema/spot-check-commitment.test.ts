import { createHash, createHmac } from 'node:crypto';
import { tick } from '../../../subgraphs/cases/src/usecases/overdue-job.js';
import { accepted, aHistory, assigned, resolvedWith } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { run } from '../support/mutations.js';

interface Commitment {
  id: string;
  from: string;
  to: string;
  seedHash: string;
  committedAt: string;
  isSealed: boolean;
}
interface Drawn {
  seed: string;
  percent: number;
  population: string[];
  drawn: { caseNumber: string }[];
  commitment: Commitment | null;
}

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  await cases.given(
    ...Array.from({ length: 37 }, (_none, index) =>
      aHistory(
        '2026-03-02',
        [
          ['2026-03-02', assigned()],
          ['2026-03-03', accepted],
          [index % 3 === 0 ? '2026-04-01' : '2026-03-09', resolvedWith()],
        ],
        {},
        `SQ2026-${String(index + 1).padStart(6, '0')}`,
      ),
    ),
  );
});
afterAll(async () => cases.close());

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const COMMITMENT = 'id from to seedHash committedAt isSealed';
const round = async (moment: string) => {
  cases.atMoment(moment);
  return tick({ ...cases, clock: { now: () => new Date(moment) } });
};
const commit = async (from: string, to: string, seed = 'a seed') =>
  run<Commitment>(
    cases,
    ['commitSpotCheckSeed', 'CommitSpotCheckSeedInput', 'commitment'],
    COMMITMENT,
    { from, to, seedHash: sha(seed) },
    people.coordinator,
  );
const draw = async (part: Record<string, unknown> = {}) =>
  run<Drawn>(
    cases,
    ['drawSpotCheck', 'DrawSpotCheckInput', 'spotCheck'],
    `seed percent population drawn { caseNumber } commitment { ${COMMITMENT} }`,
    { from: '2026-03-01', to: '2026-03-31', ...part },
    people.coordinator,
  );
const published = async () =>
  (
    await cases.ask<{ spotCheckCommitments: Commitment[] }>(
      `{ spotCheckCommitments { ${COMMITMENT} } }`,
      {},
      people.auditor,
    )
  ).data?.spotCheckCommitments ?? [];

/** The draw as an auditor repeats it by hand: SHA-256 of seed, line feed and number, the lowest tenth. */
function byHand(seed: string, population: readonly string[]): string[] {
  const lots: [string, string][] = [];
  for (const number of population) lots.push([sha(`${seed}\n${number}`), number]);
  lots.sort();
  const drawn: string[] = [];
  while (drawn.length * 10 < population.length) drawn.push(lots[drawn.length]?.[1] ?? '');
  return drawn;
}

describe('the seed of a second look', () => {
  it.each([
    ['that the coordinator committed to', 'seed of March', false],
    ['that the department committed to, because nobody else had', null, true],
  ])('%s is verified by whoever read its digest before the month', async (_whose, own, isSealed) => {
    if (own !== null) {
      cases.at('2026-02-20');
      expect((await commit('2026-03-01', '2026-03-31', own)).refusal).toBeNull();
    }
    expect(await round('2026-02-28T15:00:00Z')).toMatchObject({ sealedSeeds: isSealed ? 1 : 0, failedOthers: [] });
    const before = await published();
    expect(before).toEqual([expect.objectContaining({ from: '2026-03-01', to: '2026-03-31', isSealed })]);
    cases.at('2026-04-10');
    const { result } = await draw({ seed: own });
    const { seed, percent, population, drawn, commitment } = result ?? ({} as Drawn);
    expect(sha(seed)).toBe(before[0]?.seedHash);
    expect(commitment).toEqual(before[0]);
    expect(Date.parse(commitment?.committedAt ?? '')).toBeLessThan(Date.parse('2026-03-01T00:00:00+08:00'));
    expect(percent).toBe(10);
    // Of 37 cases those with a number of the form 3n + 1 were answered in April.
    expect(population).toEqual(
      Array.from({ length: 37 }, (_none, index) => index)
        .filter((index) => index % 3 !== 0)
        .map((index) => `SQ2026-${String(index + 1).padStart(6, '0')}`),
    );
    expect(drawn.map(({ caseNumber }) => caseNumber)).toEqual(byHand(seed, population));
    expect(drawn).toHaveLength(3);
  });

  it('is committed to in the last week before a month, once, whoever runs the job, and nothing tells it', async () => {
    expect(await round('2026-02-21T15:59:00Z')).toMatchObject({ sealedSeeds: 0 });
    const reports = await Promise.all([1, 2, 3].map(async () => round('2026-02-21T16:00:00Z')));
    expect(reports.reduce((sum, { sealedSeeds }) => sum + sealedSeeds, 0)).toBe(1);
    expect(reports.flatMap(({ failedOthers }) => failedOthers)).toEqual([]);
    const [kept] = await cases.connection.collection('spot_check_seeds').find().toArray();
    // As openssl does it: printf 'HTK-2026-03-2026-03\nDIGITS' | openssl dgst -sha256 -hmac KEY
    const digits = String(kept?.['sealing']);
    expect(digits).toMatch(/^[0-9a-f]{32}$/);
    const sealed = createHmac('sha256', 'a key of these tests, and of no department')
      .update(`HTK-2026-03-2026-03\n${digits}`)
      .digest('hex');
    expect(kept?.['seedHash']).toBe(sha(sealed));
    expect(JSON.stringify(kept)).not.toContain(sealed);
    for (const secret of [sealed, digits])
      expect(JSON.stringify([await published(), cases.logged])).not.toContain(secret);
    const sent = await cases.connection.collection('outbox').find({}).toArray();
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent)).toContain('cn.zhitong.spot-check.seed-committed');
    expect(JSON.stringify(sent)).toContain(sha(sealed));
    expect(JSON.stringify(sent)).not.toContain(sealed);
    cases.at('2026-04-10');
    expect((await draw({ seed: 'another seed' })).refusal).toMatchObject({ details: { reason: 'SEED_DIFFERS' } });
    expect((await draw()).result?.seed).toBe(sealed);
  });

  it('is not drawn with when what it was made of was changed, or the key is another', async () => {
    await round('2026-02-28T04:00:00Z');
    const seeds = cases.connection.collection('spot_check_seeds');
    const [kept] = await seeds.find().toArray();
    await seeds.updateOne({}, { $set: { sealing: '00000000000000000000000000000000' } });
    cases.at('2026-04-10');
    expect((await draw()).refusal).toMatchObject({
      code: 'INVALID',
      path: ['seed'],
      details: { reason: 'SEALED_WITH_ANOTHER_KEY', seedHash: kept?.['seedHash'] as unknown },
    });
    expect(await cases.connection.collection('spot_checks').countDocuments()).toBe(0);
    await seeds.updateOne({}, { $set: { sealing: kept?.['sealing'] as unknown } });
    expect((await draw()).refusal).toBeNull();
  });

  it('is drawn with where it was sealed before there was a key', async () => {
    const seed = '00112233445566778899aabbccddeeff';
    await cases.connection.collection('spot_check_seeds').insertOne({
      id: 'HTK-2026-03-2026-03',
      from: '2026-03-01',
      to: '2026-03-31',
      seedHash: sha(seed),
      committedAt: new Date('2026-02-25T04:00:00Z'),
      committedBy: 'system',
      months: ['2026-03'],
      sealedSeed: seed,
      isSealed: true,
    });
    cases.at('2026-04-10');
    expect((await draw()).result?.seed).toBe(seed);
  });

  it('is one for each month: no other period offers a second draw to choose from', async () => {
    cases.at('2026-01-20');
    expect((await commit('2026-02-01', '2026-03-31')).refusal).toBeNull();
    for (const [from, to] of [
      ['2026-02-01', '2026-02-28'],
      ['2026-03-01', '2026-03-31'],
      ['2026-03-01', '2026-05-31'],
      ['2026-02-01', '2026-06-30'],
    ] as const)
      expect((await commit(from, to)).refusal).toMatchObject({
        code: 'DUPLICATE',
        details: { reason: 'SEED_STANDS', id: 'HTK-2026-02-2026-03' },
      });
    expect(await round('2026-02-28T04:00:00Z')).toMatchObject({ sealedSeeds: 0 });
    cases.at('2026-01-20');
    const raced = await Promise.all([
      commit('2026-05-01', '2026-05-31'),
      commit('2026-04-01', '2026-06-30'),
      commit('2026-05-01', '2026-06-30'),
    ]);
    expect(raced.filter(({ refusal }) => refusal === null)).toHaveLength(1);
    expect(raced.filter(({ refusal }) => refusal?.code === 'DUPLICATE')).toHaveLength(2);
  });

  it('is needed: what no seed was committed to for is not drawn from', async () => {
    cases.at('2026-01-20');
    await commit('2026-02-01', '2026-03-31');
    cases.at('2026-04-10');
    for (const seed of [null, 'a seed'])
      expect((await draw({ seed })).refusal).toMatchObject({
        code: 'INVALID',
        path: ['from'],
        details: { reason: 'SEED_NOT_COMMITTED', id: 'HTK-2026-03-2026-03', committed: 'HTK-2026-02-2026-03' },
      });
    expect(await cases.connection.collection('case_events').countDocuments({ 'change.type': 'CHECK_OPENED' })).toBe(0);
  });
});
