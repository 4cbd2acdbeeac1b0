import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeSeal, type Seal } from '../../../subgraphs/credit/src/domain/ledger/seal.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';
import { aLedger, someTerms } from '../support/builders.js';

const WITNESS = fileURLToPath(new URL('../../../subgraphs/credit/witness.mjs', import.meta.url));
const DAYS = ['2024-08-15', '2024-08-16', '2024-08-17', '2024-08-18'].map((day) => `${day}T16:00:00.000Z`);

let credit: CreditUnderTest;
let graph: Server;
let address: string;
let folder: string;
let memory: string;

beforeEach(async () => {
  credit = await creditUnderTest(import.meta.url);
  const { ledger } = credit.department.stores;
  await ledger.importChains(
    ['C-1', 'C-2'].map((commitmentId) => aLedger([], someTerms()).map((draft) => ({ ...draft, commitmentId }))),
  );
  // The department's own answers, without anybody's token, as the gateway passes them on.
  graph = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const { query, variables } = JSON.parse(text) as { query: string; variables: Record<string, unknown> };
      response.end(JSON.stringify(await credit.ask(query, { variables, actor: null })));
    };
    void answer();
  });
  await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${String((graph.address() as AddressInfo).port)}/graphql`;
  folder = await mkdtemp(path.join(os.tmpdir(), 'witness-'));
  memory = path.join(folder, 'seals.jsonl');
});
afterEach(async () => {
  graph.closeAllConnections();
  graph.close();
  await credit.close();
  await rm(folder, { recursive: true });
});

async function witness(...args: string[]): Promise<{ code: number; output: string }> {
  return promisify(execFile)(process.execPath, [WITNESS, ...args], { env: {}, cwd: folder }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: unknown) => {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, output: stderr };
    },
  );
}
const seal = async (...days: readonly string[]): Promise<void> => {
  for (const cutoff of days) await sealLedger({ stores: credit.department.stores, cutoff });
};
const raw = () => credit.database.connection.collection('seals');
const held = (output: unknown) => ({ code: 0, output });
const refused = (words: string) => ({ code: 1, output: expect.stringContaining(words) as unknown });

/** Writes the book anew from a seal on, with fitting hashes, as somebody with the database would. */
async function rewriteFrom(no: number): Promise<void> {
  const seals = (await raw().find().sort({ no: 1 }).toArray()) as unknown as Seal[];
  let previousHash = seals[no - 2]?.hash ?? '0'.repeat(64);
  for (const { no: number, cutoff } of seals.filter((one) => one.no >= no)) {
    const made = makeSeal({ no: number, cutoff, heads: [], previousHash });
    await raw().replaceOne({ no: number }, { ...made });
    previousHash = made.hash;
  }
}

describe('a witness of the seals', () => {
  it('keeps what everybody may read, and each later seal once', async () => {
    expect(await witness(memory, address)).toEqual(held('There is no seal yet.\n'));
    await seal(...DAYS.slice(0, 2));
    expect(await witness(memory, address)).toEqual(held(expect.stringContaining('2 new seals; the newest is 2')));
    await seal(...DAYS.slice(2));
    expect(await witness(memory, address)).toEqual(held(expect.stringContaining('2 new seals; the newest is 4')));
    expect(await witness(memory, address)).toEqual(held(expect.stringContaining('0 new seals; the newest is 4')));
    expect((await readFile(memory, 'utf8')).trim().split('\n')).toHaveLength(4);
    expect(await witness(memory)).toEqual(held('4 seals are kept and follow one another.\n'));
  });

  it('refuses a book that was rewritten, as far back as it likes and with fitting hashes', async () => {
    await seal(...DAYS.slice(0, 3));
    await witness(memory, address);
    await rewriteFrom(1);
    expect(await witness(memory, address)).toEqual(refused('seal 3 is another one than was seen before: a fork'));
    await seal(...DAYS.slice(3));
    expect(await witness(memory, address)).toEqual(refused('a fork'));
    expect(await witness(memory)).toEqual(held('3 seals are kept and follow one another.\n'));
  });

  it('refuses a book that was rolled back', async () => {
    await seal(...DAYS.slice(0, 3));
    await witness(memory, address);
    await raw().deleteOne({ no: 3 });
    expect(await witness(memory, address)).toEqual(refused('seal 3, which was seen before, is there no more'));
  });

  it.each<[string, (seals: Seal[]) => unknown[], string]>([
    ['one that is left out', ([first, , third]) => [first, third], 'seal 2 is missing'],
    [
      'another moment',
      ([first, second]) => [first, { ...second, cutoff: DAYS[3] }],
      'seal 2 does not have the content that its hash was made of',
    ],
    [
      'one that follows another',
      ([first]) => [first, makeSeal({ no: 2, cutoff: String(DAYS[1]), heads: [], previousHash: 'a'.repeat(64) })],
      'seal 2 does not follow seal 1: a fork',
    ],
    [
      'a moment before the one before',
      ([first]) => [first, makeSeal({ no: 2, cutoff: String(DAYS[0]), heads: [], previousHash: String(first?.hash) })],
      'seal 2 is of a moment before seal 1',
    ],
  ])('refuses a file of seals with %s', async (_what, change, words) => {
    await seal(...DAYS.slice(0, 3));
    const seals = (await raw()
      .find({}, { projection: { _id: 0 } })
      .sort({ no: 1 })
      .toArray()) as unknown as Seal[];
    const file = path.join(folder, 'published.jsonl');
    await writeFile(
      file,
      `${change(seals)
        .map((one) => JSON.stringify(one))
        .join('\n')}\n`,
    );
    expect(await witness(memory, file)).toEqual(refused(words));
    // What is kept is judged likewise: nobody edits the memory unseen.
    await appendFile(memory, await readFile(file));
    expect(await witness(memory)).toEqual(refused(words));
  });

  it('says how it is called, and tells a source that does not answer from a book that does not hold', async () => {
    expect(await witness()).toEqual({ code: 2, output: expect.stringContaining('usage') as unknown });
    const gone = address;
    graph.closeAllConnections();
    await new Promise((resolve) => graph.close(resolve));
    expect(await witness(memory, gone)).toEqual({
      code: 2,
      output: expect.stringContaining('does not answer') as unknown,
    });
  });

  it.each([
    ['first: 0', 'first is 0'],
    ['first: 1001', 'first is 1001'],
    ['after: -1', 'after is -1'],
  ])('the graph refuses %s', async (args, words) => {
    const { errors } = await credit.ask(`{ ledgerSeals(${args}) { no } }`, { actor: null });
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining(words) as unknown });
  });
});
