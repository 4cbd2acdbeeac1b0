import { countCommands } from '@zhitong/kit/testing';
import { formatYuan, sumFen } from '@zhitong/values';
import { flagshipOf } from '../../../subgraphs/credit/src/demo/demo-commitments.js';
import { positionAsOf, type CommitmentPosition } from '../../../subgraphs/credit/src/domain/as-of.js';
import { auditor, coordinator, creditOfDemoCity, enterprise, officer, TODAY } from '../department.js';

let credit: Awaited<ReturnType<typeof creditOfDemoCity>>;
beforeAll(async () => {
  credit = await creditOfDemoCity(import.meta.url);
});
afterAll(async () => credit.close());

type Positioned = CommitmentPosition & { id: string };
/** The domain's own answer, commitment by commitment, to compare the database's with. */
const positions = (asOf = TODAY, knownOn: string | null = null): Positioned[] =>
  credit.chains.flatMap((chain) => {
    const position = positionAsOf(chain, { asOf, knownOn });
    return position && position.state !== 'VOID' ? [{ ...position, id: chain[0]?.commitmentId ?? '' }] : [];
  });
const outstandingOf = (uscc: string) => positions().filter(({ terms, outstanding }) => terms.uscc === uscc && outstanding > 0);
const moneySum = (list: readonly Positioned[], field: 'outstanding' | 'overdue' | 'promised' | 'fulfilled' | 'waived') =>
  formatYuan(sumFen(list.filter(({ terms }) => terms.measure === 'MONEY').map((position) => position[field])));

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
      nodes: { id: string; dueOn: string; daysOverdue: number; promisor: { code: string }; promisedAmount: { amount: string } | null }[];
    } | null;
  }[];
}
const refs = (usccs: readonly string[]) => usccs.map((uscc) => ({ __typename: 'Enterprise', uscc }));

describe('an enterprise as the gateway asks for it', () => {
  it('shows what the city owes the flagship: three things at least, one of them overdue, and a clean record', async () => {
    const uscc = flagshipOf(credit.city)?.uscc ?? '';
    const { data, errors } = await credit.ask<Overview>(OVERVIEW, { variables: { refs: refs([uscc]) }, actor: enterprise(uscc) });
    expect(errors).toBeUndefined();
    const [shown] = data?._entities ?? [];
    const expected = outstandingOf(uscc).sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1));
    expect(expected.length).toBeGreaterThanOrEqual(3);
    expect(shown?.creditStanding).toEqual({ grade: 'A', hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: false });
    expect(shown?.outstandingCommitments).toMatchObject({ totalCount: expected.length, outstandingAmount: { amount: moneySum(expected, 'outstanding'), currency: 'CNY' } });
    expect(shown?.outstandingCommitments?.nodes.map(({ id, dueOn, daysOverdue }) => ({ id, dueOn, daysOverdue }))).toEqual(expected.map(({ id, dueOn, daysOverdue }) => ({ id, dueOn, daysOverdue })));
    expect(shown?.outstandingCommitments?.overdueCount).toBeGreaterThanOrEqual(1);
  });

  it('is answered for fifty enterprises with as many commands as for five', async () => {
    const owed = new Set(credit.chains.map(([first]) => (first?.body.kind === 'PROMISED' ? first.body.terms.uscc : '')));
    const usccs = credit.city.enterprises.map(({ uscc }) => uscc).sort((a, b) => Number(owed.has(b)) - Number(owed.has(a))).slice(0, 50);
    const ask = async (count: number) => countCommands(credit.database.connection, async () => credit.ask<Overview>(OVERVIEW, { variables: { refs: refs(usccs.slice(0, count)) }, actor: officer('RSJ') }));
    const [five, fifty] = [await ask(5), await ask(50)];
    expect(fifty.result.data?._entities).toHaveLength(50);
    expect(fifty.result.data?._entities.every(({ outstandingCommitments }) => outstandingCommitments !== null)).toBe(true);
    expect(fifty.commands).toEqual(five.commands);
    // The commitments, and all that the standings are derived from.
    expect(fifty.commands).toEqual(['aggregate', 'aggregate']);
    for (const { uscc, outstandingCommitments } of fifty.result.data?._entities ?? []) expect([uscc, outstandingCommitments?.totalCount]).toEqual([uscc, outstandingOf(uscc).length]);
  });

  it('has the same totals whether it is asked for alone or beside others', async () => {
    const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Enterprise { uscc
      commitments(first: 1) { totalCount promisedAmount { amount } fulfilledAmount { amount } outstandingAmount { amount } overdueAmount { amount } overdueCount nodes { id } } } } }`;
    interface Totals {
      _entities: { uscc: string; commitments: { totalCount: number; overdueCount: number; overdueAmount: { amount: string } } }[];
    }
    const owed = [...new Set(positions().map(({ terms }) => terms.uscc))].slice(0, 12);
    const beside = (await credit.ask<Totals>(query, { variables: { refs: refs(owed) }, actor: auditor })).data?._entities ?? [];
    for (const [at, uscc] of owed.entries()) {
      const alone = (await credit.ask<Totals>(query, { variables: { refs: refs([uscc]) }, actor: auditor })).data?._entities;
      expect(alone).toEqual([beside[at]]);
      const own = positions().filter(({ terms }) => terms.uscc === uscc);
      expect(alone?.[0]?.commitments).toMatchObject({ totalCount: own.length, overdueAmount: { amount: moneySum(own, 'overdue') }, overdueCount: own.filter(({ daysOverdue }) => daysOverdue > 0).length });
    }
    expect(beside.some(({ commitments }) => commitments.overdueCount > 0)).toBe(true);
  });

  it('shows what a condition of the operation lets through, whatever it let through before', async () => {
    const query = `query ($refs: [_Any!]!, $terms: Boolean!) { _entities(representations: $refs) { ... on Enterprise {
      commitments(first: 1) { nodes { id districtCode @include(if: $terms) ... @skip(if: $terms) { originalPromisor { code } } } } } } }`;
    const [uscc = ''] = positions().map(({ terms }) => terms.uscc);
    const keys = async (terms: boolean) => {
      const { data, errors } = await credit.ask<{ _entities: { commitments: { nodes: object[] } }[] }>(query, { variables: { refs: refs([uscc]), terms }, actor: auditor });
      return { errors, keys: Object.keys(data?._entities[0]?.commitments.nodes[0] ?? {}) };
    };
    for (const [terms, expected] of [[false, ['id', 'originalPromisor']], [true, ['id', 'districtCode']], [false, ['id', 'originalPromisor']]] as const) expect(await keys(terms)).toEqual({ errors: undefined, keys: expected });
  });

  it('is closed to another enterprise and to the public, with an error that says so', async () => {
    const uscc = flagshipOf(credit.city)?.uscc ?? '';
    const other = credit.city.enterprises.find((candidate) => candidate.uscc !== uscc)?.uscc ?? '';
    for (const [actor, code] of [[enterprise(other), 'FORBIDDEN'], [null, 'UNAUTHENTICATED']] as const) {
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
      _entities: { commitments: { totalCount: number; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string }; nodes: { id: string }[] } }[];
    }
    const page = async (variables: object) => (await credit.ask<Paged>(query, { variables: { refs: refs([uscc]), ...variables }, actor: auditor })).data?._entities[0]?.commitments;
    const first = await page({ first: 2 });
    const second = await page({ first: 200, after: first?.pageInfo.endCursor });
    const all = await page({ first: 200 });
    expect([...(first?.nodes ?? []), ...(second?.nodes ?? [])]).toEqual(all?.nodes);
    expect(all?.totalCount).toBe(all?.nodes.length);
    expect(second?.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect((await page({ last: 2, before: second?.pageInfo.startCursor }))?.nodes).toEqual(first?.nodes);
  });

  it('shows arrears with term, interest and the article that they rest on', async () => {
    const { data } = await credit.ask<{ _entities: { arrears: { outstandingAmount: { amount: string }; totalCount: number; nodes: { lateInterest: { amount: { amount: string }; source: string } | null; term: { source: string; dueOn: string } | null; daysOverdue: number }[] } }[] }>(
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
    _entities: { uscc: string; creditStanding: { grade: string; hasOpenDishonestyRecord: boolean; dishonestyRecords: { id: string; isOpen: boolean; recordedBy: { code: string } }[] | null } }[];
  }
  const ask = async (variables: object, actor = auditor) => credit.ask<Standing>(query, { variables: { refs: refs(credit.city.enterprises.map(({ uscc }) => uscc)), ...variables }, actor });

  it('names an open record for 1 to 2 percent of the enterprises', async () => {
    const { data } = await ask({});
    const open = data?._entities.filter(({ creditStanding }) => creditStanding.hasOpenDishonestyRecord).length ?? 0;
    expect(open / credit.city.enterprises.length).toBeGreaterThan(0.008);
    expect(open / credit.city.enterprises.length).toBeLessThan(0.02);
  });

  it('hides repaired and lapsed records from those who do not need them', async () => {
    const all = (await ask({})).data?._entities.flatMap(({ creditStanding }) => creditStanding.dishonestyRecords ?? []) ?? [];
    expect(all.some(({ isOpen }) => !isOpen)).toBe(true);
    const shown = (await ask({}, coordinator)).data?._entities.flatMap(({ creditStanding }) => creditStanding.dishonestyRecords ?? []) ?? [];
    expect(shown.map(({ id }) => id)).toEqual(all.filter(({ isOpen }) => isOpen).map(({ id }) => id));
    const closed = all.find(({ isOpen }) => !isOpen);
    const toRecorder = (await ask({}, officer(closed?.recordedBy.code ?? ''))).data?._entities.flatMap(({ creditStanding }) => creditStanding.dishonestyRecords ?? []) ?? [];
    expect(toRecorder.map(({ id }) => id)).toContain(closed?.id);
  });

  it('is that of the day asked for, and of no day that has not come', async () => {
    expect((await ask({ asOf: '2015-01-01' })).data?._entities.every(({ creditStanding }) => creditStanding.grade === 'A')).toBe(true);
    const { errors } = await ask({ asOf: '2026-11-21' });
    expect(errors?.[0]).toMatchObject({ message: 'asOf is 2026-11-21, which has not come yet: today is 2026-11-20.', extensions: { code: 'BAD_USER_INPUT', argumentPath: ['asOf'] } });
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
      credit.ask<{ _entities: { code?: string; id?: string; outstandingCommitments?: { totalCount: number; outstandingAmount: { amount: string }; overdueAmount: { amount: string } }; commitments?: { totalCount: number } }[] }>(query, { variables: { refs: [...departments, ...projects] }, actor: coordinator }),
    );
    expect(result.errors).toBeUndefined();
    expect(commands).toHaveLength(2);
    for (const { code, id, outstandingCommitments, commitments } of result.data?._entities ?? []) {
      const own = positions().filter((position) => position.promisor === code && position.outstanding > 0);
      if (code) expect([code, outstandingCommitments]).toEqual([code, { totalCount: own.length, outstandingAmount: { amount: moneySum(own, 'outstanding') }, overdueAmount: { amount: moneySum(own, 'overdue') } }]);
      else expect([id, commitments?.totalCount]).toEqual([id, positions().filter(({ terms }) => terms.projectId === id).length]);
    }
  });

  it('show an enterprise of a project only what was promised to itself', async () => {
    const project = credit.city.projects.find(({ id }) => positions().some(({ terms }) => terms.projectId === id));
    const query = 'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Project { commitments { totalCount } } } }';
    const count = async (uscc: string) => (await credit.ask<{ _entities: { commitments: { totalCount: number } }[] }>(query, { variables: { refs: [{ __typename: 'Project', id: project?.id }] }, actor: enterprise(uscc) })).data?._entities[0]?.commitments.totalCount;
    expect(await count(project?.uscc ?? '')).toBeGreaterThan(0);
    expect(await count(credit.city.enterprises.find(({ uscc }) => uscc !== project?.uscc)?.uscc ?? '')).toBe(0);
  });
});

describe('commitmentAudit', () => {
  const AUDIT = `query ($asOf: Date!, $knownOn: Date, $groupBy: CommitmentGrouping!) { commitmentAudit(asOf: $asOf, knownOn: $knownOn, groupBy: $groupBy) { asOf knownOn
    promisedCount count overdueCount promisedAmount { amount } fulfilledAmount { amount } waivedAmount { amount } outstandingAmount { amount } overdueAmount { amount }
    ageing { bucket count amount { amount } } onTime { numerator denominator rate } onTimeRate { numerator denominator value }
    groups { key department { code } count overdueCount outstandingAmount { amount } overdueAmount { amount }
      commitments(first: 5) { totalCount pageInfo { hasNextPage endCursor } nodes { id title dueOn daysOverdue enterprise { uscc } promisedAmount { amount } } } } } }`;
  interface Audit {
    commitmentAudit: {
      promisedCount: number;
      count: number;
      overdueCount: number;
      promisedAmount: { amount: string };
      fulfilledAmount: { amount: string };
      waivedAmount: { amount: string };
      outstandingAmount: { amount: string };
      overdueAmount: { amount: string };
      ageing: { bucket: string; count: number; amount: { amount: string } }[];
      onTime: { numerator: number; denominator: number; rate: string | null };
      onTimeRate: { numerator: number; denominator: number; value: string | null };
      groups: { key: string; department: { code: string } | null; count: number; overdueCount: number; outstandingAmount: { amount: string }; overdueAmount: { amount: string }; commitments: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: { id: string; dueOn: string; daysOverdue: number; enterprise: { uscc: string } }[] } }[];
    } | null;
  }
  const audit = async (variables: object, actor: Parameters<typeof credit.ask>[1] = { actor: auditor }) => credit.ask<Audit>(AUDIT, { variables: { groupBy: 'DEPARTMENT', ...variables }, ...actor });

  it.each([
    [TODAY, null],
    ['2026-03-31', null],
    ['2026-03-31', '2026-03-31'],
    ['2025-06-30', '2025-07-15'],
    ['2024-12-31', null],
    ['2020-01-01', null],
  ])('as of %s with the knowledge of %p gives the figures that the domain computes entry by entry', async (asOf, knownOn) => {
    const expected = positions(asOf, knownOn);
    const { data, errors } = await audit({ asOf, knownOn });
    expect(errors).toBeUndefined();
    const overdue = expected.filter((position) => position.overdue > 0);
    expect(data?.commitmentAudit).toMatchObject({
      promisedCount: expected.length,
      count: expected.filter(({ outstanding }) => outstanding > 0).length,
      overdueCount: overdue.length,
      promisedAmount: { amount: moneySum(expected, 'promised') },
      fulfilledAmount: { amount: moneySum(expected, 'fulfilled') },
      waivedAmount: { amount: moneySum(expected, 'waived') },
      outstandingAmount: { amount: moneySum(expected, 'outstanding') },
      overdueAmount: { amount: moneySum(expected, 'overdue') },
    });
    for (const bucket of data?.commitmentAudit?.ageing ?? []) {
      const aged = expected.flatMap((position) => (position.terms.measure === 'MONEY' ? position.instalments.filter(({ ageing }) => ageing === bucket.bucket) : []));
      expect([bucket.bucket, bucket.amount.amount]).toEqual([bucket.bucket, formatYuan(sumFen(aged.map(({ outstanding }) => outstanding)))]);
    }
    expect(data?.commitmentAudit?.ageing.reduce((sum, { count }) => sum + count, 0)).toBe(overdue.length);
    for (const group of data?.commitmentAudit?.groups ?? []) {
      const own = expected.filter(({ promisor }) => promisor === group.department?.code);
      const unkept = own.filter(({ outstanding }) => outstanding > 0).sort((a, b) => (`${a.dueOn ?? ''}${a.id}` < `${b.dueOn ?? ''}${b.id}` ? -1 : 1));
      expect(group).toMatchObject({ count: unkept.length, outstandingAmount: { amount: moneySum(own, 'outstanding') }, overdueAmount: { amount: moneySum(own, 'overdue') } });
      expect(group.commitments.nodes.map(({ id, dueOn, daysOverdue }) => ({ id, dueOn, daysOverdue }))).toEqual(unkept.slice(0, 5).map(({ id, dueOn, daysOverdue }) => ({ id, dueOn, daysOverdue })));
      expect(group.commitments.totalCount).toBe(unkept.length);
    }
  });

  it('counts an instalment as on time when the due day saw it settled', async () => {
    const asOf = '2026-06-30';
    const { data } = await audit({ asOf });
    let [fallenDue, inTime] = [0, 0];
    for (const chain of credit.chains) {
      const now = positionAsOf(chain, { asOf, knownOn: null });
      if (!now || now.state === 'VOID') continue;
      for (const instalment of now.instalments.filter(({ dueOn }) => dueOn <= asOf)) {
        fallenDue += 1;
        if (positionAsOf(chain, { asOf: instalment.dueOn, knownOn: null })?.instalments[instalment.no - 1]?.outstanding === 0) inTime += 1;
      }
    }
    expect(data?.commitmentAudit?.onTimeRate).toMatchObject({ numerator: inTime, denominator: fallenDue, value: expect.stringMatching(/^0\.\d{4}$/) as unknown });
    expect(data?.commitmentAudit?.onTime).toEqual({ numerator: inTime, denominator: fallenDue, rate: data?.commitmentAudit?.onTimeRate.value });
  });

  it.each(['DISTRICT', 'YEAR', 'KIND', 'PROJECT', 'OFFICIAL'])('grouped by %s adds up to the same', async (groupBy) => {
    const [byDepartment, other] = [await audit({ asOf: TODAY }), await audit({ asOf: TODAY, groupBy })];
    expect(other.errors).toBeUndefined();
    expect({ ...other.data?.commitmentAudit, groups: [] }).toEqual({ ...byDepartment.data?.commitmentAudit, groups: [] });
    expect(new Set(other.data?.commitmentAudit?.groups.map(({ key }) => key)).size).toBe(other.data?.commitmentAudit?.groups.length);
    expect(other.data?.commitmentAudit?.groups.reduce((sum, { count }) => sum + count, 0)).toBe(byDepartment.data?.commitmentAudit?.count);
  });

  it.each(['undocumentedCount', 'ageing { bucket count amount { amount } }', 'onTime { numerator denominator rate }', 'onTimeRate { numerator denominator value }'])('tells %s alone as with all other figures, of the whole and of its groups', async (figure) => {
    interface Figures {
      commitmentAudit: { groups: object[] };
    }
    const ask = async (ofWhole: string, ofGroups: string) =>
      (await credit.ask<Figures>(`{ commitmentAudit(asOf: "${TODAY}", groupBy: OFFICIAL) { asOf ${ofWhole} groups { key ...F } } } fragment F on CommitmentAuditGroup { ${ofGroups} }`, { actor: auditor })).data?.commitmentAudit;
    const ALL = 'undocumentedCount ageing { bucket count amount { amount } } onTime { numerator denominator rate } onTimeRate { numerator denominator value }';
    const all = await ask(ALL, ALL);
    expect(all).toMatchObject((await ask(figure, 'key')) ?? {});
    expect(all?.groups).toMatchObject((await ask('asOf', figure))?.groups ?? []);
    const field = figure.split(' ')[0] ?? '';
    expect(new Set(all?.groups.map((group) => JSON.stringify((group as Record<string, unknown>)[field]))).size).toBeGreaterThan(1);
  });

  it('is answered with a number of commands that does not grow with its groups', async () => {
    const ask = async (groupBy: string) => countCommands(credit.database.connection, async () => audit({ asOf: TODAY, groupBy }));
    const [few, many] = [await ask('KIND'), await ask('OFFICIAL')];
    expect(many.result.data?.commitmentAudit?.groups.length).toBeGreaterThan(3 * (few.result.data?.commitmentAudit?.groups.length ?? 0));
    const sent = ({ commands }: { commands: readonly string[] }) => commands.filter((name) => name !== 'getMore').sort();
    expect(sent(many)).toEqual(sent(few));
    expect(sent(many).length).toBeLessThanOrEqual(6);
  });

  it('is not for enterprises or the public, and not about the future', async () => {
    expect((await audit({ asOf: TODAY }, { actor: null })).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await audit({ asOf: TODAY }, { actor: enterprise('91421200MA48FAKE0X') })).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await audit({ asOf: '2026-11-21' })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['asOf'] });
  });
});

describe('commitment(id)', () => {
  const FULL = `{ id title kind state promisor { code } originalPromisor { code } enterprise { uscc } project { id } districtCode promisedOn document { number date digest } deliverable
    promisedAmount { amount } fulfilledAmount { amount } waivedAmount { amount } outstandingAmount { amount } overdueAmount { amount } milestones { done total } dueOn daysOverdue ageing
    instalments { no dueOn amount { amount } settledAmount { amount } isSettled daysOverdue ageing } conditions { no text status } official { name post } predecessors { name } version
    entries { seq kind effectiveOn recordedAt recordedBy amount { amount } paymentReference reverses remark body postings previousHash hash } }`;

  it('shows the whole ledger of a promise, mistakes and corrections included', async () => {
    const corrected = credit.chains.find((chain) => chain.some(({ body }) => body.kind === 'CORRECTED')) ?? credit.chains[0];
    const { data, errors } = await credit.ask<{ commitment: { entries: { seq: number; kind: string; previousHash: string; hash: string }[]; version: number } }>(`query ($id: ID!) { commitment(id: $id) ${FULL} }`, {
      variables: { id: corrected?.[0]?.commitmentId },
      actor: auditor,
    });
    expect(errors).toBeUndefined();
    const entries = data?.commitment.entries ?? [];
    expect(entries.map(({ kind }) => kind)).toEqual(corrected?.map(({ body }) => body.kind));
    expect(entries.slice(1).map(({ previousHash }) => previousHash)).toEqual(entries.slice(0, -1).map(({ hash }) => hash));
    expect(data?.commitment.version).toBe(entries.length);
  });

  it('answers every field when it alone is asked for, so that no projection forgets it', async () => {
    const id = credit.chains[0]?.[0]?.commitmentId;
    const all = await credit.ask<{ commitment: Record<string, unknown> }>(`query ($id: ID!) { commitment(id: $id) ${FULL} }`, { variables: { id }, actor: auditor });
    for (const field of FULL.slice(2, -2).matchAll(/(\w+)( \{(?:[^{}]|\{[^{}]*\})*\})?/g)) {
      const alone = await credit.ask<{ commitment: Record<string, unknown> }>(`query ($id: ID!) { commitment(id: $id) { ${field[0]} } }`, { variables: { id }, actor: auditor });
      expect([field[1], alone.errors, alone.data?.commitment[field[1] ?? '']]).toEqual([field[1], undefined, all.data?.commitment[field[1] ?? '']]);
    }
  });

  it('tells how the same promise stood on another day', async () => {
    const chain = credit.chains.find((entries) => entries.length > 3) ?? [];
    const asOf = chain[1]?.effectiveOn ?? '';
    const { data } = await credit.ask<{ commitment: { onDay: { outstandingAmount: { amount: string } | null; version: number } } }>(`query ($id: ID!, $asOf: Date!) { commitment(id: $id) { onDay(asOf: $asOf) ${FULL} } }`, { variables: { id: chain[0]?.commitmentId, asOf }, actor: auditor });
    const expected = positionAsOf(chain, { asOf, knownOn: null });
    expect(data?.commitment.onDay).toMatchObject({ version: expected?.version, outstandingAmount: expected?.terms.measure === 'MONEY' ? { amount: formatYuan(expected.outstanding) } : null });
  });

  it('is null when there is none, and refused when it is another enterprise\'s', async () => {
    expect(await credit.ask('{ commitment(id: "CN-1999-00001") { id } }', { actor: auditor })).toMatchObject({ data: { commitment: null } });
    const [first] = credit.chains[0] ?? [];
    const { errors } = await credit.ask('query ($id: ID!) { commitment(id: $id) { id } }', { variables: { id: first?.commitmentId }, actor: enterprise('91421200MA48FAKE0X') });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('does not tell an enterprise which official typed an entry', async () => {
    const [first] = credit.chains[0] ?? [];
    const uscc = first?.body.kind === 'PROMISED' ? first.body.terms.uscc : '';
    const { data } = await credit.ask<{ commitment: { entries: { recordedBy: string | null }[] } }>('query ($id: ID!) { commitment(id: $id) { entries { recordedBy } } }', { variables: { id: first?.commitmentId }, actor: enterprise(uscc) });
    expect(data?.commitment.entries.every(({ recordedBy }) => recordedBy === null)).toBe(true);
  });
});

describe('commitments', () => {
  const LIST = `query ($filter: CommitmentFilter, $orderBy: CommitmentOrder, $first: Int, $after: String) { commitments(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount outstandingAmount { amount } overdueCount pageInfo { hasNextPage endCursor } nodes { id } } }`;
  interface List {
    commitments: { totalCount: number; outstandingAmount: { amount: string }; overdueCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: { id: string }[] };
  }
  const list = async (variables: Record<string, unknown>, actor = auditor) => credit.ask<List>(LIST, { variables, actor });

  it.each<[string, object, (position: Positioned) => boolean]>([
    ['overdue', { overdue: true }, ({ daysOverdue }) => daysOverdue > 0],
    ['not overdue', { overdue: false }, ({ daysOverdue }) => daysOverdue === 0],
    ['without a document', { documented: false }, ({ document }) => document === null],
    ['kept', { state: ['FULFILLED'] }, ({ state }) => state === 'FULFILLED'],
    ['of a kind in a district', { kind: ['CASH', 'LAND'], districtCode: '421202' }, ({ terms }) => ['CASH', 'LAND'].includes(terms.kind) && terms.districtCode === '421202'],
  ])('finds those that are %s', async (_what, filter, holds) => {
    const { data, errors } = await list({ filter, first: 200 });
    const expected = positions().filter(holds);
    expect(errors).toBeUndefined();
    expect(data?.commitments.totalCount).toBe(expected.length);
    expect(new Set(data?.commitments.nodes.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
    expect(data?.commitments.outstandingAmount.amount).toBe(moneySum(expected, 'outstanding'));
  });

  it.each(['PROMISED_ON', 'DUE_ON', 'OUTSTANDING_AMOUNT'])('ordered by %s pages through all of them once', async (field) => {
    for (const direction of ['ASC', 'DESC']) {
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const { data } = await list({ orderBy: { field, direction }, first: 40, after });
        seen.push(...(data?.commitments.nodes ?? []).map(({ id }) => id));
        if (!data?.commitments.pageInfo.hasNextPage) break;
        after = data.commitments.pageInfo.endCursor;
      }
      expect(seen).toHaveLength(credit.chains.length);
      expect(new Set(seen).size).toBe(seen.length);
    }
  });

  it('gives an enterprise its own alone, whatever it filters', async () => {
    const uscc = flagshipOf(credit.city)?.uscc ?? '';
    expect((await list({}, enterprise(uscc))).data?.commitments.totalCount).toBe(positions().filter(({ terms }) => terms.uscc === uscc).length);
    expect((await list({ filter: { uscc: credit.city.enterprises.find((other) => other.uscc !== uscc)?.uscc } }, enterprise(uscc))).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
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
    expect((await credit.ask<{ commitments: { totalCount: number } }>('{ commitments { totalCount } }', { actor: auditor })).data?.commitments.totalCount).toBe(credit.chains.length);
  });
});
