import { nationalCalendar } from '@zhitong/kit';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { telephoneHash } from '../../../subgraphs/cases/src/domain/telephone.js';
import { openStores, type Stores } from '../../../subgraphs/cases/src/stores.js';
import { rebuildViews } from '../../../subgraphs/cases/src/usecases/rebuild.js';
import { accepted, anAuthor, anIntake, assigned, contacted, resolvedWith } from '../support/a-case.js';
import { people } from '../support/cases-under-test.js';
import { addressFor, endOpenTransactions } from '../../support/open-transactions.js';
import { program } from '../../support/programs.js';

const CASES = 3;
/** A case's story after its submission, each step by whoever may make it. */
const STORY = [
  { actor: people.coordinator, change: assigned() },
  { actor: people.officer('JRB'), change: accepted },
  { actor: people.officer('JRB'), change: contacted },
  { actor: people.officer('JRB'), change: resolvedWith() },
];
/** All cases are submitted, then all are assigned, and so on. */
const OPERATIONS = [null, ...STORY].flatMap((step, at) =>
  Array.from({ length: CASES }, (_, place) => ({
    place,
    actor: step?.actor ?? null,
    expectedVersion: at,
    change: step?.change ?? null,
  })),
);
const SUBMISSION = {
  actor: people.owner,
  by: anAuthor('ENTERPRISE', { sub: people.owner.sub, uscc: people.owner.uscc }),
  intake: anIntake(),
};

/** Tells the worker's sessions on the server from those of other tests. */
const APP = `case-kills-${process.pid}`;

/** Where a process is killed: during which operation, at which command of its transaction. */
interface Kill {
  readonly operation: number;
  readonly when: 'sent' | 'answered';
  readonly place: string;
}
const KILLS: readonly Kill[] = [
  { operation: 1, when: 'answered', place: 'insert case_events' },
  { operation: 4, when: 'answered', place: 'insert case_events' },
  { operation: 8, when: 'answered', place: 'insert outbox' },
  { operation: 13, when: 'answered', place: 'commitTransaction' },
];

let database: TestDatabase;
let stores: Stores;
let folder: string;
beforeAll(async () => {
  database = await testDatabase(import.meta.url);
  stores = openStores(database.connection, telephoneHash('a key of this test, and of nobody else'));
  folder = await mkdtemp(path.join(os.tmpdir(), 'case-kills-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.close();
});

interface Acknowledged {
  readonly index: number;
  readonly kind: string;
  readonly caseNumber: string;
}

/**
 * Runs the worker from an operation on until it is done or killed; answers what it acknowledged and the signal that
 * ended it.
 */
async function work(
  file: string,
  start: number,
  kill: Kill | null,
): Promise<{ acknowledged: Acknowledged[]; signal: NodeJS.Signals | null }> {
  const worker = spawn(
    process.execPath,
    [
      program('tests/cases/support/case-worker.mjs'),
      addressFor(database.uri, APP),
      database.name,
      file,
      String(start),
      JSON.stringify(kill),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const acknowledged: Acknowledged[] = [];
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    worker.once('close', (_code, signal) => resolve(signal)),
  );
  for await (const line of createInterface({ input: worker.stdout })) {
    const [index = '', kind = '', caseNumber = ''] = line.split(' ');
    acknowledged.push({ index: Number(index), kind, caseNumber });
  }
  return { acknowledged, signal: await ended };
}

describe('a process that is killed again and again in the middle of its writes', () => {
  it('leaves views that are their histories, loses no acknowledged change and makes none twice', async () => {
    const file = path.join(folder, 'operations.json');
    await writeFile(file, JSON.stringify({ submission: SUBMISSION, operations: OPERATIONS }));
    const all: Acknowledged[] = [];
    for (const kill of [...KILLS, null]) {
      const { acknowledged, signal } = await work(file, all.length, kill);
      all.push(...acknowledged);
      await endOpenTransactions(database.connection, APP);
      expect([kill, signal, all.length]).toEqual([
        kill,
        kill === null ? null : 'SIGKILL',
        kill?.operation ?? OPERATIONS.length,
      ]);
      // Whatever the kill cut off: no view is missing, ahead of or behind its history, and what was acknowledged is
      // there.
      expect(await rebuildViews({ stores, calendar: nationalCalendar(), checkOnly: true })).toEqual([]);
      const numbers = [...new Set(all.map(({ caseNumber }) => caseNumber))];
      const written = await stores.events.ofMany(numbers);
      expect(
        numbers.filter(
          (number) => (written.get(number)?.length ?? 0) < all.filter(({ caseNumber }) => caseNumber === number).length,
        ),
      ).toEqual([]);
    }

    expect(all.map(({ index, kind }) => [index, kind])).toEqual(OPERATIONS.map((_, index) => [index, 'done']));
    const histories = [];
    for await (const history of stores.events.all()) histories.push(history.map(({ change }) => change.type));
    expect(histories).toEqual(
      Array.from({ length: CASES }, () => ['SUBMITTED', ...STORY.map(({ change }) => change.type)]),
    );
    expect(await stores.cases.count({ status: ['RESOLVED'] })).toBe(CASES);
    // What other systems are told is complete as well: an event for each change, none twice.
    const told = await database.connection
      .collection<{ event: { subject: string; type: string } }>('outbox')
      .find({ 'event.type': /^cn\.zhitong\.case\./ })
      .toArray();
    expect(new Set(told.map(({ event: { subject, type } }) => `${subject} ${type}`)).size).toBe(OPERATIONS.length);
    expect(told).toHaveLength(OPERATIONS.length);
  }, 120_000);
});
