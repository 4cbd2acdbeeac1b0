import { randomStream } from '@zhitong/demo';
import { addDays } from '@zhitong/values';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { LedgerCommand } from '../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { addressFor, endOpenTransactions } from '../../support/open-transactions.js';
import { program } from '../../support/programs.js';
import { creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';
import { aLedger, fulfil, reverse, transfer, waive } from '../support/builders.js';

/** The short form; `LEDGER_OPERATIONS=3000 LEDGER_KILLS=12 npm run test:long -- ledger-kills` is the long one. */
const OPERATIONS = Number(process.env['LEDGER_OPERATIONS'] ?? 1_000);
const KILLS = Number(process.env['LEDGER_KILLS'] ?? 4);
/** Operations until a kill, at most. */
const A_LIFE = Math.floor(OPERATIONS / KILLS);
const COMMITMENTS = 60;
const PROMISED = 100_000;
const START = '2024-01-20';

interface Operation {
  readonly commitmentId: string;
  readonly command: LedgerCommand;
  readonly at: string;
}

let credit: CreditUnderTest;
let folder: string;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
  folder = await mkdtemp(path.join(os.tmpdir(), 'kills-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await credit.close();
});

/**
 * Payments, waivers, corrections and transfers, sensible and senseless ones, some bank receipts twice. In rounds of one
 * operation on each commitment, whose order does not matter; an operation with a receipt that was seen before is a
 * round of its own, because there it does.
 */
function drawRounds(): Operation[][] {
  const random = randomStream('credit', 'kills');
  const rounds: Operation[][] = [];
  let today = START;
  let index = 0;
  while (index < OPERATIONS) {
    today = addDays(
      today,
      random.weighted([
        [0, 3],
        [1, 2],
        [5, 3],
        [9, 1],
      ]),
    );
    const round: Operation[] = [];
    for (let number = 1; number <= COMMITMENTS && index < OPERATIONS; number += 1, index += 1) {
      const on = addDays(today, -random.int(-1, 40));
      const amount = random.weighted([
        [random.int(1, 900), 20],
        [random.int(900, 20_000), 4],
        [0, 1],
      ]);
      const seenBefore = random.bool(0.05) ? random.int(0, index) : index;
      const command = random.weighted<() => LedgerCommand>([
        [() => fulfil(amount, on, `HD-${seenBefore}`), 60],
        [() => waive(amount, on, index), 10],
        [() => reverse(random.int(1, 60)), 22],
        [() => transfer(random.pick(['ZSJ', 'FGW', 'CZJ']), on), 8],
      ])();
      const operation = { commitmentId: `C-${number}`, command, at: `${today}T02:00:00.000Z` };
      if (command.type === 'FULFIL' && seenBefore !== index) rounds.push([operation]);
      else round.push(operation);
    }
    rounds.push(round);
  }
  return rounds;
}

/**
 * A clerk's book: one line per act that stands, struck out when it was reversed. It knows nothing of chains or
 * postings.
 */
class Book {
  private readonly lines: {
    commitmentId: string;
    seq: number;
    kind: string;
    amount: number;
    on: string;
    writtenOn: string;
    struckOutOn: string | null;
    to: string;
    reference: string;
  }[] = [];
  private readonly length = new Map<string, number>();
  /** What was put with or taken from a department on a day, by commitment. */
  private readonly moves = new Map<string, { on: string; department: string; amount: number }[]>();
  /** Entries that only put what is outstanding where it belongs, by commitment. */
  private readonly allocations = new Map<string, Set<number>>();
  private readonly withdrawnOn = new Map<string, string>();

  /**
   * Puts what is outstanding of a commitment, day after day, with who owed it on the day; answers on how many days
   * something lay elsewhere.
   */
  private allocate(commitmentId: string): number {
    const moves = this.moves.get(commitmentId) ?? [];
    const transfers = this.lines.filter(
      (line) => line.commitmentId === commitmentId && line.kind === 'TRANSFER' && line.struckOutOn === null,
    );
    const everTransferred = this.lines.some((line) => line.commitmentId === commitmentId && line.kind === 'TRANSFER');
    if (!everTransferred) return 0;
    const transferDays = this.lines.flatMap((line) =>
      line.commitmentId === commitmentId && line.kind === 'TRANSFER' ? [line.on] : [],
    );
    let wrongDays = 0;
    for (const day of [...new Set([...moves.map(({ on }) => on), ...transferDays])].sort()) {
      const owner = transfers.findLast(({ on }) => on <= day)?.to ?? 'ZSJ';
      const elsewhere = ['ZSJ', 'FGW', 'CZJ']
        .filter((department) => department !== owner)
        .map((department) => ({
          department,
          amount: moves.reduce(
            (sum, move) => sum + (move.department === department && move.on <= day ? move.amount : 0),
            0,
          ),
        }))
        .filter(({ amount }) => amount !== 0);
      if (elsewhere.length > 0) wrongDays += 1;
      for (const { department, amount } of elsewhere)
        moves.push({ on: day, department, amount: -amount }, { on: day, department: owner, amount });
    }
    this.moves.set(commitmentId, moves);
    return wrongDays;
  }

  /** Notes an act at its place of the chain, behind the entries that the allocation of what it moves needs. */
  private place(commitmentId: string, moved: readonly { on: string; department: string; amount: number }[]): number {
    const length = this.length.get(commitmentId) ?? 1;
    const opening = [{ on: '2024-01-15', department: 'ZSJ', amount: PROMISED }];
    this.moves.set(commitmentId, [...(this.moves.get(commitmentId) ?? opening), ...moved]);
    const added = this.allocate(commitmentId);
    const allocations = this.allocations.get(commitmentId) ?? new Set<number>();
    for (let i = 1; i <= added; i += 1) allocations.add(length + i);
    this.allocations.set(commitmentId, allocations);
    this.length.set(commitmentId, length + added + 1);
    return length + added + 1;
  }

  outcome({ commitmentId, command, at }: Operation): string {
    if (this.withdrawnOn.has(commitmentId)) return 'VOID';
    const own = this.lines.filter((line) => line.commitmentId === commitmentId);
    const today = at.slice(0, 10);
    const seq = (this.length.get(commitmentId) ?? 1) + 1;
    const standing = own.filter((line) => line.struckOutOn === null);
    const left = PROMISED - standing.reduce((sum, line) => sum + (line.kind === 'TRANSFER' ? 0 : line.amount), 0);
    const owner = standing.findLast((line) => line.kind === 'TRANSFER')?.to ?? 'ZSJ';
    const write = (line: { kind: string; amount: number; on: string; to?: string; reference?: string }): string => {
      const written = { commitmentId, seq, writtenOn: today, struckOutOn: null, to: '', reference: '', ...line };
      this.lines.push(written);
      const ownerThen = standing.findLast(({ kind, on }) => kind === 'TRANSFER' && on <= line.on)?.to ?? 'ZSJ';
      written.seq = this.place(
        commitmentId,
        line.kind === 'TRANSFER'
          ? [
              { on: line.on, department: owner, amount: -left },
              { on: line.on, department: line.to ?? '', amount: left },
            ]
          : [{ on: line.on, department: ownerThen, amount: -line.amount }],
      );
      return 'ok';
    };
    if (command.type === 'CORRECT') {
      if (command.reverses >= seq) return 'UNKNOWN_ENTRY';
      if (command.reverses === 1) {
        if (left !== PROMISED) return 'STILL_SETTLED';
        this.withdrawnOn.set(commitmentId, today);
        return 'ok';
      }
      const target = own.find((line) => line.seq === command.reverses);
      if (this.allocations.get(commitmentId)?.has(command.reverses) === true) return 'NOT_CORRECTABLE';
      if (!target) return 'CORRECTION_OF_CORRECTION';
      if (target.struckOutOn !== null) return 'ALREADY_CORRECTED';
      if (target.kind === 'TRANSFER' && standing.some((line) => line.kind === 'TRANSFER' && line.seq > target.seq))
        return 'NOT_CORRECTABLE';
      target.struckOutOn = today;
      const before = own.findLast(
        (line) => line.kind === 'TRANSFER' && line.struckOutOn === null && line.seq < target.seq,
      );
      this.place(
        commitmentId,
        target.kind === 'TRANSFER'
          ? [
              { on: target.on, department: target.to, amount: -left },
              { on: target.on, department: before?.to ?? 'ZSJ', amount: left },
            ]
          : [{ on: target.on, department: owner, amount: target.amount }],
      );
      return 'ok';
    }
    if (command.type !== 'FULFIL' && command.type !== 'WAIVE' && command.type !== 'TRANSFER')
      throw new Error(`${command.type} was not drawn`);
    if (command.effectiveOn > today) return 'IN_THE_FUTURE';
    if (command.effectiveOn < '2024-01-15') return 'BEFORE_PROMISE';
    if (command.type === 'TRANSFER') {
      const last = standing.findLast((line) => line.kind === 'TRANSFER');
      if (last && command.effectiveOn < last.on) return 'OUT_OF_ORDER';
      if (command.to === owner) return 'SAME_DEPARTMENT';
      return write({ kind: 'TRANSFER', amount: 0, on: command.effectiveOn, to: command.to });
    }
    if (command.amount < 1) return 'BAD_AMOUNT';
    if (command.amount > left) return command.type === 'FULFIL' ? 'OVERPAYMENT' : 'OVER_WAIVED';
    if (command.type === 'WAIVE') return write({ kind: 'WAIVE', amount: command.amount, on: command.effectiveOn });
    if (this.lines.some((line) => line.struckOutOn === null && line.reference === command.paymentReference))
      return 'DUPLICATE_PAYMENT';
    return write({
      kind: 'FULFIL',
      amount: command.amount,
      on: command.effectiveOn,
      reference: command.paymentReference,
    });
  }

  /** What was fulfilled and waived on a day as it was known on another, by the department that owed it. */
  sums(asOf: string, knownOn: string): Map<string, { fulfilled: number; waived: number }> {
    const sums = new Map<string, { fulfilled: number; waived: number }>();
    for (let i = 1; i <= COMMITMENTS; i += 1) {
      if ((this.withdrawnOn.get(`C-${i}`) ?? '9999') <= knownOn) continue;
      const counted = this.lines.filter(
        (line) =>
          line.commitmentId === `C-${i}` &&
          line.on <= asOf &&
          line.writtenOn <= knownOn &&
          (line.struckOutOn === null || line.struckOutOn > knownOn),
      );
      const owner = counted.findLast((line) => line.kind === 'TRANSFER')?.to ?? 'ZSJ';
      const sum = sums.get(owner) ?? { fulfilled: 0, waived: 0 };
      for (const { kind, amount } of counted) {
        if (kind === 'FULFIL') sum.fulfilled += amount;
        if (kind === 'WAIVE') sum.waived += amount;
      }
      sums.set(owner, sum);
    }
    return sums;
  }
}

interface Worker {
  /** The name under which MongoDB knows its connections. */
  readonly application: string;
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly ended: Promise<unknown>;
}

/**
 * Starts a process that opens the department and waits to be told where to begin, so that its start takes no time of
 * its own.
 */
function standby(file: string, life: number): Worker {
  const application = `ledger-worker-${life}`;
  const worker = spawn(
    process.execPath,
    [
      program('tests/credit/support/ledger-worker.mjs'),
      addressFor(credit.database.uri, application),
      credit.database.name,
      file,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  return { application, process: worker, ended: new Promise((resolve) => worker.once('close', resolve)) };
}

/**
 * Lets a worker begin with a round, killing it after `lines` of its answers (never when null). Answers come as they are
 * given.
 */
async function* work(
  { process: worker, ended }: Worker,
  round: number,
  lines: number | null,
): AsyncGenerator<[number, string]> {
  worker.stdin.end(`${round}\n`);
  let answers = 0;
  for await (const line of createInterface({ input: worker.stdout })) {
    const [index = '', outcome = ''] = line.split(' ');
    answers += 1;
    yield [Number(index), outcome];
    // Others of the round are under way by now: each is killed somewhere between its first read and its commit.
    if (lines !== null && answers >= lines) worker.kill('SIGKILL');
  }
  await ended;
}

describe('a process that is killed again and again', () => {
  it("loses nothing and doubles nothing: the ledger agrees with a clerk's book on many dates", async () => {
    const rounds = drawRounds();
    const operations = rounds.flat();
    const roundOf = rounds.flatMap((round, number) => round.map(() => number));
    const file = path.join(folder, 'rounds.json');
    await writeFile(file, JSON.stringify(rounds));
    await credit.department.stores.ledger.importChains(
      Array.from({ length: COMMITMENTS }, (_, i) =>
        aLedger().map((draft) => ({ ...draft, commitmentId: `C-${i + 1}` })),
      ),
    );

    const book = new Book();
    const expected = operations.map((operation) => book.outcome(operation));
    expect(new Set(expected).size).toBeGreaterThan(8);

    const random = randomStream('credit', 'when to kill');
    const answered = new Map<number, string>();
    const toldTwice: [number, string, string][] = [];
    let killed = 0;
    let next = standby(file, 0);
    for (let life = 0; life <= KILLS; life += 1) {
      const worker = next;
      if (life < KILLS) next = standby(file, life + 1);
      // A round that was broken off is run again from its beginning, with what it had answered already.
      const begin = roundOf[operations.findIndex((_, index) => !answered.has(index))] ?? rounds.length;
      for await (const [index, outcome] of work(
        worker,
        begin,
        life === KILLS ? null : random.int(Math.ceil(A_LIFE / 2), A_LIFE),
      )) {
        const before = answered.get(index);
        if (before !== undefined && before !== outcome) toldTwice.push([index, before, outcome]);
        answered.set(index, outcome);
      }
      if (worker.process.signalCode === 'SIGKILL') killed += 1;
      await endOpenTransactions(credit.database.connection, worker.application);
    }
    expect(killed).toBe(KILLS);
    expect(toldTwice).toEqual([]);
    expect(operations.map((_, index) => answered.get(index))).toEqual(expected);

    const { stores } = credit.department;
    expect((await verifyLedger({ stores })).findings).toEqual([]);
    const lastDay = operations.at(-1)?.at.slice(0, 10) ?? START;
    for (let asOf = START; asOf <= lastDay; asOf = addDays(asOf, 61)) {
      for (let knownOn = START; knownOn <= lastDay; knownOn = addDays(knownOn, 47)) {
        const groups = await stores.audit.groups({ asOf, knownOn, groupBy: 'DEPARTMENT' });
        const found = new Map(
          groups.map(({ key, fulfilled, waived }) => [key, { fulfilled: Number(fulfilled), waived: Number(waived) }]),
        );
        expect([asOf, knownOn, [...found].sort()]).toEqual([asOf, knownOn, [...book.sums(asOf, knownOn)].sort()]);
      }
    }
  }, 1_200_000);
});
