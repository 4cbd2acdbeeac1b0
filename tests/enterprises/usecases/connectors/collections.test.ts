import path from 'node:path';
import { readMapping, runSource, type RunReport } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { deliveries } from '../../support/deliveries.js';
import {
  clock,
  coordinator,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

/** The example mappings that ship with the project: titles, loans, and the yearly figures of two offices. */
let under: EnterprisesUnderTest;
beforeAll(async () => void (under = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => under.close());

async function runExample(name: string): Promise<RunReport> {
  const { department, database } = under;
  const file = path.resolve(`subgraphs/enterprises/connectors/${name}.yaml`);
  const reads = department.connectors;
  const mapping = await readMapping(file, { targets: await department.connectorTargets(), reads, environment: {} });
  return runSource({
    ...mapping,
    drift: mapping.drift,
    connection: database.connection,
    clock,
    outbox: department.outbox,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
}

const refused = async (source: string): Promise<unknown> =>
  (await under.department.connectors.refusals(source, { limit: 10 })).map(({ line, column, reason }) => [
    line,
    column,
    reason,
  ]);

interface Told {
  honours: { title: string; awardedOn: string; validTo: string | null; firstTime: boolean }[];
  factHistory: {
    year: number;
    values: Record<string, unknown>;
    recordedBy: { code: string };
    provenance: { field: string; source: string; file: string; line: number }[];
  }[];
  facts: { values: Record<string, unknown> };
  provenance: { field: string; source: string; line: number }[];
}
async function told(uscc: string): Promise<Told | undefined> {
  const { data, errors } = await under.ask<{ enterprise: Told }>(
    `{ enterprise(uscc: "${uscc}") { honours { title awardedOn validTo firstTime } facts
      factHistory { year values recordedBy { code } provenance { field source file line } } provenance { field source line } } }`,
    { actor: coordinator },
  );
  expect(errors).toBeUndefined();
  return data?.enterprise;
}

/** The first line of market-register.csv. */
const HESHENG = '91421222MA3L4W7M5Q';
/** The borrower of the first line of bank-loans.csv. */
const TINGSI = '91421222MAD1LP9M1C';
/** Of its third and last. */
const LUSHUI = '91421202MAGDT92A5H';

it('the examples of five offices land: register, titles, loans, tax and social insurance', async () => {
  await runExample('market-register');
  expect((await runExample('science-titles')).run.counts).toMatchObject({ read: 17, new: 16, refused: 1 });
  expect(await refused('science-titles')).toEqual([[18, '有效期至', '有效期至 2024-06-29 早于认定日期 2025-06-30']]);
  expect((await runExample('bank-loans')).run.counts).toMatchObject({ read: 21, new: 20, refused: 1 });
  expect(await refused('bank-loans')).toEqual([[4, '放款金额(万元)', expect.stringContaining('美元') as unknown]]);
  expect((await runExample('tax-year')).run.counts).toMatchObject({ read: 40, new: 39, refused: 1 });
  expect(await refused('tax-year')).toEqual([[7, '纳税信用级别', '取值不能接受：只能是A、B、M、C、D之一']]);
  expect((await runExample('social-insurance')).run.counts).toMatchObject({
    read: 40,
    refused: 1,
    changed: 38,
    new: 1,
  });
  expect(await refused('social-insurance')).toEqual([[5, '参保人数', expect.stringContaining('11.5') as unknown]]);
  for (const name of ['science-titles', 'bank-loans', 'tax-year', 'social-insurance'])
    expect((await runExample(name)).run.counts).toMatchObject({ new: 0, changed: 0, refused: 1 });
});

it('titles stand in the register and on the fact sheet, each with the line that brought it', async () => {
  const enterprise = await told(HESHENG);
  expect(enterprise?.honours).toEqual([
    { title: '湖北省科技型中小企业', awardedOn: '2025-06-30', validTo: '2026-06-29', firstTime: false },
    { title: '高新技术企业', awardedOn: '2023-11-06', validTo: '2026-11-05', firstTime: true },
  ]);
  expect(enterprise?.provenance.filter(({ field }) => field === 'honours')).toEqual([
    { field: 'honours', source: 'science-titles', line: 2 },
    { field: 'honours', source: 'science-titles', line: 16 },
  ]);
  // 通山崇阳湖苎麻有限公司: valid on 20 November 2026.
  expect((await told('91421224MAKFQP4L4D'))?.facts.values['honours']).toEqual(['高新技术企业']);
});

it('loans stand in the record of their year as a collection that policies ask by', async () => {
  const year = (await told(TINGSI))?.factHistory.find((one) => one.year === 2026);
  expect(year).toMatchObject({
    recordedBy: { code: 'RMYH' },
    values: {
      loans: [{ product: '鄂科贷', principalYuan: 500_000, takenOn: '2026-01-01', years: 1, interestPaidYuan: 1201 }],
    },
    provenance: [{ field: 'loans', source: 'bank-loans', file: 'bank-loans.csv', line: 2 }],
  });
});

describe('items that are delivered one by one', () => {
  const loans = () => deliveries(under, 'enterprise-loans', 'RMYH');
  const hires = () => deliveries(under, 'enterprise-hires', 'RSJ');
  const listed = async (uscc: string, fact: string, year = 2026) =>
    (await told(uscc))?.factHistory.find((one) => one.year === year)?.values[fact];
  const loan = (number: string, principal: string, uscc = LUSHUI) => ({
    uscc,
    year: 2026,
    number,
    product: '鄂科贷',
    principalYuan: principal,
  });

  it('join those of other sources and of hands, replace their own, and go when they are swept or undone', async () => {
    await under.ask(
      `mutation { recordEnterpriseFacts(input: { uscc: "${LUSHUI}", year: 2026, idempotencyKey: "k-loans-01",
        values: { loans: [{ principalYuan: 7 }, { product: "鄂科贷", principalYuan: 100 }] } }) { refusal { message } } }`,
      { actor: { ...officer, department: 'RMYH' } },
    );
    const first = await loans().deliver([loan('A', '10000'), loan('B', '20000'), loan('C', '30000')]);
    // A is the very loan that was recorded by hand.
    expect(first.run.counts).toMatchObject({ new: 2, unchanged: 1 });
    const both = [
      { principalYuan: 7 },
      { product: '鄂科贷', principalYuan: 100 },
      { product: '鄂科贷', principalYuan: 200 },
    ];
    expect(await listed(LUSHUI, 'loans')).toEqual([...both, { product: '鄂科贷', principalYuan: 300 }]);
    // Two equal loans of two numbers are two loans.
    expect((await loans().deliver([loan('D', '20000')], { source: 'other-bank' })).run.counts).toMatchObject({
      new: 1,
    });
    const second = await loans().deliver([loan('A', '10000'), loan('B', '25000')], { sweep: { mostShare: 0.5 } });
    expect(second.run).toMatchObject({ counts: { changed: 1 }, sweep: { marked: 1 } });
    const now = [
      { principalYuan: 7 },
      { product: '鄂科贷', principalYuan: 100 },
      { product: '鄂科贷', principalYuan: 250 },
    ];
    expect(await listed(LUSHUI, 'loans')).toEqual([...now, { product: '鄂科贷', principalYuan: 200 }]);
    expect((await loans().undo(second.run._id)).undoing).toMatchObject({ undone: 2, left: 0 });
    expect(await listed(LUSHUI, 'loans')).toEqual([
      ...both,
      { product: '鄂科贷', principalYuan: 200 },
      { product: '鄂科贷', principalYuan: 300 },
    ]);
  });

  let refusedSources = 0;
  it.each([
    ['a department that does not keep the original', 'SHUIWJ', { people: 3 }, null, '主管部门'],
    ['more months than a life has', 'RSJ', { people: 3, insuredMonths: 2000 }, 'insuredMonths', '1200'],
    ['a year to come', 'RSJ', { people: 3, year: 2027 }, 'year', '2026'],
    ['an enterprise that is not registered', 'RSJ', { people: 3, uscc: '91110000600037341L' }, 'uscc', '登记库中没有'],
    ['a row that says nothing', 'RSJ', {}, null, '没有任何数据'],
  ])('%s is refused', async (_what, department, part, field, reason) => {
    const source = `refused-${String((refusedSources += 1))}`;
    const office = deliveries(under, 'enterprise-hires', department);
    const { run } = await office.deliver([{ uscc: TINGSI, year: 2025, number: '1', ...part }], {
      source,
    });
    expect(run.counts).toMatchObject({ refused: 1, new: 0 });
    const [only] = await under.department.connectors.refusals(source, { limit: 2 });
    expect([only?.column ?? null, only?.reason]).toEqual([field, expect.stringContaining(reason)]);
  });

  it('leaves on undoing what somebody has changed since', async () => {
    const { run } = await hires().deliver([{ uscc: TINGSI, year: 2025, number: '1', group: '高校毕业生', people: 3 }]);
    await under.ask(
      `mutation { recordEnterpriseFacts(input: { uscc: "${TINGSI}", year: 2025, idempotencyKey: "k-hires-01",
        values: { hires: [{ people: 9 }] } }) { refusal { message } } }`,
      { actor: { ...officer, department: 'RSJ' } },
    );
    expect((await hires().undo(run._id)).undoing).toMatchObject({ undone: 0, left: 1 });
    expect(await listed(TINGSI, 'hires', 2025)).toEqual([{ people: 9 }]);
  });

  it('leaves on undoing an item that another source has changed since', async () => {
    const { run } = await loans().deliver([loan('U', '11100', TINGSI)], { source: 'undone-1' });
    const second = await loans().deliver([loan('U', '22200', TINGSI)], { source: 'undone-2' });
    await loans().deliver([loan('U', '33300', TINGSI)], { source: 'undone-3' });
    const mine = async () =>
      ((await listed(TINGSI, 'loans')) as { principalYuan: number }[])
        .map(({ principalYuan }) => principalYuan)
        .filter((principal) => [111, 222, 333].includes(principal));
    expect(await mine()).toEqual([333]);
    expect((await loans().undo(second.run._id)).undoing).toMatchObject({ undone: 0, left: 1 });
    expect((await loans().undo(run._id)).undoing).toMatchObject({ undone: 0, left: 1 });
    expect(await mine()).toEqual([333]);
    // The number still stands for the item: what is delivered again replaces it, and is no second one.
    await loans().deliver([loan('U', '11100', TINGSI)], { source: 'undone-4' });
    expect(await mine()).toEqual([111]);
  });

  it('titles: a renewed one is no first recognition, and undoing takes the award away', async () => {
    const titles = deliveries(under, 'enterprise-title', 'KJJ');
    const award = (awardedOn: string) => ({ uscc: LUSHUI, title: '瞪羚企业', level: 'CITY', awardedOn });
    const { run } = await titles.deliver([award('2026-05-01'), award('2023-05-01')]);
    expect((await told(LUSHUI))?.honours.map(({ awardedOn, firstTime }) => [awardedOn, firstTime])).toEqual([
      ['2026-05-01', false],
      ['2023-05-01', true],
    ]);
    expect(
      (await deliveries(under, 'enterprise-title', 'SHUIWJ').deliver([award('2025-05-01')])).run.counts.refused,
    ).toBe(1);
    expect((await titles.deliver([award('2027-05-01')])).run.counts.refused).toBe(1);
    expect((await titles.undo(run._id)).undoing).toMatchObject({ undone: 2, left: 0 });
    expect((await told(LUSHUI))?.honours).toEqual([]);
  });
});
