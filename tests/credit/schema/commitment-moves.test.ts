import type { Actor } from '@zhitong/kit';
import {
  auditor,
  creditUnderTest,
  enterprise,
  keeper,
  officer,
  TODAY,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { promiseWrites, USCC } from '../support/promise-writes.js';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
beforeEach(() => credit.clock.set(`${TODAY}T02:00:00.000Z`));
const { write, aPromise, payment } = promiseWrites(() => credit);

const EVERY = [
  'RECORD_FULFILMENT',
  'CORRECT_ENTRY',
  'TRANSFER',
  'WAIVE',
  'HAND_OVER',
  'ATTACH_DOCUMENT',
  'ASSESS_CONDITION',
];
const OWING = officer('ZSZX');

async function shown(id: string, actor: Actor, shownOf = ''): Promise<{ legalMoves: string[]; reversible: number[] }> {
  const asked = 'legalMoves entries { seq isReversible }';
  interface Shown {
    readonly legalMoves: string[];
    readonly entries: readonly { readonly seq: number; readonly isReversible: boolean }[];
  }
  const { data } = await credit.ask<{ commitment: Shown & { readonly onDay: Shown } }>(
    `query ($id: ID!) { commitment(id: $id) { ${shownOf === '' ? asked : `onDay(${shownOf}) { ${asked} }`} } }`,
    { variables: { id }, actor },
  );
  const found = shownOf === '' ? data?.commitment : data?.commitment.onDay;
  return {
    legalMoves: found?.legalMoves ?? ['not shown'],
    reversible: (found?.entries ?? []).filter(({ isReversible }) => isReversible).map(({ seq }) => seq),
  };
}
const moves = async (id: string, actor: Actor, shownOf = ''): Promise<string[]> =>
  (await shown(id, actor, shownOf)).legalMoves;

describe('the moves of a promise', () => {
  it('are told to whoever may write of it, and to nobody else', async () => {
    const id = await aPromise();
    expect(await moves(id, OWING)).toEqual(EVERY);
    expect(await moves(id, keeper)).toEqual(EVERY);
    for (const other of [officer('RSJ'), auditor, enterprise(USCC)]) expect(await moves(id, other)).toEqual([]);
    expect((await write('recordFulfilment', payment(id), officer('RSJ'))).errors?.[0]?.extensions?.['code']).toBe(
      'FORBIDDEN',
    );
  });

  it('go with the promise to the department that takes it over', async () => {
    const id = await aPromise();
    const transfer = { commitment: id, to: 'RSJ', effectiveOn: TODAY, reason: '机构改革' };
    expect((await write('transferCommitment', transfer)).refusal).toBeNull();
    expect(await moves(id, OWING)).toEqual([]);
    expect(await moves(id, officer('RSJ'))).toEqual(EVERY);
  });

  it('are those that are not refused: no payment of what is paid, nothing of what was withdrawn', async () => {
    const paid = await aPromise();
    expect((await write('recordFulfilment', payment(paid, { amount: '1000.00' }))).refusal).toBeNull();
    expect(await shown(paid, OWING)).toEqual({
      legalMoves: EVERY.filter((move) => move !== 'RECORD_FULFILMENT' && move !== 'WAIVE'),
      reversible: [2],
    });
    expect((await write('recordFulfilment', payment(paid, { amount: '0.01' }))).refusal).toMatchObject({
      code: 'CONFLICT',
      path: ['amount'],
    });
    const gone = await aPromise({ title: '误录' });
    expect((await write('correctLedgerEntry', { commitment: gone, reverses: 1, reason: '误录' })).refusal).toBeNull();
    expect(await shown(gone, OWING)).toEqual({ legalMoves: [], reversible: [] });
    expect((await write('recordFulfilment', payment(gone))).refusal).toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  it('are none of another day, nor of what was known on one', async () => {
    const id = await aPromise();
    expect(await moves(id, OWING, 'asOf: "2026-11-19"')).toEqual([]);
    expect(await moves(id, OWING, `asOf: "${TODAY}"`)).toEqual(EVERY);
    credit.clock.set('2026-11-21T02:00:00.000Z');
    expect((await write('recordFulfilment', payment(id))).refusal).toBeNull();
    expect(await moves(id, OWING, 'asOf: "2026-11-21", knownOn: "2026-11-20"')).toEqual([]);
    expect(await moves(id, OWING, 'asOf: "2026-11-21"')).toEqual(EVERY);
  });
});
