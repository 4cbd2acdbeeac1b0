import { flagshipOf } from '../../../../subgraphs/credit/src/demo/demo-commitments.js';
import { positionAsOf } from '../../../../subgraphs/credit/src/domain/ledger/as-of.js';
import { formatYuan } from '@zhitong/values';
import { auditor, enterprise } from '../../support/credit-under-test.js';
import { credit, moneySum, positions, type Positioned } from './city.js';

describe('commitment(id)', () => {
  const FULL = `{ id title kind state promisor { code } originalPromisor { code } enterprise { uscc } project { id } districtCode promisedOn document { number date digest } deliverable
    promisedAmount { amount } fulfilledAmount { amount } waivedAmount { amount } outstandingAmount { amount } overdueAmount { amount } milestones { done total } dueOn daysOverdue ageing
    instalments { no dueOn amount { amount } settledAmount { amount } isSettled daysOverdue ageing } conditions { no text status } official { name post } predecessors { name } version
    entries { seq kind effectiveOn recordedAt recordedBy amount { amount } paymentReference reverses remark body postings previousHash hash } }`;

  it('shows the whole ledger of a promise, mistakes and corrections included', async () => {
    const corrected =
      credit.chains.find((chain) => chain.some(({ body }) => body.kind === 'CORRECTED')) ?? credit.chains[0];
    const { data, errors } = await credit.ask<{
      commitment: { entries: { seq: number; kind: string; previousHash: string; hash: string }[]; version: number };
    }>(`query ($id: ID!) { commitment(id: $id) ${FULL} }`, {
      variables: { id: corrected?.[0]?.commitmentId },
      actor: auditor,
    });
    expect(errors).toBeUndefined();
    const entries = data?.commitment.entries ?? [];
    expect(entries.map(({ kind }) => kind)).toEqual(corrected?.map(({ body }) => body.kind));
    expect(entries.slice(1).map(({ previousHash }) => previousHash)).toEqual(
      entries.slice(0, -1).map(({ hash }) => hash),
    );
    expect(data?.commitment.version).toBe(entries.length);
  });

  it('answers every field when it alone is asked for, so that no projection forgets it', async () => {
    const id = credit.chains[0]?.[0]?.commitmentId;
    const all = await credit.ask<{ commitment: Record<string, unknown> }>(
      `query ($id: ID!) { commitment(id: $id) ${FULL} }`,
      { variables: { id }, actor: auditor },
    );
    for (const field of FULL.slice(2, -2).matchAll(/(\w+)( \{(?:[^{}]|\{[^{}]*\})*\})?/g)) {
      const alone = await credit.ask<{ commitment: Record<string, unknown> }>(
        `query ($id: ID!) { commitment(id: $id) { ${field[0]} } }`,
        { variables: { id }, actor: auditor },
      );
      expect([field[1], alone.errors, alone.data?.commitment[field[1] ?? '']]).toEqual([
        field[1],
        undefined,
        all.data?.commitment[field[1] ?? ''],
      ]);
    }
  });

  it('tells how the same promise stood on another day', async () => {
    const chain = credit.chains.find((entries) => entries.length > 3) ?? [];
    const asOf = chain[1]?.effectiveOn ?? '';
    const { data } = await credit.ask<{
      commitment: { onDay: { outstandingAmount: { amount: string } | null; version: number } };
    }>(`query ($id: ID!, $asOf: Date!) { commitment(id: $id) { onDay(asOf: $asOf) ${FULL} } }`, {
      variables: { id: chain[0]?.commitmentId, asOf },
      actor: auditor,
    });
    const expected = positionAsOf(chain, { asOf, knownOn: null });
    expect(data?.commitment.onDay).toMatchObject({
      version: expected?.version,
      outstandingAmount: expected?.terms.measure === 'MONEY' ? { amount: formatYuan(expected.outstanding) } : null,
    });
  });

  it("is null when there is none, and refused when it is another enterprise's", async () => {
    expect(await credit.ask('{ commitment(id: "CN-1999-00001") { id } }', { actor: auditor })).toMatchObject({
      data: { commitment: null },
    });
    const [first] = credit.chains[0] ?? [];
    const { errors } = await credit.ask('query ($id: ID!) { commitment(id: $id) { id } }', {
      variables: { id: first?.commitmentId },
      actor: enterprise('91421200MA48FAKE0X'),
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('does not tell an enterprise which official typed an entry', async () => {
    const [first] = credit.chains[0] ?? [];
    const uscc = first?.body.kind === 'PROMISED' ? first.body.terms.uscc : '';
    const { data } = await credit.ask<{ commitment: { entries: { recordedBy: string | null }[] } }>(
      'query ($id: ID!) { commitment(id: $id) { entries { recordedBy } } }',
      { variables: { id: first?.commitmentId }, actor: enterprise(uscc) },
    );
    expect(data?.commitment.entries.every(({ recordedBy }) => recordedBy === null)).toBe(true);
  });
});

describe('commitments', () => {
  const LIST = `query ($filter: CommitmentFilter, $orderBy: CommitmentOrder, $first: Int, $after: String) { commitments(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount outstandingAmount { amount } overdueCount pageInfo { hasNextPage endCursor } nodes { id } } }`;
  interface List {
    commitments: {
      totalCount: number;
      outstandingAmount: { amount: string };
      overdueCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      nodes: { id: string }[];
    };
  }
  const list = async (variables: Record<string, unknown>, actor = auditor) =>
    credit.ask<List>(LIST, { variables, actor });

  it.each<[string, object, (position: Positioned) => boolean]>([
    ['overdue', { overdue: true }, ({ daysOverdue }) => daysOverdue > 0],
    ['not overdue', { overdue: false }, ({ daysOverdue }) => daysOverdue === 0],
    ['without a document', { documented: false }, ({ document }) => document === null],
    ['kept', { state: ['FULFILLED'] }, ({ state }) => state === 'FULFILLED'],
    [
      'of a kind in a district',
      { kind: ['CASH', 'LAND'], districtCode: '421202' },
      ({ terms }) => ['CASH', 'LAND'].includes(terms.kind) && terms.districtCode === '421202',
    ],
  ])('finds those that are %s', async (_what, filter, holds) => {
    const { data, errors } = await list({ filter, first: 200 });
    const expected = positions().filter(holds);
    expect(errors).toBeUndefined();
    expect(data?.commitments.totalCount).toBe(expected.length);
    expect(new Set(data?.commitments.nodes.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
    expect(data?.commitments.outstandingAmount.amount).toBe(moneySum(expected, 'outstanding'));
  });

  it.each(['PROMISED_ON', 'DUE_ON', 'OUTSTANDING_AMOUNT'])(
    'ordered by %s pages through all of them once',
    async (field) => {
      for (const direction of ['ASC', 'DESC']) {
        const seen: string[] = [];
        for (let after: string | undefined; ;) {
          const { data } = await list({ orderBy: { field, direction }, first: 40, after });
          seen.push(...(data?.commitments.nodes ?? []).map(({ id }) => id));
          if (!data?.commitments.pageInfo.hasNextPage) break;
          after = data.commitments.pageInfo.endCursor;
        }
        expect(seen).toHaveLength(credit.chains.length);
        expect(new Set(seen).size).toBe(seen.length);
      }
    },
  );

  it('gives an enterprise its own alone, whatever it filters', async () => {
    const uscc = flagshipOf(credit.city)?.uscc ?? '';
    expect((await list({}, enterprise(uscc))).data?.commitments.totalCount).toBe(
      positions().filter(({ terms }) => terms.uscc === uscc).length,
    );
    expect(
      (
        await list(
          { filter: { uscc: credit.city.enterprises.find((other) => other.uscc !== uscc)?.uscc } },
          enterprise(uscc),
        )
      ).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([
    [{ first: 201 }, ['first']],
    [{ after: 'AAAA' }, ['after']],
    [{ filter: { districtCode: '咸宁' } }, ['filter', 'districtCode']],
  ])('refuses %j', async (variables, argumentPath) => {
    expect((await list(variables)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath });
  });
});

describe('the demo load', () => {
  it('adds nothing when it runs again', async () => {
    expect(await credit.department.stores.ledger.importChains(credit.chains)).toBe(0);
    expect(
      (await credit.ask<{ commitments: { totalCount: number } }>('{ commitments { totalCount } }', { actor: auditor }))
        .data?.commitments.totalCount,
    ).toBe(credit.chains.length);
  });
});
