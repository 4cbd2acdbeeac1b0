import type { PipelineStage } from 'mongoose';
import type { LegalDay } from '@zhitong/values';
import { ARREARS } from './arrear.js';
import { dayNumber } from './arrear-reckoning.js';
import type { Expression } from '../audit/audit-expressions.js';
import { exactSum } from '../exact-sum.js';

/** The last entry of a list in order of days that holds on a day. */
const lastOn = (list: string, day: Expression): Expression => ({
  $last: { $filter: { input: list, cond: { $lte: ['$$this.at', day] } } },
});

const given = (value: Expression): Expression => ({ $gt: [value, null] });

/** `undisputedLeft` of the domain. */
const undisputed = (step: string): Expression => ({
  $max: [0, { $subtract: [`${step}.principal`, { $add: [`${step}.principalPaid`, `${step}.disputed`] }] }],
});

/** `interestOn` of the domain over `fenDaysOn`: all that has run up at the end of a day, in fen. */
function interest(day: number): Expression {
  const days = { $max: [0, { $subtract: [day, { $max: ['$step.at', '$due'] }] }] };
  const fenDays = { $toDecimal: { $add: ['$step.fenDays', { $multiply: ['$undisputed', days] }] } };
  const twice = { $multiply: [2, fenDays, { $toDecimal: '$rate.numerator' }] };
  return {
    $cond: [
      given('$due'),
      {
        $toLong: {
          $floor: {
            $divide: [{ $add: [twice, { $toDecimal: '$rate.denominator' }] }, { $multiply: [2, '$rate.denominator'] }],
          },
        },
      },
      0,
    ],
  };
}

/**
 * `planPosition` of the domain: less was paid since the plan was proposed than it wanted before the day, and something
 * is owed that is not disputed.
 */
function isBehind(day: number): Expression {
  const dueByNow = {
    $sum: { $map: { input: '$plan.instalments', in: { $cond: [{ $lt: ['$$this.at', day] }, '$$this.amount', 0] } } },
  };
  return {
    $and: [
      given('$plan'),
      { $lt: [{ $max: [0, { $subtract: ['$step.paid', '$plan.paidBefore'] }] }, dueByNow] },
      { $gt: [{ $add: ['$undisputed', '$interestLeft', '$costsLeft'] }, 0] },
    ],
  };
}

/** The debts of public bodies that were delivered by a day, each with who owes it then (`debtor`). */
const debtsUntil = (asOf: LegalDay): [PipelineStage.Match, PipelineStage.Set] => [
  { $match: { deliveredAt: { $lte: dayNumber(asOf) }, counts: true, isLargeEnterprises: false } },
  { $set: { debtor: { $getField: { field: 'debtor', input: lastOn('$debtors', dayNumber(asOf)) } } } },
];

/** The figures of each department (`_id`) at the end of a period, from what the rules reckoned of each debt. */
export function figuresStages(asOf: LegalDay): PipelineStage[] {
  const day = dayNumber(asOf);
  const countIf = (condition: Expression): { $sum: unknown } => ({ $sum: { $cond: [condition, 1, 0] } });
  const overdue = { $and: [given('$due'), { $lt: ['$due', day] }, { $gt: ['$undisputed', 0] }] };
  return [
    ...debtsUntil(asOf),
    { $set: { step: lastOn('$steps', day), plan: lastOn('$plans', day) } },
    { $set: { undisputed: undisputed('$step') } },
    { $set: { interest: interest(day), outstanding: { $subtract: ['$step.principal', '$step.principalPaid'] } } },
    {
      $set: {
        interestLeft: { $subtract: ['$interest', '$step.interestPaid'] },
        costsLeft: { $subtract: ['$step.costs', '$step.costsPaid'] },
      },
    },
    {
      $group: {
        _id: '$debtor',
        count: { $sum: 1 },
        clearedCount: countIf({ $eq: [{ $add: ['$outstanding', '$interestLeft', '$costsLeft'] }, 0] }),
        overdueCount: countIf(overdue),
        principal: exactSum('$step.principal'),
        paid: exactSum('$step.principalPaid'),
        overdue: exactSum({ $cond: [overdue, '$undisputed', 0] }),
        disputed: exactSum({ $min: ['$step.disputed', '$outstanding'] }),
        interest: exactSum('$interest'),
        interestPaid: exactSum('$step.interestPaid'),
        costsLeft: exactSum('$costsLeft'),
        plansBehind: countIf(isBehind(day)),
      },
    },
  ];
}

/** The debts of departments that became arrears in a period: their first day of default fell into it, unpaid. */
export function arisenStages(
  debtors: readonly string[],
  { from, to }: { from: LegalDay; to: LegalDay },
): PipelineStage[] {
  return [
    ...debtsUntil(to),
    {
      $match: {
        debtor: { $in: [...debtors] },
        due: { $gte: dayNumber(from) - 1, $lte: dayNumber(to) - 1 },
      },
    },
    { $set: { step: lastOn('$steps', '$due') } },
    { $match: { $expr: { $gt: [undisputed('$step'), 0] } } },
    { $sort: { arrearId: 1 } },
    { $lookup: { from: ARREARS, localField: 'arrearId', foreignField: 'id', as: 'arrear' } },
    { $unwind: '$arrear' },
    { $replaceRoot: { newRoot: { $mergeObjects: ['$arrear', { debtor: '$debtor' }] } } },
    { $unset: ['_id', 'identity'] },
  ];
}
