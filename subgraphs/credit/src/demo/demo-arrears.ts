import { randomStream, type DemoCity, type RandomStream } from '@zhitong/demo';
import { addDays } from '@zhitong/values';
import { arrearPosition, type ArrearRules } from '../domain/arrears/arrears.js';
import type { PlanStep, PlanVersion } from '../domain/arrears/repayment-plan.js';
import type { Acceptance, PurchaseContract } from '../domain/arrears/payment-term.js';
import type { ArrearRecord, RecordedPayment } from '../models/arrears/arrear.js';
import { receiptEnding } from './receipt-number.js';

const FULL = { arrears: 320, enterprises: 27_851 };
const FEWEST = 12;
/** How long before today plans were proposed, and in how many parts they are paid. */
const DAYS_OF_TALKS = 100;
const PARTS = 3;
const FEN_OF_THOUSAND_YUAN = 100_000;
const SUBJECTS: readonly (readonly [string, string])[] = [
  ['ZJJ', '市政道路维修工程款'],
  ['JYJ', '校园食材配送货款'],
  ['WJW', '医用耗材采购款'],
  ['JTJ', '农村公路养护工程款'],
  ['SHUJJ', '政务信息系统运维服务费'],
  ['GXQGWH', '园区绿化工程款'],
  ['SLHPJ', '河道清淤工程款'],
  ['CGZFW', '环卫作业服务费'],
  ['NYNCJ', '高标准农田建设工程款'],
  ['SZFB', '会务印刷服务费'],
];

/**
 * Debts of public bodies to small and medium enterprises: part of them paid, some with their interest; some with a plan
 * of both sides that is kept or not, or with one that waits for the enterprise's answer.
 */
export function demoArrears(city: DemoCity, rules: ArrearRules): ArrearRecord[] {
  const random = randomStream('zhitong-1', 'credit.arrears');
  const count = Math.max(FEWEST, Math.round((city.enterprises.length * FULL.arrears) / FULL.enterprises));
  const suppliers = city.enterprises.filter(
    ({ legalForm, status, registeredOn }) =>
      legalForm !== 'INDIVIDUAL_BUSINESS' &&
      status === 'IN_OPERATION' &&
      registeredOn < addDays(city.referenceDate, -1_000),
  );
  return Array.from({ length: count }, (_, index) =>
    withFigures(
      makeArrear(city, {
        uscc: random.pick(suppliers.length > 0 ? suppliers : city.enterprises).uscc,
        index,
        random,
        rules,
      }),
      city,
      rules,
    ),
  );
}

function makeArrear(
  city: DemoCity,
  { uscc, index, random, rules }: { uscc: string; index: number; random: RandomStream; rules: ArrearRules },
): ArrearRecord {
  const deliveredOn = addDays(city.referenceDate, -random.int(15, 700));
  const signedOn = addDays(deliveredOn, -random.int(30, 240));
  const [debtor, subject] = random.pick(SUBJECTS);
  const principal = random.int(20, 3_000) * FEN_OF_THOUSAND_YUAN;
  const contract: PurchaseContract = {
    signedOn,
    creditorIsSme: true,
    agreedTermDays: random.weighted([
      [null, 50],
      [30, 15],
      [45, 10],
      [60, 15],
      [90, 10],
    ]),
    agreedRateBasisPoints: random.weighted([
      [null, 70],
      [400, 12],
      [365, 8],
      [200, 10],
    ]),
  };
  const payments = makePayments(city, { principal, deliveredOn, index, random });
  const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
  const debt: ArrearRecord = {
    id: `QK-${String(index + 1).padStart(5, '0')}`,
    uscc,
    debtor,
    subject,
    contractNumber: `${debtor}-HT-${signedOn.slice(0, 4)}-${String(index + 1).padStart(4, '0')}`,
    contract,
    delivery: { deliveredOn, acceptance: makeAcceptance(city, deliveredOn, random), settlementConfirmedOn: null },
    principal,
    disputed: random.bool(0.08) && paid === 0 ? Math.floor(principal / 10) : 0,
    payments,
    plan: [],
    paid: 0,
    isCleared: false,
    version: 1,
  };
  if (paid < principal)
    return random.bool(0.5) ? { ...debt, plans: makePlan(city, { debt, index, random, rules }) } : debt;
  return index % 2 === 0 ? withInterestPaid(debt, rules) : debt;
}

/** The same, its one payment large enough for the interest of its day, too. */
function withInterestPaid(debt: ArrearRecord, rules: ArrearRules): ArrearRecord {
  return {
    ...debt,
    payments: debt.payments.map((payment) => ({
      ...payment,
      amount: arrearPosition({ ...debt, payments: [] }, payment.paidOn, rules).owedInAll,
    })),
  };
}

/** The same with what is kept with it: how much of the principal is paid, and whether all is. */
function withFigures(debt: ArrearRecord, { referenceDate }: DemoCity, rules: ArrearRules): ArrearRecord {
  const { paid, isCleared } = arrearPosition(debt, referenceDate, rules);
  return { ...debt, paid, isCleared };
}

function makeAcceptance(city: DemoCity, deliveredOn: string, random: RandomStream): Acceptance | null {
  if (random.bool(0.6)) return null;
  const acceptedOn = addDays(deliveredOn, random.int(5, 60));
  return { agreedBy: addDays(deliveredOn, 30), acceptedOn: acceptedOn < city.referenceDate ? acceptedOn : null };
}

function makePayments(
  city: DemoCity,
  {
    principal,
    deliveredOn,
    index,
    random,
  }: { principal: number; deliveredOn: string; index: number; random: RandomStream },
): RecordedPayment[] {
  const share = random.weighted([
    [0, 40],
    [30, 15],
    [50, 15],
    [100, 30],
  ]);
  const paidOn = addDays(deliveredOn, random.int(20, 300));
  if (share === 0 || paidOn >= city.referenceDate) return [];
  return [
    {
      paidOn,
      amount: (principal / 100) * share,
      reference: `QKHD${paidOn.replaceAll('-', '')}${receiptEnding(index + 1)}`,
    },
  ];
}

/** Three equal parts, the first of which may have passed; one in seven waits for the enterprise's answer. */
function makePlan(
  city: DemoCity,
  { debt, index, random, rules }: { debt: ArrearRecord; index: number; random: RandomStream; rules: ArrearRules },
): PlanVersion[] {
  const first = addDays(city.referenceDate, random.int(-60, 60));
  const { deliveredOn } = debt.delivery;
  const early = addDays(city.referenceDate, -DAYS_OF_TALKS);
  const proposedOn = early < deliveredOn ? deliveredOn : early;
  const { owedInAll, disputed, paidInAll } = arrearPosition(debt, proposedOn, rules);
  const owed = owedInAll - disputed;
  if (first <= proposedOn || owed < PARTS) return [];
  const part = Math.floor(owed / PARTS);
  const step = (kind: PlanStep['kind'], side: PlanStep['side'], on: string): PlanStep => ({
    kind,
    side,
    on,
    recordedAt: `${on}T02:00:00.000Z`,
    recordedBy: side === 'DEBTOR' ? `officer-${debt.debtor}` : `contact-${debt.uscc}`,
    department: side === 'DEBTOR' ? debt.debtor : null,
    reason: '',
  });
  const waits = index % 7 === 3;
  return [
    {
      no: 1,
      instalments: [0, 1, 2].map((i) => ({
        no: i + 1,
        dueOn: addDays(first, 90 * i),
        amount: i === 2 ? owed - 2 * part : part,
      })),
      paidBefore: paidInAll,
      steps: [
        step('PROPOSED', 'DEBTOR', proposedOn),
        ...(waits ? [] : [step('ACCEPTED', 'CREDITOR', addDays(proposedOn, 5))]),
      ],
    },
  ];
}
