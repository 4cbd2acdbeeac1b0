import type { RandomStream } from '@zhitong/demo';
import { addDays } from '@zhitong/values';
import type { CommitmentTerms, Instalment } from '../domain/commitments/commitment.js';
import { sha256 } from '../domain/ledger/hash-chain.js';
import type { LedgerCommand } from '../domain/ledger/ledger-command.js';
import type { Course } from './demo-beneficiaries.js';
import { pickOfficial, type Officials } from './demo-officials.js';
import { documentNumber } from './promise-texts.js';
import { receiptEnding } from './receipt-number.js';

/** A command on a promise, and the day on which it was recorded. */
export interface Step {
  readonly recordedOn: string;
  readonly command: LedgerCommand;
}

/**
 * What happened to a promise: payments in time, late or not at all, mistakes put right, handovers, transfers, waivers.
 */
export function makeSteps({
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
        documentNumber: `企业书面同意书${reference}`,
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
