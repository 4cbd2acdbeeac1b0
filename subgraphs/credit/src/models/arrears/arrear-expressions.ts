import type { PipelineStage } from 'mongoose';
import {
  BASIS_POINTS_OF_ONE,
  type BasisPoints,
  type DatedFigure,
  type DatedValue,
  type LegalDay,
} from '@zhitong/values';
import {
  DEFAULT_TERM_DAYS,
  LONGEST_TERM_DAYS,
  PAYMENT_REGULATION,
  STATUTORY_DAILY_RATE,
} from '../../domain/figures/sme-payment.js';
import { DAYS_OF_A_YEAR } from '../../domain/arrears/late-interest.js';
import type { Expression } from '../audit/audit-expressions.js';
import { exactSum } from '../exact-sum.js';

/** The calendar's dates as MongoDB reckons with them. */
const day = (text: LegalDay): Date => new Date(`${text}T00:00:00.000Z`);
const dayOf = (text: Expression): Expression => ({ $dateFromString: { dateString: text, onError: null } });
const daysFrom = (begin: Expression, end: Date): Expression => ({
  $max: [0, { $dateDiff: { startDate: begin, endDate: end, unit: 'day' } }],
});

const given = (value: Expression): Expression => ({ $gt: [value, null] });
/** A whole number; what is none counts as nothing, so that one broken record takes no other figures with it. */
const whole = (amount: Expression): Expression => ({
  $convert: { input: amount, to: 'long', onError: 0, onNull: 0 },
});
/** Whole fen exactly: a double becomes a decimal of fifteen digits by itself. */
const decimal = (amount: Expression): Expression => ({ $toDecimal: whole(amount) });
const total = (amounts: Expression): Expression => whole({ $sum: amounts });

const SIGNED_ON = '$contract.signedOn';

/** Whether a value of a figure counts on the day of signing. */
const counts = ({ from, until }: DatedValue<unknown>): Expression => ({
  $and: [
    ...(from === null ? [] : [{ $gte: [SIGNED_ON, from] }]),
    ...(until === null ? [] : [{ $lte: [SIGNED_ON, until] }]),
  ],
});

/** What a figure was on the day of signing; null when it was nothing. */
const signedUnder = ({ values }: DatedFigure<number>): Expression => ({
  $switch: { branches: values.map((value) => ({ case: counts(value), then: value.value })), default: null },
});

/** `regulationFor` of the domain: whether an edition of the regulation covers the contract. */
const REGULATED: Expression = { $and: ['$contract.creditorIsSme', { $or: PAYMENT_REGULATION.values.map(counts) }] };

/** `paymentTerm` of the domain: the due day as a date; null while nothing is due. */
function dueOn(asOf: LegalDay): Expression {
  const [settled, acceptedOn, agreedBy] = [
    '$delivery.settlementConfirmedOn',
    '$delivery.acceptance.acceptedOn',
    '$delivery.acceptance.agreedBy',
  ];
  const startsOn = {
    $switch: {
      branches: [
        { case: given(settled), then: settled },
        { case: { $not: given('$delivery.acceptance') }, then: '$delivery.deliveredOn' },
        {
          case: { $and: [given(acceptedOn), { $or: [{ $not: given(agreedBy) }, { $lte: [acceptedOn, agreedBy] }] }] },
          then: acceptedOn,
        },
        { case: { $and: [given(agreedBy), { $or: [given(acceptedOn), { $lt: [agreedBy, asOf] }] }] }, then: agreedBy },
      ],
      default: null,
    },
  };
  const days = {
    $cond: [
      REGULATED,
      {
        $min: [
          { $ifNull: ['$contract.agreedTermDays', signedUnder(DEFAULT_TERM_DAYS)] },
          signedUnder(LONGEST_TERM_DAYS),
        ],
      },
      '$contract.agreedTermDays',
    ],
  };
  return { $dateAdd: { startDate: dayOf(startsOn), unit: 'day', amount: days } };
}

/** `lateInterestRate` of the domain, as hundredths of a per cent a year where a rate was agreed. */
function agreedBasisPoints(lpr: DatedFigure<BasisPoints>): Expression {
  return {
    $cond: [
      REGULATED,
      { $max: ['$contract.agreedRateBasisPoints', signedUnder(lpr)] },
      '$contract.agreedRateBasisPoints',
    ],
  };
}

/**
 * `lateInterest` of the domain in fen. What is owed bears interest from the day after the due day to `asOf`; a payment
 * takes its amount out of that from the day after it, or from the day after the due day where it was earlier.
 */
function interest(asOf: LegalDay, lpr: DatedFigure<BasisPoints>): Expression {
  const saved = {
    $multiply: [decimal('$$this.amount'), daysFrom({ $max: [dayOf('$$this.paidOn'), '$due'] }, day(asOf))],
  };
  const fenDays = {
    $subtract: [
      { $multiply: [decimal('$principal'), daysFrom('$due', day(asOf))] },
      { $reduce: { input: '$standing', initialValue: 0, in: { $add: ['$$value', saved] } } },
    ],
  };
  const halfUp = (numerator: Expression, denominator: bigint): Expression => ({
    $floor: {
      $divide: [{ $add: [{ $multiply: [2, fenDays, numerator] }, Number(denominator)] }, Number(2n * denominator)],
    },
  });
  const statutory = { $cond: [REGULATED, halfUp(signedUnder(STATUTORY_DAILY_RATE), BASIS_POINTS_OF_ONE), 0] };
  const agreed = halfUp(agreedBasisPoints(lpr), BASIS_POINTS_OF_ONE * DAYS_OF_A_YEAR);
  return {
    $cond: [given('$due'), { $toLong: { $cond: [given('$contract.agreedRateBasisPoints'), agreed, statutory] } }, 0],
  };
}

/** `planPosition` of the domain: less was paid since the plan was signed than it wanted before `asOf`. */
function isBehind(asOf: LegalDay): Expression {
  const dueByNow = {
    $sum: { $map: { input: '$plan', in: { $cond: [{ $lt: ['$$this.dueOn', asOf] }, '$$this.amount', 0] } } },
  };
  const paidSince = { $max: [0, { $subtract: ['$paid', { $subtract: ['$principal', { $sum: '$plan.amount' }] }] }] };
  return { $lt: [paidSince, dueByNow] };
}

/** `aroseBetween` of the domain: the first day of default fell into the period with something unpaid. */
function arose(from: LegalDay, to: LegalDay): Expression {
  const inTime = {
    $sum: {
      $map: { input: '$standing', in: { $cond: [{ $lte: [dayOf('$$this.paidOn'), '$due'] }, '$$this.amount', 0] } },
    },
  };
  const firstDay = { $dateAdd: { startDate: '$due', unit: 'day', amount: 1 } };
  return {
    $and: [
      given('$due'),
      { $gte: [firstDay, day(from)] },
      { $lte: [firstDay, day(to)] },
      { $lt: [inTime, '$principal'] },
    ],
  };
}

/**
 * The debts that count and were delivered by the end of a period, each with its due day (`due`) and the payments that
 * stand and were made by then (`standing`).
 */
function debtsUntil(asOf: LegalDay): PipelineStage[] {
  const stands = { $and: [{ $eq: [{ $type: '$$this.reversal' }, 'missing'] }, { $lte: ['$$this.paidOn', asOf] }] };
  return [
    { $match: { 'delivery.deliveredOn': { $lte: asOf }, withdrawal: null } },
    { $set: { due: dueOn(asOf), standing: { $filter: { input: '$payments', cond: stands } } } },
  ];
}

/**
 * The figures of each department (`_id`) at the end of a period. The same rules as the domain's, in the database's
 * words.
 */
export function figuresStages(asOf: LegalDay, lpr: DatedFigure<BasisPoints>): PipelineStage[] {
  const countIf = (condition: Expression): { $sum: unknown } => ({ $sum: { $cond: [condition, 1, 0] } });
  const open = { $lt: ['$paid', '$principal'] };
  return [
    ...debtsUntil(asOf),
    { $set: { paid: total('$standing.amount') } },
    {
      $group: {
        _id: '$debtor',
        count: { $sum: 1 },
        clearedCount: countIf({ $eq: ['$paid', '$principal'] }),
        overdueCount: countIf({ $and: [open, given('$due'), { $lt: ['$due', day(asOf)] }] }),
        principal: exactSum('$principal'),
        paid: exactSum('$paid'),
        interest: exactSum(interest(asOf, lpr)),
        plansBehind: countIf(isBehind(asOf)),
      },
    },
  ];
}

/** The debts of departments that became arrears in a period. */
export function arisenStages(
  debtors: readonly string[],
  { from, to }: { from: LegalDay; to: LegalDay },
): PipelineStage[] {
  return [
    { $match: { debtor: { $in: [...debtors] } } },
    ...debtsUntil(to),
    { $match: { $expr: arose(from, to) } },
    { $sort: { id: 1 } },
    { $unset: ['_id', 'due', 'standing', 'identity'] },
  ];
}
