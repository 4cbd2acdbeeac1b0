import type { Actor } from '@zhitong/kit';
import { aHistory, assigned, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

const NUMBER = 'SQ2026-000001';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
  await cases.given(
    aHistory('2026-03-16', [['2026-03-16', assigned({ lead: 'JRB', assisting: ['CZJ'] })]], { receivedBy: 'ZWB' }),
  );
});
afterAll(async () => cases.close());

/** Each way to a case, from its number. */
const WAYS: Readonly<Record<string, (actor: Actor | null) => Promise<{ seen: unknown; code: unknown }>>> = {
  "as another department's reference": async (actor) => {
    const { data, errors } = await cases.ask<{ _entities: unknown[] }>(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { caseNumber } } }',
      { r: [{ __typename: 'Case', caseNumber: NUMBER }] },
      actor,
    );
    return { seen: data?._entities[0] ?? null, code: errors?.[0]?.extensions?.['code'] };
  },
  'by case(caseNumber)': async (actor) => {
    const { data, errors } = await cases.ask<{ case: unknown }>(
      'query ($n: ID!) { case(caseNumber: $n) { caseNumber } }',
      { n: NUMBER },
      actor,
    );
    return { seen: data?.case ?? null, code: errors?.[0]?.extensions?.['code'] };
  },
};

const STRANGERS: Readonly<Record<string, Actor | null>> = {
  nobody: null,
  'another enterprise': people.stranger,
  'an enterprise account without a code': { sub: 'enterprise-3', roles: ['ENTERPRISE'] },
  'the officer of a department that has nothing to do with it': people.officer('RSJ'),
  'an officer without a department': { sub: 'officer', roles: ['OFFICER'] },
  'an administrator': people.admin,
  'a machine identity': { sub: 'machine', roles: ['SERVICE'] },
  'a machine identity of the department that handles it': {
    sub: 'machine-of-JRB',
    roles: ['SERVICE'],
    department: 'JRB',
  },
  'a machine identity of the enterprise that brought it': {
    sub: 'machine-of-enterprise',
    roles: ['SERVICE'],
    uscc: USCC,
  },
};

const PARTIES: Readonly<Record<string, Actor>> = {
  'the enterprise': people.owner,
  'the lead department': people.officer('JRB'),
  'the assisting department': people.officer('CZJ'),
  'the desk that took it': people.officer('ZWB'),
  coordinator: people.coordinator,
  auditor: people.auditor,
};

describe.each(Object.keys(WAYS))('a case %s', (way) => {
  it.each(Object.keys(STRANGERS))('is refused to %s', async (who) => {
    const actor = STRANGERS[who] ?? null;
    const { seen, code } = (await WAYS[way]?.(actor)) ?? {};
    expect(seen).toBeNull();
    expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(code);
  });

  it.each(Object.keys(PARTIES))('is shown to %s', async (who) => {
    expect(await WAYS[way]?.(PARTIES[who] ?? null)).toEqual({ seen: { caseNumber: NUMBER }, code: undefined });
  });
});
