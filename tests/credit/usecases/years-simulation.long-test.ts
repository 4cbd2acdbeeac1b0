import { randomStream } from '@zhitong/demo';
import { createLogger } from '@zhitong/kit';
import { addDays, MOST_FEN_OF_ONE_AMOUNT, startOfDayInShanghai } from '@zhitong/values';
import type { LedgerCommand } from '../../../subgraphs/credit/src/domain/ledger/ledger-command.js';
import { arrearCommands } from '../../../subgraphs/credit/src/usecases/arrears/arrear-commands.js';
import { dailyWork } from '../../../subgraphs/credit/src/usecases/daily-work.js';
import { ledgerCommands } from '../../../subgraphs/credit/src/usecases/ledger-commands.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { fulfil, handOver, reverse, someTerms, transfer, waive } from '../support/builders.js';
import { creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';
import { mortalCommands } from '../support/mortal-commands.js';

/** The short form; over decades: `CREDIT_STEPS=3000 CREDIT_SEED=7 npm run test:long -- years-simulation`. */
const STEPS = Number(process.env['CREDIT_STEPS'] ?? 160);
const SEED = process.env['CREDIT_SEED'] ?? '1';
const START = '2024-01-15';
const DEPARTMENTS = ['ZSJ', 'FGW', 'CZJ'];
const USCC = '91421200MA48FAKE0X';
const FOREVER = '9999-12-31';
/** The longest term that may be agreed with a small enterprise, in days. */
const TERM_DAYS = 60;
/** How many steps lie between two days on which the daily work is done and everything is compared. */
const STEPS_OF_A_PERIOD = 40;

/** A line on a clerk's sheet of paper, struck out when it was wrong. Amounts are fen. */
interface Line {
  readonly promise: string;
  readonly what: 'PROMISED' | 'FULFILLED' | 'WAIVED' | 'TRANSFERRED' | 'DOCUMENT_ATTACHED';
  readonly amount: bigint;
  readonly on: string;
  readonly writtenOn: string;
  readonly seq: number;
  readonly to: string;
  struckOutOn: string | null;
}
interface Debt {
  readonly id: string;
  readonly principal: bigint;
  readonly payments: { readonly amount: bigint; isReversed: boolean }[];
  readonly dueOn: string;
}

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());

const standing = (lines: readonly Line[], { asOf = FOREVER, knownOn = FOREVER } = {}) =>
  lines.filter(
    ({ on, writtenOn, struckOutOn }) =>
      on <= asOf && writtenOn <= knownOn && (struckOutOn === null || struckOutOn > knownOn),
  );
const sum = (lines: readonly Line[], what: Line['what']): bigint =>
  lines.reduce((total, line) => (line.what === what ? total + line.amount : total), 0n);
/** Who owes a promise by its sheet: transfers are told in order of their days. */
const ownerOf = (lines: readonly Line[]): string | undefined =>
  lines.findLast(({ what }) => what === 'PROMISED' || what === 'TRANSFERRED')?.to;
const openOf = (lines: readonly Line[]): bigint =>
  sum(lines, 'PROMISED') - sum(lines, 'FULFILLED') - sum(lines, 'WAIVED');

it('years of all movements, late knowledge, breakdowns and the greatest amounts agree with sheets of paper', async () => {
  const random = randomStream(SEED, 'years');
  const { stores, outbox } = credit.department;
  const { clock } = credit;
  const { tools, base, keys, deaths, run } = mortalCommands(credit, random);
  const ledger = ledgerCommands(tools);
  const register = arrearCommands(tools);
  const logger = createLogger({ name: 'test', level: 'silent' });
  const jobs = dailyWork({ ...tools, outbox, logger });
  const lines: Line[] = [];
  const debts: Debt[] = [];
  let today = START;
  const seqOf = async (id: string, kind: string) =>
    (await stores.entries.chain(id)).findLast(({ body }) => body.kind === kind)?.seq ?? 0;
  const write = (line: Omit<Line, 'writtenOn' | 'struckOutOn'>) =>
    lines.push({ ...line, writtenOn: today, struckOutOn: null });
  const amountFor = (most: bigint): number =>
    random.int(1, 5) === 1 ? Number(most) : random.int(0, Number(most < 1_000_000n ? most : 1_000_000n) + 1);

  const promise = async (): Promise<void> => {
    const amount = random.int(1, 3) === 1 ? MOST_FEN_OF_ONE_AMOUNT : random.int(2, 1_000_000);
    const terms = someTerms({
      amount,
      promisor: random.pick(DEPARTMENTS),
      instalments: [{ no: 1, dueOn: addDays(today, random.int(1, 400)), amount }],
    });
    const on = addDays(today, -random.int(0, 30));
    const command = { ...base(), terms: { ...terms, document: null }, promisedOn: on };
    const id = await run(async () => ledger.recordPromise(command));
    if (id === null) throw new Error('a promise was refused');
    write({ promise: id, what: 'PROMISED', amount: BigInt(amount), on, seq: 1, to: terms.promisor });
  };
  const move = async (): Promise<void> => {
    const id = random.pick([...new Set(lines.map((line) => line.promise))]);
    const own = standing(lines).filter((line) => line.promise === id);
    const [first] = own;
    if (first?.what !== 'PROMISED') return promise();
    const open = openOf(own);
    const what = random.pick([
      ...([
        'FULFILLED',
        'FULFILLED',
        'FULFILLED',
        'WAIVED',
        'WAIVED',
        'TRANSFERRED',
        'CORRECTED',
        'CORRECTED',
      ] as const),
      ...(['DOCUMENT_ATTACHED', 'HANDED_OVER', 'CONDITION_ASSESSED'] as const),
    ]);
    const on = addDays(today, -random.int(0, 40));
    const amount = amountFor(open);
    const to = random.pick(DEPARTMENTS);
    const target = random.pick(own);
    const commands: Record<typeof what, LedgerCommand> = {
      FULFILLED: fulfil(amount, on, `回单-${String(keys())}`),
      WAIVED: waive(amount, on, keys()),
      TRANSFERRED: transfer(to, on),
      CORRECTED: reverse(target.seq),
      DOCUMENT_ATTACHED: {
        type: 'ATTACH_DOCUMENT',
        document: { number: `文-${String(keys())}`, date: on, digest: null },
        effectiveOn: on,
      },
      HANDED_OVER: handOver(`王${String(keys())}`, on),
      CONDITION_ASSESSED: {
        ...{ type: 'ASSESS_CONDITION', conditionNo: 1, status: random.pick(['MET', 'NOT_MET']) },
        ...{ evidence: `完税证明-${String(keys())}`, effectiveOn: on },
      },
    };
    const command = { ...base(), commitmentId: id, expectedVersion: null, mayWriteFor: () => true };
    const isDone = (await run(async () => ledger.onCommitment(command, commands[what]))) !== null;
    if (what === 'FULFILLED' || what === 'WAIVED')
      expect([what, amount, on, isDone]).toEqual([
        what,
        amount,
        on,
        amount >= 1 && BigInt(amount) <= open && on >= first.on,
      ]);
    if (what === 'DOCUMENT_ATTACHED') expect([what, on, isDone]).toEqual([what, on, on >= first.on]);
    // Who answers for a promise and whether its conditions are met moves no amount.
    if (!isDone || what === 'HANDED_OVER' || what === 'CONDITION_ASSESSED') return;
    if (what === 'CORRECTED') target.struckOutOn = today;
    else write({ promise: id, what, amount: BigInt(amount), on, seq: await seqOf(id, what), to });
  };
  /** A department ends, and another one takes over what it owes. */
  const succeed = async (): Promise<void> => {
    const [from, to] = [random.pick(DEPARTMENTS), random.pick(DEPARTMENTS)];
    const on = addDays(today, -random.int(0, 20));
    const command = { ...base(), from, to, effectiveOn: on, reason: '机构改革', department: 'FGW' };
    const passedOn = await run(async () => ledger.succeedDepartment(command));
    expect([from, to, passedOn === null]).toEqual([from, to, from === to]);
    if (passedOn === null) return;
    const own = standing(lines);
    const owed = [...new Set(own.map((line) => line.promise))].filter((promise) => {
      const sheet = own.filter((line) => line.promise === promise);
      return sheet[0]?.what === 'PROMISED' && openOf(sheet) > 0n && ownerOf(sheet) === from;
    });
    expect([from, passedOn.promises]).toEqual([from, owed.length]);
    for (const promise of owed) {
      const days = own.flatMap((line) =>
        line.promise === promise && (line.what === 'PROMISED' || line.what === 'TRANSFERRED') ? [line.on] : [],
      );
      const day = [on, ...days].sort().at(-1) ?? on;
      write({ promise, what: 'TRANSFERRED', amount: 0n, on: day, seq: await seqOf(promise, 'TRANSFERRED'), to });
    }
  };
  const owe = async (): Promise<void> => {
    const principal = random.int(1, 3) === 1 ? MOST_FEN_OF_ONE_AMOUNT : random.int(1, 1_000_000);
    const debt = {
      ...{ ...base(), uscc: USCC, debtor: 'ZJJ', subject: '工程款', contractNumber: `HT-${String(keys())}` },
      ...{ principal, disputed: 0, plan: [], payments: [], department: 'ZJJ' },
      contract: {
        signedOn: addDays(today, -60),
        creditorIsSme: true,
        agreedTermDays: TERM_DAYS,
        agreedRateBasisPoints: null,
      },
      delivery: { deliveredOn: today, acceptance: null, settlementConfirmedOn: null },
    };
    const id = await run(async () => register.recordArrear(debt));
    if (id === null) throw new Error('a debt was refused');
    debts.push({ id, principal: BigInt(principal), payments: [], dueOn: addDays(today, TERM_DAYS) });
  };
  const pay = async (): Promise<void> => {
    // Within its term a debt bears no interest, of which the sheets know nothing.
    const inTerm = debts.filter(({ dueOn }) => dueOn >= today);
    if (inTerm.length === 0) return owe();
    const debt = random.pick(inTerm);
    const on = {
      ...{ ...base(), arrearId: debt.id, expectedVersion: null, department: 'ZJJ', mayWriteFor: () => true },
    };
    const standingPayment = debt.payments.findIndex(({ isReversed }) => !isReversed);
    if (standingPayment !== -1 && random.int(1, 3) === 1) {
      const why = { reason: '录错', document: { number: `更正-${String(keys())}`, date: today, digest: null } };
      expect(await run(async () => register.reversePayment(on, { no: standingPayment + 1, ...why }))).not.toBeNull();
      const reversed = debt.payments[standingPayment];
      if (reversed) reversed.isReversed = true;
      return;
    }
    const open = debt.principal - paidOf(debt);
    const amount = amountFor(open);
    const payment = { paidOn: today, amount, reference: `款-${String(keys())}` };
    const isDone = (await run(async () => register.recordPayment(on, payment))) !== null;
    expect([amount, isDone]).toEqual([amount, amount >= 1 && BigInt(amount) <= open]);
    if (isDone) debt.payments.push({ amount: BigInt(amount), isReversed: false });
  };
  const paidOf = ({ payments }: Debt): bigint =>
    payments.reduce((total, { amount, isReversed }) => (isReversed ? total : total + amount), 0n);

  const compare = async (): Promise<void> => {
    for (let count = 0; count < 3; count += 1) {
      const asOf = addDays(today, -random.int(0, 200));
      const knownOn = count === 0 ? today : addDays(today, -random.int(0, 100));
      const groups = await stores.audit.groups({ asOf, knownOn, groupBy: 'DEPARTMENT' }, []);
      const total = (field: 'fulfilled' | 'waived' | 'outstanding' | 'promised') =>
        groups.reduce((all, group) => all + group[field], 0n);
      const sheets = standing(lines, { asOf, knownOn });
      const known = new Set(sheets.filter(({ what }) => what === 'PROMISED').map((line) => line.promise));
      const counted = sheets.filter((line) => known.has(line.promise));
      expect([asOf, knownOn, ...(['promised', 'fulfilled', 'waived', 'outstanding'] as const).map(total)]).toEqual([
        ...[asOf, knownOn],
        ...[sum(counted, 'PROMISED'), sum(counted, 'FULFILLED'), sum(counted, 'WAIVED'), openOf(counted)],
      ]);
      // By department, of which none owes less than nothing, and without any document.
      const sheetOf = (promise: string) => counted.filter((line) => line.promise === promise);
      const owes = DEPARTMENTS.map((department) => {
        const own = [...known].map(sheetOf).filter((sheet) => ownerOf(sheet) === department);
        const bare = own.filter(
          (sheet) => openOf(sheet) > 0n && !sheet.some(({ what }) => what === 'DOCUMENT_ATTACHED'),
        );
        return [department, own.reduce((all, sheet) => all + openOf(sheet), 0n), bare.length];
      });
      const whole = await stores.audit.groups({ asOf, knownOn, groupBy: 'DEPARTMENT' }, ['undocumentedCount']);
      const found = DEPARTMENTS.map((department) => {
        const group = whole.find(({ key }) => key === department);
        return [department, group?.outstanding ?? 0n, group?.undocumentedCount ?? 0];
      });
      expect([asOf, knownOn, found]).toEqual([asOf, knownOn, owes]);
    }
    const owed = (await stores.arrears.perParent('debtor', ['ZJJ'], { includeCleared: true, page: null })).get('ZJJ');
    expect({ principal: 0n, paid: 0n, ...owed?.totals }).toEqual({
      principal: debts.reduce((all, { principal }) => all + principal, 0n),
      paid: debts.reduce((all, debt) => all + paidOf(debt), 0n),
    });
  };

  for (let step = 1; step <= STEPS; step += 1) {
    today = addDays(today, random.int(0, 12));
    clock.set(new Date(startOfDayInShanghai(today).getTime() + 36_000_000 + step).toISOString());
    const does = random.weighted([
      [promise, 1],
      [move, 6],
      [owe, 1],
      [pay, 3],
      [succeed, 0.3],
    ]);
    await (lines.length === 0 ? promise() : does());
    if (step % STEPS_OF_A_PERIOD !== 0) continue;
    for (const job of jobs) await job.work({ isOver: () => false });
    await compare();
    expect((await stores.verifications.newest())?.findings).toEqual([]);
  }
  expect(deaths()).toBeGreaterThan(5);
  expect(today > '2026-01-01').toBe(true);
  expect((await verifyLedger({ stores })).findings).toEqual([]);
}, 3_600_000);
