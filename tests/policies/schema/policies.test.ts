import type { Actor } from '@zhitong/kit';
import type { TestAnswer } from '@zhitong/kit/testing';
import {
  auditor,
  enterprise,
  officer,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';

const someFacts = (number: number): Record<string, number | string> =>
  number % 3 === 0 ? {} : { employees: number, registeredRegion: '421202' };

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  await policies.publish(
    { id: 'staff', title_zh: '一次性扩岗补助', valid_to: '2026-12-20', region: { code: '421200', name: '咸宁市' } },
    {
      id: 'honour',
      title_zh: '高新技术企业奖励',
      exempt_from_application: false,
      issuer_code: 'KJJ',
      criteria: [
        {
          anyOf: [
            { fact: 'honours', op: 'contains', value: '高新技术企业' },
            { fact: 'industryCode', op: 'startsWith', value: 'C' },
          ],
          text_zh: '高新技术企业或制造业',
        },
      ],
      benefit: { kind: 'subsidy', amount_yuan: null },
    },
    {
      id: 'chibi',
      title_zh: '赤壁饭店奖励',
      region: { code: '421281', name: '赤壁市' },
      valid_to: '2026-11-25',
      adapted_from: {
        issuer: '外地',
        region: { code: '411200', name: '三门峡市' },
        valid_from: null,
        valid_to: '2025-12-31',
        note: '改到本市',
      },
    },
  );
  await policies.know(
    Object.fromEntries(Array.from({ length: 30 }, (_, number) => [usccOf(number), someFacts(number)])),
  );
  await matchAll(policies.department);
});
afterAll(async () => policies.close());

interface Listed {
  policies: { totalCount: number; nodes: { id: string }[] };
}
async function listed(args: string): Promise<string[]> {
  const { data, errors } = await policies.ask<Listed>(`{ policies(${args}) { totalCount nodes { id } } }`);
  expect(errors).toBeUndefined();
  expect(data?.policies.totalCount).toBe(data?.policies.nodes.length);
  return data?.policies.nodes.map(({ id }) => id) ?? [];
}

describe('policies', () => {
  it.each([
    ['filter: {}', ['chibi', 'staff', 'honour']],
    ['filter: { exemptFromApplication: false }', ['honour']],
    ['filter: { closingWithinDays: 5 }', ['chibi']],
    ['filter: { benefitKinds: [SUBSIDY] }', ['honour']],
    ['filter: { issuers: ["KJJ"] }', ['honour']],
    ['filter: { honour: "高新技术企业" }', ['honour']],
    ['filter: { region: "421202" }', ['staff', 'honour']],
    ['filter: { region: "421281" }', ['chibi', 'staff', 'honour']],
    ['filter: { industry: "F51" }', ['chibi', 'staff']],
    ['text: "扩岗"', ['staff']],
  ])('%s finds %j, closing first, to an anonymous caller too', async (args, expected) => {
    expect(await listed(args)).toEqual(expected);
  });

  it.each([
    ['filter: { closingWithinDays: 400 }', ['filter', 'closingWithinDays']],
    ['filter: { region: "xianning" }', ['filter', 'region']],
    ['first: 201', ['first']],
    [`text: "${'长'.repeat(101)}"`, ['text']],
  ])('%.40s is refused', async (args, path) => {
    const { errors } = await policies.ask(`{ policies(${args}) { totalCount } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: path });
  });
});

describe('policy', () => {
  it('shows the criteria as a tree and what was adapted', async () => {
    const { data } =
      await policies.ask(`{ honour: policy(id: "honour") { version issuer { code } criteria { text fact operator value criteria { fact operator value source } } benefit { kind amount { amount } } }
      chibi: policy(id: "chibi") { isOpen adaptation { originalRegion { code name } originalValidTo note } } nothing: policy(id: "nothing") { id } }`);
    expect(data).toMatchObject({
      honour: {
        version: 1,
        issuer: { code: 'KJJ' },
        benefit: { kind: 'SUBSIDY', amount: null },
        criteria: [
          {
            text: '高新技术企业或制造业',
            fact: null,
            operator: 'ANY',
            value: null,
            criteria: [
              { fact: 'honours', operator: 'CONTAINS', value: '高新技术企业' },
              { fact: 'industryCode', operator: 'STARTS_WITH', value: 'C' },
            ],
          },
        ],
      },
      chibi: {
        isOpen: true,
        adaptation: {
          originalRegion: { code: '411200', name: '三门峡市' },
          originalValidTo: '2025-12-31',
          note: '改到本市',
        },
      },
      nothing: null,
    });
  });

  it('is an entity that other departments refer to', async () => {
    const { data } = await policies.ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Policy { title } ... on Department { policies { totalCount nodes { id } } } } }',
      {
        variables: {
          r: [
            { __typename: 'Policy', id: 'staff' },
            { __typename: 'Policy', id: 'nothing' },
            { __typename: 'Department', code: 'RSJ' },
          ],
        },
      },
    );
    expect(data?.['_entities']).toEqual([
      { title: '一次性扩岗补助' },
      null,
      { policies: { totalCount: 2, nodes: [{ id: 'chibi' }, { id: 'staff' }] } },
    ]);
  });
});

describe('Policy.eligibleEnterprises', () => {
  const WHO =
    'query ($after: String) { policy(id: "staff") { matchCounts { eligible undetermined matched } eligibleEnterprises(first: 8, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { uscc } } } }';
  interface Who {
    policy: {
      matchCounts: unknown;
      eligibleEnterprises: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        nodes: { uscc: string }[];
      };
    };
  }

  it('gives page after page of the stored results, each enterprise once', async () => {
    const found: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { data }: TestAnswer<Who> = await policies.ask<Who>(WHO, { variables: { after }, actor: officer });
      const page: Who['policy']['eligibleEnterprises'] | undefined = data?.policy.eligibleEnterprises;
      expect(page?.totalCount).toBe(14);
      expect(data?.policy.matchCounts).toEqual({ eligible: 14, undetermined: 10, matched: 30 });
      found.push(...(page?.nodes ?? []).map(({ uscc }) => uscc));
      after = page?.pageInfo.endCursor ?? null;
      more = page?.pageInfo.hasNextPage ?? false;
    }
    expect(found).toEqual(
      Array.from({ length: 30 }, (_, number) => number)
        .filter((number) => number >= 10 && number % 3 !== 0)
        .map(usccOf),
    );
  });

  it('shows the public no count that stands for one to four', async () => {
    const counts = async (actor: Actor | null): Promise<unknown> =>
      (await policies.ask<Who>('{ policy(id: "staff") { matchCounts { eligible undetermined matched } } }', { actor }))
        .data?.policy.matchCounts;
    expect(await counts(null)).toEqual({ eligible: 14, undetermined: 10, matched: 30 });
    const matches = policies.database.connection.collection<{ uscc: string; eligible: string[] }>('enterpriseMatches');
    const others = (await matches.find({ eligible: 'staff' }).sort({ uscc: 1 }).skip(4).toArray()).map(
      ({ uscc }) => uscc,
    );
    await matches.updateMany({ uscc: { $in: others } }, { $pull: { eligible: 'staff' } });
    try {
      expect(await counts(officer)).toEqual({ eligible: 4, undetermined: 10, matched: 30 });
      // The table that was published stands on this day; only a newer one could hold them.
      expect(await counts(null)).toEqual({ eligible: 14, undetermined: 10, matched: 30 });
      await policies.database.connection.collection('publishedFigures').deleteMany({});
      expect(await counts(null)).toEqual({ eligible: null, undetermined: 10, matched: 30 });
    } finally {
      await matches.updateMany({ uscc: { $in: others } }, { $push: { eligible: 'staff' } });
    }
  });

  it('uses the index', async () => {
    const plan = await policies.database.connection
      .collection('enterpriseMatches')
      .find({ eligible: 'staff' }, { projection: { _id: 0, uscc: 1 } })
      .sort({ uscc: 1 })
      .limit(9)
      .explain('executionStats');
    expect(plan['executionStats']).toMatchObject({ nReturned: 9, totalKeysExamined: 9 });
  });

  it.each([
    [null, 'UNAUTHENTICATED'],
    [enterprise(usccOf(1)), 'FORBIDDEN'],
  ])('is not for everybody (%#)', async (actor, code) => {
    const { errors } = await policies.ask(WHO, { actor });
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });
});

describe('previewPolicy', () => {
  const PREVIEW = `query ($input: PreviewPolicyInput!) { previewPolicy(input: $input) { enterprises eligible undetermined notEligible cost { amount } overBudget { amount }
    funnel { text before refused unknown after } missingFacts { fact { name } enterprises } byIndustry { key eligible } byDistrict { key eligible cost { amount } }
    comparison { version gaining losing costDifference { amount } losers { uscc } } } }`;
  const draft = {
    id: 'staff',
    title_zh: '一次性扩岗补助',
    issuer: '市人社局',
    issuer_code: 'RSJ',
    budget_yuan: 5000,
    criteria: [{ fact: 'employees', op: 'gte', value: 20, text_zh: '从业人数不少于20人' }],
    benefit: { kind: 'cash', amount_yuan: 1500 },
  };

  it('says who matches, what it costs, what cuts, what is missing, and who gains and loses', async () => {
    const { data, errors } = await policies.ask(PREVIEW, { variables: { input: { draft } }, actor: officer });
    expect(errors).toBeUndefined();
    expect(data?.['previewPolicy']).toMatchObject({
      enterprises: 30,
      eligible: 7,
      undetermined: 10,
      notEligible: 13,
      cost: { amount: '10500.00' },
      overBudget: { amount: '5500.00' },
      funnel: [{ text: '从业人数不少于20人', before: 30, refused: 13, unknown: 10, after: 17 }],
      missingFacts: [{ fact: { name: 'employees' }, enterprises: 10 }],
      byIndustry: [{ key: 'C', eligible: 7 }],
      byDistrict: [{ key: '421202', eligible: 7, cost: { amount: '10500.00' } }],
      comparison: {
        version: 1,
        gaining: 7,
        losing: 7,
        costDifference: { amount: '-3500.00' },
        losers: [10, 11, 13, 14, 16, 17, 19].map((number) => ({ uscc: usccOf(number) })),
      },
    });
  });

  it('shows a fact that has changed since the last preview', async () => {
    const eligible = async (): Promise<unknown> =>
      (await policies.ask(PREVIEW, { variables: { input: { draft } }, actor: officer })).data?.['previewPolicy'];
    expect(await eligible()).toMatchObject({ enterprises: 30, eligible: 7, undetermined: 10 });
    const [before] = await policies.department.stores.facts.byUscc([usccOf(1)]);
    await policies.know({ [usccOf(1)]: { employees: 20 } });
    expect(await eligible()).toMatchObject({
      enterprises: 30,
      eligible: 8,
      undetermined: 10,
      cost: { amount: '12000.00' },
    });
    if (before === undefined) throw new Error('There is no such enterprise.');
    await policies.know({ [usccOf(1)]: before.values });
    expect(await eligible()).toMatchObject({ eligible: 7 });
  });

  it('refuses a draft with every problem and its place', async () => {
    const { errors } = await policies.ask(PREVIEW, {
      variables: {
        input: {
          draft: {
            ...draft,
            valid_from: '2026-02-01',
            valid_to: '2026-01-01',
            criteria: [{ fact: 'madeUp', op: 'eq', value: 1 }],
          },
        },
      },
      actor: auditor,
    });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('criteria[0].fact') as unknown,
        extensions: { code: 'BAD_USER_INPUT', argumentPath: ['input', 'draft'] },
      },
    ]);
  });

  it('refuses a draft of another department', async () => {
    const { errors } = await policies.ask(PREVIEW, {
      variables: { input: { draft: { ...draft, issuer_code: 'KJJ' } } },
      actor: officer,
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});
