import type { Actor } from '@zhitong/kit';
import { importPolicies } from '../../../subgraphs/policies/src/usecases/import-policies.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig } from '../support/grant-rig.js';
import {
  enterprise,
  officer,
  plainPolicy,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
let now = new Date('2026-11-20T04:00:00Z');
let keys = 0;
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(() => void (now = new Date('2026-11-20T04:00:00Z')));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

interface Answer {
  version?: { version: number; state: string; withdrawal: unknown; factsWithoutSource: { name: string }[] } | null;
  grantsUnderWay?: number | null;
  policy?: { version: number } | null;
  refusal?: { code: string; path: string[] } | null;
}
const mutate = async (field: string, type: string, fields: string, input: object, actor = officer): Promise<Answer> => {
  const { data } = await policies.ask<Record<string, Answer | null>>(
    `mutation ($input: ${type}!) { ${field}(input: $input) { ${fields} refusal { code path } } }`,
    { variables: { input: { idempotencyKey: `withdrawal-${String((keys += 1))}`, ...input } }, actor },
  );
  return data?.[field] ?? {};
};
const withdraw = async (version = 1, actor: Actor = officer) =>
  mutate(
    'withdrawPolicy',
    'WithdrawPolicyInput',
    'version { version state withdrawal { reason } } grantsUnderWay',
    { policy: 'staff', version, reason: '依据文件已废止' },
    actor,
  );
const save = async (content: object) =>
  mutate('savePolicyDraft', 'SavePolicyDraftInput', 'version { version factsWithoutSource { name } }', {
    content: { ...plainPolicy, ...content },
  });
const publish = async (version: number, endPrevious = false) =>
  mutate('publishPolicy', 'PublishPolicyInput', 'policy { version }', { policy: 'staff', version, endPrevious });
const shown = async () =>
  (
    await policies.ask<{ policy: unknown; policies: { totalCount: number } }>(
      '{ policy(id: "staff") { id } policies { totalCount } }',
    )
  ).data;

describe('a published policy that is taken back', () => {
  const granted = async (): Promise<string> => {
    await policies.publish({ id: 'staff' });
    await policies.know({ [usccOf(1)]: { employees: 10 } });
    await matchAll(policies.department);
    await rig.identify();
    const [id = ''] = await rig.publicise();
    return id;
  };

  it('is shown, matched and granted no more, and its grants wait for a decision', async () => {
    const id = await granted();
    const moves = async (actor: Actor | null) =>
      (await policies.ask<{ policy: unknown }>('{ policy(id: "staff") { legalMoves } }', { actor })).data?.policy;
    expect(await Promise.all([officer, { ...officer, department: 'KJJ' }, null].map(moves))).toEqual([
      { legalMoves: ['CHANGE', 'WITHDRAW'] },
      { legalMoves: [] },
      { legalMoves: [] },
    ]);
    expect(await withdraw()).toEqual({
      version: { version: 1, state: 'WITHDRAWN', withdrawal: { reason: '依据文件已废止' } },
      grantsUnderWay: 1,
      refusal: null,
    });
    expect(await shown()).toEqual({ policy: null, policies: { totalCount: 0 } });
    await matchAll(policies.department);
    expect(await policies.department.stores.matches.countEligible('staff', [])).toBe(0);
    expect((await rig.identify()).kind).toBe('refused');
    now = new Date('2026-12-01T04:00:00Z');
    await rig.move([id], 'APPROVE');
    expect((await rig.ofEnterprise(1)).suspension?.doubts).toEqual([{ code: 'POLICY_NOT_IN_FORCE', detail: '' }]);
    const decides = async (actor: Actor) =>
      (
        await policies.ask<{ grants: { nodes: { suspension: { legalMoves: string[] } }[] } }>(
          '{ grants { nodes { suspension { legalMoves } } } }',
          { actor },
        )
      ).data?.grants.nodes[0]?.suspension.legalMoves;
    expect(await Promise.all([officer, enterprise(usccOf(1))].map(decides))).toEqual([['DECIDE'], []]);
    const { data } = await policies.ask('{ grants { nodes { policy { title isOpen } } } }', { actor: officer });
    expect(data?.['grants']).toEqual({ nodes: [{ policy: { title: plainPolicy.title_zh, isOpen: false } }] });
    const sent = await policies.database.connection
      .collection('outbox')
      .countDocuments({ 'event.type': 'cn.zhitong.policy.withdrawn', 'event.subject': 'staff' });
    expect(sent).toBe(1);
  });

  it('is taken back once, by its department, and a new version can be published in its place', async () => {
    await policies.publish({ id: 'staff' });
    expect((await withdraw(1, { ...officer, department: 'KJJ' })).refusal).toMatchObject({ code: 'INVALID' });
    expect((await withdraw(2)).refusal).toMatchObject({ code: 'INVALID' });
    await withdraw();
    expect((await withdraw()).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    expect((await save({ id: 'staff' })).version?.version).toBe(2);
    expect((await publish(2)).policy).toEqual({ version: 2 });
    expect(await shown()).toMatchObject({ policy: { id: 'staff' } });
  });
});

it('a version that begins today gives its place to another, taken back or not', async () => {
  await policies.publish({ id: 'staff', valid_to: '2026-11-30' });
  await policies.publish({ id: 'staff', valid_from: '2026-12-01' });
  now = new Date('2026-12-01T04:00:00Z');
  await save({ id: 'staff', valid_from: '2026-12-01', publicity_days: 7 });
  expect((await publish(3, true)).policy).toEqual({ version: 3 });
  await withdraw(3);
  await save({ id: 'staff', valid_from: '2026-12-01', publicity_days: 9 });
  expect((await publish(4, true)).policy).toEqual({ version: 4 });
  const versions = await policies.department.stores.versions.versions('staff');
  expect(versions.map(({ version, state }) => [version, state])).toEqual([
    [4, 'PUBLISHED'],
    [3, 'WITHDRAWN'],
    [2, 'WITHDRAWN'],
    [1, 'PUBLISHED'],
  ]);
});

describe('a policy that excludes another', () => {
  it('names one that there is, as a draft and in a file', async () => {
    expect((await save({ id: 'staff', excludes: ['nobody'] })).refusal).toEqual({
      code: 'INVALID',
      path: ['content', 'excludes[0]'],
    });
    const { refused } = await importPolicies([{ ...plainPolicy, id: 'staff', excludes: ['nobody'] }], {
      ...policies.department,
      by: 'test',
    });
    expect(refused).toMatchObject([{ policy: 'staff', problems: [{ place: 'excludes[0]', code: 'UNKNOWN_POLICY' }] }]);
    expect(await policies.department.stores.versions.versions('staff')).toEqual([]);
  });

  it('may stand in a file before it', async () => {
    await policies.publish({ id: 'staff', excludes: ['other'] }, { id: 'other', excludes: ['staff'] });
    expect((await save({ id: 'third', excludes: ['staff'] })).refusal).toBeNull();
  });
});

it('who saves a policy that asks for what nobody reports is told so', async () => {
  const asks = (fact: string, more = {}) => ({
    criteria: [{ fact, op: 'eq', value: fact === 'employees' ? 10 : true, text_zh: '条件', ...more }],
  });
  const sourceless = async (id: string, content: Record<string, unknown>) =>
    (await save({ id, ...content })).version?.factsWithoutSource;
  expect(await sourceless('prior', asks('priorAwardSamePolicy'))).toEqual([]);
  expect(await sourceless('review', asks('creditReviewPassed'))).toEqual([]);
  expect(await sourceless('lately', asks('employees', { year: 2023 }))).toEqual([]);
  expect(await sourceless('long-ago', asks('employees', { year: 2022 }))).toEqual([{ name: 'employees@2022' }]);
  const formula = { benefit: { kind: 'cash', formula: 'employees@2022 + employees@PREVIOUS' } };
  expect(await sourceless('long-ago-amount', formula)).toEqual([{ name: 'employees@2022' }]);
});
