import { systemClock } from '@zhitong/kit';
import { heardEvents } from '../../../subgraphs/cases/src/events-inbox.js';
import { keywordExtractor } from '../../../subgraphs/cases/src/memory/keywords.js';
import { USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

const blocking = {
  problem: 'b7c0a1de-0001',
  origin: 'PROJECT_BLOCKING_POINT',
  originId: 'XN-2026-0007',
  uscc: USCC,
  kind: 'APPEAL',
  category: 'LAND_AND_CONSTRUCTION',
  channel: 'PROJECT_STEWARD',
  industry: null,
  title: '用地红线与规划道路冲突',
  text: '项目用地红线与规划道路重叠，施工许可无法办理。',
  region: '421202',
  department: 'ZRZY',
};

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
afterAll(async () => cases.close());

/** The registry's event, as the inbox hands it on. */
async function hear(data: object, type = 'cn.zhitong.problem.reported'): Promise<void> {
  const handle = heardEvents({ ...cases, keywords: keywordExtractor(), clock: systemClock });
  await cases.stores.transaction(async (session) =>
    handle(
      { id: 'e-1', source: 'urn:zhitong:enterprises', type, subject: 'x', time: '2026-03-16T04:00:00Z', data } as never,
      { session },
    ),
  );
}
const listed = async () =>
  (
    await cases.ask<{ cases: { nodes: object[] } }>(
      '{ cases(first: 10) { nodes { caseNumber channel kind category title status } } }',
      {},
      people.coordinator,
    )
  ).data?.cases.nodes;
const told = async () =>
  (await cases.connection.collection('outbox').find().toArray())
    .map(({ event }) => (event as { type: string; data: object }).type)
    .toSorted();

describe('a problem that the registry reports', () => {
  it('becomes one case from the desk of who reported it, however often it is told', async () => {
    await hear(blocking);
    await hear(blocking);
    await hear(blocking, 'cn.zhitong.problem.somethingElse');
    const expected = {
      caseNumber: 'SQ2026-000001',
      channel: 'PROJECT_STEWARD',
      kind: 'APPEAL',
      category: 'LAND_AND_CONSTRUCTION',
      title: '用地红线与规划道路冲突',
      status: 'RECEIVED',
    };
    expect(await listed()).toEqual([expected]);
    expect(await told()).toEqual(['cn.zhitong.case.submitted', 'cn.zhitong.problem.taken']);

    await hear({ ...blocking, problem: 'b7c0a1de-0002', origin: 'VISIT_FINDING', channel: 'LEADER_VISIT' });
    expect(await listed()).toEqual(
      expect.arrayContaining([expected, { ...expected, caseNumber: 'SQ2026-000002', channel: 'LEADER_VISIT' }]),
    );
  });

  it('is not taken when it is of a category that cases do not have', async () => {
    await expect(hear({ ...blocking, problem: 'b7c0a1de-0003', category: 'WATER' })).rejects.toThrow(/category/);
  });
});
