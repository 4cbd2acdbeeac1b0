import type { Actor } from '@zhitong/kit';
import {
  coordinator,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200);
});
afterAll(async () => hub.close());

it('the roster finds officials by a part of the name or the beginning of the staff number, whatever else is asked', async () => {
  const found = async (filter: Record<string, unknown>, actor: Actor = coordinator) => {
    const { data, errors } = await hub.ask<{
      serviceOfficers: {
        totalCount: number;
        nodes: { official: { id: string; name: string }; legalMoves: string[] }[];
      };
    }>(
      `query ($filter: ServiceOfficerFilter) { serviceOfficers(filter: $filter, first: 200) {
        totalCount nodes { official { id name } legalMoves } } }`,
      { variables: { filter }, actor },
    );
    return { ...data?.serviceOfficers, code: errors?.[0]?.extensions?.['code'] };
  };
  const all = (await found({ isServing: true })).nodes ?? [];
  const names = new Map(hub.city.officials.map(({ id, name }) => [id, name]));
  const [one] = all;
  const part = one?.official.name.slice(-1) ?? '';
  const expected = all
    .filter(({ official }) => names.get(official.id)?.includes(part))
    .map(({ official }) => official.id);
  expect(expected.length).toBeLessThan(all.length);
  const byName = await found({ isServing: true, text: ` ${part} ` });
  expect([byName.totalCount, byName.nodes?.map(({ official }) => official.id)]).toEqual([expected.length, expected]);
  const byNumber = await found({ isServing: true, text: one?.official.id });
  expect(byNumber.nodes?.map(({ official }) => official.id)).toEqual([one?.official.id]);
  // Nothing of it is a pattern, and nobody is found by nothing.
  expect((await found({ text: '.' })).totalCount).toBe(0);
  expect((await found({ text: '(' })).totalCount).toBe(0);
  for (const text of ['', '  ', '字'.repeat(41)]) expect((await found({ text })).code).toBe('BAD_USER_INPUT');
  expect(one?.legalMoves).toEqual(['HAND_OVER']);
  expect((await found({ text: part }, officer)).nodes?.[0]?.legalMoves).toEqual([]);
});
