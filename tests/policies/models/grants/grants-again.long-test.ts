import { inTransaction } from '@zhitong/kit/mongo';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { grantRig } from '../../support/grant-rig.js';
import { NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

/** Noon of a day in Shanghai after the public notice. */
const LATER = new Date('2026-12-10T04:00:00Z');

let policies: PoliciesUnderTest;
let now = NOW;
const rig = grantRig(
  () => policies,
  () => now,
);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now: () => now })));
beforeEach(async () => {
  await policies.publish({
    id: 'staff',
    benefit: { kind: 'cash', formula: '100 * employees' },
    valid_to: '2026-12-05',
  });
  await policies.know({ [usccOf(1)]: { employees: 10 }, [usccOf(2)]: { employees: 20 } });
  await matchAll(policies.department);
  await rig.identify();
});
afterEach(async () => {
  now = NOW;
  await policies.reset();
});
afterAll(async () => policies.close());

/** Brings both grants to where the move is possible that is looked at. */
const READY = {
  NOTIFY: async () => Promise.resolve(),
  PUBLICISE: async () => {
    await rig.move(await ids(), 'NOTIFY');
    for (const grant of await rig.all()) await rig.confirm(grant);
  },
  APPROVE: async () => {
    await rig.publicise();
    now = LATER;
  },
  PAY: async () => {
    await rig.publicise();
    now = LATER;
    await rig.move(await ids(), 'APPROVE');
  },
} as const;
const MOVES = ['NOTIFY', 'PUBLICISE', 'APPROVE', 'PAY'] as const;
const DONE = { NOTIFY: 'NOTIFIED', PUBLICISE: 'PUBLICISED', APPROVE: 'APPROVED', PAY: 'PAYING' } as const;
const ids = async () => (await rig.all()).map(({ id }) => id);
const events = async (type: string) =>
  (await policies.database.connection.collection('outbox').find({ 'event.type': type }).toArray()).map(
    ({ event }) => event as { subject: string; data: Record<string, unknown> },
  );

/** What can happen between two steps, and the reason that it gives. */
const HAPPENED: Readonly<Record<string, { happen: () => Promise<void>; code: string; detail: RegExp }>> = {
  'its facts changed': {
    happen: async () => policies.know({ [usccOf(1)]: { employees: 9 } }),
    code: 'NOT_ELIGIBLE',
    detail: /从业人数/,
  },
  'its facts are not known any more': {
    happen: async () => policies.know({ [usccOf(1)]: {} }),
    code: 'UNDETERMINED',
    detail: /从业人数/,
  },
  'its amount changed': {
    happen: async () => policies.know({ [usccOf(1)]: { employees: 11 } }),
    code: 'AMOUNT_CHANGED',
    detail: /^1000\.00 -> 1100\.00$/,
  },
  'it is registered no longer': {
    happen: async () => policies.department.stores.facts.remove([usccOf(1)]),
    code: 'FACTS_UNKNOWN',
    detail: /^$/,
  },
  'it is struck off the register': {
    happen: async () => policies.know({ [usccOf(1)]: { employees: 10, isDeregistered: true } }),
    code: 'DEREGISTERED',
    detail: /^$/,
  },
  'its licence was revoked': {
    happen: async () =>
      policies.know({ [usccOf(1)]: { employees: 10, isLicenceRevoked: true, isDeregistered: false } }),
    code: 'LICENCE_REVOKED',
    detail: /^$/,
  },
  'it goes on from one that was given the same': {
    happen: async () =>
      inTransaction(policies.database.connection, async (session) =>
        policies.department.stores.grants.inherit(usccOf(1), [{ uscc: usccOf(2), on: '2026-11-20' }], session),
      ),
    code: 'HAD_BY_PREDECESSOR',
    detail: /^$/,
  },
  'a record of dishonesty was opened': {
    happen: async () => policies.know({ [usccOf(1)]: { employees: 10, dishonestyRecord: true } }),
    code: 'DISHONESTY_RECORD',
    detail: /^$/,
  },
};

describe.each(MOVES)('%s', (move) => {
  it.each(Object.keys(HAPPENED))('does not happen when %s, and costs the other grant nothing', async (name) => {
    const { happen, code, detail } = HAPPENED[name] ?? never();
    await READY[move]();
    await happen();
    const { result } = await rig.move(await ids(), move);
    expect(result?.notMoved).toEqual([]);
    expect(await rig.ofEnterprise(1)).toMatchObject({
      status: 'SUSPENDED',
      suspension: { move, doubts: [{ code, detail: expect.stringMatching(detail) as unknown }] },
    });
    expect((await rig.ofEnterprise(2)).status).toBe(DONE[move]);
    expect(await events('cn.zhitong.grant.suspended')).toMatchObject([
      { subject: usccOf(1), data: { doubts: [{ code }] } },
    ]);
  });

  it('does not happen when a version is in force that admits nobody like it', async () => {
    await READY[move]();
    now = LATER;
    await policies.publish({
      id: 'staff',
      benefit: { kind: 'cash', formula: '100 * employees' },
      criteria: [{ fact: 'employees', op: 'gte', value: 15, text_zh: '从业人数不少于15人' }],
      valid_from: '2026-12-06',
    });
    await rig.move(await ids(), move);
    expect(await rig.ofEnterprise(1)).toMatchObject({ suspension: { doubts: [{ code: 'NOT_ELIGIBLE' }] } });
    expect((await rig.ofEnterprise(2)).status).toBe(DONE[move]);
  });

  it('waits while a change of the enterprise was reported that is not read', async () => {
    await READY[move]();
    await inTransaction(policies.database.connection, async (session) =>
      policies.department.stores.matchState.noteStale(usccOf(1), now, session),
    );
    const { result } = await rig.move(await ids(), move);
    expect(result?.notMoved).toMatchObject([{ grant: (await rig.ofEnterprise(1)).id, code: 'CONFLICT' }]);
    expect((await rig.ofEnterprise(1)).status).not.toBe('SUSPENDED');
  });
});

describe('a grant in doubt', () => {
  const doubted = async () => {
    await READY.PAY();
    await policies.know({ [usccOf(1)]: { employees: 12 } });
    await rig.move([(await rig.ofEnterprise(1)).id], 'PAY');
    return rig.ofEnterprise(1);
  };
  const reserved = async () => (await policies.department.stores.funds.budget('staff'))?.reservedFen;

  it('is paid as it was when an officer keeps it, and is in doubt again for another reason', async () => {
    const { id } = await doubted();
    expect((await rig.move([id], 'PAY')).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { legalMoves: ['KEEP', 'CHANGE_AMOUNT', 'WITHDRAW'] },
    });
    await rig.decide(id, 'KEEP');
    expect(await events('cn.zhitong.grant.decided')).toMatchObject([
      { subject: usccOf(1), data: { reason: '经核实' } },
    ]);
    await policies.know({ [usccOf(1)]: { employees: 13 } });
    await rig.move([id], 'PAY');
    expect(await rig.ofEnterprise(1)).toMatchObject({
      status: 'SUSPENDED',
      suspension: { amountFen: 130_000, doubts: [{ detail: '1000.00 -> 1300.00' }] },
    });
    await rig.decide(id, 'KEEP');
    await rig.move([id], 'PAY');
    expect(await policies.department.stores.funds.ofGrants([id])).toMatchObject([{ amountFen: 100_000 }]);
  });

  it('is paid what the officer decides, and the budget holds that', async () => {
    const { id } = await doubted();
    expect(await reserved()).toBe(300_000);
    await rig.decide(id, 'CHANGE_AMOUNT', 120_000);
    expect(await reserved()).toBe(320_000);
    const changes = (await policies.department.stores.grants.history([id])).get(id);
    expect(changes?.map(({ formerAmountFen }) => formerAmountFen).filter((fen) => fen !== undefined)).toEqual([
      100_000,
    ]);
    // What was shown in public was another amount: it is shown again first.
    expect((await rig.move([id], 'PAY')).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
    await rig.move([id], 'PUBLICISE');
    now = new Date('2026-12-18T04:00:00Z');
    await rig.move([id], 'APPROVE');
    await rig.move([id], 'PAY');
    expect(await policies.department.stores.funds.ofGrants([id])).toMatchObject([{ amountFen: 120_000 }]);
    expect(await rig.ofEnterprise(1)).toMatchObject({ status: 'PAYING', amountFen: 120_000 });
  });

  it('gives its share of the budget back when it is dropped', async () => {
    const { id } = await doubted();
    await rig.decide(id, 'WITHDRAW');
    expect(await rig.ofEnterprise(1)).toMatchObject({ status: 'WITHDRAWN' });
    expect(await reserved()).toBe(200_000);
  });

  it('never goes beyond the budget when its amount is changed', async () => {
    const { id } = await doubted();
    // The budget is that of the version in force.
    await policies.database.connection
      .collection('policyVersions')
      .updateMany({}, { $set: { 'content.budgetFen': 310_000 } });
    expect((await rig.decide(id, 'CHANGE_AMOUNT', 120_000)).refusal).toMatchObject({ code: 'BUDGET_EXHAUSTED' });
    expect(await rig.ofEnterprise(1)).toMatchObject({ status: 'SUSPENDED', amountFen: 100_000 });
  });
});

describe('a grant whose policy has closed', () => {
  it('is paid by the version that applied last: it was made while that was open', async () => {
    await READY.PAY();
    await rig.move(await ids(), 'PAY');
    expect((await rig.all()).map(({ status }) => status)).toEqual(['PAYING', 'PAYING']);
  });
});

describe('a run of payments', () => {
  it('passes over what cannot be paid, names it, and pays the rest', async () => {
    await READY.PAY();
    const [one, two] = [await rig.ofEnterprise(1), await rig.ofEnterprise(2)];
    await policies.database.connection
      .collection('grants')
      .updateOne({ id: one.id }, { $set: { account: null, identifiedAt: new Date(0) } });
    const failed: string[] = [];
    const count = await policies.department.grantCommands.payApproved({
      policyId: 'staff',
      sub: 'cashier',
      now: () => now,
      failed: (grant, why) => failed.push(`${grant}: ${why}`),
    });
    expect(count).toBe(1);
    expect(failed).toEqual([`${one.id}: ${one.id} has no confirmed account.`]);
    expect((await rig.ofEnterprise(2)).status).toBe('PAYING');
    expect(two.status).toBe('APPROVED');
  });

  it('passes over a record that nobody can pay for a fault of its data', async () => {
    await READY.PAY();
    const broken = await rig.ofEnterprise(1);
    await policies.database.connection
      .collection('grants')
      .updateOne({ id: broken.id }, { $set: { regionCode: '', identifiedAt: new Date(0) } });
    const failed: string[] = [];
    const pay = { policyId: 'staff', sub: 'cashier', now: () => now, failed: (grant: string) => failed.push(grant) };
    expect(await policies.department.grantCommands.payApproved(pay)).toBe(1);
    expect(failed).toEqual([broken.id]);
    expect(await rig.ofEnterprise(1)).toMatchObject({ status: 'APPROVED' });
  });
});

describe('a batch of officers', () => {
  it.each(MOVES)('%s of the others when the data of one grant are broken, which is named', async (move) => {
    await READY[move]();
    const broken = await rig.ofEnterprise(1);
    // What the enterprise is to be told stands there already, from a history that was put back for example.
    await policies.database.connection
      .collection('policyNotifications')
      .insertOne({ id: `${broken.id}:${String(broken.version + 1)}` });
    const { result } = await rig.move(await ids(), move);
    expect(result?.notMoved).toMatchObject([
      { grant: broken.id, code: 'INVALID', details: { reason: 'GRANT_FAULTY', grant: broken.id } },
    ]);
    expect((await rig.ofEnterprise(2)).status).toBe(DONE[move]);
    expect(await rig.ofEnterprise(1)).toMatchObject({ status: broken.status, version: broken.version });
    // Nothing of it stays, though its move was written before the enterprise could not be told.
    expect(await policies.department.stores.funds.ofGrants([broken.id])).toEqual([]);
    const { reservedFen = 0 } = (await policies.department.stores.funds.budget('staff')) ?? {};
    expect(reservedFen).toBe({ NOTIFY: 0, PUBLICISE: 0, APPROVE: 200_000, PAY: 300_000 }[move]);
    expect((await rig.move([broken.id], move)).refusal).toMatchObject({ code: 'INVALID' });
  });
});

describe('identifying', () => {
  it('makes the grants of all others when the data of one enterprise are broken', async () => {
    await policies.database.connection.collection('grants').deleteMany({});
    await policies.database.connection
      .collection('enterpriseFacts')
      .updateOne({ uscc: usccOf(1) }, { $set: { region: { code: '', name: '' } } });
    expect((await rig.identify()).result).toMatchObject({ identified: 1, failed: 1 });
    expect((await rig.all()).map(({ uscc }) => uscc)).toEqual([usccOf(2)]);
  });
});

const never = (): never => {
  throw new Error('no such case');
};
