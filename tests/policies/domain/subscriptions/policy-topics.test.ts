import { policyDocument } from '../../../../subgraphs/policies/src/domain/search/policy-document.js';
import {
  honoursNamed,
  industriesNamed,
  refusesIndustry,
  regionsNamed,
  topicTest,
  touchedKeys,
} from '../../../../subgraphs/policies/src/domain/subscriptions/policy-topics.js';
import { readPolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import type { PolicyContent } from '../../../../subgraphs/policies/src/domain/policy/policy.js';
import { wordsTest } from '../../../../subgraphs/policies/src/domain/search/search-index.js';
import type { Topic } from '../../../../subgraphs/policies/src/domain/subscriptions/topic.js';
import { cutChinese } from '../../../../subgraphs/policies/src/memory/policy-search.js';
import { plainPolicy } from '../../support/policies-under-test.js';

function policyOf(change: Record<string, unknown>): PolicyContent {
  const { policy, problems } = readPolicy({ ...plainPolicy, ...change }, '2026-11-20');
  if (policy === null) throw new Error(JSON.stringify(problems));
  return policy;
}
const manufacturing = { fact: 'industryCode', op: 'startsWith', value: 'C', text_zh: '制造业' };
const hightech = { fact: 'honours', op: 'contains', value: '高新技术企业', text_zh: '高新技术企业' };

describe('what a policy names', () => {
  it('are codes and titles that it asks for, in groups and in rows of its benefit table too', () => {
    const policy = policyOf({
      criteria: [{ anyOf: [hightech, manufacturing] }],
      benefit: {
        kind: 'cash',
        text_zh: '奖励',
        tiers: [
          {
            when: [{ fact: 'honours', op: 'containsAny', value: ['瞪羚企业', '雏鹰企业'], text_zh: '' }],
            amount_yuan: 5,
          },
        ],
      },
    });
    expect(industriesNamed(policy)).toEqual(['C']);
    expect(honoursNamed(policy)).toEqual(['瞪羚企业', '雏鹰企业', '高新技术企业']);
  });

  it('are not those that it refuses, by a not or by the operator', () => {
    const policy = policyOf({
      criteria: [
        { not: { fact: 'industryCode', op: 'under', value: 'K70', text_zh: '' } },
        { fact: 'industryCode', op: 'nin', value: ['L71'], text_zh: '' },
        { not: hightech },
      ],
    });
    expect([industriesNamed(policy), honoursNamed(policy)]).toEqual([[], []]);
    expect([
      refusesIndustry(policy, 'K7010'),
      refusesIndustry(policy, 'L71'),
      refusesIndustry(policy, 'K'),
      refusesIndustry(policy, 'C13'),
    ]).toEqual([true, true, false, false]);
  });

  it('are those under two nots', () => {
    expect(industriesNamed(policyOf({ criteria: [{ not: { not: manufacturing } }] }))).toEqual(['C']);
  });

  it('is no refusal when the refused industry is one way of several', () => {
    expect(refusesIndustry(policyOf({ criteria: [{ anyOf: [{ not: manufacturing }, hightech] }] }), 'C13')).toBe(false);
  });

  it('is the place where registration is asked, else where it applies, and never the whole country', () => {
    const region = { code: '421200', name: '咸宁市' };
    expect(regionsNamed(policyOf({ region }))).toEqual(['421200']);
    expect(
      regionsNamed(
        policyOf({ region, criteria: [{ fact: 'registeredRegion', op: 'under', value: '421281', text_zh: '' }] }),
      ),
    ).toEqual(['421281']);
    expect(regionsNamed(policyOf({ region: { code: 'CN', name: '全国' } }))).toEqual([]);
  });
});

describe('a topic', () => {
  const policy = policyOf({
    title_zh: '制造业技术改造贷款贴息',
    region: { code: '421200', name: '咸宁市' },
    issuer_code: 'JXJ',
    criteria: [manufacturing, hightech],
    benefit: { kind: 'loan', text_zh: '按贷款利率贴息', amount_yuan: null },
  });
  const touches = topicTest(policy, wordsTest(policyDocument(policy), cutChinese));
  it.each<[Topic['kind'], string, boolean]>([
    ['INDUSTRY', 'C13', true],
    ['INDUSTRY', 'C', true],
    ['INDUSTRY', 'F51', false],
    ['DISTRICT', '421281', true],
    ['DISTRICT', '420000', true],
    ['DISTRICT', '421300', false],
    ['HONOUR', '高新技术企业', true],
    ['HONOUR', '瞪羚企业', false],
    ['BENEFIT', 'LOAN', true],
    ['BENEFIT', 'CASH', false],
    ['ISSUER', 'JXJ', true],
    ['ISSUER', 'RSJ', false],
    ['WORDS', '技改 贴息', false],
    ['WORDS', '技术改造 贴息', true],
    ['WORDS', '贴息', true],
    ['WORDS', '扩岗补助', false],
  ])('%s %s is touched: %s', (kind, value, expected) => {
    expect(touches({ kind, value })).toBe(expected);
  });

  it('of an industry is not touched by a policy that asks for none', () => {
    expect(touchedKeys(policyOf({ issuer_code: 'RSJ' }))).toEqual(['BENEFIT=CASH', 'ISSUER=RSJ']);
  });
});
