import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLogger } from '@zhitong/kit';
import { openDepartment } from '../../../subgraphs/credit/src/service.js';
import { findingText } from '../../../subgraphs/credit/src/usecases/findings.js';
import { rebuildRecord } from '../../../subgraphs/credit/src/usecases/rebuild-record.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { verifyDaily } from '../../../subgraphs/credit/src/usecases/verify-daily.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { aLedger, fulfil, someTerms } from '../support/builders.js';
import {
  auditor,
  creditUnderTest,
  enterprise,
  keeper,
  officer,
  type CreditUnderTest,
} from '../support/credit-under-test.js';
import { registerWrites } from '../support/register-writes.js';

const USCC = '91421200MA4F5E6G3P';
const logger = createLogger({ name: 'test', level: 'silent' });

let credit: CreditUnderTest;
let folder: string;
const { write } = registerWrites(() => credit);
const raw = (name: string) => credit.database.connection.collection(name);
const findings = async () => (await verifyLedger({ stores: credit.department.stores })).findings;
const events = async (type: string) =>
  (
    await raw('outbox')
      .find({ 'event.type': `cn.zhitong.${type}` })
      .sort({ _id: 1 })
      .toArray()
  ).map((row): unknown => (row['event'] as { data: unknown }).data);
const seal = async (cutoff: string) =>
  sealLedger({ stores: credit.department.stores, outbox: credit.department.outbox, cutoff });

beforeEach(async () => {
  credit = await creditUnderTest(import.meta.url);
  folder = await mkdtemp(path.join(os.tmpdir(), 'history-'));
});
afterEach(async () => {
  await credit.close();
  await rm(folder, { recursive: true });
});

async function run(script: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const file = fileURLToPath(new URL(`../../../subgraphs/credit/${script}`, import.meta.url));
  return promisify(execFile)(process.execPath, [file, ...args], { env: {}, cwd: folder }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: unknown) => {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, output: stderr };
    },
  );
}
const refused = (words: string) => ({ code: 1, output: expect.stringContaining(words) as unknown });

async function aDebt(contractNumber = 'HT-1'): Promise<string> {
  const { arrear, refusal } = await write(
    'recordArrear',
    'arrear { id }',
    {
      debtor: 'ZJJ',
      uscc: USCC,
      subject: '道路维修款',
      contractNumber,
      contractSignedOn: '2026-03-01',
      deliveredOn: '2026-08-01',
      principal: '100000.00',
    },
    { actor: officer('ZJJ') },
  );
  if (refusal) throw new Error(refusal.message);
  return (arrear as { id: string }).id;
}

it('keeps what every write left of a record, and a damaged one neither hides another nor stops its department', async () => {
  const [id, sound] = [await aDebt(), await aDebt('HT-2')];
  const payment = { arrear: id, paidOn: '2026-09-01', amount: '400.00', reference: '回单-1' };
  expect(await write('recordArrearPayment', 'arrear { version }', payment)).toMatchObject({ arrear: { version: 2 } });
  const history = (await credit.department.stores.history.chains([`arrears/${id}`])).get(`arrears/${id}`) ?? [];
  expect(history.map(({ seq, change }) => [seq, change])).toEqual([
    [1, 'WRITTEN'],
    [2, 'WRITTEN'],
  ]);
  expect(history[1]?.open).toContain('"reference":"回单-1"');
  // Who recorded it is covered, and not in the part that an enterprise reads.
  expect(history[1]?.open).not.toContain(keeper.sub);
  expect(history[1]?.named).toContain(keeper.sub);
  expect(await findings()).toEqual([]);

  await raw('arrears').updateOne({ id }, { $set: { payments: 'nothing' } });
  expect(await findings()).toContainEqual({
    kind: 'RECORD',
    record: `arrears/${id}`,
    message: 'it is not as the last entry of its history has it',
  });
  expect(await findings()).not.toContainEqual(expect.objectContaining({ record: `arrears/${sound}` }));
  // The register is derived: the record is put back as its history has it.
  expect(await rebuildRecord(credit.department.stores, `arrears/${id}`)).toBeNull();
  expect(await findings()).toEqual([]);
  await raw('record_history').updateOne({ chain: `arrears/${id}`, seq: 2 }, { $set: { recordedAt: '2026-12-01' } });
  expect(await rebuildRecord(credit.department.stores, `arrears/${id}`)).toContain('its history is damaged');
});

it('does not write over a record that somebody changed, put in or took away: its history would have it from then on', async () => {
  const [changed, sound] = [await aDebt(), await aDebt('HT-2')];
  const pay = async (arrear: string, reference: string) =>
    write('recordArrearPayment', 'arrear { version }', { arrear, paidOn: '2026-09-01', amount: '400.00', reference });
  const forged = await raw('arrears').findOne({ id: changed }, { projection: { _id: 0 } });
  await raw('arrears').insertOne({ ...forged, id: 'QK-FORGED', identity: undefined, version: 1 });
  await raw('arrears').updateOne({ id: changed }, { $set: { principal: 50_000 } });
  for (const id of [changed, 'QK-FORGED']) {
    const { errors } = await pay(id, `回单-${id}`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL' });
  }
  expect(await pay(sound, '回单-9')).toMatchObject({ arrear: { version: 2 } });
  expect((await findings()).filter(({ kind }) => kind === 'RECORD').map((found) => findingText(found))).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`arrears/${changed}`),
      expect.stringContaining('arrears/QK-FORGED'),
    ]),
  );
  expect(await rebuildRecord(credit.department.stores, `arrears/${changed}`)).toBeNull();
  expect(await pay(changed, '回单-10')).toMatchObject({ arrear: { version: 2 } });
});

it('verifies by itself once a day, and what was touched is an alarm for all who must know', async () => {
  const { stores, outbox } = credit.department;
  const id = await aDebt();
  const tools = { stores, outbox, clock: credit.clock, logger };
  const ask = async (actor = auditor) =>
    credit.ask<{ ledgerVerification: unknown }>('{ ledgerVerification { on records findingCount findings } }', {
      actor,
    });
  expect((await ask()).data).toEqual({ ledgerVerification: null });
  expect(await verifyDaily(tools)).toMatchObject({ on: '2026-11-20', findingCount: 0 });
  await raw('arrears').deleteOne({ id });
  expect(await verifyDaily(tools)).toMatchObject({ on: '2026-11-20', findingCount: 0 });
  expect(await events('ledger.touched')).toEqual([]);
  credit.clock.set('2026-11-21T02:00:00.000Z');
  await verifyDaily(tools);
  const words = [
    `record arrears/${id}: it is missing in its register`,
    `record arrear_reckonings/${id}: there is no such debt`,
  ];
  expect((await ask()).data).toEqual({
    ledgerVerification: { on: '2026-11-21', records: expect.any(Number) as unknown, findingCount: 2, findings: words },
  });
  expect(await events('ledger.touched')).toEqual([{ on: '2026-11-21', findingCount: 2 }]);
  expect((await ask(officer('ZJJ'))).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});

it('takes over the records of a database from before, once, and they are sealed from then on', async () => {
  const id = await aDebt();
  await raw('record_history').deleteMany({});
  await raw('stored_forms').deleteMany({});
  await openDepartment({ connection: credit.database.connection, logger, clock: credit.clock });
  const { stores } = credit.department;
  const [entry] = (await stores.history.chains([`arrears/${id}`])).get(`arrears/${id}`) ?? [];
  expect(entry).toMatchObject({ seq: 1, change: 'BROUGHT_IN' });
  expect(await findings()).toEqual([]);
  // A record that somebody puts in later is not taken over by another start.
  await raw('arrears').insertOne({
    ...(await raw('arrears').findOne({}, { projection: { _id: 0, identity: 0 } })),
    id: 'QK-X',
  });
  await openDepartment({ connection: credit.database.connection, logger, clock: credit.clock });
  expect(await findings()).toEqual([
    {
      kind: 'RECORD',
      record: 'arrears/QK-X',
      message: 'it stands in its register, and no entry of the history wrote it',
    },
  ]);
});

it('gives an enterprise the proof of what it is owed, without the accounts of officials, and tells of each seal', async () => {
  const chain = aLedger([['2024-06-02', fulfil(60_000, '2024-06-01')]], someTerms({ uscc: USCC }));
  await credit.department.stores.ledger.importChains([chain]);
  const debt = await aDebt();
  const ask = async () =>
    credit.ask<{ enterprise: unknown; commitment: { proof: Proof | null }; arrear: { proof: Proof | null } | null }>(
      `{ commitment(id: "C-1") { proof { entryCount seal { no size hash } file } }
         arrear(id: "${debt}") { proof { entryCount seal { no } file } } }`,
      { actor: enterprise(USCC) },
    );
  interface Proof {
    readonly entryCount: number;
    readonly seal: { readonly hash: string };
    readonly file: string;
  }
  expect((await ask()).data).toEqual({ commitment: { proof: null }, arrear: { proof: null } });
  const first = await seal('2025-01-01T00:00:00.000Z');
  const early = (await ask()).data;
  expect(early?.commitment.proof).toMatchObject({ entryCount: 2, seal: { no: 1, size: 2 } });
  expect(early?.arrear?.proof).toBeNull();
  credit.clock.set('2026-11-21T02:00:00.000Z');
  const second = await seal('2026-11-20T16:00:00.000Z');
  const proofs = (await ask()).data;
  const files = [proofs?.commitment.proof?.file ?? '', proofs?.arrear?.proof?.file ?? ''];
  for (const [index, name] of ['open/C-1', `arrears/${debt}`].entries()) {
    const file = path.join(folder, `${String(index)}.json`);
    await writeFile(file, files[index] ?? '');
    expect(await run('check-proof.mjs', file, second.hash)).toEqual({
      code: 0,
      output: expect.stringContaining(`${name}: `) as unknown,
    });
    expect(files[index]).not.toMatch(/officer-/);
    await writeFile(file, (files[index] ?? '').replace(/60000|10000000/, '1'));
    expect(await run('check-proof.mjs', file, second.hash)).toEqual(refused('does not have the content'));
  }
  expect(
    (await credit.ask(`{ commitment(id: "C-1") { proof { file } } }`, { actor: enterprise('91421200MA48FAKE0X') }))
      .errors?.[0]?.extensions,
  ).toMatchObject({ code: 'FORBIDDEN' });
  const { no, cutoff, root, treeSize, previousHash, hash } = second;
  expect(await events('ledger.sealed')).toEqual([
    expect.objectContaining({ no: 1, hash: first.hash }),
    { no, cutoff, root, treeSize, previousHash, hash },
  ]);
});

it('lets anybody check that of two published seals the later one continues the earlier one', async () => {
  const { stores } = credit.department;
  const made = [];
  for (const day of ['21', '22', '23']) {
    credit.clock.set(`2026-11-${day}T02:00:00.000Z`);
    made.push(await seal(`2026-11-${String(Number(day) - 1)}T16:00:00.000Z`));
  }
  const [first, , third] = made.map(({ hash }) => hash);
  const file = path.join(folder, 'seals.jsonl');
  const keep = async (lines: readonly object[]) =>
    writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const check = async (older = first, newer = third) => run('check-consistency.mjs', file, older ?? '', newer ?? '');
  const seals = await stores.seals.all();
  await keep(seals);
  expect(await check()).toEqual({ code: 0, output: 'Seal 3 continues seal 1: 2 seals in one chain.\n' });
  expect(await check(third, first)).toEqual(refused('fork'));
  expect(await check('nonsense')).toMatchObject({ code: 2 });
  await keep(seals.filter(({ no }) => no !== 2));
  expect(await check()).toEqual(refused('is not in the file'));
  await keep(seals.map((one) => (one.no === 2 ? { ...one, treeSize: 9 } : one)));
  expect(await check()).toEqual(refused('seal 2 does not have the content'));
});
