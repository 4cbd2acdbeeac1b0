import { officer, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';
import { toldRegister } from '../../support/told-register.js';

const register = toldRegister();
let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url, undefined, register.source);
  await policies.publish(
    { id: 'exempt' },
    { id: 'asked', exempt_from_application: false, title_zh: '稳岗奖励' },
    {
      id: 'pledged',
      exempt_from_application: false,
      title_zh: '研发奖励',
      criteria: [{ fact: 'rdExpenseYuan', op: 'gte', value: 1, text_zh: '有研发费用' }],
    },
  );
});
afterAll(async () => policies.close());

const QUERY = `query ($representations: [_Any!]!, $asOf: Date) { _entities(representations: $representations) { ... on Enterprise {
  matchedPolicies(asOf: $asOf, filter: { outcomes: [ELIGIBLE, UNDETERMINED, NOT_ELIGIBLE] }) { nodes { policy { id } application { pledge pledgedFacts { name } } } } } } }`;
const CLEAN = { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: false };

interface Matched {
  _entities: {
    matchedPolicies: {
      nodes: { policy: { id: string }; application: { pledge: string; pledgedFacts: object[] } | null }[];
    };
  }[];
}

/** The applications that are open to an enterprise, by policy. */
async function open(values: Record<string, unknown>, creditStanding: object | null = CLEAN) {
  const uscc = usccOf(1);
  const representation = { __typename: 'Enterprise', uscc, factsVersion: register.tell(1, values), creditStanding };
  const { data, errors } = await policies.ask<Matched>(QUERY, {
    variables: { representations: [representation] },
    actor: officer,
  });
  expect(errors).toBeUndefined();
  const nodes = data?._entities[0]?.matchedPolicies.nodes ?? [];
  return Object.fromEntries(nodes.map(({ policy, application }) => [policy.id, application]));
}

describe('PolicyMatch.application', () => {
  it('is the pledge to sign where one may apply, with the facts that it stands in for', async () => {
    const { asked, exempt, pledged } = await open({ employees: 12 });
    expect(exempt).toBeNull();
    expect(asked).toEqual({
      pledge:
        '本企业申请《稳岗奖励》,承诺所填信息真实,符合全部申报条件,并接受事后核查;如有不实,愿退回资金,并同意记入信用记录。',
      pledgedFacts: [],
    });
    expect(pledged?.pledge).toContain('尚无部门记录的事项(');
    expect(pledged?.pledgedFacts).toEqual([{ name: 'rdExpenseYuan' }]);
  });

  it('is not there where the facts refuse, or where the standing is bad or not known', async () => {
    expect((await open({ employees: 1 }))['asked']).toBeNull();
    expect((await open({ employees: 12 }, { ...CLEAN, hasOpenDishonestyRecord: true }))['asked']).toBeNull();
    expect((await open({ employees: 12 }, null))['asked']).toBeNull();
  });
});
