import { MongoServerError } from 'mongodb';
import type { Target } from '@zhitong/connect';
import { berthRows, harbour, type Harbour } from '../support/harbour.js';

let port: Harbour;
beforeAll(async () => void (port = await harbour(import.meta.url)));
afterEach(async () => port.empty());
afterAll(async () => port.database.close());

/** As MongoDB ends a transaction for whose writes its cache has no room, or that another one got ahead of. */
const givenUp = () =>
  new MongoServerError({
    message: 'WriteConflict error: this operation conflicted with another operation.',
    code: 112,
    codeName: 'WriteConflict',
    errorLabels: ['TransientTransactionError'],
  });

/** The harbour over a database whose transactions hold so many rows; keeps of each try how many rows it had. */
function narrow(most: number): { readonly target: Target; readonly tries: number[] } {
  const tries: number[] = [];
  const target: Target = {
    ...port.target,
    land: async (rows, landing) => {
      tries.push(rows.length);
      if (rows.length > most) throw givenUp();
      return port.target.land(rows, landing);
    },
  };
  return { target, tries };
}

it('lands in parts what the database cannot take in one transaction, each row once, and goes on in such parts', async () => {
  const { target, tries } = narrow(60);
  const { run } = await port.run(berthRows(400), { target, batchSize: 160 });
  expect(run.counts).toEqual({ read: 400, new: 400, changed: 0, unchanged: 0, refused: 0, skipped: 0 });
  expect(await port.berths()).toHaveLength(400);
  expect(await port.events()).toHaveLength(400);
  // 160 and 80 are tried in vain, of the batch ahead too, which was cut before anybody knew; the rest comes in parts.
  expect(tries.slice(-2)).toEqual([50, 30]);
});

it('waits for another one that writes the same, though the row is alone', async () => {
  let refusals = 8;
  const target: Target = {
    ...port.target,
    land: async (rows, landing) => {
      const landed = await port.target.land(rows, landing);
      if ((refusals -= 1) >= 0) throw givenUp();
      return landed;
    },
  };
  const { run } = await port.run(berthRows(1), { target });
  expect(run.counts).toMatchObject({ read: 1, new: 1, refused: 0 });
  expect(await port.berths()).toHaveLength(1);
});
