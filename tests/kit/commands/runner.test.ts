import { departmentUnavailable } from '@zhitong/kit';
import {
  commandRunner,
  ensureOnceIndexes,
  forbid,
  notThere,
  onceScope,
  payloadOf,
  Raced,
  refuse,
  type CommandRunner,
  type InputFault,
  type Work,
} from '@zhitong/kit/commands';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { GraphQLError } from 'graphql';

let db: TestDatabase;
let runner: CommandRunner;
beforeAll(async () => {
  db = await testDatabase(import.meta.url);
  await ensureOnceIndexes(db.connection);
  runner = commandRunner(db.connection);
});
afterAll(async () => db.close());

const clerk = { sub: 'clerk', roles: ['OFFICER'], department: 'RSJ' };
const command = (
  idempotencyKey: string,
  part: {
    actor?: typeof clerk;
    request?: unknown;
    unknown?: () => Promise<InputFault[]>;
  } = {},
) => ({
  name: 'pay',
  idempotencyKey,
  actor: clerk,
  request: { amount: 5 },
  ...part,
});
/** Writes one row under the key; `then` decides what becomes of it. */
const paying =
  (key: string, then: () => void = () => undefined): Work<string> =>
  async (session) => {
    const { insertedId } = await db.connection.collection('paid').insertOne({ key }, { session });
    then();
    return insertedId.toHexString();
  };
const paid = async (key: string) => db.connection.collection('paid').countDocuments({ key });
const stored = async () => db.connection.collection('idempotency').countDocuments();

const words = (message: string) => ({ message, reason: 'SOME', zh: '因故', parameters: {} });

describe('a command', () => {
  it('is done once, and its repeat has the same outcome', async () => {
    const first = await runner.run(command('done-once'), paying('done-once'));
    expect(first).toEqual({ kind: 'done', result: expect.stringMatching(/^[0-9a-f]{24}$/) as unknown, refusal: null });
    expect(await runner.run(command('done-once'), paying('done-once'))).toEqual(first);
    expect(await paid('done-once')).toBe(1);
  });

  it('acts once when ten equal requests race, and all have one outcome', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async () => runner.run(command('race-of-ten'), paying('race-of-ten'))),
    );
    expect(await paid('race-of-ten')).toBe(1);
    expect(new Set(outcomes.map(({ result }) => result)).size).toBe(1);
  });

  it('is refused under a key of another request, with the place', async () => {
    await runner.run(command('other-request'), paying('other-request'));
    const { refusal } = await runner.run(command('other-request', { request: { amount: 6 } }), paying('other-request'));
    expect(refusal).toMatchObject({
      code: 'DUPLICATE',
      path: ['idempotencyKey'],
      message: expect.stringContaining('other-request') as unknown,
    });
    expect(await paid('other-request')).toBe(1);
  });

  it('has keys of its own for whom the account acts', async () => {
    await runner.run(command('same-key-1'), paying('same-key-1'));
    await runner.run(command('same-key-1', { actor: { ...clerk, department: 'TJJ' } }), paying('same-key-1'));
    expect(await paid('same-key-1')).toBe(2);
  });

  it.each([
    [
      'refused',
      () => refuse('CONFLICT', words('not now'), ['amount'], { left: 3 }),
      {
        result: null,
        refusal: {
          code: 'CONFLICT',
          message: 'not now',
          path: ['amount'],
          details: { left: 3, reason: 'SOME', zh: '因故' },
        },
      },
    ],
    ['forbidden', () => forbid(words('not yours')), { result: null, refusal: null, words: words('not yours') }],
    ['missing', () => notThere(words('there is none')), { result: null, refusal: null, words: words('there is none') }],
  ] as const)('that is %s has written nothing, and its key is free', async (kind, end, outcome) => {
    const [key, before] = [`ends-${kind}`, await stored()];
    expect(await runner.run(command(key), paying(key, end))).toEqual({ kind, ...outcome });
    expect([await paid(key), await stored()]).toEqual([0, before]);
    expect(await runner.run(command(key, { request: { amount: 7 } }), paying(key))).toMatchObject({ kind: 'done' });
  });

  it('that fails has written nothing, and its key is free', async () => {
    const cut = () => {
      throw new Error('power cut');
    };
    await expect(runner.run(command('power-cut'), paying('power-cut', cut))).rejects.toThrow('power cut');
    expect(await paid('power-cut')).toBe(0);
    expect(await runner.run(command('power-cut'), paying('power-cut'))).toMatchObject({ kind: 'done' });
  });

  it('is decided afresh when it was overtaken, and no more than five times', async () => {
    let tries = 0;
    const overtaken = (times: number) => () => {
      tries += 1;
      if (tries <= times) throw new Raced();
    };
    expect(await runner.run(command('overtaken-1'), paying('overtaken-1', overtaken(4)))).toMatchObject({
      kind: 'done',
    });
    expect([tries, await paid('overtaken-1')]).toEqual([5, 1]);
    tries = 0;
    await expect(runner.run(command('overtaken-2'), paying('overtaken-2', overtaken(9)))).rejects.toThrow(Raced);
    expect([tries, await paid('overtaken-2')]).toEqual([5, 0]);
  });

  it.each([
    ['in cases', { kind: 'done', caseNumber: 'SQ2026-000001' }],
    ['in credit', { id: 'SQ2026-000001', refusal: null }],
    ['in the registry', { uscc: 'SQ2026-000001', refusal: null }],
    ['in policies', { result: 'SQ2026-000001', refusal: null }],
  ])('that an earlier version did %s is answered as then', async (where, outcome) => {
    const key = `earlier-${where.replaceAll(' ', '-')}`;
    await runner.run(command(key), paying(key));
    await db.connection
      .collection<{ _id: string }>('idempotency')
      .updateOne({ _id: `${onceScope(clerk, 'pay')}:${key}` }, { $set: { outcome } });
    expect(await runner.run(command(key), paying(key))).toEqual({
      kind: 'done',
      result: 'SQ2026-000001',
      refusal: null,
    });
  });
});

describe('what a command asks elsewhere', () => {
  const unknown = async () => [
    { path: ['lead'], ...words('XYZ is no department of this city') },
    { path: ['region'], ...words('110101 is no region of this city') },
  ];
  const unreachable = async () => Promise.reject(departmentUnavailable('The registry does not answer.', 'enterprises'));

  it('is refused when the city does not have it: the first in words, all of them in the details', async () => {
    const { refusal } = await runner.run(command('names-1', { unknown }), paying('names-1'));
    expect(refusal).toEqual({
      code: 'INVALID',
      message: 'lead: XYZ is no department of this city.',
      path: ['lead'],
      details: { reason: 'SOME', zh: '因故', faults: await unknown() },
    });
    expect(await paid('names-1')).toBe(0);
  });

  it('counts after everything else: who may not do it learns nothing about names', async () => {
    for (const ask of [unknown, unreachable])
      expect(
        await runner.run(
          command('names-2', { unknown: ask }),
          paying('names-2', () => forbid(words('not yours'))),
        ),
      ).toMatchObject({ kind: 'forbidden' });
  });

  it('counts before what work uses up, where work says so', async () => {
    let used = 0;
    const numbered: Work<number> = async (_session, requireNames) => {
      requireNames();
      return (used += 1);
    };
    expect((await runner.run(command('names-3', { unknown }), numbered)).refusal).toMatchObject({ code: 'INVALID' });
    expect(used).toBe(0);
  });

  it('is an outage when nobody can say, and changes nothing', async () => {
    await expect(runner.run(command('names-4', { unknown: unreachable }), paying('names-4'))).rejects.toMatchObject({
      extensions: { code: 'DEPARTMENT_UNAVAILABLE' },
    });
    expect(await paid('names-4')).toBe(0);
  });

  it('is not asked for a repeat, which is answered as the first time', async () => {
    const first = await runner.run(command('names-5'), paying('names-5'));
    expect(await runner.run(command('names-5', { unknown: unreachable }), paying('names-5'))).toEqual(first);
    let asked = 0;
    expect(
      await runner.prepareAndRun(command('names-5'), async () =>
        Promise.reject(new Error(`asked ${(asked += 1)} times`)),
      ),
    ).toEqual(first);
    expect(asked).toBe(0);
  });

  it('may fail for the slower of two equal requests, which then has the outcome of the faster', async () => {
    let begun = (): void => undefined;
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    let go = (): void => undefined;
    const isDone = new Promise<void>((resolve) => (go = resolve));
    const slow = runner.prepareAndRun(command('slow-one-1'), async () => {
      begun();
      await isDone;
      return refuse('CONFLICT', words('the facts have changed'), []);
    });
    await isBegun;
    const fast = await runner.run(command('slow-one-1'), paying('slow-one-1'));
    go();
    expect(await slow).toEqual(fast);
  });

  it('is asked once, however often the work is run', async () => {
    let [asked, run] = [0, 0];
    const outcome = await runner.prepareAndRun(command('asked-once'), async () => {
      asked += 1;
      return async () => {
        run += 1;
        if (run < 3) throw new Raced();
        return run;
      };
    });
    expect([outcome.result, asked, run]).toEqual([3, 1, 3]);
  });
});

describe('the payload of an outcome', () => {
  it('shows what was done, or the refusal, and never both', async () => {
    expect(
      await payloadOf(await runner.run(command('payload-1'), async () => 4), (result) => ({ doubled: result * 2 })),
    ).toEqual({ doubled: 8 });
    expect(
      await payloadOf(
        await runner.run(command('payload-2'), async () =>
          refuse('STALE_VERSION', words('read again'), ['expectedVersion']),
        ),
        () => ({ doubled: 8 }),
      ),
    ).toEqual({
      refusal: {
        code: 'STALE_VERSION',
        message: 'read again',
        path: ['expectedVersion'],
        details: { reason: 'SOME', zh: '因故' },
      },
    });
  });

  it.each([
    ['FORBIDDEN', () => forbid(words('not yours'))],
    ['NOT_FOUND', () => notThere(words('there is none'))],
  ])('is the error %s where nothing may be said or done', async (code, end) => {
    const outcome = await runner.run(command(`payload-${code}`), async () => end());
    const failed = payloadOf(outcome, () => ({}));
    await expect(failed).rejects.toThrow(GraphQLError);
    await expect(failed).rejects.toMatchObject({ extensions: { code } });
  });
});
