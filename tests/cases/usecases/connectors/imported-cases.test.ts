import { runSource, undoRun, type FieldValue, type RunReport, type RunSettings } from '@zhitong/connect';
import { createLogger, type Actor } from '@zhitong/kit';
import { keywordExtractor } from '../../../../subgraphs/cases/src/memory/keywords.js';
import { expectChinese } from '../../../support/deliveries.js';
import { memorySource } from '../../../connect/support/memory-source.js';
import { USCC } from '../../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../../support/cases-under-test.js';

let under: CasesUnderTest;
beforeAll(async () => void (under = await casesUnderTest(import.meta.url, '2026-11-20')));
beforeEach(async () => under.empty());
afterAll(async () => under.close());

type Values = Readonly<Record<string, FieldValue>>;
let moment = Date.parse('2026-11-20T04:00:00Z');
const clock = { now: () => new Date((moment += 1_000)) };
const SETTINGS: RunSettings = {
  source: 'hotline-12345',
  department: 'ZSJ',
  mappingDigest: 'mapping',
  precedence: 1,
  personalColumns: new Set(['contactName', 'contactTelephone']),
  isIncremental: false,
  sweep: null,
  keeper: null,
  schedule: null,
  silentAfterHours: null,
};

const target = () => under.connectorTargets({ register: under.departments, keywords: keywordExtractor() })[0] ?? fail();
const fail = (): never => {
  throw new Error('The department has no target.');
};

async function deliver(rows: readonly Values[], isDryRun = false, settings = SETTINGS): Promise<RunReport> {
  return runSource({
    connection: under.connection,
    source: memorySource(rows.map((row, index) => ({ 行号: String(index), 内容: JSON.stringify(row) }))),
    map: ({ cells, place }) => {
      const cell = cells.get('行号');
      const values = rows[cell?.kind === 'text' ? Number(cell.text) : -1] ?? {};
      const columns = Object.fromEntries(Object.keys(values).map((field) => [field, field]));
      return {
        kind: 'row',
        row: { key: `${settings.department}/${String(values['externalNumber'])}`, values, columns, place },
      };
    },
    target: target(),
    settings,
    clock,
    outbox: under.outbox,
    logger: createLogger({ name: 'test', level: 'silent' }),
    isDryRun,
  });
}

const refusals = async () => {
  const refused = await under.connectors.refusals('hotline-12345', { limit: 50 });
  for (const { reason } of refused) expectChinese(reason);
  return refused.map(({ column, reason }) => [column, reason]);
};

/** Received on Monday 3 March 2025, answered on Wednesday 5 and closed on Friday 7: five working days were given. */
const CLOSED_IN_MARCH = {
  externalNumber: '12345-2025-0001',
  receivedAt: '2025-03-03T01:00:00.000Z',
  category: 'TAX_AND_FEES',
  title: '退税迟迟未到账',
  text: '企业一月申请的退税至今没有到账，请协调。',
  region: '421202',
  uscc: USCC,
  contactName: '张三',
  contactTelephone: '13812345678',
  lead: 'SHUIWJ',
  assignedAt: '2025-03-03T03:00:00.000Z',
  acceptedAt: '2025-03-03T06:00:00.000Z',
  contactedAt: '2025-03-04T02:00:00.000Z',
  resolvedAt: '2025-03-05T08:00:00.000Z',
  answer: '经核实，退税款已于三月五日到账。',
  closedAt: '2025-03-07T01:00:00.000Z',
};

const FIELDS = 'caseNumber status receivedAt resolvedOn closedOn answer isOverdue dueOn';
const theCases = async () => {
  const { data, errors } = await under.ask<{ cases: { nodes: Record<string, unknown>[] } }>(
    `{ cases(first: 20) { nodes { ${FIELDS} } } }`,
    {},
    people.coordinator,
  );
  expect(errors).toBeUndefined();
  return data?.cases.nodes ?? [];
};

it('a case that was closed in March 2025 is closed in March 2025, and was answered in time', async () => {
  const { run } = await deliver([CLOSED_IN_MARCH]);
  expect(run.counts).toMatchObject({ new: 1, refused: 0 });
  const [found] = await theCases();
  expect(found).toMatchObject({
    caseNumber: 'SQ2025-000001',
    status: 'CLOSED',
    receivedAt: '2025-03-03T01:00:00.000Z',
    resolvedOn: '2025-03-05',
    closedOn: '2025-03-07',
    isOverdue: false,
    // Assigned on 3 March: the first of five working days is the 4th, the last Monday the 10th.
    dueOn: '2025-03-10',
  });
  const events = await under.connection.collection('outbox').find().toArray();
  expect(events.map(({ event }) => [(event as { type: string }).type, (event as { time: string }).time])).toEqual([
    ['cn.zhitong.case.submitted', CLOSED_IN_MARCH.receivedAt],
    ['cn.zhitong.case.assigned', CLOSED_IN_MARCH.assignedAt],
    ['cn.zhitong.case.accepted', CLOSED_IN_MARCH.acceptedAt],
    ['cn.zhitong.case.contacted', CLOSED_IN_MARCH.contactedAt],
    ['cn.zhitong.case.resolved', CLOSED_IN_MARCH.resolvedAt],
    ['cn.zhitong.case.closed', CLOSED_IN_MARCH.closedAt],
  ]);
});

it('a later delivery appends what is missing, and one that says the same nothing', async () => {
  const { resolvedAt, answer, closedAt, ...open } = CLOSED_IN_MARCH;
  await deliver([open]);
  expect((await theCases())[0]).toMatchObject({ status: 'IN_PROGRESS' });
  expect((await deliver([open])).run.counts).toMatchObject({ unchanged: 1 });
  expect((await deliver([{ ...open, resolvedAt, answer }])).run.counts).toMatchObject({ changed: 1 });
  expect((await deliver([{ ...open, resolvedAt, answer, closedAt }])).run.counts).toMatchObject({ changed: 1 });
  const found = await theCases();
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ caseNumber: 'SQ2025-000001', status: 'CLOSED', closedOn: '2025-03-07' });
});

describe('a number that is typed in another way', () => {
  const { resolvedAt, answer, closedAt, ...open } = { ...CLOSED_IN_MARCH, externalNumber: 'RX-2025-0001' };
  const otherwise = { ...open, externalNumber: 'ｒｘ-2025- 0001' };

  it('within one list is the same case, and the second row is refused with the line of the first', async () => {
    const { run } = await deliver([open, { ...otherwise, title: '另一件事另一个标题' }]);
    expect(run.counts).toMatchObject({ new: 1, refused: 1 });
    expect(await refusals()).toEqual([['externalNumber', expect.stringContaining('与第 2 行是同一条记录') as unknown]]);
    expect(await theCases()).toHaveLength(1);
  });

  it('in a later delivery is the same case, also when it was stored before spellings were compared', async () => {
    await deliver([open]);
    await under.connection.collection('external_numbers').updateMany({}, { $unset: { typed: '', only: '' } });
    await under.stores.externalNumbers.giveForms();
    expect((await deliver([{ ...otherwise, resolvedAt, answer, closedAt }])).run.counts).toMatchObject({ changed: 1 });
    expect((await theCases()).map(({ status }) => status)).toEqual(['CLOSED']);
  });
});

it('one number of two departments is two cases', async () => {
  const open = { ...CLOSED_IN_MARCH, resolvedAt: null, answer: null, closedAt: null };
  await deliver([CLOSED_IN_MARCH]);
  const elsewhere = { ...SETTINGS, source: 'county-desk', department: 'SHUIWJ', precedence: 2 };
  expect((await deliver([open], false, elsewhere)).run.counts).toMatchObject({ new: 1, changed: 0 });
  expect((await theCases()).map(({ status }) => status).sort()).toEqual(['CLOSED', 'IN_PROGRESS']);
});

it('a step that the source has no date of is taken to be together with the one before', async () => {
  await deliver([{ ...CLOSED_IN_MARCH, assignedAt: null, acceptedAt: null, contactedAt: null }]);
  expect((await theCases())[0]).toMatchObject({ status: 'CLOSED', isOverdue: false, dueOn: '2025-03-10' });
});

it.each([
  ['no department that handled it', { lead: null }, 'lead', '缺少承办部门'],
  ['a department that the city does not have', { lead: 'XYZ' }, 'lead', '登记库中没有'],
  ['a region of elsewhere', { region: '540100' }, 'region', '登记库中没有'],
  ['an answer before its acceptance', { resolvedAt: '2025-03-03T02:00:00.000Z' }, 'resolvedAt', '早于前一环节'],
  ['a day to come', { closedAt: '2027-01-01T00:00:00.000Z' }, 'closedAt', '晚于现在'],
  ['no answer', { answer: null }, 'answer', '答复内容'],
  ['a title of two characters', { title: '退税' }, 'title', '标题应当有 5 至 100 个字符'],
  [
    'a low rating without a reason',
    { ratedAt: '2025-03-06T00:00:00.000Z', ratedProcess: 1, ratedResult: 1 },
    null,
    '须写明原因',
  ],
  ['withdrawn after it was closed', { withdrawnAt: '2025-03-08T00:00:00.000Z' }, 'withdrawnAt', '不能补记'],
])('with %s is refused, takes no number, and the others land', async (_what, part, field, reason) => {
  const other = { ...CLOSED_IN_MARCH, externalNumber: '12345-2025-0002' };
  const { run } = await deliver([{ ...CLOSED_IN_MARCH, ...part }, other]);
  expect(run.counts).toMatchObject({ read: 2, new: 1, refused: 1 });
  expect(await refusals()).toEqual([[field, expect.stringContaining(reason) as unknown]]);
  expect((await theCases()).map(({ caseNumber }) => caseNumber)).toEqual(['SQ2025-000001']);
});

it('a dry run takes no number', async () => {
  await deliver([CLOSED_IN_MARCH], true);
  expect(await theCases()).toEqual([]);
  await deliver([CLOSED_IN_MARCH]);
  expect((await theCases())[0]).toMatchObject({ caseNumber: 'SQ2025-000001' });
});

it('undoing takes the steps of a delivery back, and leaves a case that somebody has worked on', async () => {
  const { resolvedAt, answer, closedAt, ...open } = CLOSED_IN_MARCH;
  const undo = async (runId: string) =>
    undoRun({ connection: under.connection, target: target(), runId, by: 'admin-1', clock });
  const first = await deliver([open]);
  const second = await deliver([{ ...open, resolvedAt, answer, closedAt }]);
  await undo(second.run._id);
  expect((await theCases())[0]).toMatchObject({ status: 'IN_PROGRESS', closedOn: null });
  await undo(first.run._id);
  expect(await theCases()).toEqual([]);

  const third = await deliver([open]);
  const [found] = await theCases();
  const urged = await under.ask(
    `mutation { urgeCase(input: { caseNumber: "${String(found?.['caseNumber'])}", note: "请尽快办理此事", idempotencyKey: "key-00000001" }) { refusal { message } } }`,
    {},
    people.owner,
  );
  expect(urged.errors).toBeUndefined();
  expect((await undo(third.run._id)).undoing).toMatchObject({ undone: 0, left: 1 });
  expect(await theCases()).toHaveLength(1);
});

describe('where a case came from', () => {
  const provenance = async (actor: Actor): Promise<string[] | null | undefined> => {
    const { data } = await under.ask<{ case: { provenance: { field: string }[] | null } | null }>(
      '{ case(caseNumber: "SQ2025-000001") { provenance { field source column file line run at } } }',
      {},
      actor,
    );
    const told = data?.case?.provenance;
    return told === null ? null : told?.map(({ field }) => field);
  };

  it('is told to whoever may know who brought it, the contact to whoever may read that', async () => {
    await deliver([CLOSED_IN_MARCH]);
    expect(await provenance(people.owner)).toEqual(expect.arrayContaining(['title', 'uscc', 'contactTelephone']));
    expect(await provenance(people.officer('SHUIWJ'))).toContain('contactTelephone');
    const auditors = await provenance(people.auditor);
    expect(auditors).toContain('title');
    expect(auditors).not.toContain('contactTelephone');
    expect(auditors).not.toContain('contactName');
  });

  it('of an anonymous case is null for the department that handles it and for the auditor', async () => {
    await deliver([{ ...CLOSED_IN_MARCH, anonymous: true }]);
    expect(await provenance(people.owner)).toContain('title');
    expect(await provenance(people.coordinator)).toContain('title');
    expect(await provenance(people.officer('SHUIWJ'))).toBeNull();
    expect(await provenance(people.auditor)).toBeNull();
  });

  it('and which systems deliver is for ADMIN and the department that delivers', async () => {
    await deliver([CLOSED_IN_MARCH]);
    const names = async (actor: Actor | null) => {
      const { data, errors } = await under.ask<{ caseConnectors: { name: string }[] | null }>(
        '{ caseConnectors { name } }',
        {},
        actor,
      );
      return errors?.map(({ extensions }) => extensions?.['code']) ?? data?.caseConnectors?.map(({ name }) => name);
    };
    expect(await names(people.admin)).toEqual(['hotline-12345']);
    expect(await names(people.officer('ZSJ'))).toEqual([]);
    expect(await names(people.officer('SHUIWJ'))).toEqual([]);
    expect(await names(people.officer('RMYH'))).toEqual(['FORBIDDEN']);
    expect(await names(people.owner)).toEqual(['FORBIDDEN']);
    expect(await names(null)).toEqual(['UNAUTHENTICATED']);
  });
});
