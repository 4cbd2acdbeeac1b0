import { randomStream, type DemoCity, type DemoEnterprise, type DemoProject, type RandomStream } from '@zhitong/demo';
import { addDays, daysBetween } from '@zhitong/values';
import type { CommitmentTerms, Instalment, Official } from '../domain/commitments/commitment.js';
import { sha256 } from '../domain/ledger/hash-chain.js';
import type { EntryDraft } from '../domain/ledger/ledger-entry.js';
import { decide, promise, type LedgerCommand, type LedgerDecision } from '../domain/ledger/ledger.js';
import { receiptEnding } from './receipt-number.js';
import { CONDITIONS, documentNumber, KIND_WEIGHTS, TEMPLATES } from './promise-texts.js';

const FEN_OF_TEN_THOUSAND_YUAN = 1_000_000;
/** Commitments of a city of 27,851 market entities; a smaller city keeps the proportion. */
const FULL = { commitments: 4_000, enterprises: 27_851 };
const FEWEST = 60;
const OLDEST_DAYS = 1_095;
/** Everything was recorded before the day on which the city stands, so that today's entries come after it. */
const LAST_RECORDED_DAYS_BEFORE = 1;

interface Step {
  readonly recordedOn: string;
  readonly command: LedgerCommand;
}

/** Whom a promise was made to, and when at the earliest. */
interface Beneficiary {
  readonly enterprise: DemoEnterprise;
  readonly project: DemoProject | null;
}

/**
 * The government's promises in the demo city, as chains of ledger entries that the ledger's own rules decided on. The flagship
 * (the first large enterprise) is owed three things at least, one of them overdue.
 */
export function demoCommitments(city: DemoCity): EntryDraft[][] {
  const count = Math.max(FEWEST, Math.round((city.enterprises.length * FULL.commitments) / FULL.enterprises));
  const random = randomStream('zhitong-1', 'credit.commitments');
  const beneficiaries = chooseBeneficiaries(city, count, random);
  const flagship = flagshipOf(city);
  const officials = officialsByDepartment(city);
  const drafts = beneficiaries.map((beneficiary, index) => {
    const forced = beneficiary.enterprise === flagship ? flagshipCourse(index) : null;
    return makePromise({
      city,
      officials,
      beneficiary,
      ordinal: index + 1,
      random: randomStream('zhitong-1', `credit.commitment.${index}`),
      forced,
    });
  });
  drafts.sort((a, b) => (a.promisedOn < b.promisedOn ? -1 : a.promisedOn > b.promisedOn ? 1 : 0));
  const numbers = new Map<string, number>();
  return drafts.map((draft) => {
    const year = draft.promisedOn.slice(0, 4);
    const number = (numbers.get(year) ?? 0) + 1;
    numbers.set(year, number);
    return writeChain(`CN-${year}-${String(number).padStart(5, '0')}`, draft);
  });
}

/** The first large enterprise of the city. */
export const flagshipOf = (city: DemoCity): DemoEnterprise | undefined =>
  city.enterprises.find(({ scale }) => scale === 'LARGE');

type Course = 'OVERDUE' | 'DUE_LATER' | null;

/** The flagship's first three promises take a course that the demo can be shown with. */
function flagshipCourse(index: number): Course {
  if (index >= 3) return null;
  return index === 0 ? 'OVERDUE' : 'DUE_LATER';
}

/** Investors get several promises each, enterprises above designated size some, others few; the flagship comes first. */
function chooseBeneficiaries(city: DemoCity, count: number, random: RandomStream): Beneficiary[] {
  const flagship = flagshipOf(city);
  const chosen: Beneficiary[] = flagship
    ? [0, 1, 2, 3].map(() => ({
        enterprise: flagship,
        project: city.projects.find(({ uscc }) => uscc === flagship.uscc) ?? null,
      }))
    : [];
  const byUscc = new Map(city.enterprises.map((enterprise) => [enterprise.uscc, enterprise]));
  for (const project of city.projects) {
    const enterprise = byUscc.get(project.uscc);
    // A project of yesterday has no promises yet.
    if (!enterprise || daysBetween(project.signedOn, city.referenceDate) < 30) continue;
    for (let i = random.int(4, 9); i > 0; i -= 1) chosen.push({ enterprise, project });
  }
  const companies = city.enterprises.filter(
    ({ legalForm, status, registeredOn }) =>
      legalForm !== 'INDIVIDUAL_BUSINESS' &&
      status === 'IN_OPERATION' &&
      daysBetween(registeredOn, city.referenceDate) > 60,
  );
  const large = companies.filter(({ stewardship }) => stewardship !== null);
  while (chosen.length < count)
    chosen.push({ enterprise: random.pick(random.bool(0.45) && large.length > 0 ? large : companies), project: null });
  return chosen.slice(0, count);
}

interface PromiseDraft {
  readonly promisedOn: string;
  readonly recordedOn: string;
  readonly terms: CommitmentTerms;
  readonly steps: readonly Step[];
}

/** Who may be responsible, by department: its heads of section, or whoever it has. */
type Officials = ReadonlyMap<string, readonly Official[]>;

function officialsByDepartment(city: DemoCity): Officials {
  const all = new Map<string, { leading: Official[]; others: Official[] }>();
  for (const { departmentCode, name, post } of city.officials) {
    const own = all.get(departmentCode) ?? { leading: [], others: [] };
    all.set(departmentCode, own);
    own[post.endsWith('科长') ? 'leading' : 'others'].push({ name, post });
  }
  return new Map(
    [...all].map(([department, { leading, others }]) => [department, leading.length > 0 ? leading : others]),
  );
}

const pickOfficial = (officials: Officials, department: string, random: RandomStream): Official =>
  random.pick(officials.get(department) ?? [...officials.values()].flat());

function makePromise({
  city,
  officials,
  beneficiary: { enterprise, project },
  ordinal,
  random,
  forced,
}: {
  city: DemoCity;
  officials: Officials;
  beneficiary: Beneficiary;
  ordinal: number;
  random: RandomStream;
  forced: Course;
}): PromiseDraft {
  const lastDay = addDays(city.referenceDate, -LAST_RECORDED_DAYS_BEFORE);
  const kind = forced ? 'CASH' : random.weighted(KIND_WEIGHTS);
  const template = random.pick(TEMPLATES[kind]);
  const government =
    city.departments.find(
      ({ kind: departmentKind, regionCode }) =>
        departmentKind === 'DISTRICT_GOVERNMENT' && regionCode === enterprise.regionCode,
    )?.code ?? 'SZFB';
  const promisor = random.pick(template.promisors) || government;
  const earliest =
    [addDays(city.referenceDate, -OLDEST_DAYS), enterprise.registeredOn, project?.signedOn ?? ''].sort().at(-1) ??
    city.referenceDate;
  const span = Math.max(21, daysBetween(earliest, city.referenceDate));
  // Promises of a project are made around its signing; a course that must be overdue needs time behind it.
  const age =
    forced === 'OVERDUE'
      ? Math.min(400, span)
      : project
        ? span - random.int(0, Math.min(90, span - 20))
        : random.int(20, span);
  const promisedOn = addDays(city.referenceDate, -Math.max(15, age));
  const recordedOn = addDays(promisedOn, random.int(1, 10));
  const amount = template.money
    ? FEN_OF_TEN_THOUSAND_YUAN *
      random.weighted([
        [random.int(5, 50), 55],
        [random.int(50, 300), 33],
        [random.int(300, 3_000), 12],
      ])
    : random.weighted([
        [1, 70],
        [2, 20],
        [3, 10],
      ]);
  const instalments = makeInstalments({
    random,
    amount,
    promisedOn,
    isMoney: template.money,
    forced,
    referenceDate: city.referenceDate,
  });
  const year = promisedOn.slice(0, 4);
  const document =
    forced || random.bool(0.88)
      ? {
          number: documentNumber(promisor, year, random.int(1, 260)),
          date: addDays(promisedOn, -random.int(0, 20)),
          digest: random.bool(0.9) ? sha256(`${enterprise.uscc}${promisedOn}${amount}`) : null,
        }
      : null;
  const text = template.text(random);
  const subject = project?.name ?? enterprise.name.replace(/(股份有限公司|有限责任公司|有限公司)$/, '');
  const terms: CommitmentTerms = {
    title: `${subject}：${text}`,
    kind,
    measure: template.money ? 'MONEY' : 'DELIVERABLE',
    promisor,
    uscc: enterprise.uscc,
    projectId: project?.id ?? null,
    districtCode: enterprise.regionCode,
    document,
    deliverable: template.money ? null : text,
    amount,
    instalments,
    conditions: random.bool(0.4)
      ? random
          .shuffle(CONDITIONS)
          .slice(0, random.int(1, 2))
          .map((condition, i) => ({ no: i + 1, text: condition }))
      : [],
    official: pickOfficial(officials, promisor, random),
  };
  return {
    promisedOn,
    recordedOn,
    terms,
    steps: makeSteps({ officials, ordinal, terms, promisedOn, recordedOn, lastDay, random, forced }),
  };
}

function makeInstalments({
  random,
  amount,
  promisedOn,
  isMoney,
  forced,
  referenceDate,
}: {
  random: RandomStream;
  amount: number;
  promisedOn: string;
  isMoney: boolean;
  forced: Course;
  referenceDate: string;
}): Instalment[] {
  if (forced === 'OVERDUE')
    return split(
      amount,
      [addDays(referenceDate, -160), addDays(referenceDate, -47), addDays(referenceDate, 120)],
      FEN_OF_TEN_THOUSAND_YUAN / 100,
    );
  if (forced === 'DUE_LATER')
    return split(
      amount,
      [addDays(referenceDate, random.int(10, 60)), addDays(referenceDate, random.int(100, 300))],
      FEN_OF_TEN_THOUSAND_YUAN / 100,
    );
  const parts = Math.min(
    amount,
    random.weighted([
      [1, 45],
      [2, 30],
      [3, 18],
      [4, 7],
    ]),
  );
  let dueOn = addDays(promisedOn, random.int(60, 400));
  const days = Array.from({ length: parts }, () => {
    const day = dueOn;
    dueOn = addDays(dueOn, random.int(90, 365));
    return day;
  });
  return split(amount, days, isMoney ? FEN_OF_TEN_THOUSAND_YUAN / 100 : 1);
}

/** Equal parts in whole `unit`s, the rest on the last one. */
function split(amount: number, days: readonly string[], unit: number): Instalment[] {
  const part = Math.max(unit, Math.floor(amount / days.length / unit) * unit);
  return days.map((dueOn, i) => ({
    no: i + 1,
    dueOn,
    amount: i === days.length - 1 ? amount - part * (days.length - 1) : part,
  }));
}

/** What happened to a promise: payments in time, late or not at all, mistakes put right, handovers, transfers, waivers. */
function makeSteps({
  officials,
  ordinal,
  terms,
  promisedOn,
  recordedOn,
  lastDay,
  random,
  forced,
}: {
  officials: Officials;
  ordinal: number;
  terms: CommitmentTerms;
  promisedOn: string;
  recordedOn: string;
  lastDay: string;
  random: RandomStream;
  forced: Course;
}): Step[] {
  const steps: Step[] = [];
  const record = (effectiveOn: string, delay: number, command: LedgerCommand): void => {
    const day = [addDays(effectiveOn, delay), recordedOn].sort().at(-1) ?? recordedOn;
    if (effectiveOn >= promisedOn && day <= lastDay) steps.push({ recordedOn: day, command });
  };
  for (const instalment of terms.instalments) {
    const payment =
      forced === 'OVERDUE'
        ? instalment.no === 1
          ? 'IN_TIME'
          : 'NEVER'
        : random.weighted([
            ['IN_TIME', 80],
            ['LATE', 11],
            ['NEVER', 9],
          ] as const);
    if (payment === 'NEVER' || forced === 'DUE_LATER') break; // Later instalments are not paid before this one.
    const paidOn =
      [
        payment === 'IN_TIME'
          ? addDays(instalment.dueOn, -random.int(0, 25))
          : addDays(instalment.dueOn, random.int(5, 220)),
        promisedOn,
      ]
        .sort()
        .at(-1) ?? promisedOn;
    fulfilment(record, { ordinal, terms, instalment, paidOn, random });
  }
  if (random.bool(0.15)) {
    const on = addDays(promisedOn, random.int(40, 700));
    const to = pickOfficial(officials, terms.promisor, random);
    // A small department may draw the official who is in office.
    if (to.name !== terms.official.name)
      record(on, random.int(1, 20), { type: 'HAND_OVER', to, effectiveOn: on, reason: '岗位调整，承诺事项一并交接' });
  }
  if (!forced && random.bool(0.03)) {
    const on = addDays(promisedOn, random.int(60, 700));
    record(on, random.int(1, 30), {
      type: 'TRANSFER',
      to: terms.promisor === 'FGW' ? 'ZSZX' : 'FGW',
      effectiveOn: on,
      reason: '机构职能调整，由承接部门继续履行',
    });
  }
  if (terms.document === null && random.bool(0.25)) {
    const on = addDays(promisedOn, random.int(20, 200));
    record(on, 0, {
      type: 'ATTACH_DOCUMENT',
      document: {
        number: documentNumber(terms.promisor, on.slice(0, 4), random.int(1, 260)),
        date: on,
        digest: sha256(`${terms.title}${on}`),
      },
      effectiveOn: on,
    });
  }
  for (const { no } of terms.conditions) {
    const on = addDays(promisedOn, random.int(30, 300));
    record(on, random.int(0, 10), {
      type: 'ASSESS_CONDITION',
      conditionNo: no,
      status: random.bool(0.85) ? 'MET' : 'NOT_MET',
      evidence: '现场核查记录',
      effectiveOn: on,
    });
  }
  return steps;
}

function fulfilment(
  record: (effectiveOn: string, delay: number, command: LedgerCommand) => void,
  {
    ordinal,
    terms,
    instalment,
    paidOn,
    random,
  }: { ordinal: number; terms: CommitmentTerms; instalment: Instalment; paidOn: string; random: RandomStream },
): void {
  const isMoney = terms.measure === 'MONEY';
  const reference = `${isMoney ? 'HD' : 'YS'}${paidOn.replaceAll('-', '')}${receiptEnding(ordinal, instalment.no)}`;
  const evidence = isMoney ? '国库集中支付凭证及银行回单' : '验收单';
  if (isMoney && random.bool(0.01)) {
    record(paidOn, random.int(1, 5), {
      type: 'WAIVE',
      amount: instalment.amount,
      effectiveOn: paidOn,
      consent: {
        documentNumber: `企业书面同意书${reference.slice(-4)}`,
        signedOn: paidOn,
        signedBy: '法定代表人',
        digest: sha256(reference),
      },
    });
    return;
  }
  const delay = random.int(0, 6);
  if (isMoney && instalment.amount % 10 === 0 && random.bool(0.03)) {
    // A digit was lost when the payment was typed in; found at the monthly reconciliation.
    const replacement = { amount: instalment.amount, effectiveOn: paidOn, paymentReference: reference, evidence };
    record(paidOn, delay, {
      type: 'FULFIL',
      amount: instalment.amount / 10,
      effectiveOn: paidOn,
      paymentReference: reference,
      evidence,
    });
    record(paidOn, delay + random.int(5, 40), {
      type: 'CORRECT',
      reverses: 0,
      reason: '月度对账发现金额少录一位',
      replacement,
    });
    return;
  }
  record(paidOn, delay, {
    type: 'FULFIL',
    amount: instalment.amount,
    effectiveOn: paidOn,
    paymentReference: reference,
    evidence,
  });
}

/** Runs the steps through the ledger's rules in the order in which they were recorded. */
function writeChain(commitmentId: string, { promisedOn, recordedOn, terms, steps }: PromiseDraft): EntryDraft[] {
  const at = (day: string, minute: number) => ({
    recordedAt: `${day}T01:${String(Math.min(59, minute)).padStart(2, '0')}:00.000Z`,
    recordedBy: `GB-${terms.promisor}`,
  });
  const entries = [...accepted(promise(commitmentId, terms, promisedOn, at(recordedOn, 0)))];
  const ordered = steps.toSorted((a, b) => (a.recordedOn < b.recordedOn ? -1 : a.recordedOn > b.recordedOn ? 1 : 0));
  for (const { recordedOn: day, command } of ordered) {
    const resolved =
      command.type === 'CORRECT' && command.replacement
        ? { ...command, reverses: seqOfPayment(entries, command.replacement.paymentReference) }
        : command;
    entries.push(...accepted(decide(entries, resolved, at(day, entries.length))));
  }
  return entries;
}

const seqOfPayment = (entries: readonly EntryDraft[], reference: string): number =>
  entries.find(({ body }) => body.kind === 'FULFILLED' && body.paymentReference === reference)?.seq ?? 0;

function accepted(decision: LedgerDecision): readonly EntryDraft[] {
  if (!decision.ok)
    throw new Error(
      `The demo city made a promise that the ledger refuses: ${decision.refusal.code}, ${decision.refusal.message}`,
    );
  return decision.drafts;
}
