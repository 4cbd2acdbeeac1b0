import { countCommands } from '@zhitong/kit/testing';
import { flagshipOf } from '../../../../subgraphs/credit/src/demo/demo-commitments.js';
import { auditor, coordinator, enterprise, officer } from '../../support/credit-under-test.js';
import { credit, moneySum, positions, refs } from './city.js';

const outstandingOf = (uscc: string) =>
  positions().filter(({ terms, outstanding }) => terms.uscc === uscc && outstanding > 0);

const OVERVIEW = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Enterprise { uscc
  creditStanding { grade hasOpenDishonestyRecord hasUnfulfilledJudgment }
  outstandingCommitments(first: 10) { totalCount outstandingAmount { amount currency } overdueCount
    nodes { id title dueOn daysOverdue promisor { code } promisedAmount { amount currency } fulfilledAmount { amount currency } } } } } }`;
interface Overview {
  _entities: {
    uscc: string;
    creditStanding: { grade: string; hasOpenDishonestyRecord: boolean; hasUnfulfilledJudgment: boolean } | null;
    outstandingCommitments: {
      totalCount: number;
      outstandingAmount: { amount: string; currency: string };
      overdueCount: number;
      nodes: {
        id: string;
        dueOn: string;
        daysOverdue: number;
        promisor: { code: string };
        promisedAmount: { amount: string } | null;
      }[];
    } | null;
  }[];
}

describe('an enterprise as the gateway asks for it', () => {
  it('shows what the city owes the flagship: three things at least, one of them overdue, and a clean record', async () => {
    const uscc = flagshipOf(credit.city)?.uscc ?? '';
    const { data, errors } = await credit.ask<Overview>(OVERVIEW, {
      variables: { refs: refs([uscc]) },
      actor: enterprise(uscc),
    });
    expect(errors).toBeUndefined();
    const [shown] = data?._entities ?? [];
    const expected = outstandingOf(uscc).sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1));
    expect(expected.length).toBeGreaterThanOrEqual(3);
    expect(shown?.creditStanding).toEqual({
      grade: 'A',
      hasOpenDishonestyRecord: false,
      hasUnfulfilledJudgment: false,
    });
    expect(shown?.outstandingCommitments).toMatchObject({
      totalCount: expected.length,
      outstandingAmount: { amount: moneySum(expected, 'outstanding'), currency: 'CNY' },
    });
    expect(
      shown?.outstandingCommitments?.nodes.map(({ id, dueOn, daysOverdue }) => ({ id, dueOn, daysOverdue })),
    ).toEqual(expected.map(({ id, dueOn, daysOverdue }) => ({ id, dueOn, daysOverdue })));
    expect(shown?.outstandingCommitments?.overdueCount).toBeGreaterThanOrEqual(1);
  });

  it('is answered for fifty enterprises with as many commands as for five', async () => {
    const owed = new Set(
      credit.chains.map(([first]) => (first?.body.kind === 'PROMISED' ? first.body.terms.uscc : '')),
    );
    const usccs = credit.city.enterprises
      .map(({ uscc }) => uscc)
      .sort((a, b) => Number(owed.has(b)) - Number(owed.has(a)))
      .slice(0, 50);
    const ask = async (count: number) =>
      countCommands(credit.database.connection, async () =>
        credit.ask<Overview>(OVERVIEW, { variables: { refs: refs(usccs.slice(0, count)) }, actor: officer('RSJ') }),
      );
    const [five, fifty] = [await ask(5), await ask(50)];
    expect(fifty.result.data?._entities).toHaveLength(50);
    expect(fifty.result.data?._entities.every(({ outstandingCommitments }) => outstandingCommitments !== null)).toBe(
      true,
    );
    expect(fifty.commands).toEqual(five.commands);
    // The commitments, and all that the standings are derived from.
    expect(fifty.commands).toEqual(['aggregate', 'aggregate']);
    for (const { uscc, outstandingCommitments } of fifty.result.data?._entities ?? [])
      expect([uscc, outstandingCommitments?.totalCount]).toEqual([uscc, outstandingOf(uscc).length]);
  });

  it('has the same totals whether it is asked for alone or beside others', async () => {
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Enterprise { uscc
      commitments(first: 1) { totalCount promisedAmount { amount } fulfilledAmount { amount } outstandingAmount { amount } overdueAmount { amount } overdueCount nodes { id } } } } }`;
    interface Totals {
      _entities: {
        uscc: string;
        commitments: { totalCount: number; overdueCount: number; overdueAmount: { amount: string } };
      }[];
    }
    const owed = [...new Set(positions().map(({ terms }) => terms.uscc))].slice(0, 12);
    const beside =
      (await credit.ask<Totals>(query, { variables: { refs: refs(owed) }, actor: auditor })).data?._entities ?? [];
    for (const [at, uscc] of owed.entries()) {
      const alone = (await credit.ask<Totals>(query, { variables: { refs: refs([uscc]) }, actor: auditor })).data
        ?._entities;
      expect(alone).toEqual([beside[at]]);
      const own = positions().filter(({ terms }) => terms.uscc === uscc);
      expect(alone?.[0]?.commitments).toMatchObject({
        totalCount: own.length,
        overdueAmount: { amount: moneySum(own, 'overdue') },
        overdueCount: own.filter(({ daysOverdue }) => daysOverdue > 0).length,
      });
    }
    expect(beside.some(({ commitments }) => commitments.overdueCount > 0)).toBe(true);
  });

  it('shows what a condition of the operation lets through, whatever it let through before', async () => {
    const query = `query ($refs: [_Any!]!, $terms: Boolean!) { _entities(representations: $refs) { ... on Enterprise {
      commitments(first: 1) { nodes { id districtCode @include(if: $terms) ... @skip(if: $terms) { originalPromisor { code } } } } } } }`;
    const [uscc = ''] = positions().map(({ terms }) => terms.uscc);
    const keys = async (terms: boolean) => {
      const { data, errors } = await credit.ask<{ _entities: { commitments: { nodes: object[] } }[] }>(query, {
        variables: { refs: refs([uscc]), terms },
        actor: auditor,
      });
      return { errors, keys: Object.keys(data?._entities[0]?.commitments.nodes[0] ?? {}) };
    };
    for (const [terms, expected] of [
      [false, ['id', 'originalPromisor']],
      [true, ['id', 'districtCode']],
      [false, ['id', 'originalPromisor']],
    ] as const)
      expect(await keys(terms)).toEqual({ errors: undefined, keys: expected });
  });

  it('is closed to another enterprise and to the public, with an error that says so', async () => {
    const uscc = flagshipOf(credit.city)?.uscc ?? '';
    const other = credit.city.enterprises.find((candidate) => candidate.uscc !== uscc)?.uscc ?? '';
    for (const [actor, code] of [
      [enterprise(other), 'FORBIDDEN'],
      [null, 'UNAUTHENTICATED'],
    ] as const) {
      const { data, errors } = await credit.ask<Overview>(OVERVIEW, { variables: { refs: refs([uscc]) }, actor });
      expect(data?._entities).toEqual([{ uscc, creditStanding: null, outstandingCommitments: null }]);
      expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual([code, code]);
    }
  });

  it('pages through its commitments without gap or repeat, forwards and backwards', async () => {
    const uscc = flagshipOf(credit.city)?.uscc ?? '';
    const query = `query ($refs: [_Any!]!, $first: Int, $after: String, $last: Int, $before: String) { _entities(representations: $refs) { ... on Enterprise {
      commitments(first: $first, after: $after, last: $last, before: $before) { totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor } nodes { id promisedOn } } } } }`;
    interface Paged {
      _entities: {
        commitments: {
          totalCount: number;
          pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string };
          nodes: { id: string }[];
        };
      }[];
    }
    const page = async (variables: object) =>
      (await credit.ask<Paged>(query, { variables: { refs: refs([uscc]), ...variables }, actor: auditor })).data
        ?._entities[0]?.commitments;
    const first = await page({ first: 2 });
    const second = await page({ first: 200, after: first?.pageInfo.endCursor });
    const all = await page({ first: 200 });
    expect([...(first?.nodes ?? []), ...(second?.nodes ?? [])]).toEqual(all?.nodes);
    expect(all?.totalCount).toBe(all?.nodes.length);
    expect(second?.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect((await page({ last: 2, before: second?.pageInfo.startCursor }))?.nodes).toEqual(first?.nodes);
  });

  it('shows arrears with term, interest and the article that they rest on', async () => {
    const { data } = await credit.ask<{
      _entities: {
        arrears: {
          outstandingAmount: { amount: string };
          totalCount: number;
          nodes: {
            lateInterest: { amount: { amount: string }; source: string } | null;
            term: { source: string; dueOn: string } | null;
            daysOverdue: number;
          }[];
        };
      }[];
    }>(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Enterprise { arrears(first: 200) { totalCount outstandingAmount { amount }
        nodes { id daysOverdue principal { amount } term { source dueOn wasShortened start } lateInterest { amount { amount } source days periods { from to days principal { amount } } } plan { isBehind } payments { amount { amount } } } } } } }`,
      { variables: { refs: refs(credit.city.enterprises.map(({ uscc }) => uscc)) }, actor: auditor },
    );
    const nodes = data?._entities.flatMap(({ arrears }) => arrears.nodes) ?? [];
    expect(nodes.length).toBeGreaterThan(5);
    const late = nodes.filter(({ daysOverdue }) => daysOverdue > 0);
    expect(late.length).toBeGreaterThan(0);
    for (const { term, lateInterest } of late) {
      expect(term?.source).toContain('《保障中小企业款项支付条例》');
      expect(Number(lateInterest?.amount.amount)).toBeGreaterThan(0);
      expect(lateInterest?.source).toMatch(/第十五条|第十七条/);
    }
  });
});

describe('credit standing', () => {
  const query = `query ($refs: [_Any!]!, $asOf: Date) { _entities(representations: $refs) { ... on Enterprise { uscc
    creditStanding(asOf: $asOf) { asOf grade hasOpenDishonestyRecord reasons { rule } dishonestyRecords { id isOpen repair { repairedOn } recordedBy { code } } judgments { caseNumber } } } } }`;
  interface Standing {
    _entities: {
      uscc: string;
      creditStanding: {
        grade: string;
        hasOpenDishonestyRecord: boolean;
        dishonestyRecords: { id: string; isOpen: boolean; recordedBy: { code: string } }[] | null;
      };
    }[];
  }
  const ask = async (variables: object, actor = auditor) =>
    credit.ask<Standing>(query, {
      variables: { refs: refs(credit.city.enterprises.map(({ uscc }) => uscc)), ...variables },
      actor,
    });

  it('names an open record for 1 to 2 percent of the enterprises', async () => {
    const { data } = await ask({});
    const open = data?._entities.filter(({ creditStanding }) => creditStanding.hasOpenDishonestyRecord).length ?? 0;
    expect(open / credit.city.enterprises.length).toBeGreaterThan(0.008);
    expect(open / credit.city.enterprises.length).toBeLessThan(0.02);
  });

  it('hides repaired and lapsed records from those who do not need them', async () => {
    const all =
      (await ask({})).data?._entities.flatMap(({ creditStanding }) => creditStanding.dishonestyRecords ?? []) ?? [];
    expect(all.some(({ isOpen }) => !isOpen)).toBe(true);
    const shown =
      (await ask({}, coordinator)).data?._entities.flatMap(
        ({ creditStanding }) => creditStanding.dishonestyRecords ?? [],
      ) ?? [];
    expect(shown.map(({ id }) => id)).toEqual(all.filter(({ isOpen }) => isOpen).map(({ id }) => id));
    const closed = all.find(({ isOpen }) => !isOpen);
    const toRecorder =
      (await ask({}, officer(closed?.recordedBy.code ?? ''))).data?._entities.flatMap(
        ({ creditStanding }) => creditStanding.dishonestyRecords ?? [],
      ) ?? [];
    expect(toRecorder.map(({ id }) => id)).toContain(closed?.id);
  });

  it('is that of the day asked for, and of no day that has not come', async () => {
    expect(
      (await ask({ asOf: '2015-01-01' })).data?._entities.every(({ creditStanding }) => creditStanding.grade === 'A'),
    ).toBe(true);
    const { errors } = await ask({ asOf: '2026-11-21' });
    expect(errors?.[0]).toMatchObject({
      message: 'asOf is 2026-11-21, which has not come yet: today is 2026-11-20.',
      extensions: { code: 'BAD_USER_INPUT', argumentPath: ['asOf'] },
    });
  });
});

describe('departments and projects', () => {
  it('show their commitments, batched', async () => {
    const departments = credit.city.departments.map(({ code }) => ({ __typename: 'Department', code }));
    const projects = credit.city.projects.map(({ id }) => ({ __typename: 'Project', id }));
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
      ... on Department { code outstandingCommitments(first: 5) { totalCount outstandingAmount { amount } overdueAmount { amount } } }
      ... on Project { id commitments { totalCount nodes { id } } } } }`;
    const { result, commands } = await countCommands(credit.database.connection, async () =>
      credit.ask<{
        _entities: {
          code?: string;
          id?: string;
          outstandingCommitments?: {
            totalCount: number;
            outstandingAmount: { amount: string };
            overdueAmount: { amount: string };
          };
          commitments?: { totalCount: number };
        }[];
      }>(query, { variables: { refs: [...departments, ...projects] }, actor: coordinator }),
    );
    expect(result.errors).toBeUndefined();
    expect(commands).toHaveLength(2);
    for (const { code, id, outstandingCommitments, commitments } of result.data?._entities ?? []) {
      const own = positions().filter((position) => position.promisor === code && position.outstanding > 0);
      if (code)
        expect([code, outstandingCommitments]).toEqual([
          code,
          {
            totalCount: own.length,
            outstandingAmount: { amount: moneySum(own, 'outstanding') },
            overdueAmount: { amount: moneySum(own, 'overdue') },
          },
        ]);
      else
        expect([id, commitments?.totalCount]).toEqual([
          id,
          positions().filter(({ terms }) => terms.projectId === id).length,
        ]);
    }
  });

  it('show an enterprise of a project only what was promised to itself', async () => {
    const project = credit.city.projects.find(({ id }) => positions().some(({ terms }) => terms.projectId === id));
    const query =
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Project { commitments { totalCount } } } }';
    const count = async (uscc: string) =>
      (
        await credit.ask<{ _entities: { commitments: { totalCount: number } }[] }>(query, {
          variables: { refs: [{ __typename: 'Project', id: project?.id }] },
          actor: enterprise(uscc),
        })
      ).data?._entities[0]?.commitments.totalCount;
    expect(await count(project?.uscc ?? '')).toBeGreaterThan(0);
    expect(await count(credit.city.enterprises.find(({ uscc }) => uscc !== project?.uscc)?.uscc ?? '')).toBe(0);
  });
});
