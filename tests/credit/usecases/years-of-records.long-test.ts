import { randomStream } from '@zhitong/demo';
import { createLogger } from '@zhitong/kit';
import { addDays, addMonths, MOST_FEN_OF_ONE_AMOUNT, startOfDayInShanghai } from '@zhitong/values';
import { LONGEST_PLAN_DAYS } from '../../../subgraphs/credit/src/domain/arrears/repayment-plan.js';
import { creditStanding } from '../../../subgraphs/credit/src/domain/standing/credit-grade.js';
import { arrearCommands } from '../../../subgraphs/credit/src/usecases/arrears/arrear-commands.js';
import { arrearCorrectionCommands } from '../../../subgraphs/credit/src/usecases/arrears/arrear-correction-commands.js';
import { arrearPartCommands } from '../../../subgraphs/credit/src/usecases/arrears/arrear-part-commands.js';
import { arrearPlanCommands } from '../../../subgraphs/credit/src/usecases/arrears/arrear-plan-commands.js';
import { creditRecordCommands } from '../../../subgraphs/credit/src/usecases/credit-record-commands.js';
import { dailyWork } from '../../../subgraphs/credit/src/usecases/daily-work.js';
import { approvalWalk } from '../support/approval-walk.js';
import { A_DIGEST } from '../support/builders.js';
import { creditUnderTest, type CreditUnderTest } from '../support/credit-under-test.js';
import { mortalCommands } from '../support/mortal-commands.js';
import { gradeOf, isOpen, lapses, LEAST, read, type Debt, type Dishonesty, type Pledge } from '../support/sheets.js';

/** The short form; over decades: `CREDIT_STEPS=3000 CREDIT_SEED=7 npm run test:long -- years-of-records`. */
const STEPS = Number(process.env['CREDIT_STEPS'] ?? 150);
const SEED = process.env['CREDIT_SEED'] ?? '1';
const START = '2024-01-15';
const DEPARTMENTS = ['ZJJ', 'JTJ', 'SLHPJ'];
const USCC = '91421200MA48FAKE0X';
const STEPS_OF_A_PERIOD = 50;

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
});
afterAll(async () => credit.close());

it('years of debts, records, judgments, pledges and approvals, breakdowns and late knowledge agree with paper', async () => {
  const random = randomStream(SEED, 'records');
  const { stores, outbox } = credit.department;
  const { clock } = credit;
  const { tools, base, keys, deaths, run } = mortalCommands(credit, random);
  const logger = createLogger({ name: 'test', level: 'silent' });
  const jobs = dailyWork({ ...tools, outbox, logger });
  const register = {
    ...arrearCommands(tools),
    ...arrearCorrectionCommands(tools),
    ...arrearPartCommands(tools),
    ...arrearPlanCommands({ ...tools, longestPlanDays: LONGEST_PLAN_DAYS }),
  };
  const office = creditRecordCommands(tools);
  const approvals = approvalWalk({ office, random, run, base, uscc: USCC });
  const debts: Debt[] = [];
  const records: Dishonesty[] = [];
  const judgments: { readonly no: string; readonly from: string; readonly amount: number; until: string | null }[] = [];
  const pledges: Pledge[] = [];
  let today = START;
  const earlier = (most: number): string => addDays(today, -random.int(0, most));
  const latest = (...days: string[]): string => days.toSorted().at(-1) ?? today;
  const document = () => ({ number: `文-${String(keys())}`, date: today, digest: null });
  const why = () => ({ reason: '登记有误', document: document() });
  const somewhat = (most: number): number =>
    random.int(1, 4) === 1 ? most : random.int(0, Math.min(most, 900_000) + 1);

  const owe = async (): Promise<void> => {
    const principal = random.int(1, 3) === 1 ? MOST_FEN_OF_ONE_AMOUNT : random.int(100, 900_000);
    const [disputed, debtor, deliveredOn] = [random.int(0, 100), random.pick(DEPARTMENTS), earlier(30)];
    const id = await run(
      (
        (command) => async () =>
          register.recordArrear(command)
      )({
        ...{ ...base(), uscc: USCC, debtor, subject: '工程款', contractNumber: `HT-${String(keys())}` },
        ...{ principal, disputed, plan: [], payments: [], department: debtor },
        contract: {
          signedOn: addDays(today, -90),
          creditorIsSme: true,
          agreedTermDays: 60,
          agreedRateBasisPoints: null,
        },
        delivery: { deliveredOn, acceptance: { agreedBy: null, acceptedOn: null }, settlementConfirmedOn: null },
      }),
    );
    if (id === null) throw new Error('a debt was refused');
    const fresh = { acceptedOn: null, isWithdrawn: false, hasPlan: false, lines: [], passedOn: [] };
    debts.push({ id, deliveredOn, principal, disputed, debtor, ...fresh });
  };
  /** One movement of a debt; what the sheet says about it must be what the register decides. */
  const change = async (): Promise<void> => {
    // Within its term a debt bears no interest, of which the sheets know nothing.
    const inTerm = debts.filter(({ acceptedOn }) => acceptedOn === null || addDays(acceptedOn, 60) >= today);
    if (inTerm.length === 0) return owe();
    const debt = random.pick(inTerm);
    const on = {
      ...base(),
      arrearId: debt.id,
      expectedVersion: null,
      department: debt.debtor,
      mayWriteFor: () => true,
    };
    const now = read(debt);
    const done = async (what: string, work: () => Promise<string | null>, isRight: boolean): Promise<boolean> => {
      const isDone = (await work()) !== null;
      expect([today, what, debt, isDone]).toEqual([today, what, debt, isRight && !debt.isWithdrawn]);
      return isDone;
    };
    const paid = debt.lines.filter((line) => line.what === 'PAID');
    const standing = paid.filter(({ isReversed }) => !isReversed);
    const settled = debt.lines.filter((line) => line.what === 'SETTLED');
    const costs = debt.lines.filter((line) => line.what === 'COST');
    const isSettled = settled.some(({ isReversed }) => !isReversed);
    const movements = {
      pay: async () => {
        // At times with what was struck off: a payment of before that day would have paid it.
        const struckOff = settled.reduce((all, line) => all + line.struckOff, 0);
        const amount = somewhat(now.left + now.costs + random.pick([0, struckOff]));
        const line = {
          what: 'PAID' as const,
          on: latest(earlier(20), debt.deliveredOn),
          amount,
          no: paid.length + 1,
          isReversed: false,
        };
        const payment = { paidOn: line.on, amount, reference: `款-${String(keys())}` };
        const fits = amount >= 1 && read(debt, [...debt.lines, line]).tooMuch <= now.tooMuch;
        if (await done('pay', async () => run(async () => register.recordPayment(on, payment)), fits))
          debt.lines.push(line);
      },
      reverse: async () => {
        const line = random.pick(paid.length === 0 ? [undefined] : paid);
        const given = { no: line?.no ?? 1, ...why() };
        const isRight = line !== undefined && !line.isReversed;
        if (await done('reverse', async () => run(async () => register.reversePayment(on, given)), isRight))
          if (line) line.isReversed = true;
      },
      cost: async () => {
        const fresh = { no: costs.length + 1, isReversed: false, amount: random.int(0, 500) };
        const line = { what: 'COST' as const, on: latest(earlier(10), debt.deliveredOn), ...fresh };
        const cost = { amount: line.amount, incurredOn: line.on, subject: '诉讼费', document: document() };
        if (await done('cost', async () => run(async () => register.recordCost(on, cost)), line.amount >= 1))
          debt.lines.push(line);
      },
      settle: async () => {
        const [owed, struckOff] = [random.int(0, 60), random.int(0, 60)];
        const isRight = owed + struckOff > 0 && owed + struckOff <= now.disputed;
        const settlement = { settledOn: today, owed, struckOff, ...why() };
        if (await done('settle', async () => run(async () => register.settleDispute(on, settlement)), isRight)) {
          const no = settled.length + 1;
          debt.lines.push({ what: 'SETTLED', on: today, owed, struckOff, no, isReversed: false });
        }
      },
      correct: async () => {
        const principal = random.int(1, 900_000);
        const after = read({ ...debt, principal });
        const isRight =
          principal !== debt.principal &&
          !isSettled &&
          !debt.hasPlan &&
          debt.disputed <= principal &&
          after.tooMuch <= now.tooMuch;
        const changes = { principal, contract: {}, delivery: {} };
        const given = why();
        if (await done('correct', async () => run(async () => register.correctArrear(on, given, changes)), isRight))
          debt.principal = principal;
      },
      transfer: async () => {
        const to = random.pick(DEPARTMENTS);
        const transfer = { to, effectiveOn: today, reason: '机构改革' };
        if (
          await done('transfer', async () => run(async () => register.transferArrear(on, transfer)), to !== debt.debtor)
        ) {
          const { transfers = [] } = (await stores.arrears.byId(debt.id)) ?? {};
          debt.passedOn.push({ no: transfers.length, from: debt.debtor });
          debt.debtor = to;
        }
      },
      undo: async () => {
        const given = why();
        const [last, line] = [debt.passedOn.at(-1), random.pick([...costs, ...settled, undefined])];
        if (line === undefined) {
          const work = async () => register.reverseTransfer(on, last?.no ?? 1, given);
          if (!(await done('undo transfer', async () => run(work), last !== undefined)) || !last) return;
          debt.debtor = last.from;
          debt.passedOn.pop();
          return;
        }
        const without = debt.lines.map((each) => (each === line ? { ...each, isReversed: true } : each));
        const isLatest = line.what === 'COST' || settled.findLast(({ isReversed }) => !isReversed) === line;
        const isRight = !line.isReversed && isLatest && read(debt, without).tooMuch <= now.tooMuch;
        const work = async () =>
          line.what === 'COST'
            ? register.reverseCost(on, line.no, given)
            : register.reverseSettlement(on, line.no, given);
        if (await done('undo', async () => run(work), isRight)) line.isReversed = true;
      },
      accept: async () => {
        const given = { acceptedOn: today, document: document() };
        if (
          await done(
            'accept',
            async () => run(async () => register.recordAcceptance(on, given)),
            debt.acceptedOn === null,
          )
        )
          debt.acceptedOn = today;
      },
      withdraw: async () => {
        const given = why();
        if (
          await done('withdraw', async () => run(async () => register.withdrawArrear(on, given)), standing.length === 0)
        )
          debt.isWithdrawn = true;
      },
      plan: async () => {
        const amount = now.left - now.disputed + now.costs;
        const plan = { instalments: [{ no: 1, dueOn: addDays(today, 30), amount }], reason: '分期' };
        const propose = async () => run(async () => register.proposePlan({ ...on, creditor: null }, plan));
        if (!(await done('plan', propose, amount >= 1))) return;
        const plans = (await stores.arrears.byId(debt.id))?.plans ?? [];
        const answer = { no: plans.length, answer: 'ACCEPT' as const, reason: '' };
        const creditor = { ...on, ...base(), creditor: USCC };
        expect(await run(async () => register.answerPlan(creditor, answer))).toBe(debt.id);
        debt.hasPlan = true;
      },
    };
    const { pay, reverse, cost, settle, correct, transfer, undo, accept, withdraw, plan } = movements;
    await random.weighted([
      ...([pay, reverse, cost, settle, correct, transfer, undo] as const).map(
        (each) => [each, each === pay ? 6 : 2] as const,
      ),
      ...([accept, withdraw, plan] as const).map((each) => [each, 0.5] as const),
    ])();
  };

  const blame = async (): Promise<void> => {
    const record = {
      ...{ uscc: USCC, category: '虚假申报', recordedBy: 'FGW', documentNumber: `罚-${String(keys())}` },
      ...{ seriousness: random.pick(['MINOR', 'GENERAL', 'SERIOUS'] as const), from: earlier(200), until: null },
    };
    const command = { ...base(), ...record };
    const id = await run(async () => office.recordDishonesty(command));
    if (id === null) throw new Error('a record was refused');
    records.push({ id, from: record.from, seriousness: record.seriousness, repairedOn: null, isWithdrawn: false });
  };
  const onRecord = async (): Promise<void> => {
    if (records.length === 0) return blame();
    const record = random.pick(records);
    const on = { ...base(), recordId: record.id, uscc: USCC, mayWriteFor: () => true };
    if (random.int(1, 4) === 1) {
      const given = { ...on, why: why() };
      const isDone = (await run(async () => office.withdrawDishonesty(given))) !== null;
      expect([record, isDone]).toEqual([record, !record.isWithdrawn]);
      record.isWithdrawn = true;
      return;
    }
    if (record.isWithdrawn) return;
    const repairedOn = earlier(5);
    const given = { ...on, repair: { repairedOn, procedure: '整改', decisionNumber: `修-${String(keys())}` } };
    const isDone = (await run(async () => office.repairDishonesty(given))) !== null;
    const earliest = addMonths(record.from, LEAST[record.seriousness]);
    const isRight = record.repairedOn === null && repairedOn >= earliest && repairedOn <= lapses(record);
    expect([record, repairedOn, isDone]).toEqual([record, repairedOn, isRight]);
    if (isDone) record.repairedOn = repairedOn;
  };
  const judge = async (): Promise<void> => {
    if (judgments.length > 0 && random.int(1, 5) === 1) {
      const wrong = random.pick(judgments);
      const given = { ...base(), uscc: USCC, caseNumber: wrong.no, why: why() };
      expect(await run(async () => office.withdrawJudgment(given))).toBe(USCC);
      expect(await run(async () => office.withdrawJudgment({ ...given, ...base() }))).toBeNull();
      judgments.splice(judgments.indexOf(wrong), 1);
      return;
    }
    const open = judgments.find(({ until }) => until === null);
    const fulfilled = open !== undefined && random.bool(0.7) ? { ...open, until: latest(open.from, earlier(9)) } : null;
    const judgment = fulfilled ?? {
      no: `案-${String(keys())}`,
      from: earlier(60),
      amount: MOST_FEN_OF_ONE_AMOUNT,
      until: null,
    };
    const command = {
      ...{ ...base(), uscc: USCC, caseNumber: judgment.no, court: '咸安区人民法院', amount: judgment.amount },
      ...{ effectiveOn: judgment.from, fulfilledOn: judgment.until },
    };
    expect(await run(async () => office.recordJudgment(command))).toBe(USCC);
    if (open && fulfilled) open.until = fulfilled.until;
    else judgments.push(judgment);
  };
  const isUnfulfilled = (on: string) =>
    judgments.filter(({ from, until }) => from <= on && (until === null || on < until)).length;
  const pledge = async (): Promise<void> => {
    const given = pledges.at(-1);
    const on = { on: today, by: 'officer-1', finding: '核查' };
    const command = { ...base(), mayWriteFor: () => true };
    if (given === undefined || given.isClosed || random.int(1, 3) === 1) {
      const signed = {
        ...{ ...base(), uscc: USCC, department: 'FGW', matter: '告知承诺', textVersion: '1', digest: A_DIGEST },
        ...{ signature: 'SM2:abc', signedOn: today },
      };
      const id = await run(async () => office.signPledge(signed));
      const isBarred =
        records.some((record) => isOpen(record, today)) ||
        isUnfulfilled(today) > 0 ||
        pledges.some(({ breachedOn, isClosed }) => breachedOn !== null && !isClosed);
      expect([today, 'sign', id === null]).toEqual([today, 'sign', isBarred]);
      if (id !== null) pledges.push({ id, wasKept: null, breachedOn: null, madeRecord: null, isClosed: false });
      return;
    }
    const kept = random.bool(0.5);
    const event = random.pick([
      { kind: 'CHECKED' as const, ...on, kept },
      { kind: 'BREACHED' as const, ...on, consequence: random.pick(['RECTIFICATION', 'DISHONESTY_RECORD'] as const) },
      { kind: 'CLOSED' as const, ...on },
      { kind: 'BREACH_WITHDRAWN' as const, ...on, document: document() },
    ]);
    const isDone =
      (await run(async () => office.recordPledgeEvent({ ...command, pledgeId: given.id, event }))) !== null;
    const isRight = {
      CHECKED: true,
      BREACHED: given.breachedOn === null && given.wasKept === false,
      CLOSED: given.wasKept === true,
      BREACH_WITHDRAWN: given.breachedOn !== null,
    }[event.kind];
    expect([given, event.kind, isDone]).toEqual([given, event.kind, isRight]);
    if (!isDone) return;
    given.wasKept = event.kind === 'CHECKED' ? event.kept : null;
    if (event.kind === 'CLOSED') given.isClosed = true;
    if (event.kind === 'BREACHED') given.breachedOn = today;
    if (event.kind === 'BREACH_WITHDRAWN') {
      given.breachedOn = null;
      const made = records.find(({ id }) => id === given.madeRecord);
      if (made) made.isWithdrawn = true;
      given.madeRecord = null;
    }
    if (event.kind !== 'BREACHED' || event.consequence !== 'DISHONESTY_RECORD') return;
    given.madeRecord = await newestRecord();
    const fresh = { repairedOn: null, isWithdrawn: false } as const;
    records.push({ id: given.madeRecord, from: today, seriousness: 'GENERAL', ...fresh });
  };
  const newestRecord = async (): Promise<string> => {
    const known = new Set(records.map(({ id }) => id));
    const stored = (await stores.creditHistories.of([USCC])).get(USCC)?.records ?? [];
    return stored.find(({ id }) => !known.has(id))?.id ?? '';
  };
  const approve = async (): Promise<void> => approvals.step(today);

  const gradeOn = (on: string): string => gradeOf({ records, pledges, unfulfilled: isUnfulfilled(on) }, on);
  const compare = async (): Promise<void> => {
    for (const includeCleared of [true, false]) {
      const sums = await stores.arrears.perParent('debtor', DEPARTMENTS, { includeCleared, page: null });
      const found = DEPARTMENTS.map((one) => [one, { principal: 0n, paid: 0n, ...sums.get(one)?.totals }]);
      const owed = DEPARTMENTS.map((one) => {
        const own = debts.filter((debt) => debt.debtor === one && !debt.isWithdrawn);
        const counted = own.filter((debt) => includeCleared || read(debt).left + read(debt).costs > 0);
        const sum = (amount: (debt: Debt) => number) => counted.reduce((all, debt) => all + BigInt(amount(debt)), 0n);
        return [one, { principal: sum((debt) => read(debt).principal), paid: sum((debt) => read(debt).paid) }];
      });
      expect([today, includeCleared, found]).toEqual([today, includeCleared, owed]);
    }
    const history = (await stores.creditHistories.of([USCC])).get(USCC);
    if (!history) throw new Error('there is no history');
    for (let count = 0; count < 6; count += 1) {
      const on = count === 0 ? today : earlier(700);
      expect([on, creditStanding(history, on).grade]).toEqual([on, gradeOn(on)]);
    }
    for (const { id, state } of approvals.items) expect((await stores.approvals.byId(id))?.state).toBe(state);
  };

  for (let step = 1; step <= STEPS; step += 1) {
    today = addDays(today, random.int(0, 10));
    clock.set(new Date(startOfDayInShanghai(today).getTime() + 36_000_000 + step).toISOString());
    await random.weighted([
      [owe, 2],
      [change, 9],
      [blame, 0.7],
      [onRecord, 2],
      [judge, 1],
      [pledge, 3],
      [approve, 1],
    ])();
    if (step % STEPS_OF_A_PERIOD !== 0) continue;
    for (const job of jobs) await job.work({ isOver: () => false });
    await compare();
    expect((await stores.verifications.newest())?.findings).toEqual([]);
  }
  expect(deaths()).toBeGreaterThan(5);
  expect(today > '2025-10-01').toBe(true);
}, 3_600_000);
