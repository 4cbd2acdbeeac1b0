import { createLogger, type Actor, type Clock } from '@zhitong/kit';
import { heardEvents } from '../../../../subgraphs/enterprises/src/events-inbox.js';
import type { ApplicantBar } from '../../../../subgraphs/enterprises/src/domain/projects/pledge-gate.js';
import { openDepartment } from '../../../../subgraphs/enterprises/src/service.js';
import { followPledges } from '../../../../subgraphs/enterprises/src/usecases/projects/follow-pledges.js';
import { coordinator, enterprisesUnderTest, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

let now = new Date('2026-11-16T04:00:00Z');
const clock: Clock = { now: () => now };
const officer = (department: string): Actor => ({ sub: `officer-${department}`, roles: ['OFFICER'], department });
const RECORD: ApplicantBar = { kind: 'DISHONESTY_RECORD', number: 'SX-2026-1', keptBy: 'FGW', until: '2027-02-01' };

let hub: EnterprisesUnderTest;
let project: string;
let uscc: string;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200, clock);
  const chosen = hub.city.projects.find(({ stage }) => stage === 'SIGNED') ?? hub.city.projects[0];
  project = chosen?.id ?? '';
  uscc = chosen?.uscc ?? '';
  await hub.database.connection.collection('project_events').deleteMany({});
  await hub.department.stores.projectEvents.addMissing(
    [1, 2, 3, 4].map((approval) => ({
      project,
      seq: approval,
      at: '2026-11-10T02:00:00.000Z',
      by: 'officer-ZSZX',
      department: 'ZSZX',
      change: {
        type: 'APPROVAL_OPENED' as const,
        approval,
        step: 'INITIATION' as const,
        matter: `事项${String(approval)}`,
        owner: 'FGW',
        receivedAt: '2026-11-10T02:00:00.000Z',
        halfDays: 10,
      },
    })),
  );
});
afterAll(async () => hub.close());
beforeEach(() => {
  Object.assign(hub.credit, { bars: [], pledges: {}, isDown: false });
});

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly details: { readonly reason?: string; readonly zh?: string; readonly bars?: unknown } | null;
}
let keys = 0;
const decide = async (part: object, actor: Actor = officer('FGW')): Promise<Refusal | null | string> => {
  const { data, errors } = await hub.ask<{ decideProjectApproval: { refusal: Refusal | null } | null }>(
    'mutation ($input: DecideProjectApprovalInput!) { decideProjectApproval(input: $input) { refusal { code message path details } } }',
    {
      variables: {
        input: {
          idempotencyKey: `pledge-key-${String((keys += 1))}`,
          project,
          expectedVersion: (await life()).version,
          outcome: 'GRANTED_ON_PLEDGE',
          note: '告知承诺，当场办结',
          pledge: '承诺符合产业政策',
          ...part,
        },
      },
      actor,
    },
  );
  return errors === undefined
    ? (data?.decideProjectApproval?.refusal ?? null)
    : String(errors[0]?.extensions?.['code']);
};
interface Life {
  readonly version: number;
  readonly approvals: readonly Record<string, unknown>[];
  readonly history: readonly { readonly kind: string; readonly content: unknown; readonly account: string }[];
}
async function life(): Promise<Life> {
  const { data, errors } = await hub.ask<{ project: { life: Life } }>(
    'query ($id: ID!) { project(id: $id) { life { version approvals { number outcome pledge creditPledge barredSince barredUntil } history { kind content account } } } }',
    { variables: { id: project }, actor: coordinator },
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data.project.life;
}
const approval = async (number: number) => (await life()).approvals.find((one) => one['number'] === number);
/** An event of the credit department, as the inbox hands it on. */
async function hear(type: string, data: object): Promise<void> {
  await hub.database.connection.transaction(async (session) =>
    heardEvents(hub.department.stores)(
      { id: 'e', source: 'urn:zhitong:credit', type, time: now.toISOString(), data } as never,
      { session },
    ),
  );
}
const follow = async (warn: (fields: object) => void = () => undefined): Promise<string[]> =>
  followPledges({
    ...hub.department,
    connection: hub.database.connection,
    credit: hub.gate,
    clock,
    logger: { warn },
  });

describe('a grant on a pledge', () => {
  it('is refused to an applicant that is barred from pledging, with what bars it and until when', async () => {
    hub.credit.bars = [RECORD, { kind: 'BREACHED_PLEDGE', number: null, keptBy: 'ZGJ', until: null }];
    const refused = await decide({ approval: 1 });
    expect(refused).toMatchObject({
      code: 'NOT_ELIGIBLE',
      path: ['outcome'],
      details: { reason: 'BARRED_FROM_PLEDGING', bars: hub.credit.bars },
    });
    const { message, details } = refused as Refusal;
    expect(message).toMatch(/SX-2026-1 kept by FGW, until 2027-02-01/);
    expect(details?.zh).toMatch(/失信记录SX-2026-1（FGW，至2027-02-01）；未整改办结的违诺（ZGJ）/);
    expect(await approval(1)).toMatchObject({ outcome: null });
  });

  it('is for the department that was asked alone, which alone learns what bars the applicant', async () => {
    hub.credit.bars = [RECORD];
    expect(await decide({ approval: 1 }, officer('ZGJ'))).toBe('FORBIDDEN');
  });

  it('is not decided while the credit department does not answer, and can be tried again with the same key', async () => {
    hub.credit.isDown = true;
    const again = { approval: 1, idempotencyKey: 'pledge-again-1', expectedVersion: (await life()).version };
    expect(await decide(again)).toBe('DEPARTMENT_UNAVAILABLE');
    expect(await approval(1)).toMatchObject({ outcome: null });
    hub.credit.isDown = false;
    expect(await decide(again)).toBeNull();
    expect(await approval(1)).toMatchObject({ outcome: 'GRANTED_ON_PLEDGE', pledge: '承诺符合产业政策' });
    // A repeat asks nobody and is the same, whatever the credit department would say by now.
    hub.credit.bars = [RECORD];
    const { asked } = hub.credit;
    expect(await decide(again)).toBeNull();
    expect(hub.credit.asked).toBe(asked);
  });

  it('asks nothing of the credit department where nothing is pledged', async () => {
    hub.credit.isDown = true;
    expect(await decide({ approval: 2, outcome: 'GRANTED', pledge: null })).toBeNull();
  });

  it('stands on the pledge that was signed for it, in force', async () => {
    expect(await decide({ approval: 3, creditPledge: 'CNS-7' })).toMatchObject({
      code: 'INVALID',
      path: ['creditPledge'],
    });
    hub.credit.pledges = { [`CNS-7/FGW/${uscc}`]: 'BREACHED', [`CNS-8/FGW/${uscc}`]: 'IN_FORCE' };
    expect(await decide({ approval: 3, creditPledge: 'CNS-7' })).toMatchObject({ path: ['creditPledge'] });
    expect(await decide({ approval: 3, creditPledge: 'CNS-8', outcome: 'REFUSED', pledge: null })).toMatchObject({
      path: ['creditPledge'],
    });
    expect(await decide({ approval: 3, creditPledge: ' CNS-8 ' })).toBeNull();
    expect(await approval(3)).toMatchObject({ outcome: 'GRANTED_ON_PLEDGE', creditPledge: 'CNS-8' });
  });
});

describe('an applicant that is barred after the grant', () => {
  it('is flagged on what was granted on a pledge, once, and no more when the record is repaired', async () => {
    now = new Date('2026-12-01T04:00:00Z');
    hub.credit.bars = [RECORD];
    await hear('cn.zhitong.credit.dishonesty-recorded', { record: 'SX-2026-1', uscc });
    // While the credit department does not answer the enterprise waits to be looked at.
    hub.credit.isDown = true;
    expect(await follow()).toEqual([]);
    expect(await approval(1)).toMatchObject({ barredSince: null });
    hub.credit.isDown = false;
    expect(await follow()).toEqual([uscc]);
    for (const number of [1, 3])
      expect(await approval(number)).toMatchObject({ barredSince: '2026-12-01', barredUntil: '2027-02-01' });
    // Granted on documents, and not decided yet.
    for (const number of [2, 4]) expect(await approval(number)).toMatchObject({ barredSince: null });
    const { version, history } = await life();
    expect(history.at(-1)).toEqual({
      kind: 'PLEDGE_BARRED',
      content: { approval: 3, kinds: ['DISHONESTY_RECORD'], until: '2027-02-01' },
      account: 'system',
    });
    // Told again of the same, nothing is added.
    await hear('cn.zhitong.pledge.checked', { pledge: 'CNS-8', uscc });
    expect(await follow()).toEqual([uscc]);
    expect((await life()).version).toBe(version);
    expect(await follow()).toEqual([]);
    expect(
      await hub.database.connection
        .collection('outbox')
        .countDocuments({ 'event.type': 'cn.zhitong.project.pledge-barred' }),
    ).toBe(2);

    now = new Date('2026-12-10T04:00:00Z');
    hub.credit.bars = [];
    await hear('cn.zhitong.credit.dishonesty-repaired', { record: 'SX-2026-1', uscc });
    expect(await follow()).toEqual([uscc]);
    expect(await approval(1)).toMatchObject({ barredSince: null, barredUntil: null });
    expect((await life()).history.at(-1)).toMatchObject({ kind: 'PLEDGE_FREED' });
    // Repaired, it may pledge again.
    expect(await decide({ approval: 4 })).toBeNull();
  });
});

it('an enterprise whose project has a damaged history costs no other: it is named, and looked at once it is mended', async () => {
  const { connection } = hub.database;
  const [other] = hub.city.projects.filter((one) => one.uscc < uscc && one.id !== project);
  if (other === undefined) throw new Error('The city has a project of an enterprise with a lower code.');
  const events = connection.collection('project_events');
  await events.insertOne({ ...{ project: other.id, seq: 1, at: '2026-11-10T02:00:00.000Z' }, change: null });
  now = new Date('2026-12-11T04:00:00Z');
  for (const each of [other.uscc, uscc]) await hear('cn.zhitong.pledge.checked', { pledge: 'CNS-8', uscc: each });
  const warned: object[] = [];
  expect(await follow((fields) => warned.push(fields))).toEqual([uscc]);
  expect(warned).toMatchObject([{ uscc: other.uscc }]);
  await events.deleteOne({ project: other.id });
  expect(await follow()).toEqual([other.uscc]);
});

describe('an applicant of whom nothing more is told', () => {
  const kindsNow = async () =>
    (await life()).history.flatMap(({ kind, content }) =>
      kind === 'PLEDGE_BARRED' ? [(content as { kinds: string[] }).kinds] : [],
    );

  it('is free the day after the last day of what barred it, at every reading and in the history', async () => {
    now = new Date('2026-12-20T04:00:00Z');
    hub.credit.bars = [RECORD];
    await hear('cn.zhitong.credit.dishonesty-recorded', { record: 'SX-2026-1', uscc });
    expect(await follow()).toEqual([uscc]);
    now = new Date('2027-02-01T15:59:59Z'); // the last moment of 1 February in Shanghai
    expect(await follow()).toEqual([]);
    for (const number of [1, 3, 4])
      expect(await approval(number)).toMatchObject({ barredSince: '2026-12-20', barredUntil: '2027-02-01' });

    now = new Date('2027-02-01T16:00:00Z');
    const before = await life();
    for (const number of [1, 3, 4])
      expect(await approval(number)).toMatchObject({ barredSince: null, barredUntil: null });
    hub.credit.bars = [];
    expect(await follow()).toEqual([uscc]);
    const { version, history } = await life();
    expect(version).toBe(before.version + 3);
    expect(history.slice(-3).map(({ kind }) => kind)).toEqual(['PLEDGE_FREED', 'PLEDGE_FREED', 'PLEDGE_FREED']);
    expect(await follow()).toEqual([]);
    expect((await life()).version).toBe(version);
  });

  it('stays barred by what is left, since the day on which it began', async () => {
    now = new Date('2027-03-01T04:00:00Z');
    const judgment: ApplicantBar = { kind: 'UNFULFILLED_JUDGMENT', number: null, keptBy: 'FY', until: null };
    hub.credit.bars = [{ ...RECORD, until: '2027-03-31' }, judgment];
    await hear('cn.zhitong.credit.dishonesty-recorded', { record: 'SX-2027-1', uscc });
    expect(await follow()).toEqual([uscc]);
    now = new Date('2027-04-01T04:00:00Z');
    hub.credit.bars = [judgment];
    hub.credit.isDown = true;
    expect(await follow()).toEqual([]);
    hub.credit.isDown = false;
    expect(await follow()).toEqual([uscc]);
    expect((await kindsNow()).at(-1)).toEqual(['UNFULFILLED_JUDGMENT']);
    expect(await approval(1)).toMatchObject({ barredSince: '2027-03-01', barredUntil: null });
    // What ends by being done alone is told of.
    now = new Date('2028-04-01T04:00:00Z');
    expect(await follow()).toEqual([]);
    expect(await approval(1)).toMatchObject({ barredSince: '2027-03-01' });
  });

  it('that an earlier release forgot after it was barred is looked at once after a start, and freed in the history', async () => {
    const { connection } = hub.database;
    hub.credit.bars = [{ ...RECORD, until: '2028-04-30' }];
    now = new Date('2028-04-10T04:00:00Z');
    await hear('cn.zhitong.credit.dishonesty-recorded', { record: 'SX-2028-2', uscc });
    expect(await follow()).toEqual([uscc]);
    await connection.collection('applicant_looks').deleteMany({});
    await connection.collection('stored_forms').deleteMany({});
    now = new Date('2028-05-03T04:00:00Z');
    hub.credit.bars = [];
    expect(await follow()).toEqual([]);
    const start = async () =>
      openDepartment({ connection, logger: createLogger({ name: 'test', level: 'silent' }), clock });
    await start();
    expect(await follow()).toEqual([uscc]);
    expect((await life()).history.at(-1)).toMatchObject({ kind: 'PLEDGE_FREED' });
    await start();
    expect(await follow()).toEqual([]);
  });

  it('is looked at at once when something is told before that day', async () => {
    hub.credit.bars = [{ ...RECORD, until: '2029-01-31' }];
    await hear('cn.zhitong.credit.dishonesty-recorded', { record: 'SX-2028-1', uscc });
    expect(await follow()).toEqual([uscc]);
    hub.credit.bars = [];
    await hear('cn.zhitong.credit.dishonesty-repaired', { record: 'SX-2028-1', uscc });
    expect(await follow()).toEqual([uscc]);
    expect(await approval(1)).toMatchObject({ barredSince: null });
  });
});
