import type { Actor } from '@zhitong/kit';
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
import { registerWrites } from '../support/register-writes.js';

const USCC = '91421200MA4F5E6G3P';
const DOCUMENT = { number: '咸环撤〔2026〕1号', date: TODAY };

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());
const { write } = registerWrites(() => credit);

interface Standing {
  readonly creditStanding: {
    readonly dishonestyRecords: readonly { id: string; legalMoves: string[] }[];
    /** Null for a department of the government but the office that keeps them. */
    readonly judgments: readonly { legalMoves: string[] }[] | null;
  };
  readonly pledges: { readonly nodes: readonly { id: string; legalMoves: string[] }[] };
}
const STANDING = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise {
  creditStanding { dishonestyRecords { id legalMoves } judgments { legalMoves } } pledges { nodes { id legalMoves } } } } }`;
const standing = async (actor: Actor): Promise<Standing | undefined> => {
  const { data } = await credit.ask<{ _entities: [Standing] }>(STANDING, {
    variables: { of: [{ __typename: 'Enterprise', uscc: USCC }] },
    actor,
  });
  return data?._entities[0];
};
const moves = async (actor: Actor) => {
  const shown = await standing(actor);
  return [
    shown?.creditStanding.dishonestyRecords.map(({ legalMoves }) => legalMoves),
    shown?.creditStanding.judgments?.map(({ legalMoves }) => legalMoves),
    shown?.pledges.nodes.map(({ legalMoves }) => legalMoves),
  ];
};
const STHJJ = officer('STHJJ');

describe('what is held against an enterprise says what the reader can do with it', () => {
  it('to the department that recorded it and to the office that keeps the ledger, and nobody else', async () => {
    await write(
      'signPledge',
      'pledge { id }',
      {
        uscc: USCC,
        department: 'STHJJ',
        matter: '排污许可',
        textVersion: '2026-1',
        digest: 'b'.repeat(64),
        signature: 'SM2:abc',
        signedOn: TODAY,
      },
      { actor: enterprise(USCC) },
    );
    const record = { uscc: USCC, category: '环境违法行政处罚', seriousness: 'GENERAL' };
    // A general record is published for three months at least.
    for (const [documentNumber, from] of [
      ['咸环罚〔2026〕1号', '2026-02-01'],
      ['咸环罚〔2026〕2号', '2026-11-01'],
    ] as const)
      await write(
        'recordDishonesty',
        'creditStanding { grade }',
        { ...record, documentNumber, from },
        { actor: STHJJ },
      );
    const court = {
      caseNumber: '(2026)鄂12民终9号',
      court: '咸宁市中级人民法院',
      amount: '10000.00',
      effectiveOn: '2026-06-01',
    };
    await write('recordJudgment', 'creditStanding { grade }', { uscc: USCC, ...court });
    const may = [['REPAIR', 'WITHDRAW'], ['WITHDRAW']];
    const sorted = async (actor: Actor) => {
      const [records, judgments, pledges] = await moves(actor);
      return [records?.toSorted((a, b) => b.length - a.length), judgments, pledges];
    };
    expect(await sorted(STHJJ)).toEqual([may, undefined, [['CHECK']]]);
    expect(await sorted(keeper)).toEqual([may, [['WITHDRAW']], [['CHECK']]]);
    for (const actor of [coordinator, auditor, enterprise(USCC)])
      expect(await sorted(actor)).toEqual([[[], []], [[]], [[]]]);
  });

  it('and what it says is what is done: a pledge from its check to its closing, records taken back', async () => {
    const [pledge] = (await standing(STHJJ))?.pledges.nodes ?? [];
    const event = async (kind: string, more: Record<string, unknown> = {}) =>
      (
        await write(
          'recordPledgeEvent',
          'pledge { legalMoves }',
          { pledge: pledge?.id, kind, on: TODAY, finding: '现场核查', ...more },
          { actor: STHJJ },
        )
      )['pledge'];
    expect(await event('CHECKED', { kept: false })).toEqual({ legalMoves: ['CHECK', 'FIND_BREACH'] });
    expect(await event('BREACHED', { consequence: 'RECTIFICATION' })).toEqual({
      legalMoves: ['CHECK', 'WITHDRAW_BREACH'],
    });
    expect(await event('BREACH_WITHDRAWN', { document: DOCUMENT })).toEqual({ legalMoves: ['CHECK'] });
    expect(await event('CHECKED', { kept: true })).toEqual({ legalMoves: ['CHECK', 'CLOSE'] });
    expect(await event('CLOSED')).toEqual({ legalMoves: [] });

    for (const { id } of (await standing(STHJJ))?.creditStanding.dishonestyRecords ?? []) {
      const { refusal } = await write(
        'withdrawDishonesty',
        'creditStanding { grade }',
        { uscc: USCC, record: id, reason: '处罚决定已撤销', document: DOCUMENT },
        { actor: STHJJ },
      );
      expect(refusal).toBeNull();
    }
    expect((await moves(STHJJ))[0]).toEqual([]);
  });
});
