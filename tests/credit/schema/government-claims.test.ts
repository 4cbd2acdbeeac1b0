import {
  auditor,
  coordinator,
  creditUnderTest,
  enterprise,
  officer,
  TODAY,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { sendEvent } from '../support/sent-events.js';

const USCC = '91110000600037341L';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());

const demand = (received: string, recovery = 'R-1') => ({
  recovery,
  grant: 'G-1',
  policy: 'demo-policy',
  department: 'RSJ',
  uscc: USCC,
  reason: '提前裁员',
  amount: '30000.00',
  received,
  overdue: '0.00',
  instalments: [
    { dueOn: '2026-11-10', amount: '10000.00' },
    { dueOn: '2026-12-10', amount: '20000.00' },
  ],
});
let events = 0;
const tell = async (kind: string, received: string, on: string, recovery = 'R-1') => {
  credit.clock.set(`${on}T02:00:00.000Z`);
  events += 1;
  return sendEvent(credit, `cn.zhitong.grant-recovery.${kind}`, demand(received, recovery), {
    id: `e-${events}`,
    subject: USCC,
  });
};
const CLAIMS =
  'governmentClaims { id state consequence demandedOn amount { amount } receivedAmount { amount } outstandingAmount { amount } overdueAmount { amount } }';
const ask = async (actor = auditor, asked = '', shown = CLAIMS) =>
  credit.ask<{ _entities: { creditStanding: Record<string, unknown> }[] }>(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { creditStanding${asked} { grade hasOverdueGovernmentClaim overdueGovernmentClaimCount ${shown} } } } }`,
    { variables: { of: [{ __typename: 'Enterprise', uscc: USCC }] }, actor },
  );
const standing = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).data?._entities[0]?.creditStanding;

describe('a grant that is asked back', () => {
  it('stands in the credit as owed to the government, overdue by its own days, until it is repaid', async () => {
    expect(await standing()).toMatchObject({ hasOverdueGovernmentClaim: false, governmentClaims: [] });
    expect(await tell('demanded', '0.00', '2026-10-01')).toBe(200);
    expect(await standing()).toEqual({
      grade: 'A',
      hasOverdueGovernmentClaim: false,
      overdueGovernmentClaimCount: 0,
      governmentClaims: [
        {
          id: 'R-1',
          state: 'OPEN',
          consequence: 'NONE',
          demandedOn: '2026-10-01',
          amount: { amount: '30000.00' },
          receivedAmount: { amount: '0.00' },
          outstandingAmount: { amount: '30000.00' },
          overdueAmount: { amount: '0.00' },
        },
      ],
    });
    // Nobody has to tell of the day that passed; who does, changes nothing.
    credit.clock.set('2026-11-11T02:00:00.000Z');
    const overdue = { state: 'OVERDUE', consequence: 'EXEMPT_GRANTS_REVIEWED', overdueAmount: { amount: '10000.00' } };
    expect(await standing()).toMatchObject({ hasOverdueGovernmentClaim: true, governmentClaims: [overdue] });
    await tell('overdue', '0.00', '2026-11-12');
    expect(await standing()).toMatchObject({ overdueGovernmentClaimCount: 1, governmentClaims: [overdue] });

    await tell('received', '10000.00', '2026-11-15');
    expect(await standing()).toMatchObject({ hasOverdueGovernmentClaim: false, governmentClaims: [{ state: 'OPEN' }] });
    await tell('recovered', '30000.00', TODAY);
    expect(await standing()).toMatchObject({
      hasOverdueGovernmentClaim: false,
      governmentClaims: [{ state: 'REPAID', outstandingAmount: { amount: '0.00' } }],
    });
    expect(await standing(auditor, '(asOf: "2026-11-12")')).toMatchObject({
      hasOverdueGovernmentClaim: true,
      governmentClaims: [overdue],
    });
  });

  it('is told in detail to whom it concerns, and once repaid to those alone who need history', async () => {
    expect(await standing(enterprise(USCC))).toMatchObject({ governmentClaims: [{ state: 'REPAID' }] });
    expect(await standing(officer('RSJ'))).toMatchObject({ governmentClaims: [{ state: 'REPAID' }] });
    expect(await standing(coordinator)).toMatchObject({ governmentClaims: [] });
    await tell('demanded', '0.00', '2026-11-21', 'R-2');
    const other = await ask(officer('JTJ'));
    expect(other.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'PURPOSE_REQUIRED' });
    expect(await standing(officer('JTJ'), '', '')).toMatchObject({ grade: 'A' });
    expect((await ask(enterprise('91421200MA4F5E6G3P'), '', '')).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('of which an event says nothing that can be is refused, and keeps nothing', async () => {
    const id = { id: 'e-broken', subject: USCC };
    for (const broken of [{ amount: '很多' }, { instalments: [{ dueOn: '2026-02-30', amount: '1.00' }] }])
      expect(
        await sendEvent(
          credit,
          'cn.zhitong.grant-recovery.demanded',
          { ...demand('0.00'), recovery: 'R-3', ...broken },
          id,
        ),
      ).not.toBe(200);
    expect((await standing())?.['governmentClaims']).toHaveLength(2);
  });
});
