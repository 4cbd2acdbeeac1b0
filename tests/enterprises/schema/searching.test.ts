import { pinyin } from 'pinyin-pro';
import { keysetSort, type SortKey } from '@zhitong/kit/mongo';
import { searchTerms } from '../../../subgraphs/enterprises/src/domain/search/search-terms.js';
import { FOUND_BY_CODE, FOUND_BY_NAME } from '../../../subgraphs/enterprises/src/list-orders.js';
import { rangeSizes, searchFilters } from '../../../subgraphs/enterprises/src/models/enterprise-search.js';
import { deliveries } from '../support/deliveries.js';
import {
  coordinator,
  enterprise,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url);
});
afterAll(async () => hub.close());

interface Found {
  readonly totalCount: number;
  readonly codeCorrections: { readonly uscc: string; readonly places: number[] }[];
  readonly nodes: { readonly uscc: string; readonly name: string }[];
}
const QUERY = `query ($text: String!) {
  searchEnterprises(text: $text, first: 200) { totalCount codeCorrections { uscc places } nodes { uscc name } }
}`;
const ask = async (text: string) => hub.ask<{ searchEnterprises: Found }>(QUERY, { variables: { text } });
async function search(text: string): Promise<Found> {
  const { data, errors } = await ask(text);
  expect(errors).toBeUndefined();
  return data?.searchEnterprises ?? { totalCount: -1, codeCorrections: [], nodes: [] };
}

/** Whether neighbouring characters of a name can be read with these initials: a program of its own. */
function reads(name: string, initials: string): boolean {
  const characters = [...name].map((character) => [
    character.toLowerCase(),
    ...pinyin(character, { multiple: true, type: 'array', toneType: 'none' }).map((reading) => reading.charAt(0)),
  ]);
  return characters.some((_character, start) =>
    [...initials].every((initial, place) => characters[start + place]?.includes(initial) === true),
  );
}

it('finds each enterprise by a part of its name and by the beginning of its code', async () => {
  const one = hub.city.enterprises[17];
  const part = one?.name.slice(2, 6) ?? '?';
  const found = await search(part);
  expect(found.nodes.map(({ uscc }) => uscc)).toContain(one?.uscc);
  expect(found.nodes.every(({ name }) => name.includes(part))).toBe(true);
  expect((await search(one?.uscc.slice(0, 14) ?? '')).nodes.map(({ uscc }) => uscc)).toContain(one?.uscc);
});

it.each(['hbnx', 'cq', 'xn', 'cbs', 'kjyx', 'nxxx'])(
  'by the initials %s finds those names that can be read so, and no others',
  async (initials) => {
    const wanted = hub.city.enterprises.filter(({ name }) => reads(name, initials)).length;
    expect((await search(initials)).totalCount).toBe(wanted);
  },
);

it('finds a name in full width, without its brackets, by its pinyin, and by both', async () => {
  const { uscc, name } = hub.city.enterprises[3] ?? fail();
  const spelled = pinyin(name.slice(0, 3), { toneType: 'none', type: 'array', v: true }).join('');
  const letters = pinyin(name.slice(3, 5), { pattern: 'first', toneType: 'none', type: 'array' }).join('');
  for (const text of [
    `（${name.slice(0, 4)}）${name.slice(4)}`,
    ` ${name.slice(0, 2)}　${name.slice(2)}`,
    spelled,
    `${name.slice(0, 3)}${letters}`,
  ])
    expect([text, (await search(text)).nodes.map((one) => one.uscc)]).toEqual([
      text,
      expect.arrayContaining([uscc]) as unknown,
    ]);
});

it.each([2, 3, 4, 5, 6, 9])(
  'finds by %d characters all codes that begin so, page by page, and no others',
  async (length) => {
    const beginning = hub.city.enterprises[17]?.uscc.slice(0, length) ?? '?';
    const begin = hub.city.enterprises.filter(({ uscc }) => uscc.startsWith(beginning)).map(({ uscc }) => uscc);
    const named = hub.city.enterprises.filter(({ name }) => name.includes(beginning)).map(({ uscc }) => uscc);
    const expected = [...new Set([...begin, ...(length <= 5 ? named : [])])];
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const page:
        { searchEnterprises: { nodes: { uscc: string }[]; pageInfo: { endCursor: string } } } | null | undefined = (
        await hub.ask<{ searchEnterprises: { nodes: { uscc: string }[]; pageInfo: { endCursor: string } } }>(
          'query ($text: String!, $after: String) { searchEnterprises(text: $text, first: 150, after: $after) { nodes { uscc } pageInfo { endCursor } } }',
          { variables: { text: beginning.toLowerCase(), after } },
        )
      ).data;
      const nodes = page?.searchEnterprises.nodes ?? [];
      found.push(...nodes.map(({ uscc }) => uscc));
      if (nodes.length < 150) break;
      after = page?.searchEnterprises.pageInfo.endCursor ?? null;
    }
    expect(found.toSorted()).toEqual(expected.toSorted());
    if (length > 5) expect(found).toEqual(found.toSorted());
  },
);

describe('the first page', () => {
  const PAGE = 21;
  interface Read {
    readonly executionStats: { readonly totalKeysExamined: number; readonly nReturned: number };
  }
  /** How MongoDB answers each question of a search. */
  async function explained(terms: Parameters<typeof searchFilters>[0], sort: readonly SortKey[]): Promise<Read[]> {
    const enterprises = hub.database.connection.collection('enterprises');
    const filters = await searchFilters(
      terms,
      rangeSizes(() => enterprises),
    );
    return Promise.all(
      filters.map(async (filter) =>
        enterprises.find(filter).sort(keysetSort(sort)).limit(PAGE).explain('executionStats'),
      ),
    ) as unknown as Promise<Read[]>;
  }
  const sumOf = (read: readonly Read[], what: keyof Read['executionStats']): number =>
    read.reduce((sum, { executionStats }) => sum + executionStats[what], 0);

  it('of a rare name is read by what is rarest in it, however frequent the rest is', async () => {
    const names = hub.city.enterprises.map(({ name }) => name);
    const timesOf = (pair: string): number => names.filter((name) => name.includes(pair)).length;
    const pairsOf = (name: string): string[] => [...name].slice(1).map((next, place) => `${name[place] ?? ''}${next}`);
    const name = names.find((one) => pairsOf(one).some((pair) => timesOf(pair) === 1)) ?? fail();
    expect(Math.max(...pairsOf(name).map(timesOf))).toBeGreaterThan(PAGE);
    const read = await explained({ ...searchTerms(name), byOtherNames: true }, FOUND_BY_NAME);
    expect(read.map(({ executionStats: { nReturned, totalKeysExamined } }) => [nReturned, totalKeysExamined])).toEqual([
      [1, 1],
    ]);
  });

  // 有限 and 公司 are in a large part of the names, 91 and 92 begin nearly all codes.
  it.each([
    '91',
    '9242',
    '914212',
    '有限',
    '公司',
    '有限公司',
    'yx',
    'youxian',
    'gongsi',
    'youxiangongsi',
    'xianning',
    '有限g',
  ])('of %j is read from an index in its order, and not much more of it than is shown', async (text) => {
    const terms = { ...searchTerms(text), byOtherNames: true };
    const sort = terms.ways.length === 0 ? FOUND_BY_CODE : FOUND_BY_NAME;
    const read = await explained(terms, sort);
    const stages = JSON.stringify(read);
    expect(stages).not.toContain('"stage":"SORT"');
    expect(stages).not.toContain('COLLSCAN');
    expect(sumOf(read, 'nReturned')).toBeGreaterThanOrEqual(PAGE);
    // Each way of reading the text begins a range of its own.
    expect(sumOf(read, 'totalKeysExamined')).toBeLessThanOrEqual(PAGE * (terms.ways.length + 2));
  });
});

it.each(['xian', 'chibi', 'xnkj', '91', '咸宁k'])(
  'hands out %j page by page, forwards and backwards, as in one page',
  async (text) => {
    const PAGES =
      'query ($text: String!, $first: Int, $after: String) { searchEnterprises(text: $text, first: $first, after: $after) { totalCount nodes { uscc } pageInfo { endCursor } } }';
    interface Page {
      readonly totalCount: number;
      readonly nodes: readonly { readonly uscc: string }[];
      readonly pageInfo: { readonly endCursor: string };
    }
    const pageOf = async (variables: Record<string, unknown>): Promise<Page> => {
      const { data, errors } = await hub.ask<{ searchEnterprises: Page }>(PAGES, { variables: { text, ...variables } });
      expect(errors).toBeUndefined();
      return data?.searchEnterprises ?? fail();
    };
    const whole = await pageOf({ first: 200 });
    expect(whole.nodes).toHaveLength(Math.min(200, whole.totalCount));
    const first = await pageOf({ first: 7 });
    const second = await pageOf({ first: 7, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes]).toEqual(whole.nodes.slice(0, 14));
    const { enterprises } = hub.department.stores;
    const asked = { sort: FOUND_BY_NAME, limit: 13, fields: [], position: undefined };
    const terms = { ...searchTerms(text), byOtherNames: true };
    const codesOf = (rows: readonly { uscc: string }[]): string[] => rows.map(({ uscc }) => uscc);
    expect(codesOf(await enterprises.search(terms, { ...asked, backwards: false }))).toEqual(
      codesOf(whole.nodes.slice(0, 14)),
    );
    const last = await enterprises.search(terms, { ...asked, limit: 2, backwards: true });
    const all = await enterprises.search(terms, { ...asked, limit: whole.totalCount, backwards: false });
    expect(codesOf(last)).toEqual(codesOf(all).toReversed().slice(0, 3));
  },
);

it('puts a whole name before the names that contain it', async () => {
  const { name } = hub.city.enterprises[3] ?? fail();
  expect((await search(name)).nodes[0]?.name).toBe(name);
});

it('finds a code of which one character is wrong, or two are exchanged, and says which', async () => {
  const { uscc } = hub.city.enterprises[5] ?? fail();
  const last = uscc.at(-1) === '1' ? '2' : '1';
  expect(await search(`${uscc.slice(0, 17)}${last}`)).toEqual({
    totalCount: 1,
    codeCorrections: [{ uscc, places: [18] }],
    nodes: [expect.objectContaining({ uscc })],
  });
  expect((await search(uscc)).codeCorrections).toEqual([]);
});

it('takes every character of the text literally', async () => {
  expect((await search('.*茶')).totalCount).toBe(0);
});

it.each(['茶', '  ', '（茶）', 'x'.repeat(101), '茶\u0000业'])('refuses %j', async (text) => {
  expect((await ask(text)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['text'] });
});

it('reads names again that were stored in a former form', async () => {
  const { uscc, name } = hub.city.enterprises[7] ?? fail();
  const stored = hub.database.connection.collection('enterprises');
  const whole = await stored.findOne({ uscc });
  await stored.updateOne({ uscc }, { $set: { namePairs: [] }, $unset: { nameSound: '' } });
  expect((await search(name)).nodes).toEqual([]);
  await hub.database.connection.collection('derived_forms').deleteMany({});
  await hub.department.stores.enterprises.renewNameTerms();
  expect((await search(name)).nodes[0]?.uscc).toBe(uscc);
  expect(await stored.findOne({ uscc })).toEqual(whole);
});

it('finds an enterprise by its short name and by each name that it had, for whom may read those', async () => {
  const { uscc, name } = hub.city.enterprises[9] ?? fail();
  const register = deliveries(hub, 'enterprise', 'SCJGJ');
  await register.deliver([{ uscc, name: '湖北鑫淼纺织有限公司', shortName: '鑫淼布业' }]);
  await register.deliver([{ uscc, name: '湖北焱垚面业有限公司' }]);
  const found = async (text: string, actor: typeof coordinator | undefined) =>
    (
      await hub.ask<{ searchEnterprises: Found }>(QUERY, { variables: { text }, ...(actor && { actor }) })
    ).data?.searchEnterprises.nodes.map((one) => one.uscc);
  for (const text of [name, '鑫淼纺织', '鑫淼布业', 'xinmiaofz', 'xmby', '鑫m布', '焱垚', 'hbyymy', 'yanyao'])
    expect([text, await found(text, coordinator)]).toEqual([text, expect.arrayContaining([uscc])]);
  for (const text of [name, '鑫淼纺织', '鑫淼布业', 'xinmiaofz', 'xmby'])
    for (const actor of [undefined, enterprise(hub.city.enterprises[2]?.uscc ?? '')])
      expect([text, await found(text, actor)]).toEqual([text, []]);
  expect(await found('焱垚', undefined)).toEqual([uscc]);

  // Records of before former names were kept: the register's history tells them.
  const stored = hub.database.connection.collection('enterprises');
  await stored.updateOne({ uscc }, { $unset: { formerNames: '', otherSound: '' }, $set: { namePairs: [] } });
  await hub.database.connection.collection('derived_forms').deleteMany({});
  await hub.department.stores.enterprises.renewNameTerms();
  expect(await found('鑫淼纺织', coordinator)).toEqual([uscc]);
});

const fail = (): never => {
  throw new Error('The demo city has fewer enterprises.');
};
