import { auditor, creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';
import { sendEvent } from '../support/sent-events.js';

const USCC = '91110000600037341L';
const signed = {
  uscc: USCC,
  grant: 'G-1',
  policy: 'demo-policy',
  department: 'RSJ',
  textVersion: 'demo-policy v1',
  signatory: '王敏',
  signedOn: '2026-11-01',
  digest: 'a'.repeat(64),
};

let credit: CreditUnderTest;
beforeEach(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterEach(async () => credit.close());

const send = async (type: string, data: object, options: { id?: string; secret?: string } = {}): Promise<number> =>
  sendEvent(credit, `cn.zhitong.application-pledge.${type}`, data, { subject: USCC, ...options });

interface Shown {
  _entities: { pledges: { totalCount: number; nodes: { state: string }[] }; creditStanding: { grade: string } }[];
}
const show = async () =>
  (
    await credit.ask<Shown>(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { pledges(first: 5) { totalCount nodes { state } } creditStanding { grade } } } }',
      { variables: { of: [{ __typename: 'Enterprise', uscc: USCC }] }, actor: auditor },
    )
  ).data?._entities[0];

const check = { grant: 'G-1', finding: '实际新增就业人数与承诺不符', checkedOn: '2026-11-15', checkedBy: 'officer-1' };

describe('a pledge with which an enterprise applied for a grant', () => {
  it('stands among its pledges, once however often the event arrives', async () => {
    expect(await send('signed', signed)).toBe(200);
    expect(await send('signed', signed)).toBe(200);
    expect(await send('signed', signed, { id: 'e-signed-again' })).toBe(200);
    expect(await show()).toEqual({
      pledges: { totalCount: 1, nodes: [{ state: 'IN_FORCE' }] },
      creditStanding: { grade: 'A' },
    });
  });

  it('counts in the credit of an enterprise that breached it', async () => {
    await send('signed', signed);
    expect(await send('breached', check)).toBe(200);
    expect(await show()).toEqual({
      pledges: { totalCount: 1, nodes: [{ state: 'BREACHED' }] },
      creditStanding: { grade: 'C' },
    });
  });

  it('is closed when it was kept, and leaves the credit as it is', async () => {
    await send('signed', signed);
    expect(await send('kept', { ...check, finding: '承诺属实' })).toBe(200);
    expect(await show()).toEqual({
      pledges: { totalCount: 1, nodes: [{ state: 'CLOSED' }] },
      creditStanding: { grade: 'A' },
    });
  });

  it('is waited for when its check arrives first: the sender is told to try again', async () => {
    expect(await send('breached', check)).toBe(500);
    await send('signed', signed);
    expect(await send('breached', check)).toBe(200);
    expect((await show())?.pledges.nodes).toEqual([{ state: 'BREACHED' }]);
  });

  it('is not believed from somebody who does not hold the secret, nor without its digest', async () => {
    expect(await send('signed', signed, { secret: `whsec_${Buffer.alloc(32, 'x').toString('base64')}` })).toBe(401);
    expect(await send('signed', { ...signed, digest: 'none' }, { id: 'e-bad' })).toBe(500);
    expect((await show())?.pledges.totalCount).toBe(0);
  });
});
