import type { Actor } from '@zhitong/kit';
import { Types } from 'mongoose';
import {
  auditor,
  coordinator,
  enterprise,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';
import { typeDefs } from '../../../subgraphs/enterprises/src/server.js';
import { unanswered } from '../../support/every-field.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url);
});
afterAll(async () => hub.close());

const CARD = '{ uscc name industry { code name } region { code name } }';

describe('enterprise(uscc)', () => {
  it('shows the public card to anybody', async () => {
    const [one] = hub.city.enterprises;
    const { data, errors } = await hub.ask(`query ($uscc: ID!) { enterprise(uscc: $uscc) ${CARD} }`, {
      variables: { uscc: one?.uscc },
    });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      enterprise: {
        uscc: one?.uscc,
        name: one?.name,
        industry: { code: one?.industry.code },
        region: { code: one?.regionCode },
      },
    });
  });

  it('says which rule an invalid code breaks', async () => {
    const { errors } = await hub.ask('{ enterprise(uscc: "91110000600037341M") { name } }');
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('must be L') as unknown,
      extensions: { code: 'BAD_USER_INPUT', argumentPath: ['uscc'] },
    });
  });

  it('finds an enterprise by its code in any case and width, as every list does', async () => {
    const [one] = hub.city.enterprises;
    const code = one?.uscc ?? '';
    const wide = code.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
    for (const spelled of [code.toLowerCase(), ` ${code} `, wide]) {
      const query =
        'query ($uscc: ID!) { enterprise(uscc: $uscc) { uscc name } enterprises(filter: { uscc: [$uscc] }) { nodes { uscc } } projects(filter: { uscc: $uscc }) { totalCount } }';
      const { data, errors } = await hub.ask(query, { variables: { uscc: spelled }, actor: auditor });
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({
        enterprise: { uscc: code, name: one?.name },
        enterprises: { nodes: [{ uscc: code }] },
      });
    }
  });

  it('finds a code with an irregular check character that is in the register, and calls any other mistyped', async () => {
    const [one] = hub.city.enterprises;
    // A real code of before the rule; by GB 32100-2015 it would end in F.
    const irregular = '91350203M0001QKT19';
    const collection = hub.database.connection.collection('enterprises');
    const document = await collection.findOne({ uscc: one?.uscc });
    const { insertedId } = await collection.insertOne({
      ...document,
      _id: new Types.ObjectId(),
      uscc: irregular,
      name: '厦门老字号有限公司',
    });
    const query =
      'query ($uscc: ID!, $other: ID!) { enterprise(uscc: $uscc) { uscc } enterprises(filter: { uscc: [$uscc] }) { nodes { uscc } } mistyped: enterprise(uscc: $other) { uscc } }';
    const { data, errors } = await hub.ask(query, {
      variables: { uscc: irregular.toLowerCase(), other: '91350203M0001QKT18' },
      actor: auditor,
    });
    await collection.deleteOne({ _id: insertedId });
    expect(data).toEqual({
      enterprise: { uscc: irregular },
      enterprises: { nodes: [{ uscc: irregular }] },
      mistyped: null,
    });
    expect(errors).toMatchObject([{ path: ['mistyped'], message: expect.stringContaining('it must be F') as unknown }]);
    const gone = await hub.ask('query ($uscc: ID!) { enterprises(filter: { uscc: [$uscc] }) { totalCount } }', {
      variables: { uscc: irregular },
      actor: auditor,
    });
    expect(gone.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['filter', 'uscc'] });
  });

  it("refuses a person's identity number without repeating it", async () => {
    const { errors } = await hub.ask('{ enterprise(uscc: "11010519491231002x") { name } }');
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining("a person's identity number") as unknown,
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(JSON.stringify(errors)).not.toContain('1949');
  });

  it('is null for a valid code that is not registered', async () => {
    expect(await hub.ask('{ enterprise(uscc: "91110000600037341L") { name } }')).toMatchObject({
      data: { enterprise: null },
    });
  });

  const PRIVATE =
    '{ legalForm scale registeredOn status registeredCapital { amount currency } statisticalCategory isAboveDesignatedSize honours { title level awardedOn validTo firstTime } contact { name telephone address } steward { id name post telephone department { code } } facts factHistory { year asOf values recordedAt recordedBy { code } } projects { totalCount } }';

  it('shows the whole record to the coordinator, each field without error', async () => {
    const one = hub.city.enterprises.find(
      ({ legalForm, stewardship }) => legalForm !== 'INDIVIDUAL_BUSINESS' && stewardship !== null,
    );
    const { data, errors } = await hub.ask(`query ($uscc: ID!) { enterprise(uscc: $uscc) ${PRIVATE} }`, {
      variables: { uscc: one?.uscc },
      actor: coordinator,
    });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      enterprise: {
        scale: one?.scale,
        isAboveDesignatedSize: true,
        contact: one?.contact,
        steward: { id: one?.stewardship?.stewardId },
        registeredCapital: { amount: `${(one?.registeredCapitalFen ?? 0) / 100}.00`, currency: 'CNY' },
        facts: { asOf: '2025-12-31', values: { scale: one?.scale.toLowerCase(), registeredOn: one?.registeredOn } },
      },
    });
  });

  it('shows its own record to an enterprise and refuses that of another, field by field', async () => {
    const [mine, theirs] = hub.city.enterprises;
    const query = 'query ($uscc: ID!) { enterprise(uscc: $uscc) { name scale contact { telephone } facts } }';
    const actor = enterprise(mine?.uscc ?? '');
    expect((await hub.ask(query, { variables: { uscc: mine?.uscc }, actor })).errors).toBeUndefined();
    const { data, errors } = await hub.ask(query, { variables: { uscc: theirs?.uscc }, actor });
    expect(data).toEqual({ enterprise: { name: theirs?.name, scale: null, contact: null, facts: null } });
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  });

  it('refuses the record to an anonymous caller but not the card', async () => {
    const [one] = hub.city.enterprises;
    const { data, errors } = await hub.ask('query ($uscc: ID!) { enterprise(uscc: $uscc) { name scale } }', {
      variables: { uscc: one?.uscc },
    });
    expect(data).toEqual({ enterprise: { name: one?.name, scale: null } });
    expect(errors?.[0]).toMatchObject({ path: ['enterprise', 'scale'], extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('masks the telephone number for an auditor', async () => {
    const [one] = hub.city.enterprises;
    const { data } = await hub.ask<{ enterprise: { contact: { telephone: string } } }>(
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { contact { telephone } } }',
      { variables: { uscc: one?.uscc }, actor: auditor },
    );
    expect(data?.enterprise.contact.telephone).toMatch(/^\d{3}\*{4}\d{4}$/);
  });
});

describe('every declared field of an enterprise', () => {
  it('is answered when it alone is asked for, so that no projection forgets it', async () => {
    const machine: Actor = {
      sub: 'machine',
      roles: ['SERVICE'],
      department: 'YSB',
      service: 'cases',
      purpose: '隐去匿名诉求中的字词',
    };
    const ask = async (query: string) =>
      hub.ask<{ value: unknown }>(query, { actor: query.includes('identifyingWords') ? machine : coordinator });
    expect(
      await unanswered({
        typeDefs,
        type: 'Enterprise',
        ask,
        around: (selection) => `{ value: enterprises(first: 200) { nodes ${selection} } }`,
        empty: {
          provenance: 'no enterprise of the demo city was delivered by another system',
          shortName: 'the demo city has full names alone',
          formerNames: 'nothing of the demo city was changed since it was loaded',
          superiors: 'the demo city has neither branches nor groups',
          subordinates: 'the demo city has neither branches nor groups',
          codeConfirmation: 'every code of the demo city is regular',
          predecessors: 'nobody of the demo city goes on from another',
          labourReports: 'nobody reported of the demo city',
          lastVisitedOn: 'nobody was visited in the demo city',
        },
      }),
    ).toEqual([]);
  });
});

describe('enterprises', () => {
  const LIST = `query ($filter: EnterpriseFilter, $orderBy: EnterpriseOrder, $first: Int, $after: String, $last: Int, $before: String) {
    enterprises(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { uscc name } edges { cursor node { uscc } } } }`;
  interface Listed {
    enterprises: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
      nodes: { uscc: string; name: string }[];
    };
  }
  const list = async (variables: Record<string, unknown>) => hub.ask<Listed>(LIST, { variables, actor: officer });

  it('pages forwards and backwards over the same order without gap or repeat', async () => {
    for (const orderBy of [undefined, { field: 'NAME', direction: 'DESC' }]) {
      const seen: string[] = [];
      const firsts: string[] = [];
      let after: string | undefined;
      do {
        const { data } = await list({ first: 150, after, orderBy });
        seen.push(...(data?.enterprises.nodes ?? []).map(({ uscc }) => uscc));
        firsts.push(data?.enterprises.pageInfo.startCursor ?? '');
        after = data?.enterprises.pageInfo.hasNextPage ? data.enterprises.pageInfo.endCursor : undefined;
      } while (after !== undefined);
      expect(seen).toHaveLength(hub.city.enterprises.length);
      expect(new Set(seen).size).toBe(seen.length);
      const { data: back } = await list({ last: 150, before: firsts[1], orderBy });
      expect(back?.enterprises.nodes.map(({ uscc }) => uscc)).toEqual(seen.slice(0, 150));
      expect(back?.enterprises.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
    }
  });

  it('counts and lists what the filter asks for', async () => {
    const expected = hub.city.enterprises.filter(
      ({ scale, industry, regionCode }) =>
        (scale === 'LARGE' || scale === 'MEDIUM') && industry.code.startsWith('C') && regionCode.startsWith('4212'),
    );
    const { data, errors } = await list({
      filter: { scale: ['LARGE', 'MEDIUM'], industry: ['C'], region: ['421200'] },
      first: 200,
    });
    expect(errors).toBeUndefined();
    expect(data?.enterprises.totalCount).toBe(expected.length);
    expect(data?.enterprises.nodes.map(({ uscc }) => uscc)).toEqual(expected.map(({ uscc }) => uscc).sort());
  });

  it('lets nobody filter by what they may not read', async () => {
    const query = '{ enterprises(filter: { scale: [LARGE] }) { totalCount } }';
    expect((await hub.ask(query)).errors?.[0]).toMatchObject({
      message: expect.stringContaining('filter.scale') as unknown,
      extensions: { code: 'UNAUTHENTICATED' },
    });
    expect(
      (await hub.ask(query, { actor: enterprise(hub.city.enterprises[0]?.uscc ?? '') })).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect((await hub.ask('{ enterprises(filter: { industry: ["C"] }) { totalCount } }')).errors).toBeUndefined();
  });

  it.each([
    [{ first: 201 }, 'first is 201', ['first']],
    [{ first: -1 }, 'cannot be negative', ['first']],
    [{ first: 5, last: 5 }, 'not for both', ['last']],
    [{ after: 'AAAA' }, 'not a cursor of this list', ['after']],
    [{ after: Buffer.from('[1').toString('base64url') }, 'not a cursor of this list', ['after']],
    [{ filter: { industry: ['13'] } }, '"13" is not a section letter', ['filter', 'industry']],
    [{ filter: { region: ['咸宁'] } }, '"咸宁" is not six digits', ['filter', 'region']],
  ])('refuses %j and says why', async (variables, words, path) => {
    const { errors } = await list(variables);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(words) as unknown,
      extensions: { code: 'BAD_USER_INPUT', argumentPath: path },
    });
  });

  it('refuses a cursor of another query', async () => {
    const { data } = await list({ first: 1, filter: { industry: ['C'] } });
    const { errors } = await list({ first: 1, after: data?.enterprises.pageInfo.endCursor });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('refuses an unknown enumeration value by name', async () => {
    const { errors } = await list({ filter: { scale: ['HUGE'] } });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('HUGE') as unknown,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
