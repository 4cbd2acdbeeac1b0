// What a writer of the commitment ledger waits for, with eight at work: as the department writes, and in turns with it
// the same without the figures of audits that run along (`docs/decisions/running-figures.md`), over one database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger, kitConfig, systemClock } from '../../kit/dist/index.js';
import { connectMongo, inTransaction, openMongo } from '../../kit/dist/mongo/index.js';
import { decide, promise } from '../../subgraphs/credit/dist/domain/ledger/ledger.js';
import { ledgerWriter } from '../../subgraphs/credit/dist/models/ledger.js';
import { openDepartment } from '../../subgraphs/credit/dist/service.js';
import { quantile, ratioSpread, spread } from '../harness/statistics.mjs';

const WRITERS = 8;
/** Promises of each writer in one half of a round, and payments of each; they are all of one department and kind. */
const PROMISES = 10;
const PAYMENTS = 9;
/** Rounds of a measurement count whole writes of many milliseconds: three would leave the ratio to chance. */
const FEWEST = 5;

const TERMS = {
  title: '固定资产投资奖励',
  kind: 'CASH',
  measure: 'MONEY',
  promisor: 'CZJ',
  uscc: '91421200MA48FAKE0X',
  projectId: null,
  districtCode: '421202',
  document: null,
  deliverable: null,
  amount: 100_000,
  instalments: [{ no: 1, dueOn: '2026-12-31', amount: 100_000 }],
  conditions: [],
  official: { name: '王建国', post: '科长' },
};

/** Measures both in turns; the one that begins changes with the round. */
export async function measureWriters({ rounds, tell }) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-bench-writers-'));
  const mongo = await openMongo({ config: { ...kitConfig({}), dataDir } });
  const connection = await connectMongo({ uri: mongo.uri, database: 'zhitong_bench_writers' });
  try {
    const logger = createLogger({ name: 'bench', level: 'error' });
    const { stores } = await openDepartment({ connection, logger, clock: systemClock });
    const writers = {
      running: stores.ledger,
      without: ledgerWriter({
        db: connection,
        ...stores,
        running: { note: async () => undefined, present: async () => null },
      }),
    };
    const times = { running: [], without: [] };
    const slow = { running: [], without: [] };
    let number = 0;
    for (let round = 0; round <= Math.max(rounds, FEWEST); round += 1)
      for (const name of round % 2 === 0 ? ['running', 'without'] : ['without', 'running']) {
        const taken = await Promise.all(
          Array.from({ length: WRITERS }, async () => oneWriter(connection, writers[name], () => (number += 1))),
        );
        const sorted = taken.flat().sort((a, b) => a - b);
        if (name === 'running') await stores.running.fold();
        // The first round warms up.
        if (round === 0) continue;
        times[name].push(quantile(sorted, 0.5));
        slow[name].push(quantile(sorted, 0.95));
        tell(`  round ${round} ${name.padEnd(8)} median ${times[name].at(-1).toFixed(1)} ms\n`);
      }
    return {
      writers: WRITERS,
      runningMs: spread(times.running),
      withoutMs: spread(times.without),
      slower: ratioSpread(times.running, times.without),
      runningP95Ms: spread(slow.running),
      withoutP95Ms: spread(slow.without),
    };
  } finally {
    await connection.close();
    await mongo.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The milliseconds of each write of one writer, one after the other, each in a transaction of its own. */
async function oneWriter(connection, ledger, next) {
  const milliseconds = [];
  const write = async (commitmentId, decided) => {
    const started = performance.now();
    const outcome = await inTransaction(connection, async (session) => ledger.append(commitmentId, decided, session));
    milliseconds.push(performance.now() - started);
    if (!outcome.ok) throw new Error(`a write was refused: ${outcome.refusal.message}`);
  };
  for (let no = 0; no < PROMISES; no += 1) {
    const id = `CN-2026-${String(next()).padStart(6, '0')}`;
    const recording = () => ({ recordedAt: new Date().toISOString(), recordedBy: 'officer' });
    await write(id, () => promise(id, TERMS, '2026-01-15', recording()));
    for (let payment = 1; payment <= PAYMENTS; payment += 1)
      await write(id, (before) =>
        decide(
          before,
          {
            type: 'FULFIL',
            amount: 100,
            effectiveOn: '2026-02-01',
            paymentReference: `${id}-${payment}`,
            evidence: '银行回单',
          },
          recording(),
        ),
      );
  }
  return milliseconds;
}
