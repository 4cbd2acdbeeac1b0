import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectorReads, readMapping, runSource, type RunReport } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import pg from 'pg';
import { verifyLedger } from '../../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { startPostgres, type TestPostgres } from '../../../connect/support/postgres.js';
import { creditUnderTest, keeper, type CreditUnderTest } from '../../support/credit-under-test.js';
import { targetsOf } from '../../support/deliveries.js';

/** The finance office's promises and payments as tables of its own database server, stamped by the day. */
let under: CreditUnderTest;
let server: TestPostgres;
let finance: pg.Client;
const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-finance-'));
beforeAll(async () => {
  under = await creditUnderTest(import.meta.url);
  await under.department.stores.running.make();
  server = await startPostgres();
  finance = new pg.Client({ connectionString: server.url });
  await finance.connect();
  await finance.query(`
    create table promises (promise_no text primary key, title text, kind text, uscc char(18), district text,
      approved_on date, amount_wan numeric(12,4), due_on date, document_no text, document_date date, official text,
      post text, changed_on date);
    create table payments (order_no text primary key, promise_no text, amount numeric(14,2), paid_at timestamp,
      receipt varchar(40), note text, changed_on date);
    insert into promises values
      ('CZ-2025-001', '固定资产投资奖励', '奖补', '91421222MA3L4W7M5Q', '通城县', '2025-03-10', 120, '2025-12-31',
        '咸财企〔2025〕8号', '2025-03-05', '王建国', '企业科科长', '2025-03-12'),
      ('CZ-2025-009', '扶持资金', '奖补', '91421222MA3L4W7M5Q', '通城县', '2025-03-10', -3, '2025-12-31', null, null,
        '王建国', '企业科科长', '2025-03-12');
    insert into payments values
      ('ZFL-1', 'CZ-2025-001', 500000, '2025-06-30 16:05', 'HD2025063000017', '首期', '2025-06-30'),
      ('ZFL-2', 'CZ-2025-001', 300000.50, '2025-07-15 09:00', 'HD2025071500102', null, '2025-07-15')`);
});
afterAll(async () => {
  await finance.end();
  await server.stop();
  rmSync(folder, { recursive: true });
  await under.close();
});

const MAPPINGS = {
  promises: `target: commitment
source: { kind: sql, database: postgresql, connection: { environment: FINANCE_URL }, table: promises, key: promise_no }
fields:
  externalNumber: promise_no
  title: title
  kind: kind
  uscc: uscc
  district: { column: district, codes: { 通城县: '421222' } }
  promisedOn: approved_on
  amount: { column: amount_wan, unit: 万元 }
  dueOn: due_on
  documentNumber: document_no
  documentDate: document_date
  officialName: official
  officialPost: post
`,
  payments: `target: payment
source: { kind: sql, database: postgresql, connection: { environment: FINANCE_URL }, table: payments, key: order_no }
watermark: { column: changed_on, overlap: 3 days }
fields:
  externalNumber: order_no
  commitment: promise_no
  amount: { column: amount, unit: 元 }
  paidOn: paid_at
  paymentReference: receipt
  note: note
`,
};
let moments = 0;
async function run(name: keyof typeof MAPPINGS): Promise<RunReport['run']> {
  const { connection } = under.database;
  const file = path.join(folder, `${name}.yaml`);
  writeFileSync(file, `name: finance-${name}\ndepartment: CZJ\n${MAPPINGS[name]}`);
  const read = await readMapping(file, {
    targets: targetsOf(under),
    reads: connectorReads(connection),
    environment: { FINANCE_URL: server.url },
  });
  const now = new Date(under.clock.now().getTime() + 3_600_000 * (moments += 1));
  return (
    await runSource({
      ...read,
      connection,
      clock: { now: () => now },
      outbox: under.department.outbox,
      logger: createLogger({ name: 'test', level: 'silent' }),
    })
  ).run;
}
async function ledger(): Promise<unknown> {
  const { data, errors } = await under.ask<{ commitments: { nodes: unknown[] } }>(
    '{ commitments(first: 5) { nodes { title promisedOn dueOn promisedAmount { amount } fulfilledAmount { amount } document { number } } } }',
    { actor: keeper },
  );
  expect(errors).toBeUndefined();
  return data?.commitments.nodes;
}

it('tables become ledger entries, and a later run takes what is new alone, also what was committed late', async () => {
  expect((await run('promises')).counts).toMatchObject({ read: 2, new: 1, refused: 1 });
  const [wrong] = await connectorReads(under.database.connection).refusals('finance-promises', { limit: 5 });
  expect([wrong?.column, wrong?.reason]).toEqual(['amount_wan', expect.stringContaining('负数')]);
  expect((await run('payments')).counts).toMatchObject({ read: 2, new: 2, refused: 0 });
  const promise = {
    title: '固定资产投资奖励',
    promisedOn: '2025-03-10',
    dueOn: '2025-12-31',
    promisedAmount: { amount: '1200000.00' },
    document: { number: '咸财企〔2025〕8号' },
  };
  expect(await ledger()).toEqual([{ ...promise, fulfilledAmount: { amount: '800000.50' } }]);

  // Committed after the run: one with a stamp two days before the last one, one with the same stamp, one without any.
  await finance.query(`insert into payments values
    ('ZFL-0', 'CZ-2025-001', 1000, '2025-07-12 10:00', 'HD2025071200003', null, '2025-07-13'),
    ('ZFL-3', 'CZ-2025-001', 2000, '2025-07-15 17:30', 'HD2025071500188', null, '2025-07-15'),
    ('ZFL-4', 'CZ-2025-001', 4000, '2025-07-16 08:00', 'HD2025071600001', null, null)`);
  expect((await run('payments')).counts).toMatchObject({ read: 4, new: 3, changed: 0, unchanged: 1, refused: 0 });
  expect((await run('payments')).counts).toMatchObject({ new: 0, changed: 0, refused: 0 });
  expect(await ledger()).toEqual([{ ...promise, fulfilledAmount: { amount: '807000.50' } }]);
  expect((await verifyLedger(under.department)).findings).toEqual([]);
});
