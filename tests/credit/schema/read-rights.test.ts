import type { Actor } from '@zhitong/kit';
import {
  auditor,
  BANK,
  coordinator,
  creditUnderTest,
  enterprise,
  LEDGER_OFFICE,
  officer,
  type CreditUnderTest,
} from '../support/credit-under-test.js';

const NO_PURPOSE_HELPS: unknown = expect.not.stringContaining('PURPOSE_REQUIRED');
/** An error without the key that was asked for, wherever it names it. */
const withoutKey = <Told extends object>(told: Told, id: string): Told =>
  JSON.parse(JSON.stringify(told).replaceAll(id, '#')) as Told;

const OWN = '91110000600037341L';
const OTHER = '91110108551385082Q';
const PURPOSE = '核实贷款贴息申请人的信用状况';
const machine: Actor = { sub: 'service:policies', roles: ['SERVICE'], department: 'YSB' };
const withPurpose = (actor: Actor): Actor => ({ ...actor, purpose: PURPOSE });

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
  credit.register({
    FGW: '咸宁市发展和改革委员会',
    RSJ: '咸宁市人力资源和社会保障局',
    STHJJ: '咸宁市生态环境局',
    CZJ: '咸宁市财政局',
    RMYH: '中国人民银行咸宁市分行',
  });
  for (const [uscc, promisor] of [
    [OWN, 'CZJ'],
    [OTHER, 'CZJ'],
    [OTHER, BANK],
  ] as const) {
    await write('recordCommitment', 'commitment { id }', officer(promisor), {
      uscc,
      promisor,
      title: `给予${uscc.slice(-4)}的承诺${promisor}`,
      kind: 'CASH',
      districtCode: '421202',
      promisedOn: '2026-01-05',
      instalments: [{ dueOn: '2026-06-30', amount: '100000.00' }],
      official: { name: '张三', post: '局长' },
      document: null,
    });
  }
  await write('recordDishonesty', 'creditStanding { grade }', officer('STHJJ'), {
    uscc: OWN,
    category: '环境违法行政处罚',
    seriousness: 'GENERAL',
    documentNumber: '咸环罚〔2026〕1号',
    from: '2026-02-01',
  });
  const repaired = await write(
    'recordDishonesty',
    'creditStanding { dishonestyRecords { id documentNumber } }',
    officer('STHJJ'),
    { uscc: OWN, category: '逾期', seriousness: 'MINOR', documentNumber: '咸环罚〔2026〕2号', from: '2026-10-01' },
  );
  const record = (
    repaired['creditStanding'] as { dishonestyRecords: { id: string; documentNumber: string }[] }
  ).dishonestyRecords.find(({ documentNumber }) => documentNumber.endsWith('2号'))?.id;
  await write('repairDishonesty', 'creditStanding { grade }', officer('STHJJ'), {
    record,
    uscc: OWN,
    repairedOn: '2026-11-01',
    procedure: '已整改',
    decisionNumber: '咸信修〔2026〕1号',
  });
});
afterAll(async () => credit.close());

let keys = 0;
async function write(
  mutation: string,
  fields: string,
  actor: Actor,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await credit.ask<Record<string, Record<string, unknown>>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} refusal { code message path } } }`,
    { variables: { input: { idempotencyKey: `rights-${String((keys += 1)).padStart(4, '0')}`, ...input } }, actor },
  );
  const payload = data?.[mutation];
  if (errors !== undefined || payload === undefined || payload['refusal'] !== null)
    throw new Error(JSON.stringify({ errors, payload }));
  return payload;
}

const of = async <Field>(uscc: string, field: string, actor: Actor | null) => {
  const { data, errors } = await credit.ask<{ _entities: { field: Field | null }[] }>(
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Enterprise { field: ${field} } } }`,
    { variables: { refs: [{ __typename: 'Enterprise', uscc }] }, actor },
  );
  return { value: data?._entities[0]?.field ?? null, extensions: errors?.[0]?.extensions };
};

describe('promises of another enterprise', () => {
  it.each(['commitments', 'outstandingCommitments'])("do not come in by a filter on %s of one's own", async (field) => {
    const filter = field === 'commitments' ? `(filter: { uscc: "${OTHER}" }, first: 5)` : '(first: 5)';
    const { value, extensions } = await of<{ nodes: { title: string }[] }>(
      OWN,
      `${field}${filter} { totalCount nodes { title } }`,
      enterprise(OWN),
    );
    expect(JSON.stringify(value)).not.toContain(OTHER.slice(-4));
    if (field === 'commitments') expect(extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it("are nobody else's in an official's list either: a filter narrows the list that it stands on", async () => {
    expect(
      await of(OWN, `commitments(filter: { uscc: "${OTHER}" }, first: 5) { totalCount nodes { title } }`, auditor),
    ).toEqual({ value: { totalCount: 0, nodes: [] }, extensions: undefined });
  });

  it('are refused by number in the same words as a number that nobody has', async () => {
    const { data } = await credit.ask<{ commitments: { nodes: { id: string }[] } }>(
      `{ commitments(filter: { uscc: "${OTHER}" }) { nodes { id } } }`,
      { actor: auditor },
    );
    const theirs = data?.commitments.nodes[0]?.id ?? '';
    const told = async (query: string, variables: object, id: string, actor: Actor) =>
      (await credit.ask(query, { variables: { ...variables }, actor })).errors?.map(({ message, extensions }) =>
        withoutKey({ message, extensions }, id),
      );
    for (const actor of [enterprise(OWN), machine]) {
      const byRoot = async (id: string) =>
        told('query ($id: ID!) { commitment(id: $id) { title } }', { id }, id, actor);
      expect((await byRoot(theirs))?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: NO_PURPOSE_HELPS });
      expect(await byRoot('CN-1999-00001')).toEqual(await byRoot(theirs));
      expect(
        await told(
          'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Commitment { title } } }',
          { refs: [{ __typename: 'Commitment', id: theirs }] },
          theirs,
          actor,
        ),
      ).toEqual(await byRoot(theirs));
    }
  });
});

describe('an officer of a bank', () => {
  it('reads what the own department owes, with a count to match, and nothing else of anybody', async () => {
    const { data } = await credit.ask<{ commitments: { totalCount: number; nodes: { promisor: { code: string } }[] } }>(
      '{ commitments { totalCount nodes { promisor { code } } } }',
      { actor: officer(BANK) },
    );
    expect(data?.commitments).toEqual({ totalCount: 1, nodes: [{ promisor: { code: BANK } }] });
    expect((await of<{ totalCount: number }>(OTHER, 'commitments { totalCount }', officer(BANK))).value).toEqual({
      totalCount: 1,
    });
    for (const query of [
      '{ commitments(filter: { promisor: "CZJ" }) { totalCount } }',
      '{ commitmentAudit(asOf: "2026-11-20") { count } }',
      '{ arrearsReport(from: "2026-01-01", to: "2026-11-20") { from } }',
      '{ approvalItems(filter: { department: "CZJ" }) { totalCount } }',
    ]) {
      expect([query, (await credit.ask(query, { actor: officer(BANK) })).errors?.[0]?.extensions]).toMatchObject([
        query,
        { code: 'FORBIDDEN', reason: NO_PURPOSE_HELPS },
      ]);
    }
    expect((await of(OWN, 'creditStanding { grade }', withPurpose(officer(BANK)))).extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('credit records', () => {
  const RECORDS = 'creditStanding { grade openRecordCount dishonestyRecords { documentNumber } }';
  interface Records {
    grade: string;
    openRecordCount: number;
    dishonestyRecords: { documentNumber: string }[] | null;
  }

  it('are for the department that recorded them and the office that keeps them; the grade for every official of the government', async () => {
    const numbers = async (actor: Actor) =>
      (await of<Records>(OWN, RECORDS, actor)).value?.dishonestyRecords?.map(({ documentNumber }) => documentNumber);
    expect(await numbers(officer('STHJJ'))).toEqual(['咸环罚〔2026〕2号', '咸环罚〔2026〕1号']);
    expect(await numbers(officer(LEDGER_OFFICE))).toEqual(['咸环罚〔2026〕2号', '咸环罚〔2026〕1号']);
    expect(await numbers(coordinator)).toEqual(['咸环罚〔2026〕1号']);
    const { value, extensions } = await of<Records>(OWN, RECORDS, officer('RSJ'));
    expect(value).toEqual({ grade: expect.any(String) as unknown, openRecordCount: 1, dishonestyRecords: null });
    expect(extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'PURPOSE_REQUIRED' });
    expect((await of<Records>(OTHER, RECORDS, officer('RSJ'))).value).toMatchObject({
      openRecordCount: 0,
      dishonestyRecords: [],
    });
  });

  it('are shown to another department for a purpose, which is recorded; what is repaired is not', async () => {
    expect((await of<Records>(OWN, RECORDS, withPurpose(officer('RSJ')))).value?.dishonestyRecords).toEqual([
      { documentNumber: '咸环罚〔2026〕1号' },
    ]);
    const { data } = await credit.ask(
      '{ creditDataAccesses(filter: { department: "RSJ" }) { nodes { account department { code } enterprise { uscc } datum purpose } } }',
      { actor: auditor },
    );
    expect(data).toEqual({
      creditDataAccesses: {
        nodes: [
          {
            account: 'officer-of-RSJ',
            department: { code: 'RSJ' },
            enterprise: { uscc: OWN },
            datum: 'CreditStanding.records',
            purpose: PURPOSE,
          },
        ],
      },
    });
    expect((await of<Records>(OWN, RECORDS, withPurpose(officer('GHOST')))).extensions).toMatchObject({
      code: 'FORBIDDEN',
      reason: NO_PURPOSE_HELPS,
    });
  });

  it('that are repaired show in no grade, count or reason of an earlier day, on which they were open', async () => {
    const earlier = 'creditStanding(asOf: "2026-10-15") { openRecordCount grade reasons { rule } }';
    const seen = { openRecordCount: 1, grade: expect.any(String) as string, reasons: expect.any(Array) as unknown };
    for (const actor of [withPurpose(officer('RSJ')), withPurpose(coordinator)])
      expect((await of(OWN, earlier, actor)).value).toEqual(seen);
    for (const actor of [auditor, enterprise(OWN), officer(LEDGER_OFFICE)])
      expect((await of(OWN, earlier, actor)).value).toEqual({ ...seen, openRecordCount: 2 });
  });

  it('that are repaired do not show on an earlier day, on which they were open', async () => {
    const earlier = RECORDS.replace('creditStanding', 'creditStanding(asOf: "2026-10-15")');
    for (const actor of [officer('RSJ'), officer('STHJJ'), coordinator])
      expect((await of(OWN, earlier, actor)).extensions).toMatchObject({
        code: 'FORBIDDEN',
        reason: 'PURPOSE_REQUIRED',
      });
    expect((await of<Records>(OWN, earlier, withPurpose(coordinator))).value?.dishonestyRecords).toEqual([
      { documentNumber: '咸环罚〔2026〕1号' },
    ]);
    for (const actor of [auditor, enterprise(OWN), officer(LEDGER_OFFICE)])
      expect((await of<Records>(OWN, earlier, actor)).value?.dishonestyRecords).toHaveLength(2);
    expect((await of(OWN, 'creditStanding(asOf: "2026-10-15") { hasOpenDishonestyRecord }', machine)).value).toEqual({
      hasOpenDishonestyRecord: true,
    });
  });
});

describe("an official's account", () => {
  it.each([
    ['colleagues', officer('CZJ'), 'officer-of-CZJ'],
    ["the ledger's office", officer(LEDGER_OFFICE), 'officer-of-CZJ'],
    ['an auditor', auditor, 'officer-of-CZJ'],
    ['another department', officer('RSJ'), null],
    ['the enterprise', enterprise(OWN), null],
  ] as const)('in the ledger is shown to %s as it should be', async (_who, actor, account) => {
    expect((await of(OWN, 'commitments { nodes { entries { recordedBy } } }', actor)).value).toEqual({
      nodes: [{ entries: [{ recordedBy: account }] }],
    });
  });

  it('in the approval ledger is shown to colleagues, not to the enterprise or another department', async () => {
    const item = (
      await write('openApprovalItem', 'item { id }', officer('CZJ'), {
        uscc: OWN,
        department: 'CZJ',
        permit: '施工许可',
        cause: '历史遗留',
        openedOn: '2026-11-01',
        deadline: '2026-12-01',
      })
    )['item'] as { id: string };
    await write('submitApprovalItem', 'item { id }', officer('CZJ'), {
      item: item.id,
      on: '2026-11-10',
      evidence: '已办结',
    });
    await write('answerApprovalItem', 'item { id }', enterprise(OWN), {
      item: item.id,
      confirmed: false,
      remark: '缺附件',
    });
    const by = async (actor: Actor) =>
      (
        await credit.ask<{ approvalItems: { nodes: { events: { by: string | null }[] }[] } }>(
          '{ approvalItems { nodes { events { by } } } }',
          { actor },
        )
      ).data?.approvalItems.nodes.flatMap(({ events }) => events.map((event) => event.by));
    expect(await by(officer('CZJ'))).toEqual(['officer-of-CZJ', null]);
    expect(await by(officer('RSJ'))).toEqual([null, null]);
    expect(await by(enterprise(OWN))).toEqual([null, `contact-of-${OWN}`]);
    expect(await by(auditor)).toEqual(['officer-of-CZJ', `contact-of-${OWN}`]);
  });
});
