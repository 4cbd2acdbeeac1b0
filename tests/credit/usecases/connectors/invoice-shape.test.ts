import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { connectorReads, readMapping, runSource } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { guessFile } from '../../../../connect/src/check/index.js';
import { loadMapping } from '../../../../connect/src/mapping/index.js';
import { verifyLedger } from '../../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { creditUnderTest, keeper, type CreditUnderTest } from '../../support/credit-under-test.js';
import { deliveries, targetsOf } from '../../support/deliveries.js';

let under: CreditUnderTest;
const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-invoices-'));
beforeAll(async () => {
  under = await creditUnderTest(import.meta.url);
  await under.department.stores.running.make();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await under.close();
});

/** A list of invoices as accounting programs export it: blanks behind the last header and behind every row. */
const INVOICES = `企业代号,发票号码,开票日期,销方单位代号,金额,税额,价税合计,发票状态 
E16,50186599,2025-4-5,A13910,311.32,18.68,330,有效发票 
E16,20691628,2025-6-9,A01647,3018.87,181.13,3200,有效发票 
E16,691629,2025-6-10,A01647,94.34,5.66,100,有效发票 
E16,20691630,2025-6-11,A01647,943.40,56.60,1000,作废发票 
E16,20691631,2025-6-12,A01647,-94.34,-5.66,-100,有效发票 
E16,206916321,2025-6-13,A01647,94.34,5.66,100,有效发票 
`;
const MAPPING = `name: invoices
target: payment
department: CZJ
source: { kind: csv, path: invoices.csv }
fields:
  externalNumber: { column: 发票号码, digits: 8, pad: flag }
  paymentReference: { column: 发票号码, digits: 8, pad: flag }
  invoiceNumber: { column: 发票号码, digits: 8, pad: flag }
  commitment: { constant: CZ-2025-017 }
  amount: { column: 价税合计, unit: 元 }
  paidOn: 开票日期
only: { 发票状态: [有效发票] }
`;

/** The mapping that a file without one is guessed to have, as a file of payments. */
async function guessed(file: string): Promise<{ yaml: string; loaded: ReturnType<typeof loadMapping> }> {
  const targets = new Map(targetsOf(under).map((target) => [target.name, target]));
  const target = targets.get('payment');
  if (target === undefined) throw new Error('There is no target of payments.');
  let yaml = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      yaml += chunk.toString();
      done();
    },
  });
  const surroundings = { folder, environment: {} };
  await guessFile({ file, target, department: 'CZJ', surroundings, schema: 's.json' }, out);
  return { yaml, loaded: loadMapping(yaml, targets) };
}

it('invoices are evidence of payments: the void one is left out, the one without its zeros flagged', async () => {
  await deliveries(under, 'commitment', 'CZJ').deliver([
    {
      externalNumber: 'CZ-2025-017',
      title: '用电补贴',
      kind: 'CASH',
      uscc: '91421222MA3L4W7M5Q',
      district: '421222',
      promisedOn: '2025-03-10',
      amount: '12000000',
      dueOn: '2025-12-31',
      officialName: '王建国',
      officialPost: '科长',
    },
  ]);
  writeFileSync(path.join(folder, 'invoices.csv'), INVOICES);
  writeFileSync(path.join(folder, 'invoices.yaml'), MAPPING);
  const { connection } = under.database;
  const read = await readMapping(path.join(folder, 'invoices.yaml'), {
    targets: targetsOf(under),
    reads: connectorReads(connection),
    environment: {},
  });
  const { run } = await runSource({
    ...read,
    connection,
    // The promise was delivered a second after the clock of the test.
    clock: { now: () => new Date(under.clock.now().getTime() + 3_600_000) },
    outbox: under.department.outbox,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  const refusals = await connectorReads(connection).refusals('invoices', { limit: 5 });
  expect(refusals.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [6, '价税合计', expect.stringContaining('负数')],
    [7, '发票号码', expect.stringContaining('9 位')],
  ]);
  expect(run.counts).toEqual({ read: 6, new: 3, changed: 0, unchanged: 0, refused: 2, skipped: 1 });
  expect(run.flagged).toBe(1);
  // Once, although the cell fills three fields.
  expect(run.flags).toMatchObject([{ column: '发票号码', place: { line: 4 } }]);
  const { data } = await under.ask<{
    commitments: { nodes: { fulfilledAmount: unknown; entries: { paymentReference: string | null }[] }[] };
  }>('{ commitments(first: 5) { nodes { fulfilledAmount { amount } entries { paymentReference } } } }', {
    actor: keeper,
  });
  const [ledger] = data?.commitments.nodes ?? [];
  expect(ledger?.fulfilledAmount).toEqual({ amount: '3630.00' });
  expect(ledger?.entries.flatMap(({ paymentReference }) => paymentReference ?? []).sort()).toEqual([
    '00691629',
    '20691628',
    '50186599',
  ]);
  expect((await verifyLedger(under.department)).findings).toEqual([]);
});

it('a guess takes invoices for payments: gross amount, day, number with its digits, and none that is void', async () => {
  const file = path.join(folder, 'list.csv');
  writeFileSync(file, INVOICES.replace('206916321', '20691632'));
  const { yaml, loaded } = await guessed(file);
  const number = { columns: ['发票号码'], digits: 8, pad: 'flag' };
  expect(loaded).toMatchObject({
    ok: true,
    mapping: {
      fields: {
        externalNumber: number,
        paymentReference: number,
        invoiceNumber: number,
        amount: { columns: ['价税合计'], unit: '元' },
        paidOn: { columns: ['开票日期'] },
      },
      only: new Map([['发票状态', new Set(['有效发票'])]]),
    },
  });
  expect(yaml).toMatch(/commitment: 承诺编号 # No column was found for it; .*constant/);
  expect(yaml.match(/This column fills another field, too/g)).toHaveLength(2);
});

it('of invoices with codes two of one number are two, and a list of both kinds has lost no zeros', async () => {
  const file = path.join(folder, 'coded.csv');
  writeFileSync(
    file,
    `发票代码,发票号码,开票日期,价税合计,发票状态
3200183130,50186599,2025-4-5,330,正常
3200183131,50186599,2025-4-6,3200,正常
,25327000000012345678,2025-6-9,100,正常
,25327000000012345679,2025-6-9,100,正常
,25327000000012345680,2025-6-10,50,正常
`,
  );
  const { yaml, loaded } = await guessed(file);
  const number = { columns: ['发票号码'], prefixColumn: '发票代码', digits: undefined };
  expect(loaded).toMatchObject({ ok: true, mapping: { fields: { externalNumber: number, paymentReference: number } } });
  expect(yaml).not.toMatch(/Columns that fill nothing:.*发票代码/);
});
