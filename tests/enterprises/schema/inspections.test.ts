import { createLogger, type Actor } from '@zhitong/kit';
import { inspectionFlags, publicTerm } from '../../../subgraphs/enterprises/src/domain/inspections/inspection.js';
import { openDepartment } from '../../../subgraphs/enterprises/src/service.js';
import {
  clock,
  coordinator,
  enterprise,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
let now = new Date('2026-11-20T02:00:00Z');
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200, { now: () => now });
});
afterAll(async () => hub.close());

type Json = Record<string, unknown>;
let keys = 0;
const run = async (mutation: string, type: string, input: Json, selection: string, department: string) => {
  const { data, errors } = await hub.ask<Record<string, Json | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} refusal { code path } } }`,
    {
      variables: { input: { idempotencyKey: `inspecting-${String((keys += 1))}`, ...input } },
      actor: { ...officer, department },
    },
  );
  return data?.[mutation] ?? { code: errors?.[0]?.extensions?.['code'], message: errors?.[0]?.message };
};
const uscc = (at: number): string => hub.city.enterprises[at]?.uscc ?? '';

describe('the register of inspections', () => {
  const matter = '安全生产检查';
  const inspect = async (department: string, noticeNumber: string, more: Json = {}) =>
    run(
      'recordInspection',
      'RecordInspectionInput',
      {
        uscc: uscc(3),
        kind: 'PLANNED',
        noticeNumber,
        matter,
        isApproved: true,
        inspectedOn: '2026-11-18',
        result: 'NO_PROBLEM',
        resultText: '未发现问题',
        ...more,
      },
      'inspection { flags }',
      department,
    );

  it('flags what has no plan, comes before its publication, is not approved, or is more than the cap', async () => {
    const planned = await run(
      'recordInspectionPlan',
      'RecordInspectionPlanInput',
      { year: 2026, name: '年度检查计划', matter, publishedOn: '2026-03-20', cap: 2 },
      'plan { id }',
      'YJGLJ',
    );
    const plan = (planned['plan'] as { id: string }).id;
    expect(await inspect('YJGLJ', '1号', { plan })).toMatchObject({ inspection: { flags: [] } });
    expect(await inspect('YJGLJ', '1号', { plan })).toMatchObject({ refusal: { code: 'DUPLICATE' } });
    expect(await inspect('YJGLJ', '2号', { plan, inspectedOn: '2026-03-19' })).toMatchObject({
      inspection: { flags: ['PLAN_NOT_PUBLISHED'] },
    });
    expect(await inspect('YJGLJ', '3号', { kind: 'CASE', isApproved: false })).toMatchObject({
      inspection: { flags: ['NOT_APPROVED', 'OVER_CAP'] },
    });
    expect(await inspect('STHJJ', '1号')).toMatchObject({ inspection: { flags: ['WITHOUT_PLAN'] } });
    expect(await inspect('STHJJ', '2号', { plan })).toMatchObject({ refusal: { code: 'INVALID', path: ['plan'] } });
    // Four inspections by two departments, three of them irregular.
    const { data } = await hub.ask<Json>(
      `{ inspectionFrequency(year: 2026) { enterprise { uscc } count departments flagged } enterprise(uscc: "${uscc(3)}") { inspectionCount(year: 2026) { count departments } } }`,
      { actor: coordinator },
    );
    expect(data).toEqual({
      inspectionFrequency: [{ enterprise: { uscc: uscc(3) }, count: 4, departments: 2, flagged: 3 }],
      enterprise: { inspectionCount: { count: 4, departments: 2 } },
    });
    const own = await hub.ask<{ inspections: { totalCount: number } }>('{ inspections { totalCount } }', {
      actor: enterprise(uscc(3)),
    });
    const other = await hub.ask<{ inspections: { totalCount: number } }>('{ inspections { totalCount } }', {
      actor: enterprise(uscc(4)),
    });
    expect([own.data?.inspections.totalCount, other.data?.inspections.totalCount]).toEqual([4, 0]);
  });

  it('shows a penalty to everybody as long as its class says, to the enterprise always', async () => {
    const punish = async (decisionNumber: string, grade: string, publicUntil: string | null) =>
      run(
        'recordPenalty',
        'RecordPenaltyInput',
        {
          uscc: uscc(5),
          decisionNumber,
          grade,
          reason: '未落实安全措施',
          basis: '安全生产法第九十七条',
          fine: '20000.00',
          decidedOn: '2026-03-10',
          publicUntil,
        },
        'penalty { publicFrom fine { amount } }',
        'YJGLJ',
      );
    // General, of 10 March 2026: until a day from 10 June 2026 to 10 March 2027.
    expect(await punish('1号', 'GENERAL', '2027-03-11')).toMatchObject({
      refusal: { code: 'INVALID', path: ['publicUntil'] },
    });
    expect(await punish('1号', 'GENERAL', '2027-03-10')).toMatchObject({
      penalty: { publicFrom: '2026-11-20', fine: { amount: '20000.00' } },
    });
    expect(await punish('2号', 'MINOR', null)).toMatchObject({ penalty: { publicFrom: null } });
    for (const typed of ['２ 号', '2\u200b号'])
      expect(await punish(typed, 'MINOR', null)).toMatchObject({ refusal: { code: 'DUPLICATE' } });
    const seen = async (actor: Actor | null) =>
      (
        await hub.ask<{ penalties: { totalCount: number } }>(
          `{ penalties(filter: { uscc: "${uscc(5)}" }) { totalCount } }`,
          { actor },
        )
      ).data?.penalties.totalCount;
    expect([
      await seen(null),
      await seen(enterprise(uscc(6))),
      await seen(enterprise(uscc(5))),
      await seen(officer),
    ]).toEqual([1, 1, 2, 2]);
    now = new Date('2027-03-11T02:00:00Z');
    expect([await seen(null), await seen(enterprise(uscc(5)))]).toEqual([0, 2]);
  });

  it('keeps to the bounds of the law', () => {
    expect(publicTerm('GENERAL', '2026-03-10')).toEqual({ earliest: '2026-06-10', latest: '2027-03-10' });
    expect(publicTerm('SERIOUS', '2026-03-10')).toEqual({ earliest: '2027-03-10', latest: '2029-03-10' });
    expect(publicTerm('MINOR', '2026-11-30').latest).toBe('2027-02-28');
    expect(
      inspectionFlags({ kind: 'CASE', inspectedOn: '2026-01-05', isApproved: true }, null, { before: 0, cap: 1 }),
    ).toEqual([]);
  });
});

it('papers of an earlier release are found by the form of their number after a start, recorded twice or not', async () => {
  const penalties = hub.database.connection.collection('penalties');
  const [one] = await penalties.find({}).sort({ _id: -1 }).limit(1).toArray();
  const old = async (id: string, decisionNumber: string) =>
    penalties.insertOne({ ...one, _id: undefined, id, departmentCode: 'STHJJ', decisionNumber, numberKey: undefined });
  await old('old-1', '咸环罚〔2026〕1号');
  await old('old-2', '咸环罚（2026）1号');
  await penalties.updateMany({ id: /^old/ }, { $unset: { numberKey: 1 } });
  await hub.database.connection.collection('stored_forms').deleteMany({});
  await openDepartment({
    connection: hub.database.connection,
    logger: createLogger({ name: 'test', level: 'silent' }),
    clock,
  });
  expect(
    (await penalties.find({ id: /^old/ }).sort({ id: 1 }).toArray()).map(({ numberKey }) => numberKey as unknown),
  ).toEqual(['咸环罚(2026)1号', undefined]);
  expect(
    await run(
      'recordPenalty',
      'RecordPenaltyInput',
      {
        uscc: uscc(5),
        decisionNumber: '咸环罚【二〇二六】1号',
        grade: 'MINOR',
        reason: '超标排放',
        basis: '水污染防治法',
        fine: '0',
        decidedOn: '2026-03-10',
        publicUntil: null,
      },
      'penalty { id }',
      'STHJJ',
    ),
  ).toMatchObject({ refusal: { code: 'DUPLICATE', path: ['decisionNumber'] } });
});

describe('labour', () => {
  it('is monitored of enterprises with 50 and more staff, month by month, the latest report of a month', async () => {
    const report = async (at: number, month: string, employees: number, shortage: number) =>
      run(
        'recordLabourReport',
        'RecordLabourReportInput',
        { uscc: uscc(at), month, employees, shortage },
        'enterprise { uscc }',
        'RSJ',
      );
    for (const [at, month, employees, shortage] of [
      [1, '2026-09', 50, 4],
      [1, '2026-10', 60, 9],
      [1, '2026-10', 61, 6],
      [2, '2026-10', 200, 0],
      [3, '2026-10', 49, 5],
    ] as const)
      await report(at, month, employees, shortage);
    const { data } = await hub.ask<Json>(
      `{ labourMonths(from: "2026-09", to: "2026-10") { month enterprises employees shortage short { numerator denominator } } enterprise(uscc: "${uscc(1)}") { labourReports { month employees } } }`,
      { actor: officer },
    );
    expect(data).toEqual({
      labourMonths: [
        { month: '2026-09', enterprises: 1, employees: 50, shortage: 4, short: { numerator: 1, denominator: 1 } },
        { month: '2026-10', enterprises: 2, employees: 261, shortage: 6, short: { numerator: 1, denominator: 2 } },
      ],
      enterprise: {
        labourReports: [
          { month: '2026-10', employees: 61 },
          { month: '2026-09', employees: 50 },
        ],
      },
    });
    expect(
      await run(
        'recordLabourReport',
        'RecordLabourReportInput',
        { uscc: uscc(1), month: '2026-10', employees: 1, shortage: 1 },
        'enterprise { uscc }',
        'TJJ',
      ),
    ).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('adds up job fairs, 111,000 posts and 23,800 hired at Xianning’s scale', async () => {
    // 210 fairs, 4,133 enterprises, 111,000 posts, 23,800 hired: two of them here with those sums.
    for (const fair of [
      { enterprises: 4_000, posts: 100_000, hired: 20_000 },
      { enterprises: 133, posts: 11_000, hired: 3_800 },
    ])
      await run(
        'recordJobFair',
        'RecordJobFairInput',
        { name: '春风行动招聘会', heldOn: '2026-02-20', ...fair },
        'fair { id }',
        'RSJ',
      );
    const { data } = await hub.ask<Json>(
      '{ jobFairs(from: "2026-01-01", to: "2026-12-31") { count enterprises posts hired { numerator denominator rate } } }',
      {},
    );
    expect(data?.['jobFairs']).toEqual({
      count: 2,
      enterprises: 4_133,
      posts: 111_000,
      hired: { numerator: 23_800, denominator: 111_000, rate: '0.2144' },
    });
    expect(
      await run(
        'recordJobFair',
        'RecordJobFairInput',
        { name: '招聘会', heldOn: '2026-02-20', enterprises: 1, posts: 5, hired: 6 },
        'fair { id }',
        'RSJ',
      ),
    ).toMatchObject({ refusal: { path: ['hired'] } });
  });
});
