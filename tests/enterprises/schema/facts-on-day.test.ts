import { countCommands } from '@zhitong/kit/testing';
import {
  auditor,
  enterprise,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200);
});
afterAll(async () => hub.close());

interface Sheet {
  asOf: string;
  values: Record<string, unknown>;
  dates: Record<string, string>;
}
const factsOn = async (
  uscc: string | undefined,
  asOf: string | null,
  actor: Parameters<typeof hub.ask>[1] = { actor: officer },
) =>
  hub.ask<{ enterprise: { facts: Sheet | null } }>(
    'query ($uscc: ID!, $asOf: Date) { enterprise(uscc: $uscc) { facts(asOf: $asOf) } }',
    { variables: { uscc, asOf }, ...actor },
  );
const record = async (
  key: string,
  uscc: string | undefined,
  year: number,
  values: Record<string, unknown>,
  withdraw: readonly string[] = [],
) =>
  hub.ask(
    'mutation ($input: RecordEnterpriseFactsInput!) { recordEnterpriseFacts(input: $input) { refusal { message } } }',
    { variables: { input: { idempotencyKey: key, uscc, year, values, withdraw } }, actor: officer },
  );
/** Enterprises of the city with figures of three years. */
const established = () => hub.city.enterprises.filter(({ factYears }) => factYears.length === 3);

describe('Enterprise.facts(asOf)', () => {
  it('tells the figures of the newest year that had ended, growth included, and the titles of that day', async () => {
    const one = established().find(
      ({ factYears }) =>
        factYears[1]?.values['employees'] !== undefined && factYears[2]?.values['employees'] !== undefined,
    );
    const { data, errors } = await factsOn(one?.uscc, '2025-06-30');
    expect(errors).toBeUndefined();
    const sheet = data?.enterprise.facts;
    expect(sheet).toMatchObject({
      asOf: '2024-12-31',
      values: {
        employees: one?.factYears[1]?.values['employees'],
        employeesPriorYear: one?.factYears[2]?.values['employees'],
      },
      dates: { honours: '2025-06-30', scale: '2026-11-20' },
    });
    expect(sheet?.values['honours']).toEqual(
      one?.honours
        .filter(({ awardedOn, validTo }) => awardedOn <= '2025-06-30' && (validTo === null || validTo >= '2025-06-30'))
        .map(({ title }) => title),
    );
  });

  it('changes with the last day of a year, which the figures stand for', async () => {
    const [one] = established();
    expect((await factsOn(one?.uscc, '2025-12-30')).data?.enterprise.facts?.asOf).toBe('2024-12-31');
    expect((await factsOn(one?.uscc, '2025-12-31')).data?.enterprise.facts?.asOf).toBe('2025-12-31');
  });

  it('counts a correction that was recorded later, in its newest revision; what it withdraws is known of the year before', async () => {
    const one = established()[1];
    await record('facts-on-day-1', one?.uscc, 2024, { employees: 700 });
    await record('facts-on-day-2', one?.uscc, 2024, { employees: 701 }, ['rdExpenseYuan']);
    const { data } = await factsOn(one?.uscc, '2025-06-30');
    expect(data?.enterprise.facts?.values).toMatchObject({ employees: 701 });
    expect(data?.enterprise.facts?.values['rdExpenseYuan']).toBe(one?.factYears[2]?.values['rdExpenseYuan']);
  });

  it('is the plain sheet today, with or without the day', async () => {
    const one = established()[2];
    expect((await factsOn(one?.uscc, '2026-11-20')).data).toEqual((await factsOn(one?.uscc, null)).data);
  });

  it('is null before the registration, and without figures before the first year', async () => {
    const one = hub.city.enterprises.find(
      ({ registeredOn, factYears }) => registeredOn < '2020-01-01' && factYears.every(({ year }) => year > 2020),
    );
    expect((await factsOn(one?.uscc, '1990-01-01')).data).toEqual({ enterprise: { facts: null } });
    expect((await factsOn(one?.uscc, '2020-06-30')).data?.enterprise.facts).toMatchObject({
      asOf: one?.registeredOn,
      values: { registeredOn: one?.registeredOn },
    });
  });

  it('refuses a day that has not come, and who may not read the enterprise', async () => {
    const [one, other] = hub.city.enterprises;
    expect((await factsOn(one?.uscc, '2026-11-21')).errors?.[0]).toMatchObject({
      message: expect.stringContaining('2026-11-21') as unknown,
      extensions: { code: 'BAD_USER_INPUT', argumentPath: ['asOf'] },
    });
    expect((await factsOn(one?.uscc, '2025-06-31')).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(
      (await factsOn(one?.uscc, '2025-06-30', { actor: enterprise(other?.uscc ?? '') })).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect((await factsOn(one?.uscc, '2025-06-30', { actor: null })).errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('of many named enterprises takes as many commands as of one', async () => {
    const ask = async (usccs: readonly string[]) =>
      countCommands(hub.database.connection, async () =>
        hub.ask<{ enterprises: { nodes: { uscc: string; facts: Sheet }[] } }>(
          'query ($usccs: [ID!]) { enterprises(first: 200, filter: { uscc: $usccs }) { nodes { uscc facts(asOf: "2025-06-30") } } }',
          { variables: { usccs }, actor: auditor },
        ),
      );
    const usccs = hub.city.enterprises.slice(0, 50).map(({ uscc }) => uscc);
    const many = await ask(usccs);
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data?.enterprises.nodes.map(({ uscc }) => uscc)).toEqual([...usccs].sort());
    expect(many.commands).toEqual((await ask(usccs.slice(0, 1))).commands);
    // The enterprises, their figures, and what changed of their registration.
    expect(many.commands.length).toBeLessThanOrEqual(3);
  });
});

describe('enterprises(filter: { uscc })', () => {
  const list = async (usccs: readonly string[]) =>
    hub.ask<{ enterprises: { totalCount: number } }>(
      'query ($usccs: [ID!]) { enterprises(filter: { uscc: $usccs }) { totalCount } }',
      { variables: { usccs } },
    );

  it('is public, and leaves out codes that are not registered', async () => {
    expect((await list([hub.city.enterprises[0]?.uscc ?? '', '91110000600037341L'])).data?.enterprises.totalCount).toBe(
      1,
    );
    expect((await list([])).data?.enterprises.totalCount).toBe(0);
  });

  it('refuses a code that cannot be one, and more than 200', async () => {
    expect((await list(['123'])).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['filter', 'uscc'],
    });
    expect((await list(Array.from({ length: 201 }, () => '91110000600037341L'))).errors?.[0]).toMatchObject({
      message: expect.stringContaining('201') as unknown,
      extensions: { argumentPath: ['filter', 'uscc'] },
    });
  });
});
