import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  discloseArrears,
  publishDisclosures,
} from '../../../subgraphs/credit/src/usecases/arrears/disclose-arrears.js';
import { disclosureToFile } from '../../../subgraphs/credit/src/usecases/files/disclosure-file.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { auditor, creditUnderTest, keeper, TODAY, type CreditUnderTest } from '../support/credit-under-test.js';
import { registerWrites } from '../support/register-writes.js';

const USCC = '91421200MA4F5E6G3P';

let credit: CreditUnderTest;
beforeAll(async () => void (credit = await creditUnderTest(import.meta.url)));
afterAll(async () => credit.close());
beforeEach(() => credit.clock.set(`${TODAY}T02:00:00.000Z`));
const { key, write } = registerWrites(() => credit);

const yuan = (amount: string) => ({ amount });
async function done(mutation: string, input: Record<string, unknown>): Promise<{ readonly id: string }> {
  const { arrear, refusal, errors } = await write(mutation, 'arrear { id }', input, { actor: keeper });
  if (refusal !== null || errors !== undefined) throw new Error(JSON.stringify(refusal ?? errors));
  return arrear as { id: string };
}
/** A debt that is due on 2026-08-31 unless said otherwise. */
const aDebt = async (changes: Record<string, unknown>) =>
  done('recordArrear', {
    debtor: 'ZJJ',
    uscc: USCC,
    subject: '道路维修款',
    contractNumber: `HT-${key()}`,
    contractSignedOn: '2026-03-02',
    deliveredOn: '2026-08-01',
    ...changes,
  });
const interestKnown = async (id: string, knownOn: string) =>
  (
    await credit.ask<{ arrear: { lateInterest: { amount: object } } }>(
      `{ arrear(id: "${id}", asOf: "2026-12-31", knownOn: "${knownOn}") { lateInterest { amount { amount } } } }`,
      { actor: auditor },
    )
  ).data?.arrear.lateInterest.amount;

interface Row {
  readonly department: { readonly code: string };
  readonly lateInterestAmount: { readonly amount: string };
}
interface Disclosed {
  readonly departments: readonly Row[];
  readonly corrected: { readonly departments: readonly Row[] } | null;
}

describe('the yearly disclosure', () => {
  const ROW = 'department { code } contractCount amount { amount } lateInterestAmount { amount }';
  const ask = async (year: number) =>
    credit.ask<{ arrearsDisclosure: object }>(
      `{ arrearsDisclosure(year: ${year}) { asOf knownOn publishBy publishedOn contractCount amount { amount } departments { ${ROW} } corrected { knownOn contractCount departments { ${ROW} } } } }`,
    );

  it('is public, names no enterprise, and stays as it was published', async () => {
    credit.clock.set('2026-02-10T02:00:00.000Z');
    const { id } = await aDebt({
      debtor: 'WJW',
      contractSignedOn: '2025-03-03',
      deliveredOn: '2025-10-09',
      principal: '70000.00',
    });
    const row = {
      department: { code: 'WJW' },
      contractCount: 1,
      amount: yuan('70000.00'),
      // Due on 2025-11-10, as 11-08 is a Saturday.
      lateInterestAmount: yuan('1785.00'),
    };
    credit.clock.set('2026-02-11T02:00:00.000Z');
    expect((await ask(2025)).data?.arrearsDisclosure).toMatchObject({
      asOf: '2025-12-31',
      knownOn: '2026-02-10',
      publishBy: '2026-03-31',
      departments: [row],
    });
    credit.clock.set('2026-05-01T02:00:00.000Z');
    const told = async () => ((await ask(2025)).data?.arrearsDisclosure as { departments: object[] }).departments;
    const document = { number: '咸住建〔2026〕7号', date: '2026-04-30' };
    await done('withdrawArrear', { arrear: id, reason: '重复登记', document });
    // With what was known by 31 March, also on the days after the withdrawal is known.
    credit.clock.set('2026-05-03T02:00:00.000Z');
    expect((await ask(2025)).data?.arrearsDisclosure).toMatchObject({ knownOn: '2026-03-31' });
    expect(await told()).toEqual([row]);
    // Published by itself, once; what became known since stands beside it.
    const publish = async () => publishDisclosures({ stores: credit.department.stores, clock: credit.clock });
    // While a debt of it is damaged it waits, and the debt is named.
    const arrears = credit.database.connection.collection('arrears');
    const sound = await arrears.findOne({ id });
    await arrears.updateOne({ id }, { $set: { payments: 'lost' } });
    await expect(publish()).rejects.toThrow(id);
    await arrears.updateOne({ id }, { $set: { payments: sound?.['payments'] as object } });
    expect([await publish(), await publish()]).toEqual([[2025], []]);
    const gone = { ...row, contractCount: 0, amount: yuan('0.00'), lateInterestAmount: yuan('0.00') };
    expect((await ask(2025)).data?.arrearsDisclosure).toMatchObject({
      knownOn: '2026-03-31',
      publishedOn: '2026-05-03',
      departments: [row],
      corrected: { knownOn: '2026-05-02', contractCount: 0, departments: [gone] },
    });
    expect((await ask(2026)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('is a table for a page and a file for a spreadsheet, with enterprises only in the office’s own list', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'disclosure-'));
    try {
      const disclosure = await discloseArrears(credit.department.stores, 2025, '2026-03-31');
      const departments = new Map([['WJW', '<卫健委>']]);
      const save = async (name: string, enterprises: ReadonlyMap<string, string> | null) => {
        await disclosureToFile(disclosure, path.join(folder, name), { departments, enterprises });
        return readFile(path.join(folder, name), 'utf8');
      };
      const page = await save('a.html', null);
      expect(page).toContain('<caption>2025年度逾期尚未支付中小企业款项信息</caption>');
      expect(page).toContain('<tr><td>&lt;卫健委&gt;</td><td>1</td><td>70000.00</td><td>1785.00</td></tr>');
      expect(page).toContain('<tr><td>合计</td><td>1</td><td>70000.00</td><td>1785.00</td></tr>');
      expect(page).not.toContain(USCC);
      const sheet = await save('a.csv', new Map([[USCC, '=咸宁一公司']]));
      expect(sheet.split('\r\n')).toContainEqual(
        expect.stringMatching(/^<卫健委>,WJW,'=咸宁一公司,91421200MA4F5E6G3P,/),
      );
      await expect(save('a.pdf', null)).rejects.toThrow('--file');
      const corrected = { knownOn: '2026-05-02', departments: [], contractCount: 0, amount: 0n, interest: 0n };
      await disclosureToFile(disclosure, path.join(folder, 'b.csv'), { departments, enterprises: null }, corrected);
      const lines = (await readFile(path.join(folder, 'b.csv'), 'utf8')).split('\r\n');
      expect(lines).toEqual(expect.arrayContaining(['公布后更正（按2026-05-02登记情况）', '更正后合计,0,0.00,0.00']));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('does not move by a rate that is added after it, nor does a debt as it was known before', async () => {
    // At least the LPR at signing: 3.00 % of 365,000.00 for 122 days, and 4.00 % by what was published and added late.
    const { id } = await aDebt({ debtor: 'KJJ', principal: '365000.00', agreedRatePercent: '0.01' });
    const { stores } = credit.department;
    credit.clock.set('2027-04-05T02:00:00.000Z');
    await stores.publishedRates.add({ from: '2026-02-20', value: 400, source: '公告' });
    await stores.loanPrimeRates.refresh();
    const interestOf = (departments: readonly { debtor: string; interest: bigint }[]) =>
      departments.find(({ debtor }) => debtor === 'KJJ')?.interest;
    expect(interestOf((await discloseArrears(stores, 2026, '2027-03-31')).departments)).toBe(366_000n);
    expect(await publishDisclosures({ stores, clock: credit.clock })).toEqual([2026]);
    const seen = async () => {
      const { departments, corrected } = (await ask(2026)).data?.arrearsDisclosure as Disclosed;
      const at = (rows: readonly Row[] | undefined) =>
        rows?.find(({ department }) => department.code === 'KJJ')?.lateInterestAmount.amount ?? null;
      return [at(departments), at(corrected?.departments)];
    };
    expect(await seen()).toEqual(['3660.00', null]);
    credit.clock.set('2027-04-06T02:00:00.000Z');
    expect(await seen()).toEqual(['3660.00', '4880.00']);
    expect(await interestKnown(id, '2027-04-04')).toEqual(yuan('3660.00'));
    expect(await interestKnown(id, '2027-04-05')).toEqual(yuan('4880.00'));
    expect((await verifyLedger(credit.department)).findings).toEqual([]);
    // One that somebody takes away is not made anew over it.
    const published = credit.database.connection.collection('published_disclosures');
    await published.deleteOne({ year: 2026 });
    await expect(publishDisclosures({ stores, clock: credit.clock })).rejects.toThrow('published_disclosures/2026');
    expect(await published.countDocuments({ year: 2026 })).toBe(0);
    // And keeps no other from being published.
    credit.clock.set('2028-04-05T02:00:00.000Z');
    await expect(publishDisclosures({ stores, clock: credit.clock })).rejects.toThrow('published_disclosures/2026');
    expect(await published.distinct('year')).toEqual([2025, 2027]);
  });
});
