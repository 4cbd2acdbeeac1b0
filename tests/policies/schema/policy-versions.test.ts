import type { Actor } from '@zhitong/kit';
import {
  auditor,
  coordinator,
  officer,
  plainPolicy,
  policiesUnderTest,
  type PoliciesUnderTest,
} from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
const stranger: Actor = { sub: 'stranger', roles: ['OFFICER'], department: 'KJJ' };
let keys = 0;
const key = (): string => `version-key-${String((keys += 1))}`;

beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
beforeEach(async () => {
  await policies.publish({ id: 'staff', valid_from: '2026-01-01', valid_to: '2027-12-31' });
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

interface Saved {
  savePolicyDraft: {
    version: { version: number; state: string } | null;
    refusal: { code: string; path: string[]; details: { problems: { place: string; code: string }[] } | null } | null;
  } | null;
}
interface Published {
  publishPolicy: {
    policy: {
      id: string;
      version: number;
      title: string;
      validTo: string | null;
      versions: { version: number; state: string; effectiveTo: string | null }[];
    } | null;
    refusal: { code: string; details: unknown } | null;
  } | null;
}
const save = async (content: unknown, actor: Actor | null = officer, idempotencyKey = key()) =>
  policies.ask<Saved>(
    'mutation ($input: SavePolicyDraftInput!) { savePolicyDraft(input: $input) { version { version state } refusal { code path details } } }',
    { variables: { input: { content, idempotencyKey } }, actor },
  );
const publish = async (
  version: number,
  {
    endPrevious = false,
    actor = officer,
    policy = 'staff',
  }: { endPrevious?: boolean; actor?: Actor; policy?: string } = {},
) =>
  policies.ask<Published>(
    'mutation ($input: PublishPolicyInput!) { publishPolicy(input: $input) { policy { id version title validTo versions { version state effectiveTo } } refusal { code details } } }',
    {
      variables: { input: { policy, version, endPrevious, idempotencyKey: key() } },
      actor,
    },
  );

const changed = { ...plainPolicy, id: 'staff', title_zh: '新政策', valid_from: '2026-11-20', valid_to: '2028-12-31' };

describe('a draft', () => {
  it('is the next version, may be saved again, and is seen by its department only', async () => {
    expect((await save(changed)).data?.savePolicyDraft).toMatchObject({
      version: { version: 2, state: 'DRAFT' },
      refusal: null,
    });
    expect((await save({ ...changed, title_zh: '更新' })).data?.savePolicyDraft?.version?.version).toBe(2);
    const versions = async (actor: Actor) =>
      (
        await policies.ask<{ policyVersions: { version: number }[] }>(
          '{ policyVersions(policy: "staff") { version } }',
          { actor },
        )
      ).data?.policyVersions.map(({ version }) => version);
    expect([
      await versions(officer),
      await versions(stranger),
      await versions(coordinator),
      await versions(auditor),
    ]).toEqual([[2, 1], [1], [2, 1], [2, 1]]);
  });

  it('is refused with all its problems and their places', async () => {
    const { data } = await save({
      ...changed,
      valid_to: '2026-01-01',
      criteria: [
        { fact: 'scale', op: 'eq', value: 'large' },
        { fact: 'scale', op: 'eq', value: 'small' },
      ],
    });
    expect(data?.savePolicyDraft?.refusal).toMatchObject({
      code: 'INVALID',
      details: {
        problems: [
          { place: 'valid_to', code: 'BAD_WINDOW' },
          { place: 'criteria', code: 'CONTRADICTION' },
        ],
      },
    });
  });

  it('is for a region of the city or one that the city lies in, by an officer of a department that there is', async () => {
    const inRegion = async (code: string, actor = officer) =>
      save({ ...changed, region: { code, name: '某地' } }, actor);
    for (const code of ['110000', '421299'])
      expect((await inRegion(code)).data?.savePolicyDraft?.refusal).toMatchObject({
        code: 'INVALID',
        path: ['content', 'region', 'code'],
      });
    for (const code of ['421202', '420000', 'CN'])
      expect((await inRegion(code)).data?.savePolicyDraft?.refusal).toBeNull();
    const nobody = { ...officer, department: 'XYZ' };
    expect(
      (await save({ ...changed, id: 'invented', issuer_code: 'XYZ' }, nobody)).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('of a tree 100 deep is refused with the place, and one of 10,000 before it is read', async () => {
    const deep = (levels: number): unknown =>
      Array.from({ length: levels }).reduce<unknown>((inner) => ({ not: inner }), {
        fact: 'employees',
        op: 'gte',
        value: 1,
      });
    const { data } = await save({ ...changed, criteria: [deep(100)] });
    expect(data?.savePolicyDraft?.refusal?.details?.problems).toMatchObject([{ code: 'TOO_DEEP' }]);
    expect((await save({ ...changed, criteria: [deep(10_000)] })).errors).toMatchObject([
      { message: expect.stringContaining('nested too deeply') as unknown, extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('of another department is refused', async () => {
    expect((await save(changed, stranger)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await save({ ...changed, issuer_code: 'KJJ' }, stranger)).data?.savePolicyDraft?.refusal).toMatchObject({
      code: 'INVALID',
    });
    expect((await save(changed, null)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('saved twice with one key is saved once', async () => {
    const first = await save({ ...changed, id: 'fresh' }, officer, 'one-and-the-same');
    expect(await save({ ...changed, id: 'fresh' }, officer, 'one-and-the-same')).toEqual(first);
  });
});

describe('publishing', () => {
  it('refuses a window that overlaps, unless the version before may end the day before', async () => {
    await save(changed);
    expect((await publish(2)).data?.publishPolicy?.refusal).toMatchObject({
      code: 'CONFLICT',
      details: { overlapping: [1] },
    });
    const { data } = await publish(2, { endPrevious: true });
    expect(data?.publishPolicy).toMatchObject({
      policy: {
        version: 2,
        title: '新政策',
        validTo: '2028-12-31',
        versions: [
          { version: 2, state: 'PUBLISHED', effectiveTo: '2028-12-31' },
          { version: 1, state: 'PUBLISHED', effectiveTo: '2026-11-19' },
        ],
      },
      refusal: null,
    });
  });

  it('makes a version that never changes: what is saved next is another draft', async () => {
    await save(changed);
    await publish(2, { endPrevious: true });
    expect((await save({ ...changed, title_zh: '再改' })).data?.savePolicyDraft?.version).toEqual({
      version: 3,
      state: 'DRAFT',
    });
    expect((await publish(2)).data?.publishPolicy?.refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    expect(policies.department.shelf.byId('staff')?.content.title).toBe('新政策');
  });

  it('lets the next matching take the new version', async () => {
    await save({ ...changed, id: 'fresh', criteria: [{ fact: 'employees', op: 'gte', value: 5 }] });
    expect(policies.department.shelf.byId('fresh')).toBeNull();
    await publish(1, { policy: 'fresh' });
    expect(policies.department.shelf.matchableOn('2026-11-20').map(({ id }) => id)).toEqual(['fresh', 'staff']);
  });

  it('is for officers of the department', async () => {
    await save(changed);
    expect((await publish(2, { actor: stranger })).data?.publishPolicy?.refusal).toMatchObject({ code: 'INVALID' });
    expect((await publish(2, { actor: auditor })).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('Policy.changes', () => {
  it('shows two versions side by side', async () => {
    await save(changed);
    await publish(2, { endPrevious: true });
    const { data } = await policies.ask('{ policy(id: "staff") { changes(from: 1, to: 2) { place before after } } }');
    expect(data?.['policy']).toEqual({
      changes: [
        { place: 'title_zh', before: '测试政策', after: '新政策' },
        { place: 'valid_from', before: '2026-01-01', after: '2026-11-20' },
        { place: 'valid_to', before: '2027-12-31', after: '2028-12-31' },
      ],
    });
    const { errors } = await policies.ask('{ policy(id: "staff") { changes(from: 1, to: 9) { place } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argumentPath: ['to'] });
  });
});

describe('a version that takes the place of another', () => {
  const future = { ...changed, valid_from: '2027-03-01' };

  it('on its own first day withdraws it while it has not begun, and ends the one before as it stood', async () => {
    await save(future);
    expect((await publish(2, { endPrevious: true })).data?.publishPolicy?.refusal).toBeNull();
    await save({ ...future, title_zh: '更正' });
    expect((await publish(3)).data?.publishPolicy?.refusal?.code).toBe('CONFLICT');
    const { data } = await publish(3, { endPrevious: true });
    expect(data?.publishPolicy?.refusal).toBeNull();
    expect(data?.publishPolicy?.policy?.versions).toEqual([
      expect.objectContaining({ version: 3, state: 'PUBLISHED' }),
      expect.objectContaining({ version: 2, state: 'WITHDRAWN' }),
      { version: 1, state: 'PUBLISHED', effectiveTo: '2027-02-28' },
    ]);
  });

  it('on the first day of one that begins today takes its place at once, and on a later day may no more', async () => {
    await save(changed);
    await publish(2, { endPrevious: true });
    await save({ ...changed, title_zh: '当日更正' });
    const { data } = await publish(3, { endPrevious: true });
    expect(data?.publishPolicy?.refusal).toBeNull();
    expect(data?.publishPolicy?.policy).toMatchObject({ version: 3, title: '当日更正' });
    expect(data?.publishPolicy?.policy?.versions).toEqual([
      expect.objectContaining({ version: 3, state: 'PUBLISHED' }),
      expect.objectContaining({ version: 2, state: 'WITHDRAWN' }),
      { version: 1, state: 'PUBLISHED', effectiveTo: '2026-11-19' },
    ]);
    // The plain one began on 1 January: decisions of days that are over stand.
    await save({ ...changed, valid_from: '2026-11-19', title_zh: '前日更正' });
    expect((await publish(4, { endPrevious: true })).data?.publishPolicy?.refusal?.code).toBe('CONFLICT');
  });

  it('of an imported policy without issuer and window is written by the policies department, and begins today', async () => {
    await policies.publish({ id: 'imported', issuer_code: null, valid_from: null, valid_to: null });
    const content = { ...changed, id: 'imported', valid_from: null, valid_to: null };
    const keeper: Actor = { sub: 'keeper', roles: ['OFFICER'], department: 'YSB' };
    expect((await save(content)).data?.savePolicyDraft?.refusal).toMatchObject({ code: 'INVALID' });
    expect((await save({ ...content, issuer_code: 'YSB' }, keeper)).data?.savePolicyDraft?.refusal).toBeNull();
    const { data } = await publish(2, { endPrevious: true, actor: keeper, policy: 'imported' });
    expect(data?.publishPolicy?.policy?.versions).toEqual([
      { version: 2, state: 'PUBLISHED', effectiveTo: null },
      { version: 1, state: 'PUBLISHED', effectiveTo: '2026-11-19' },
    ]);
  });
});

it('a draft for comment ends no version that applies, and is ended by one', async () => {
  const refused = { code: 'CONFLICT', details: { reason: 'COMMENT_ENDS_NOTHING' } };
  await save({ ...changed, status: 'draft' });
  expect((await publish(2, { endPrevious: true })).data?.publishPolicy?.refusal).toMatchObject(refused);
  expect(policies.department.shelf.byId('staff')?.record.version).toBe(1);
  await save({ ...changed, status: 'draft', valid_from: '2028-01-01' });
  expect((await publish(2)).data?.publishPolicy?.refusal).toBeNull();
  await save({ ...changed, valid_from: '2028-01-01' });
  expect((await publish(3, { endPrevious: true })).data?.publishPolicy?.refusal).toBeNull();
});

it('a draft for comment is open to nobody', async () => {
  await policies.publish({ id: 'comment', status: 'draft' });
  const { data } = await policies.ask<{
    policy: { isOpen: boolean };
    policies: { nodes: { id: string }[] };
  }>('{ policy(id: "comment") { isOpen } policies(filter: { open: true }) { nodes { id } } }', { actor: officer });
  expect(data?.policy.isOpen).toBe(false);
  expect(data?.policies.nodes.map(({ id }) => id)).toEqual(['staff']);
});
