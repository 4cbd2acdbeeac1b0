/** An aggregation expression, as MongoDB reads it. */
export type Expression = unknown;

interface Instalments {
  /** Expression of an array of `{ dueOn, amount, through }`, in order of due date. */
  readonly instalments: Expression;
  readonly settled: Expression;
}

/** What of an instalment (a variable) is not settled: settlements count against the earliest first. */
export const openPartExpression = (instalment: string, settled: Expression): Expression => ({
  $min: [`${instalment}.amount`, { $max: [0, { $subtract: [`${instalment}.through`, settled] }] }],
});
const openPart = (settled: Expression): Expression => openPartExpression('$$this', settled);

const sumOver = (instalments: Expression, input: Expression): Expression => ({
  $reduce: { input: instalments, initialValue: 0, in: { $add: ['$$value', input] } },
});

/**
 * What was due before `asOf` and is not settled. The same rule as `allocate` in the domain, in the database's words.
 */
export function overdueExpression({ instalments, settled }: Instalments, asOf: string): Expression {
  return sumOver(instalments, { $cond: [{ $lt: ['$$this.dueOn', asOf] }, openPart(settled), 0] });
}

/** The part of what is overdue that was due from `from` (included; '' for the beginning) to `before` (excluded). */
export function overdueBetweenExpression(
  { instalments, settled }: Instalments,
  from: string,
  before: string,
): Expression {
  return sumOver(instalments, {
    $cond: [{ $and: [{ $gte: ['$$this.dueOn', from] }, { $lt: ['$$this.dueOn', before] }] }, openPart(settled), 0],
  });
}

/** Due day of the earliest instalment that is not settled; null when all are. Instalments are in order of due date. */
export function dueOnExpression({ instalments, settled }: Instalments): Expression {
  return {
    $ifNull: [
      {
        $getField: {
          field: 'dueOn',
          input: { $first: { $filter: { input: instalments, cond: { $gt: ['$$this.through', settled] }, limit: 1 } } },
        },
      },
      null,
    ],
  };
}

/**
 * `expression` where a due day has passed, 0 elsewhere: most promises are not overdue, and need no sum over their
 * instalments.
 */
export const whereOverdue = (dueOn: Expression, asOf: string, expression: Expression): Expression => ({
  $cond: [{ $and: [{ $gt: [dueOn, null] }, { $lt: [dueOn, asOf] }] }, expression, 0],
});

/** How many instalments had fallen due before `asOf`: what is due that day can still be paid in time. */
export function fallenDueExpression(instalments: Expression, asOf: string): Expression {
  return sumOver(instalments, { $cond: [{ $lt: ['$$this.dueOn', asOf] }, 1, 0] });
}

/**
 * Whether payments (`{ on, amount }`) effective by the due day of an instalment (a variable) cover all that was due up
 * to it. What the enterprise waived was not kept, whenever it did.
 */
export function paidInTimeExpression(instalment: string, payments: Expression): Expression {
  const paidByThen = {
    $reduce: {
      input: payments,
      initialValue: 0,
      in: {
        $cond: [{ $lte: ['$$this.on', `${instalment}.dueOn`] }, { $add: ['$$value', '$$this.amount'] }, '$$value'],
      },
    },
  };
  return { $gte: [paidByThen, `${instalment}.through`] };
}

/** How many of them were paid in time. */
export function inTimeExpression(instalments: Expression, payments: Expression, asOf: string): Expression {
  const inTime = {
    $and: [{ $lt: ['$$instalment.dueOn', asOf] }, paidInTimeExpression('$$instalment', payments)],
  };
  return {
    $cond: [
      { $eq: [payments, []] },
      0,
      { $sum: { $map: { input: instalments, as: 'instalment', in: { $cond: [inTime, 1, 0] } } } },
    ],
  };
}

/** Whether an instalment that had fallen due before `asOf` was not paid in time. */
export function anyLateExpression(instalments: Expression, payments: Expression, asOf: string): Expression {
  const late = {
    $and: [{ $lt: ['$$instalment.dueOn', asOf] }, { $not: [paidInTimeExpression('$$instalment', payments)] }],
  };
  return { $anyElementTrue: [{ $map: { input: instalments, as: 'instalment', in: late } }] };
}
