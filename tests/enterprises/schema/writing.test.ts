import { factsWithAuthority } from '../../../subgraphs/enterprises/src/domain/fact-authorities.js';
import {
  enterprise,
  enterprisesUnderTest,
  coordinator,
  officer,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200);
});
afterAll(async () => hub.close());

interface Recorded {
  recordEnterpriseFacts: {
    enterprise: { facts: { values: Record<string, unknown> }; factHistory: { year: number }[]; version: number } | null;
    refusal: { code: string; message: string; path: string[] } | null;
  } | null;
}
const labour = { ...officer, sub: 'labour-1', department: 'RSJ' };
const RECORD =
  'mutation ($input: RecordEnterpriseFactsInput!) { recordEnterpriseFacts(input: $input) { enterprise { facts factHistory { year values } version } refusal { code message path } } }';
const record = async (input: Record<string, unknown>, actor = officer) =>
  hub.ask<Recorded>(RECORD, { variables: { input }, actor });

describe('recordEnterpriseFacts', () => {
  it('adds to the newest figures, keeps the history, and emits one event however often it is sent', async () => {
    const uscc = hub.city.enterprises[0]?.uscc ?? '';
    const before = await hub.ask<{ enterprise: { factHistory: unknown[]; version: number } }>(
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { factHistory { year } version } }',
      { variables: { uscc }, actor: officer },
    );
    const input = {
      idempotencyKey: 'facts-0001',
      uscc,
      year: 2025,
      values: { employees: 321 },
      withdraw: ['rdExpenseYuan'],
    };
    const first = await record(input);
    const again = await record(input);
    expect(first.errors).toBeUndefined();
    expect(again).toEqual(first);
    const enterpriseAfter = first.data?.recordEnterpriseFacts?.enterprise;
    expect(enterpriseAfter?.facts.values).toMatchObject({ employees: 321 });
    expect(enterpriseAfter?.facts.values).not.toHaveProperty('rdExpenseYuan');
    expect(enterpriseAfter?.version).toBe((before.data?.enterprise.version ?? 0) + 1);
    expect(enterpriseAfter?.factHistory).toHaveLength((before.data?.enterprise.factHistory.length ?? 0) + 1);
    expect(await hub.database.connection.collection('outbox').countDocuments({ 'event.subject': uscc })).toBe(1);
  });

  it('records figures of an earlier year without touching the present ones', async () => {
    const one = hub.city.enterprises.slice(10).find(({ factYears }) => factYears.length === 3);
    const { data } = await record({
      idempotencyKey: 'facts-0002',
      uscc: one?.uscc,
      year: 2023,
      values: { employees: 7777 },
    });
    expect(data?.recordEnterpriseFacts?.enterprise?.facts.values['employees']).toBe(
      one?.factYears[0]?.values['employees'],
    );
  });

  it('replaces nothing but the fact that is recorded for the running year, which stands for the day of its recording', async () => {
    const one = hub.city.enterprises.slice(40).find(({ factYears }) => factYears.length === 3);
    const read = async () =>
      (
        await hub.ask<{
          enterprise: {
            facts: {
              asOf: string;
              values: Record<string, unknown>;
              dates: Record<string, string>;
              origins: Record<string, unknown>;
            };
          };
        }>('query ($uscc: ID!) { enterprise(uscc: $uscc) { facts } }', {
          variables: { uscc: one?.uscc },
          actor: officer,
        })
      ).data?.enterprise.facts;
    const before = await read();
    await record({ idempotencyKey: 'facts-running', uscc: one?.uscc, year: 2026, values: { totalAssetsYuan: 5 } });
    const after = await read();
    expect(after?.values).toEqual({ ...before?.values, totalAssetsYuan: 5 });
    expect(Object.keys(after?.values ?? {}).length).toBeGreaterThan(50);
    expect(after?.asOf).toBe('2025-12-31');
    expect(after?.dates['totalAssetsYuan']).toBe('2026-11-20');
    expect(after?.origins['totalAssetsYuan']).toEqual({ department: 'TJJ', on: '2026-11-20', run: null });
    for (const day of Object.values(after?.dates ?? {})) expect(day <= '2026-11-20').toBe(true);
  });

  it('measures growth against the year before as it was recorded last', async () => {
    const one = hub.city.enterprises.slice(20).find(({ factYears }) => factYears[1]?.values['employees'] !== undefined);
    const read = async () =>
      (
        await hub.ask<{ enterprise: { facts: { values: Record<string, unknown> } } }>(
          'query ($uscc: ID!) { enterprise(uscc: $uscc) { facts } }',
          { variables: { uscc: one?.uscc }, actor: officer },
        )
      ).data?.enterprise.facts.values['employeesPriorYear'];
    expect(await read()).toBe(one?.factYears[1]?.values['employees']);
    await record({ idempotencyKey: 'facts-prior', uscc: one?.uscc, year: 2024, values: { employees: 4321 } });
    expect(await read()).toBe(4321);
  });

  it.each([
    [{ uscc: '91110000600037341L' }, ['uscc'], 'No enterprise is registered'],
    [{ uscc: '123' }, ['uscc'], 'it has 3 characters'],
    [{ year: 2027 }, ['year'], 'year is 2027'],
    [{ values: { employees: 1.5 } }, ['values', 'employees'], 'whole number'],
    [{ values: { dishonestyRecord: false } }, ['values', 'dishonestyRecord'], 'not a recorded fact'],
    [{ values: { employees: null } }, ['values', 'employees'], 'name it in withdraw'],
    [{ withdraw: ['employees'] }, ['withdraw', '0'], 'recorded and withdrawn at once'],
    [{ values: [] }, ['values'], 'object'],
    [{ values: {} }, ['values'], 'names no fact'],
  ])('refuses %j, says why and changes nothing', async (change, path, words) => {
    const uscc = hub.city.enterprises[1]?.uscc ?? '';
    const history = await hub.database.connection.collection('fact_years').countDocuments();
    const { data, errors } = await record({
      idempotencyKey: 'facts-bad-1',
      uscc,
      year: 2025,
      values: { employees: 5 },
      ...change,
    });
    expect(errors).toBeUndefined();
    expect(data?.recordEnterpriseFacts).toMatchObject({
      enterprise: null,
      refusal: { code: 'INVALID', path, message: expect.stringContaining(words) as unknown },
    });
    expect(await hub.database.connection.collection('fact_years').countDocuments()).toBe(history);
  });

  it('refuses a key that was used for another request', async () => {
    const uscc = hub.city.enterprises[2]?.uscc ?? '';
    await record({ idempotencyKey: 'facts-0003', uscc, year: 2025, values: { employees: 5 } });
    const { data } = await record({ idempotencyKey: 'facts-0003', uscc, year: 2025, values: { employees: 6 } });
    expect(data?.recordEnterpriseFacts?.refusal).toMatchObject({ code: 'DUPLICATE', path: ['idempotencyKey'] });
  });

  it('numbers concurrent records of one year without losing one', async () => {
    const uscc = hub.city.enterprises[3]?.uscc ?? '';
    const before = await hub.database.connection.collection('fact_years').countDocuments({ uscc, year: 2025 });
    const answers = await Promise.all(
      ['hiredGraduates', 'jobsCreated12m', 'yearsAboveScale', 'hireStableMonths'].map(async (fact, at) =>
        record(
          { idempotencyKey: `facts-race-${at}`, uscc, year: 2025, values: { [fact]: 3 } },
          fact === 'yearsAboveScale' ? officer : labour,
        ),
      ),
    );
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(await hub.database.connection.collection('fact_years').countDocuments({ uscc, year: 2025 })).toBe(
      before + 4,
    );
    const { data } = await record({ idempotencyKey: 'facts-race-end', uscc, year: 2025, values: { employees: 3 } });
    expect(data?.recordEnterpriseFacts?.enterprise?.facts.values).toMatchObject({
      hiredGraduates: 3,
      jobsCreated12m: 3,
      yearsAboveScale: 3,
      hireStableMonths: 3,
    });
  });

  it('keeps both records of two years that come at the same moment', async () => {
    const some = hub.city.enterprises
      .slice(60)
      .filter(({ factYears }) => factYears.length === 3)
      .slice(0, 8)
      .map(({ uscc }) => uscc);
    const answers = await Promise.all(
      some.flatMap((uscc, at) => [
        record({ idempotencyKey: `facts-years-new-${String(at)}`, uscc, year: 2025, values: { employees: 1000 + at } }),
        record({ idempotencyKey: `facts-years-old-${String(at)}`, uscc, year: 2024, values: { employees: 500 + at } }),
      ]),
    );
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const { data } = await hub.ask<{
      enterprises: { nodes: { uscc: string; facts: { values: Record<string, unknown> } }[] };
    }>('query ($uscc: [ID!]) { enterprises(filter: { uscc: $uscc }) { nodes { uscc facts } } }', {
      variables: { uscc: some },
      actor: officer,
    });
    expect(
      data?.enterprises.nodes
        .map(({ uscc, facts: { values } }) => [uscc, values['employees'], values['employeesPriorYear']])
        .sort(),
    ).toEqual(some.map((uscc, at) => [uscc, 1000 + at, 500 + at]).sort());
  });

  it('withdraws nothing when a number is none: JSON turns 1e999 into null on its way', async () => {
    const one = hub.city.enterprises.slice(30).find(({ factYears }) => factYears[0]?.values['employees'] !== undefined);
    const input = {
      idempotencyKey: 'facts-1e999',
      uscc: one?.uscc,
      year: one?.factYears[0]?.year,
      values: JSON.parse(JSON.stringify({ employees: JSON.parse('1e999') as unknown })) as unknown,
    };
    expect((await record(input)).data?.recordEnterpriseFacts?.refusal).toMatchObject({
      code: 'INVALID',
      path: ['values', 'employees'],
    });
    const literal = await hub.ask<Recorded>(
      `mutation { recordEnterpriseFacts(input: { idempotencyKey: "facts-1e999-2", uscc: "${one?.uscc ?? ''}", year: 2025, values: { employees: 1e999 } }) { refusal { code path } } }`,
      { actor: officer },
    );
    expect(literal.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    const { data } = await hub.ask<{ enterprise: { facts: { values: Record<string, unknown> } } }>(
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { facts } }',
      { variables: { uscc: one?.uscc }, actor: officer },
    );
    expect(data?.enterprise.facts.values['employees']).toBe(one?.factYears[0]?.values['employees']);
  });

  it('takes each fact from the departments that keep it, and from nobody else', async () => {
    const uscc = hub.city.enterprises[4]?.uscc ?? '';
    const before = await hub.database.connection.collection('fact_years').countDocuments({ uscc });
    const graduates = (idempotencyKey: string, department: string) =>
      record({ idempotencyKey, uscc, year: 2025, values: { hiredGraduates: 12 } }, { ...officer, department });
    for (const department of ['RMYH', 'TJJ', 'YSB']) {
      const { data, errors } = await graduates(`graduates-of-${department}`, department);
      expect(data?.recordEnterpriseFacts).toBeNull();
      expect(errors?.[0]).toMatchObject({
        message: `hiredGraduates is recorded by RSJ, not by ${department}.`,
        extensions: { code: 'FORBIDDEN' },
      });
    }
    expect((await graduates('graduates-of-nobody', 'XYZ')).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
    const mixed = await record({
      idempotencyKey: 'graduates-mixed',
      uscc,
      year: 2025,
      values: { employees: 5, hiredGraduates: 12 },
    });
    expect(mixed.errors?.[0]?.message).toBe('hiredGraduates is recorded by RSJ, not by TJJ.');
    const withdrawn = await record({
      idempotencyKey: 'graduates-taken',
      uscc,
      year: 2025,
      values: {},
      withdraw: ['hiredGraduates'],
    });
    expect(withdrawn.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(await hub.database.connection.collection('fact_years').countDocuments({ uscc })).toBe(before);
    expect((await graduates('graduates-of-RSJ', 'RSJ')).data?.recordEnterpriseFacts?.refusal).toBeNull();
  });

  it('says for every fact of the vocabulary which departments of the city record it', async () => {
    const { data, errors } = await hub.ask<{
      recordedFacts: { name: string; kind: string; recordedBy: { code: string; name: string }[] }[];
    }>('{ recordedFacts { name kind recordedBy { code name } } }');
    expect(errors).toBeUndefined();
    const facts = data?.recordedFacts ?? [];
    expect(facts.filter(({ recordedBy }) => recordedBy.length === 0)).toEqual([]);
    expect(facts.find(({ name }) => name === 'hiredGraduates')).toEqual({
      name: 'hiredGraduates',
      kind: 'INTEGER',
      recordedBy: [{ code: 'RSJ', name: '咸宁市人力资源和社会保障局' }],
    });
    expect(facts.find(({ name }) => name === 'exportsUSD')?.recordedBy.map(({ code }) => code)).toEqual(['SWUJ']);
    expect(new Set(factsWithAuthority())).toEqual(new Set(facts.map(({ name }) => name)));
  });

  it('is for officials, not for the enterprise itself', async () => {
    const uscc = hub.city.enterprises[0]?.uscc ?? '';
    const { errors } = await record(
      { idempotencyKey: 'facts-0009', uscc, year: 2025, values: { employees: 1 } },
      enterprise(uscc),
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('assignSteward', () => {
  const ASSIGN =
    'mutation ($input: AssignStewardInput!) { assignSteward(input: $input) { enterprise { steward { id } version } refusal { code path details } } }';
  const assign = async (input: Record<string, unknown>) =>
    hub.ask<{ assignSteward: { enterprise: unknown; refusal: unknown } }>(ASSIGN, {
      variables: { input },
      actor: coordinator,
    });

  it('gives a steward once, and tells the second of two officials that the record has moved on', async () => {
    const uscc = hub.city.enterprises[5]?.uscc;
    const [first, second] = await Promise.all(
      [0, 1].map(async (at) =>
        assign({ idempotencyKey: `steward-${at}-key`, uscc, official: hub.city.officials[at]?.id, expectedVersion: 1 }),
      ),
    );
    const outcomes = [first, second].map((answer) => (answer?.data?.assignSteward.refusal ? 'refused' : 'assigned'));
    expect(outcomes.toSorted()).toEqual(['assigned', 'refused']);
    const refused = [first, second].find((answer) => answer?.data?.assignSteward.refusal);
    expect(refused?.data?.assignSteward.refusal).toMatchObject({ code: 'STALE_VERSION', path: ['expectedVersion'] });
  });

  it('refuses an official whom nobody knows', async () => {
    const { data } = await assign({
      idempotencyKey: 'steward-nobody',
      uscc: hub.city.enterprises[6]?.uscc,
      official: 'GB-99999',
      expectedVersion: 1,
    });
    expect(data?.assignSteward).toMatchObject({ enterprise: null, refusal: { code: 'INVALID', path: ['official'] } });
  });
});
