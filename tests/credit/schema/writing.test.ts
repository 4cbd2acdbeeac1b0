import {
  auditor,
  coordinator,
  creditUnderTest,
  enterprise,
  keeper,
  officer,
  TODAY,
  type CreditUnderTest,
} from '../support/credit-under-test.js';

const USCC = '91421200MA4F5E6G3P';
const DIGEST = 'b'.repeat(64);

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
beforeEach(() => credit.clock.set(`${TODAY}T02:00:00.000Z`));

let keys = 0;
const key = () => `key-${String((keys += 1)).padStart(8, '0')}`;

const SHOWN = `commitment { id version state title promisor { code } originalPromisor { code } outstandingAmount { amount } fulfilledAmount { amount } waivedAmount { amount }
  milestones { done total } document { number } official { name } predecessors { name } conditions { no status } entries { seq kind effectiveOn reverses amount { amount } recordedBy } }
  refusal { code message path details }`;
interface Shown {
  id: string;
  version: number;
  state: string;
  outstandingAmount: { amount: string } | null;
  fulfilledAmount: { amount: string } | null;
  promisor: { code: string };
  entries: { seq: number; kind: string; recordedBy: string }[];
}
interface Payload {
  commitment: Shown | null;
  refusal: { code: string; message: string; path: string[]; details: Record<string, unknown> | null } | null;
}
const INPUTS: Readonly<Record<string, string>> = {
  recordCommitment: 'RecordCommitmentInput',
  recordFulfilment: 'RecordFulfilmentInput',
  correctLedgerEntry: 'CorrectLedgerEntryInput',
  transferCommitment: 'TransferCommitmentInput',
  waiveCommitment: 'WaiveCommitmentInput',
  handOverCommitment: 'HandOverCommitmentInput',
  attachCommitmentDocument: 'AttachCommitmentDocumentInput',
  assessCommitmentCondition: 'AssessCommitmentConditionInput',
};

async function write(mutation: string, input: Record<string, unknown>, actor = officer('ZSZX')) {
  const { data, errors } = await credit.ask<Record<string, Payload | null>>(
    `mutation ($input: ${INPUTS[mutation] ?? ''}!) { ${mutation}(input: $input) { ${SHOWN} } }`,
    {
      variables: { input: { idempotencyKey: key(), ...input } },
      actor,
    },
  );
  return { commitment: data?.[mutation]?.commitment ?? null, refusal: data?.[mutation]?.refusal ?? null, errors };
}

const promiseInput = (changes: Record<string, unknown> = {}) => ({
  title: '固定资产投资奖励',
  kind: 'CASH',
  promisor: 'ZSZX',
  uscc: USCC,
  districtCode: '421202',
  promisedOn: '2026-01-15',
  document: { number: '咸招协〔2026〕1号', date: '2026-01-10' },
  instalments: [
    { dueOn: '2026-06-30', amount: '600.00' },
    { dueOn: '2026-12-31', amount: '400.00' },
  ],
  conditions: ['按期开工'],
  official: { name: '王建国', post: '科长' },
  ...changes,
});

async function aPromise(changes: Record<string, unknown> = {}): Promise<string> {
  const { commitment, refusal, errors } = await write('recordCommitment', promiseInput(changes));
  if (!commitment) throw new Error(JSON.stringify({ refusal, errors }));
  return commitment.id;
}

const payment = (commitment: string, changes: Record<string, unknown> = {}) => ({
  commitment,
  amount: '100.00',
  effectiveOn: '2026-06-01',
  paymentReference: `HD-${key()}`,
  evidence: '银行回单',
  ...changes,
});

describe('recording a promise', () => {
  it('opens its ledger with one entry by the officer who recorded it', async () => {
    const { commitment, errors } = await write('recordCommitment', promiseInput());
    expect(errors).toBeUndefined();
    expect(commitment).toMatchObject({
      version: 1,
      state: 'OUTSTANDING',
      outstandingAmount: { amount: '1000.00' },
      entries: [{ seq: 1, kind: 'PROMISED', recordedBy: 'officer-of-ZSZX' }],
    });
    expect(commitment?.id).toMatch(/^CN-20261120-[2-9A-Z]{8}$/);
  });

  it('takes a deliverable with milestones in place of money', async () => {
    const { commitment } = await write(
      'recordCommitment',
      promiseInput({
        kind: 'INFRASTRUCTURE',
        deliverable: '厂区道路通车',
        instalments: [{ dueOn: '2026-06-30', milestones: 2 }],
      }),
    );
    expect(commitment).toMatchObject({ outstandingAmount: null, milestones: { done: 0, total: 2 } });
    expect(
      (await write('recordFulfilment', payment(commitment?.id ?? '', { amount: undefined, milestones: 1 }))).commitment,
    ).toMatchObject({ milestones: { done: 1, total: 2 }, state: 'OUTSTANDING' });
    expect((await write('recordFulfilment', payment(commitment?.id ?? ''))).refusal).toMatchObject({
      code: 'INVALID',
      message: 'The promise is a deliverable: give a number of milestones.',
    });
  });

  it('is a promise once, however often the button is pressed, also at the same time', async () => {
    const input = { ...promiseInput(), idempotencyKey: key() };
    const answers = await Promise.all([1, 2, 3, 4].map(async () => write('recordCommitment', input)));
    expect(new Set(answers.map(({ commitment }) => commitment?.id)).size).toBe(1);
    expect((await write('recordCommitment', input)).commitment?.id).toBe(answers[0]?.commitment?.id);
    expect((await write('recordCommitment', { ...input, title: '另一项' })).refusal).toMatchObject({
      code: 'DUPLICATE',
      path: ['idempotencyKey'],
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an amount with three decimals', { instalments: [{ dueOn: '2026-06-30', amount: '600.005' }] }, 'has 3 decimals'],
    ["a person's identity number", { uscc: '11010519491231002X' }, "a person's identity number"],
    ['a district that is none', { districtCode: '42120' }, 'is not six digits'],
    ['an instalment without an amount', { instalments: [{ dueOn: '2026-06-30' }] }, 'one of the two'],
    [
      'an instalment of money for a deliverable',
      { deliverable: '道路', instalments: [{ dueOn: '2026-06-30', amount: '1.00' }] },
      'one of a deliverable has instalments with milestones',
    ],
    ['a day that does not exist', { promisedOn: '2026-02-30' }, '2026-02-30'],
    ['too short a key', { idempotencyKey: 'short' }, '8 to 64'],
  ])('says what is wrong with %s', async (_what, changes, words) => {
    const { errors } = await write('recordCommitment', promiseInput(changes));
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(words) as unknown,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it.each<[string, Record<string, unknown>, string[], string?]>([
    ['of tomorrow', { promisedOn: '2026-11-21', document: null }, ['promisedOn']],
    [
      'with a due day before it',
      { instalments: [{ dueOn: '2026-01-14', amount: '1.00' }] },
      ['instalments', '0', 'dueOn'],
    ],
    ['without anything due', { instalments: [] }, ['amount']],
    ['to a mistyped enterprise', { uscc: '91421200MA4F5E6G3A' }, ['uscc'], 'it must be P'],
  ])('refuses a promise %s and writes nothing', async (_what, changes, path, words = '') => {
    const count = async () => credit.database.connection.collection('ledger_entries').countDocuments();
    const before = await count();
    expect((await write('recordCommitment', promiseInput(changes))).refusal).toMatchObject({
      code: 'INVALID',
      path,
      message: expect.stringContaining(words) as unknown,
    });
    expect(await count()).toBe(before);
  });

  it.each([
    ['another department', officer('RSJ'), 'FORBIDDEN'],
    ['the coordinator', coordinator, 'FORBIDDEN'],
    ['an auditor', auditor, 'FORBIDDEN'],
    ['the enterprise', enterprise(USCC), 'FORBIDDEN'],
  ])('is not for %s', async (_who, actor, code) => {
    expect((await write('recordCommitment', promiseInput(), actor)).errors?.[0]?.extensions).toMatchObject({ code });
  });

  it('is for the office that keeps the ledger too', async () => {
    expect((await write('recordCommitment', promiseInput(), keeper)).commitment?.version).toBe(1);
  });
});

describe('recording a payment', () => {
  it('moves it from outstanding to fulfilled', async () => {
    const id = await aPromise();
    expect((await write('recordFulfilment', payment(id, { amount: '600' }))).commitment).toMatchObject({
      version: 2,
      outstandingAmount: { amount: '400.00' },
      fulfilledAmount: { amount: '600.00' },
    });
  });

  it('counts once when two officers record the same bank receipt at the same time', async () => {
    const id = await aPromise();
    const input = payment(id, { paymentReference: 'HD-TWICE' });
    const answers = await Promise.all([write('recordFulfilment', input), write('recordFulfilment', input, keeper)]);
    const refusals = answers.flatMap(({ refusal }) => refusal ?? []);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatchObject({
      code: 'DUPLICATE',
      path: ['paymentReference'],
      details: { reason: 'DUPLICATE_PAYMENT', commitmentId: id, entry: 2 },
    });
    expect(answers.find(({ commitment }) => commitment)?.commitment?.fulfilledAmount).toEqual({ amount: '100.00' });
  });

  it('refuses a receipt that another promise was paid with', async () => {
    const [one, other] = [await aPromise(), await aPromise()];
    await write('recordFulfilment', payment(one, { paymentReference: 'HD-SHARED' }));
    expect(
      (await write('recordFulfilment', payment(other, { paymentReference: ' HD-SHARED ' }))).refusal,
    ).toMatchObject({ code: 'DUPLICATE', details: { commitmentId: one } });
  });

  it('records all of many payments that arrive at once, and none beyond the promise', async () => {
    const id = await aPromise();
    const answers = await Promise.all(Array.from({ length: 12 }, async () => write('recordFulfilment', payment(id))));
    expect(answers.filter(({ commitment }) => commitment)).toHaveLength(10);
    expect(answers.flatMap(({ refusal }) => refusal?.details?.['reason'] ?? [])).toEqual([
      'OVERPAYMENT',
      'OVERPAYMENT',
    ]);
    const { data } = await credit.ask<{ commitment: Shown }>(
      'query ($id: ID!) { commitment(id: $id) { state version fulfilledAmount { amount } entries { seq } } }',
      { variables: { id }, actor: auditor },
    );
    expect(data?.commitment).toMatchObject({ state: 'FULFILLED', version: 11, fulfilledAmount: { amount: '1000.00' } });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'more than is outstanding',
      { amount: '1000.01' },
      { code: 'CONFLICT', path: ['amount'], details: { reason: 'OVERPAYMENT', outstanding: '1000.00' } },
    ],
    ['nothing', { amount: '0.00' }, { code: 'INVALID', path: ['amount'] }],
    [
      'a payment dated before the promise',
      { effectiveOn: '2026-01-14' },
      { code: 'INVALID', path: ['effectiveOn'], details: { reason: 'BEFORE_PROMISE', promisedOn: '2026-01-15' } },
    ],
    ['a payment of tomorrow', { effectiveOn: '2026-11-21' }, { code: 'INVALID', path: ['effectiveOn'] }],
    [
      'a version that is not the present one',
      { expectedVersion: 7 },
      { code: 'STALE_VERSION', details: { currentVersion: 1 } },
    ],
    ['no receipt', { paymentReference: ' ' }, { code: 'INVALID', path: ['paymentReference'] }],
  ])('refuses %s', async (_what, changes, refusal) => {
    const id = await aPromise();
    expect((await write('recordFulfilment', payment(id, changes))).refusal).toMatchObject(refusal);
  });

  it('refuses an unknown promise, and one that another department owes', async () => {
    expect((await write('recordFulfilment', payment('CN-0'))).refusal).toMatchObject({
      code: 'INVALID',
      path: ['commitment'],
      message: 'There is no commitment CN-0.',
    });
    expect((await write('recordFulfilment', payment(await aPromise()), officer('RSJ'))).errors?.[0]).toMatchObject({
      extensions: { code: 'FORBIDDEN' },
      message: expect.stringContaining('owed by ZSZX') as unknown,
    });
  });

  it('is refused while the clock stands before the last entry, except for the little that servers differ', async () => {
    const id = await aPromise();
    credit.clock.set(`${TODAY}T01:59:59.000Z`);
    expect((await write('recordFulfilment', payment(id))).commitment?.version).toBe(2);
    credit.clock.set(`${TODAY}T01:00:00.000Z`);
    expect((await write('recordFulfilment', payment(id))).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason: 'CLOCK_SET_BACK', lastRecordedAt: `${TODAY}T02:00:00.000Z` },
    });
  });
});

describe('putting a mistake right', () => {
  it('reverses the entry, records what is right and keeps both; the receipt may be the same', async () => {
    const id = await aPromise();
    await write('recordFulfilment', payment(id, { amount: '10.00', paymentReference: 'HD-DIGIT' }));
    const { commitment } = await write('correctLedgerEntry', {
      commitment: id,
      reverses: 2,
      reason: '少录一位',
      replacement: { amount: '100.00', effectiveOn: '2026-06-01', paymentReference: 'HD-DIGIT', evidence: '银行回单' },
    });
    expect(commitment).toMatchObject({ version: 4, fulfilledAmount: { amount: '100.00' } });
    expect(commitment?.entries.map(({ kind }) => kind)).toEqual(['PROMISED', 'FULFILLED', 'CORRECTED', 'FULFILLED']);
    expect((await write('recordFulfilment', payment(id, { paymentReference: 'HD-DIGIT' }))).refusal).toMatchObject({
      code: 'DUPLICATE',
    });
  });

  it.each<[string, number, string]>([
    ['a correction', 3, 'CORRECTION_OF_CORRECTION'],
    ['what is corrected already', 2, 'ALREADY_CORRECTED'],
  ])('refuses to correct %s', async (_what, reverses, reason) => {
    const id = await aPromise();
    await write('recordFulfilment', payment(id));
    await write('correctLedgerEntry', { commitment: id, reverses: 2, reason: '重复录入' });
    expect((await write('correctLedgerEntry', { commitment: id, reverses, reason: '再改' })).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason },
    });
  });

  it('frees the receipt of a reversed payment for the promise that it really paid', async () => {
    const [wrong, right] = [await aPromise(), await aPromise()];
    await write('recordFulfilment', payment(wrong, { paymentReference: 'HD-WRONG-FILE' }));
    await write('correctLedgerEntry', { commitment: wrong, reverses: 2, reason: '记错项目' });
    expect(
      (await write('recordFulfilment', payment(right, { paymentReference: 'HD-WRONG-FILE' }))).commitment?.version,
    ).toBe(2);
  });

  it('withdraws a promise that was recorded by mistake', async () => {
    const id = await aPromise();
    expect(
      (await write('correctLedgerEntry', { commitment: id, reverses: 1, reason: '重复登记' })).commitment,
    ).toMatchObject({ state: 'VOID', outstandingAmount: { amount: '0.00' } });
    expect((await write('recordFulfilment', payment(id))).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
      details: { reason: 'VOID' },
    });
  });
});

describe('what else happens to a promise', () => {
  it('is passed on, and then written by the successor alone', async () => {
    const id = await aPromise();
    expect(
      (
        await write('transferCommitment', {
          commitment: id,
          to: 'GXQGWH',
          effectiveOn: '2026-05-01',
          reason: '园区承接',
        })
      ).commitment,
    ).toMatchObject({ promisor: { code: 'GXQGWH' }, originalPromisor: { code: 'ZSZX' } });
    expect((await write('recordFulfilment', payment(id))).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await write('recordFulfilment', payment(id), officer('GXQGWH'))).commitment?.version).toBe(3);
  });

  it('is waived with written consent only', async () => {
    const id = await aPromise();
    const waiver = { commitment: id, amount: '300.00', effectiveOn: '2026-05-01' };
    expect(
      (
        await write('waiveCommitment', {
          ...waiver,
          consent: { documentNumber: '同意1号', signedOn: '2026-05-01', signedBy: '李强', digest: 'none' },
        })
      ).refusal,
    ).toMatchObject({ code: 'INVALID', path: ['consent'] });
    expect(
      (
        await write('waiveCommitment', {
          ...waiver,
          consent: { documentNumber: '同意1号', signedOn: '2026-05-01', signedBy: '李强', digest: DIGEST },
        })
      ).commitment,
    ).toMatchObject({ waivedAmount: { amount: '300.00' }, outstandingAmount: { amount: '700.00' } });
  });

  it('stays with the office when the official changes', async () => {
    const id = await aPromise();
    const { commitment } = await write('handOverCommitment', {
      commitment: id,
      to: { name: '赵敏', post: '科长' },
      effectiveOn: '2026-05-01',
      reason: '轮岗',
    });
    expect(commitment).toMatchObject({
      official: { name: '赵敏' },
      predecessors: [{ name: '王建国' }],
      outstandingAmount: { amount: '1000.00' },
    });
  });

  it('gets its document later, and its conditions assessed', async () => {
    const id = await aPromise({ document: null });
    expect(
      (
        await write('attachCommitmentDocument', {
          commitment: id,
          document: { number: '咸招协〔2026〕8号', date: '2026-03-01', digest: DIGEST },
          effectiveOn: '2026-03-02',
        })
      ).commitment,
    ).toMatchObject({ document: { number: '咸招协〔2026〕8号' } });
    expect(
      (
        await write('assessCommitmentCondition', {
          commitment: id,
          condition: 1,
          status: 'MET',
          evidence: '开工报告',
          effectiveOn: '2026-04-01',
        })
      ).commitment,
    ).toMatchObject({ conditions: [{ no: 1, status: 'MET' }] });
    expect(
      (
        await write('assessCommitmentCondition', {
          commitment: id,
          condition: 2,
          status: 'MET',
          evidence: '开工报告',
          effectiveOn: '2026-04-01',
        })
      ).refusal,
    ).toMatchObject({ code: 'INVALID' });
  });

  it('is told to those who listen, in the transaction of the entry', async () => {
    const id = await aPromise();
    const refused = await write('recordFulfilment', payment(id, { amount: '5000.00' }));
    expect(refused.refusal).not.toBeNull();
    await write('recordFulfilment', payment(id));
    const events = await credit.database.connection
      .collection<{ _id: string; event: { type: string; subject: string } }>('outbox')
      .find({ 'event.subject': id })
      .toArray();
    expect(events.map(({ event }) => event.type).sort()).toEqual([
      'cn.zhitong.commitment.fulfilled',
      'cn.zhitong.commitment.promised',
    ]);
  });

  it('answers each of several mutations of one operation with the state after it', async () => {
    const id = await aPromise();
    const one = (name: string) =>
      `${name}: recordFulfilment(input: { idempotencyKey: "${key()}", commitment: "${id}", amount: "1.00", effectiveOn: "2026-06-01", paymentReference: "${key()}", evidence: "回单" }) { commitment { version entries { seq } } }`;
    const { data } = await credit.ask<Record<string, { commitment: { version: number; entries: unknown[] } }>>(
      `mutation { ${one('a')} ${one('b')} }`,
      { actor: officer('ZSZX') },
    );
    expect([
      data?.['a']?.commitment.version,
      data?.['a']?.commitment.entries.length,
      data?.['b']?.commitment.version,
      data?.['b']?.commitment.entries.length,
    ]).toEqual([2, 2, 3, 3]);
  });
});

describe('a department that is succeeded', () => {
  const SUCCEED =
    'mutation ($input: SucceedDepartmentInput!) { succeedDepartment(input: $input) { transferredCount refusal { code message path } } }';
  const succeed = async (input: Record<string, unknown>, actor = keeper) =>
    credit.ask<{ succeedDepartment: { transferredCount: number | null; refusal: { code: string } | null } | null }>(
      SUCCEED,
      {
        variables: { input: { idempotencyKey: key(), effectiveOn: '2026-11-01', reason: '机构改革方案', ...input } },
        actor,
      },
    );

  it('passes on every outstanding promise once, and nothing that is settled', async () => {
    const before = await Promise.all([1, 2, 3].map(async () => aPromise({ promisor: 'ZSZX' })));
    const settled = await aPromise();
    await write('recordFulfilment', payment(settled, { amount: '1000.00' }));
    const input = { idempotencyKey: key(), from: 'ZSZX', to: 'SWUJ' };
    const [first, second] = await Promise.all([succeed(input), succeed(input)]);
    const count = await credit.database.connection
      .collection('ledger_entries')
      .countDocuments({ 'body.kind': 'TRANSFERRED', 'body.to': 'SWUJ' });
    expect(count).toBeGreaterThanOrEqual(before.length);
    expect((await succeed(input)).data?.succeedDepartment).toEqual({ transferredCount: count, refusal: null });
    expect(first.errors ?? second.errors).toBeUndefined();
    const { data } = await credit.ask<{ commitments: { totalCount: number } }>(
      '{ commitments(filter: { promisor: "ZSZX", state: [OUTSTANDING] }) { totalCount } }',
      { actor: auditor },
    );
    expect(data?.commitments.totalCount).toBe(0);
    expect(
      (
        await credit.ask<{ commitment: Shown }>('query ($id: ID!) { commitment(id: $id) { promisor { code } } }', {
          variables: { id: settled },
          actor: auditor,
        })
      ).data?.commitment.promisor.code,
    ).toBe('ZSZX');
  });

  it("is recorded by the ledger's office only, and not twice with one key", async () => {
    expect((await succeed({ from: 'TYJRJ', to: 'MZJ' }, officer('ZSZX'))).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
    const input = { idempotencyKey: key(), from: 'TYJRJ', to: 'MZJ' };
    expect((await succeed(input)).data?.succeedDepartment).toEqual({ transferredCount: 0, refusal: null });
    expect((await succeed({ ...input, to: 'RSJ' })).data?.succeedDepartment?.refusal).toMatchObject({
      code: 'DUPLICATE',
    });
    expect((await succeed({ from: 'MZJ', to: 'MZJ' })).data?.succeedDepartment?.refusal).toMatchObject({
      code: 'INVALID',
    });
  });
});
