import type { Actor } from '@zhitong/kit';
import {
  enterprise,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => void (hub = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => hub.close());

it('tells whom to call: persons to those whom they look after, lines to everybody', async () => {
  const call = async (args: string, actor: Actor | null) => {
    const { data, errors } = await hub.ask<{
      whomToCall:
        | {
            basis: string;
            role: string | null;
            official: { id: string; telephone: string } | null;
            line: { kind: string } | null;
          }[]
        | null;
    }>(`{ whomToCall(${args}) { basis role official { id telephone } line { kind } } }`, { actor });
    return { list: data?.whomToCall, code: errors?.[0]?.extensions?.['code'] };
  };
  const [large] = hub.city.enterprises.filter(({ stewardship }) => stewardship !== null);
  const own = await call(`uscc: "${large?.uscc ?? ''}", matter: "企业招聘难"`, enterprise(large?.uscc ?? ''));
  expect(own.list?.map(({ role, line }) => role ?? line?.kind)).toEqual([
    'STEWARD',
    'LEADER',
    'SUPPORTING_UNIT',
    // Lines without words are for everything; of the desks the one for labour, not those for loans or permits.
    'COMMERCE_FEDERATION_LINE',
    'HOTLINE_12345',
    'DEPARTMENT',
    'PORTAL',
    'SERVICE_CENTRE',
  ]);
  expect(own.list?.map(({ basis }) => basis)).toEqual([
    ...Array<string>(3).fill('LOOKS_AFTER_ENTERPRISE'),
    ...Array<string>(5).fill('CITY_LINE'),
  ]);
  expect(own.list?.[0]?.official?.telephone).toMatch(/^\d{11}$/);
  expect((await call(`uscc: "${large?.uscc ?? ''}"`, enterprise(hub.city.enterprises[9]?.uscc ?? ''))).code).toBe(
    'FORBIDDEN',
  );
  expect((await call(`uscc: "${large?.uscc ?? ''}"`, null)).code).toBe('UNAUTHENTICATED');
  const everybody = await call('matter: "贷款"', null);
  expect(everybody.list?.every(({ official }) => official === null)).toBe(true);
  expect(everybody.list?.map(({ line }) => line?.kind)).toContain('DEPARTMENT');
  const project = hub.city.projects[0];
  const ofProject = await call(`project: "${project?.id ?? ''}"`, officer);
  expect(ofProject.list?.slice(0, 2)).toMatchObject([
    { role: 'STEWARD', basis: 'STEWARD_OF_PROJECT' },
    { role: null, basis: 'LEADS_PROJECT' },
  ]);
});
