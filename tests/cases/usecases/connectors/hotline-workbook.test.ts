import path from 'node:path';
import { readMapping, runSource } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { keywordExtractor } from '../../../../subgraphs/cases/src/memory/keywords.js';
import { casesUnderTest, people, type CasesUnderTest } from '../../support/cases-under-test.js';

/** The mapping and the workbook that ship with the project. */
const MAPPING = path.resolve('subgraphs/cases/connectors/hotline-12345.yaml');
let under: CasesUnderTest;
beforeAll(async () => void (under = await casesUnderTest(import.meta.url, '2026-11-28')));
afterAll(async () => under.close());

it('brings the hotline’s workbook in, each case with its own dates, moments as Excel dates and as text alike', async () => {
  const keywords = keywordExtractor();
  // Of the registry stand-in no name is unknown here: the workbook's enterprises are those of the register's example.
  const register = { faultsOf: async () => [] };
  const { drift, ...mapping } = await readMapping(MAPPING, {
    targets: under.connectorTargets({ register, keywords }),
    reads: under.connectors,
    environment: {},
  });
  const { run } = await runSource({
    ...mapping,
    drift,
    connection: under.connection,
    clock: { now: () => new Date('2026-11-28T04:00:00Z') },
    outbox: under.outbox,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  expect(run.counts).toEqual({ read: 7, new: 7, changed: 0, unchanged: 0, refused: 0, skipped: 0 });
  const { data, errors } = await under.ask<{ cases: { nodes: unknown[] } }>(
    '{ cases(first: 20) { nodes { title status receivedAt resolvedOn closedOn dueOn isOverdue } } }',
    {},
    people.coordinator,
  );
  expect(errors).toBeUndefined();
  const byTitle = new Map((data?.cases.nodes as { title: string }[]).map((one) => [one.title, one]));
  // Monday 3 March 2025, 09:12 in Shanghai, an Excel date; answered on Friday, the fourth of five working days, closed
  // on Monday.
  expect(byTitle.get('用电增容迟迟未批')).toMatchObject({
    status: 'CLOSED',
    receivedAt: '2025-03-03T01:12:00.000Z',
    resolvedOn: '2025-03-07',
    closedOn: '2025-03-10',
    isOverdue: false,
  });
  // Wednesday 5 March 2025, 11:05 in Shanghai, written as text; answered on Friday 14 March, two working days late.
  expect(byTitle.get('惠企补贴未到账')).toMatchObject({
    status: 'CLOSED',
    receivedAt: '2025-03-05T03:05:00.000Z',
    isOverdue: true,
  });
  // Assigned on Monday 9 November 2026: five working days end on Monday 16.
  expect(byTitle.get('检查过于频繁')).toMatchObject({ closedOn: null, resolvedOn: null, dueOn: '2026-11-16' });
  expect(byTitle.get('建议开通错峰用电')).toMatchObject({ status: 'RECEIVED' });
});
