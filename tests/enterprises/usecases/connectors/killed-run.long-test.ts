import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { demoCity } from '@zhitong/demo';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { addressFor, endOpenTransactions } from '../../../support/open-transactions.js';
import { program } from '../../../support/programs.js';

const APPLICATION = `killed-run-${process.pid}`;
const CHILD = program('tests/enterprises/support/run-and-die.mjs');

/** A register of 200: each twentieth row has a code that is none, one row stands twice with another name. */
const city = demoCity({ referenceDate: '2026-11-20', enterprises: 200 });
const rows = city.enterprises.map(({ uscc, name, registeredOn, scale }, index) => ({
  uscc: index % 20 === 19 ? `${uscc.slice(0, 17)}${uscc.endsWith('1') ? '2' : '1'}` : uscc,
  name,
  registeredOn,
  scale,
}));
rows.push({ ...rows[3], name: '另一个名字' } as (typeof rows)[number]);

let database: TestDatabase;
let file: string;
beforeEach(async () => {
  database = await testDatabase(import.meta.url);
  file = path.join(await mkdtemp(path.join(tmpdir(), 'killed-')), 'rows.json');
  await writeFile(file, JSON.stringify(rows));
});
afterEach(async () => database.close());

interface Told {
  readonly state: string;
  readonly resumed: number;
  readonly counts: Record<string, number>;
  readonly commands: number;
}

/** What the child told; null when it was killed. */
const child = async (dieAt: number): Promise<Told | null> =>
  new Promise((resolve, reject) => {
    const uri = addressFor(database.uri, APPLICATION);
    execFile(process.execPath, [CHILD, uri, database.name, file, String(dieAt)], (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout) as Told);
      else if (error.signal === 'SIGKILL') resolve(null);
      else reject(new Error(stderr));
    });
  });

/** Lets the lease of the dead process lapse, as half a minute would. */
const letLeaseLapse = async (): Promise<unknown> =>
  database.connection.collection('job_leases').updateMany({}, { $set: { leasedUntil: new Date(0) } });

/** Counts by a program of its own what a register of these rows must come to. */
function naiveTotals() {
  const codes = new Set<string>();
  let refused = 0;
  for (const [index, { uscc }] of rows.entries()) {
    if (index % 20 === 19 || codes.has(uscc)) refused += 1;
    else codes.add(uscc);
  }
  return { read: rows.length, new: codes.size, changed: 0, unchanged: 0, refused, skipped: 0, codes };
}

/** Early and late in its work; `KILLED_AT=3,12,27,44 npm run test:long -- killed-run` tries more. */
const KILLED_AT = (process.env['KILLED_AT'] ?? '3,27').split(',').map(Number);

it.each(KILLED_AT)(
  'a run that is killed at command %d and run again comes to what an undisturbed one comes to',
  async (dieAt) => {
    expect(await child(dieAt)).toBeNull();
    await endOpenTransactions(database.connection, APPLICATION);
    await letLeaseLapse();
    const told = await child(0);
    const { codes, ...counts } = naiveTotals();
    expect(told).toMatchObject({ state: 'DONE', counts });

    const { connection } = database;
    const stored = await connection.collection('enterprises').find().toArray();
    expect(new Set(stored.map(({ uscc }) => uscc as string))).toEqual(codes);
    expect(stored.every(({ version }) => version === 1)).toBe(true);
    const events = await connection
      .collection('outbox')
      .find({ 'event.type': 'cn.zhitong.enterprise.registered' })
      .toArray();
    expect(events.map(({ event }) => (event as { subject: string }).subject).sort()).toEqual([...codes].sort());
    expect(await connection.collection('connector_refusals').countDocuments()).toBe(counts.refused);
    expect(await connection.collection('connector_runs').countDocuments({ state: 'DONE' })).toBe(1);

    const again = await child(0);
    expect(again).toMatchObject({ counts: { new: 0, changed: 0, unchanged: codes.size } });
  },
);
