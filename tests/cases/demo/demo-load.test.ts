import { jest } from '@jest/globals';
import { demoLoad } from '../../../subgraphs/cases/src/demo/demo-load.js';
import { rebuildViews } from '../../../subgraphs/cases/src/usecases/rebuild.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

const clock = { now: () => new Date('2026-11-22T04:00:00Z') };
let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-11-22');
});
beforeEach(async () => {
  await cases.empty();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(async () => cases.close());

const load = async (enterprises: string): Promise<void> => demoLoad({ ...cases, clock, options: { enterprises } });
const contents = async () => ({
  events: await cases.connection.collection('case_events').countDocuments(),
  cases: await cases.connection.collection('cases').countDocuments(),
});

describe('the demo load', () => {
  it('fills the department once and finds it filled afterwards', async () => {
    await load('400');
    const filled = await contents();
    expect(filled.cases).toBe(47);
    await load('400');
    expect(await contents()).toEqual(filled);
    expect(await rebuildViews({ stores: cases.stores, calendar: cases.calendar, checkOnly: true })).toEqual([]);
    expect(
      (await cases.ask<{ cases: { totalCount: number } }>('{ cases { totalCount } }', {}, people.coordinator)).data
        ?.cases.totalCount,
    ).toBe(47);
  });

  it('run again changes nothing that users have written', async () => {
    await load('400');
    const of = cases.connection.collection('cases');
    const changed = await of.findOneAndUpdate({}, { $set: { version: 99, title: '用户补充' } });
    await cases.connection
      .collection<{ _id: string }>('demo')
      .updateOne({ _id: 'demo' }, { $set: { finishedAt: null } });
    await load('400');
    expect(await of.findOne({ caseNumber: changed?.['caseNumber'] as string })).toMatchObject({
      version: 99,
      title: '用户补充',
    });
  });

  it('killed half-way, completes the same city when it is run again, even on a later day', async () => {
    await load('400');
    const whole = await contents();
    await cases.connection.collection('cases').deleteMany({ caseNumber: /[1-5]$/ });
    await cases.connection.collection('case_events').deleteMany({ caseNumber: /[3-7]$/ });
    await cases.connection
      .collection<{ _id: string }>('demo')
      .updateOne({ _id: 'demo' }, { $set: { finishedAt: null } });
    await demoLoad({
      ...cases,
      clock: { now: () => new Date('2026-11-25T04:00:00Z') },
      options: { enterprises: '400' },
    });
    expect(await contents()).toEqual(whole);
  });

  it.each([['12'], ['many']])('refuses a city of %s enterprises and loads nothing', async (enterprises) => {
    await expect(load(enterprises)).rejects.toThrow(enterprises);
    expect((await contents()).cases).toBe(0);
  });
});
