import { existsSync } from 'node:fs';
import { inTransaction } from '@zhitong/kit/mongo';
import { writePolicy } from '../../../subgraphs/policies/src/domain/format/import-format.js';
import type { FactValue } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { explainMatch } from '../../../subgraphs/policies/src/usecases/explain-match.js';
import { grantRig } from '../support/grant-rig.js';
import {
  auditor,
  coordinator,
  enterprise,
  fromGraph,
  NOW,
  plainPolicy,
  policiesUnderTest,
  usccOf,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

/**
 * Whatever a policy states is honoured by every path that hands something out under it. Each field is stated so that
 * the first enterprise is within it and the second is not (or that nobody is); each path says whom it lets have the
 * benefit; every pair of them is a test.
 */
const WITHIN = 1;
const OUTSIDE = 2;
const LAST_YEAR = '2025';
const CHIBI = '421281';

interface Stated {
  readonly policy: Readonly<Record<string, unknown>>;
  readonly within?: Readonly<Record<string, FactValue>>;
  readonly outside?: Readonly<Record<string, FactValue>>;
  /** What must have happened before. */
  readonly before?: () => Promise<void>;
  readonly mayHave: readonly number[];
  /** Paths that the field has no say in, and why. */
  readonly not?: Readonly<Partial<Record<PathName, string>>>;
}

const credit = { dishonestyRecord: false, hasUnfulfilledJudgment: false };
const ON_GRANT = 'a grant that was made while the policy was open, or before the budget was cut, stands';
const DRAFT_ASKED = 'a preview asks what a draft would do, whenever it applies';

const FIELDS: Readonly<Record<string, Stated>> = {
  criteria: {
    policy: { criteria: [{ fact: 'employees', op: 'gte', value: 30, text_zh: '不少于30人' }] },
    within: { employees: 30 },
    outside: { employees: 29 },
    mayHave: [WITHIN],
  },
  'criteria, of one item of several': {
    policy: {
      criteria: [{ fact: 'loans', op: 'has', value: [{ attribute: 'principalYuan', op: 'gte', value: 100 }] }],
    },
    within: { loans: [{ principalYuan: 1 }, { principalYuan: 100 }] },
    outside: { loans: [{ principalYuan: 99 }] },
    mayHave: [WITHIN],
  },
  'region, a county': {
    policy: { region: { code: CHIBI, name: '赤壁市' } },
    within: { registeredRegion: CHIBI },
    outside: { registeredRegion: '421202' },
    mayHave: [WITHIN],
  },
  'region, a city': {
    policy: { region: { code: '421200', name: '咸宁市' } },
    within: { registeredRegion: CHIBI },
    outside: { registeredRegion: '420106' },
    mayHave: [WITHIN],
  },
  'region, the whole country': {
    policy: { region: { code: 'CN', name: '全国' } },
    within: { registeredRegion: CHIBI },
    outside: { registeredRegion: '110101' },
    mayHave: [WITHIN, OUTSIDE],
  },
  'region, of an enterprise whose region is not known': {
    policy: { region: { code: CHIBI, name: '赤壁市' } },
    within: { registeredRegion: CHIBI },
    outside: {},
    mayHave: [WITHIN],
    not: { apply: 'an applicant pledges what no department has recorded' },
  },
  'window, over': {
    policy: { valid_from: '2026-01-01', valid_to: '2026-11-19' },
    mayHave: [],
    not: { preview: DRAFT_ASKED, explain: DRAFT_ASKED, notify: ON_GRANT, approve: ON_GRANT, pay: ON_GRANT },
  },
  'window, to come': {
    policy: { valid_from: '2026-12-31' },
    mayHave: [],
    not: { preview: DRAFT_ASKED, explain: DRAFT_ASKED },
  },
  'stage, a draft for comment': {
    policy: { status: 'draft' },
    mayHave: [],
    not: { preview: DRAFT_ASKED, explain: DRAFT_ASKED },
  },
  excludes: {
    policy: { excludes: ['other'] },
    before: async () => {
      await policies.publish({ id: 'other' });
      await matchAll(policies.department);
      await grants.identify('other');
      const taken = (await grants.all()).filter(
        ({ uscc, policyId }) => policyId === 'other' && uscc === usccOf(WITHIN),
      );
      await grants.move(
        taken.map(({ id }) => id),
        'WITHDRAW',
      );
    },
    mayHave: [WITHIN],
    not: { explain: 'it explains the conditions' },
  },
  'grant_period, once': {
    policy: { grant_period: 'ONCE' },
    before: async () => hadLastYear(OUTSIDE, 100_000),
    mayHave: [WITHIN],
    not: { explain: 'it explains the conditions' },
  },
  'grant_period, every year': {
    policy: { grant_period: 'YEAR' },
    before: async () => hadLastYear(OUTSIDE, 100_000),
    mayHave: [WITHIN, OUTSIDE],
  },
  'nothing, and one is struck off the register': {
    policy: {},
    before: async () => registerSays({ isDeregistered: true }),
    mayHave: [WITHIN],
  },
  'nothing, and the licence of one was revoked': {
    policy: {},
    before: async () => registerSays({ isLicenceRevoked: true, isDeregistered: false }),
    mayHave: [WITHIN],
  },
  'benefit, of which the difference is paid': {
    policy: { grant_period: 'YEAR', benefit: { ...plainPolicy.benefit, top_up_difference: true } },
    before: async () => hadLastYear(OUTSIDE, 100_000),
    mayHave: [WITHIN],
  },
};

/** The fields of a policy file that the table above states. */
const HERE = ['criteria', 'region', 'valid_from', 'valid_to', 'status', 'excludes', 'grant_period'];
const WORDS = 'words that people read; nothing is decided by them';
/** The others, and where each is held. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  id: WORDS,
  title_zh: WORDS,
  title_en: WORDS,
  issuer: WORDS,
  source_url: WORDS,
  source_kind: WORDS,
  published: WORDS,
  notes: WORDS,
  legal_basis: WORDS,
  interpretation_zh: WORDS,
  adapted_from: WORDS,
  issuer_code: 'tests/policies/schema/write-rights.test.ts',
  exempt_from_application: 'tests/policies/schema/applications.test.ts',
  benefit: 'tests/policies/models/grants/grant-kinds.test.ts',
  budget_yuan: 'tests/policies/models/grants/grants.test.ts',
  publicity_days: 'tests/policies/schema/grants/public-notices.test.ts',
};

const PATHS = {
  /** The matches of the enterprise itself. */
  matchedPolicies: async () => {
    const having = [];
    for (const number of [WITHIN, OUTSIDE]) {
      const { data } = await policies.ask<{
        _entities: { matchedPolicies: { nodes: { policy: { id: string } }[] } }[];
      }>(
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise { matchedPolicies(first: 10) { nodes { policy { id } } } } } }',
        { variables: { r: [{ __typename: 'Enterprise', uscc: usccOf(number) }] }, actor: enterprise(usccOf(number)) },
      );
      if (data?._entities[0]?.matchedPolicies.nodes.some(isOffered)) having.push(number);
    }
    return having;
  },
  /** The list of the policy's enterprises. */
  eligibleEnterprises: async () => {
    const { data } = await policies.ask<{ policy: { eligibleEnterprises: { nodes: { uscc: string }[] } } }>(
      '{ policy(id: "staff") { eligibleEnterprises(first: 10) { nodes { uscc } } } }',
      { actor: auditor },
    );
    return numbersOf(data?.policy.eligibleEnterprises.nodes.map(({ uscc }) => uscc) ?? []);
  },
  /** Who would have a draft that says what the policy says: those that gain against a version that gives nothing. */
  preview: async () => {
    const { data } = await policies.ask<{ previewPolicy: { eligible: number; cost: { amount: string } } }>(
      'query ($input: PreviewPolicyInput!) { previewPolicy(input: $input) { eligible cost { amount } } }',
      { variables: { input: { policy: 'staff' } }, actor: coordinator },
    );
    const { eligible, cost } = data?.previewPolicy ?? { eligible: -1, cost: { amount: '' } };
    const paid = Number(cost.amount) / 1000;
    // Nobody is counted who is not eligible, or has nothing of it.
    expect(eligible).toBe(paid);
    return paid === 1 ? [WITHIN] : paid === 2 ? [WITHIN, OUTSIDE] : [];
  },
  explain: async () => {
    const having = [];
    for (const number of [WITHIN, OUTSIDE]) {
      const lines = await explainMatch(policies.department, usccOf(number), 'staff');
      if (Array.isArray(lines) && lines[0]?.endsWith(': ELIGIBLE')) having.push(number);
    }
    return having;
  },
  identify: async () => {
    await grants.identify();
    const made = (await grants.all()).filter(({ policyId, period }) => policyId === 'staff' && period !== LAST_YEAR);
    return numbersOf(made.map(({ uscc }) => uscc));
  },
  apply: async () => {
    const having = [];
    for (const number of [WITHIN, OUTSIDE]) {
      const { data } = await policies.ask<{ applyWithPledge: { grant: { id: string } | null } | null }>(
        'mutation ($input: ApplyWithPledgeInput!) { applyWithPledge(input: $input) { grant { id } refusal { message } } }',
        {
          variables: {
            input: {
              policy: 'staff',
              signatory: '张三',
              pledgeAccepted: true,
              holder: '企业',
              bank: '农商行',
              number: '6222021234567890',
              idempotencyKey: `application-${String((keys += 1))}`,
            },
          },
          actor: enterprise(usccOf(number)),
        },
      );
      if (data?.applyWithPledge?.grant) having.push(number);
    }
    return having;
  },
  notify: async () => pastStep('NOTIFY'),
  approve: async () => pastStep('APPROVE'),
  pay: async () => pastStep('PAY'),
} as const satisfies Readonly<Record<string, () => Promise<number[]>>>;
type PathName = keyof typeof PATHS;
/** Paths on which grants are there, made before the policy stated the field: of those it says who goes on. */
const STEPS: ReadonlySet<PathName> = new Set(['notify', 'approve', 'pay']);

/** Whose grant is not stopped at a step, when the policy states the field only after the step before. */
async function pastStep(step: 'NOTIFY' | 'APPROVE' | 'PAY'): Promise<number[]> {
  const staff = (await grants.all()).filter(({ policyId }) => policyId === 'staff');
  await grants.move(
    staff.map(({ id }) => id),
    step,
  );
  const { NOTIFY, APPROVE, PAY } = { NOTIFY: 'NOTIFIED', APPROVE: 'APPROVED', PAY: 'PAYING' };
  const done = { NOTIFY, APPROVE, PAY }[step];
  return numbersOf(
    (await grants.all()).flatMap(({ uscc, policyId, status }) =>
      policyId === 'staff' && status === done ? [uscc] : [],
    ),
  );
}

let policies: PoliciesUnderTest;
let now = NOW;
let keys = 0;
let told: Record<string, Readonly<Record<string, FactValue>>> = {};
const grants = grantRig(
  () => policies,
  () => now,
);
const numbersOf = (usccs: readonly string[]): number[] =>
  [WITHIN, OUTSIDE].filter((number) => usccs.includes(usccOf(number)));

beforeAll(async () => {
  policies = await policiesUnderTest(
    import.meta.url,
    { now: () => now },
    { enterprise: async (uscc) => Promise.resolve(fromGraph(uscc, { ...told[uscc], ...credit })) },
  );
});
afterEach(async () => {
  now = NOW;
  await policies.reset();
});
afterAll(async () => policies.close());

/** Makes the grants under a policy that states nothing, and brings them to where the step is possible. */
async function grantsBefore(path: PathName): Promise<void> {
  await policies.publish({ id: 'staff' });
  await matchAll(policies.department);
  await grants.identify('staff');
  if (path === 'notify') return;
  await grants.publicise();
  now = new Date('2026-12-10T04:00:00Z');
  if (path === 'pay')
    await grants.move(
      (await grants.all()).map(({ id }) => id),
      'APPROVE',
    );
  now = NOW;
}

/** Whether a match offers the policy, and not another one. */
const isOffered = ({ policy }: { policy: { id: string } }): boolean => policy.id === 'staff';

/** The register tells something of the second enterprise. */
async function registerSays(facts: Readonly<Record<string, FactValue>>): Promise<void> {
  told = { ...told, [usccOf(OUTSIDE)]: { ...told[usccOf(OUTSIDE)], ...facts } };
  await policies.know(told);
}

/** A grant of the policy that was made and paid in the year before. */
async function hadLastYear(number: number, fen: number): Promise<void> {
  const at = new Date(`${LAST_YEAR}-06-01T04:00:00Z`);
  const grant = {
    ...{
      id: 'G-had',
      policyId: 'staff',
      policyVersion: 1,
      department: 'RSJ',
      uscc: usccOf(number),
      regionCode: '421202',
    },
    ...{ period: LAST_YEAR, amountFen: fen, paidFen: fen, instalmentsFen: [fen], settled: 1, returned: [] },
    ...{ accountInDoubt: false, publicityDays: 7, publicUntil: null, reserved: true, suspension: null, account: null },
    ...({ status: 'CLOSED', version: 1, identifiedAt: at, updatedAt: at } as const),
  };
  await inTransaction(policies.database.connection, async (session) =>
    policies.department.stores.grants.putHistory([grant], [], session),
  );
}

/** Puts what the policy states in place of what it said, as a version that was always there. */
async function state(policy: Readonly<Record<string, unknown>>): Promise<void> {
  await policies.database.connection.collection('policyVersions').deleteMany({ policyId: 'staff' });
  await policies.publish({ id: 'staff', ...policy });
}

const TABLE = Object.entries(FIELDS).flatMap(([field, stated]) =>
  (Object.keys(PATHS) as PathName[])
    .filter((path) => stated.not?.[path] === undefined)
    .map((path) => [field, path, stated] as const),
);

it.each(TABLE)('%s: honoured by %s', async (_field, path, { policy, within = {}, outside = {}, before, mayHave }) => {
  const base = { employees: 30 };
  told = { [usccOf(WITHIN)]: { ...base, ...within }, [usccOf(OUTSIDE)]: { ...base, ...outside } };
  await policies.know(told);
  if (STEPS.has(path)) await grantsBefore(path);
  await before?.();
  await state({ ...policy, ...(path === 'apply' ? { exempt_from_application: false } : {}) });
  await matchAll(policies.department);
  if (path === 'approve' || path === 'pay') now = new Date('2026-12-10T04:00:00Z');
  expect(await PATHS[path]()).toEqual(mayHave);
});

it('every field that a policy file can state is in the table, or is held elsewhere', async () => {
  const stated = {
    ...{ id: 'full', title_en: 'Full', source_url: 'https://example.cn/1', published: '2026-01-01', notes: '注' },
    ...{ legal_basis: '依据', interpretation_zh: '解读', budget_yuan: 1, grant_period: 'YEAR', publicity_days: 7 },
    ...{ excludes: ['other'], valid_from: '2026-01-01', valid_to: '2026-12-31', region: { code: 'CN', name: '全国' } },
    adapted_from: { issuer: '某市', region: { code: null, name: '' }, valid_from: null, valid_to: null, note: '改编' },
  };
  await policies.publish({ id: 'other' }, stated);
  const { content } = policies.department.shelf.byId('full') ?? {};
  if (content === undefined) throw new Error('the policy is not there');
  expect(Object.keys(writePolicy(content)).sort()).toEqual([...HERE, ...Object.keys(ELSEWHERE)].sort());
  for (const where of Object.values(ELSEWHERE))
    if (where !== WORDS) expect([where, existsSync(where)]).toEqual([where, true]);
});

it('is refused when the region and the criteria admit nobody together', async () => {
  const { data } = await policies.ask<{ savePolicyDraft: { refusal: { message: string } | null } }>(
    'mutation ($input: SavePolicyDraftInput!) { savePolicyDraft(input: $input) { refusal { message } } }',
    {
      variables: {
        input: {
          content: {
            ...plainPolicy,
            id: 'nowhere',
            region: { code: CHIBI, name: '赤壁市' },
            criteria: [{ fact: 'registeredRegion', op: 'under', value: '421202', text_zh: '在咸安区注册' }],
          },
          idempotencyKey: 'nowhere-1',
        },
      },
      actor: { sub: 'officer', roles: ['OFFICER'], department: 'RSJ' },
    },
  );
  expect(data?.savePolicyDraft.refusal?.message).toContain('No enterprise can meet all of these criteria together');
});
