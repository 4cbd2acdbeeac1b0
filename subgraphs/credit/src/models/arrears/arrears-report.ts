import type { Connection } from 'mongoose';
import type { FenTotal, LegalDay } from '@zhitong/values';
import { arisenStages, figuresStages } from './arrear-expressions.js';
import { mostOwed, type ArrearsFigures } from '../../domain/arrears/arrears-figures.js';
import type { ArrearRecord } from './arrear.js';
import { ARREAR_RECKONINGS } from './arrear-reckoning.js';
import { totalOf } from '../exact-sum.js';

/** A row of the aggregation, its sums as the driver reads them. */
type FigureRow = { readonly _id: string } & {
  readonly [Field in keyof Omit<ArrearsFigures, 'debtor'>]: ArrearsFigures[Field] extends FenTotal
    ? unknown
    : ArrearsFigures[Field];
};

/** More than a city has departments, so that the driver needs no second command. */
const ONE_BATCH = 10_000;

export type ArrearsReportStore = ReturnType<typeof arrearsReportStore>;

/** Figures over all debts, added up in the database: what is read does not grow with their number. */
export function arrearsReportStore(db: Connection) {
  return {
    /**
     * The figures of each department that has or had arrears at the end of the day, most outstanding first; one
     * command.
     */
    figures: async (asOf: LegalDay): Promise<ArrearsFigures[]> => {
      const rows = await db
        .collection(ARREAR_RECKONINGS)
        .aggregate<FigureRow>(figuresStages(asOf), { batchSize: ONE_BATCH })
        .toArray();
      return rows
        .map(({ _id, principal, paid, overdue, disputed, interest, interestPaid, costsLeft, ...counts }) => ({
          debtor: _id,
          ...counts,
          principal: totalOf(principal),
          paid: totalOf(paid),
          overdue: totalOf(overdue),
          disputed: totalOf(disputed),
          interest: totalOf(interest),
          interestPaid: totalOf(interestPaid),
          costsLeft: totalOf(costsLeft),
        }))
        .sort(mostOwed);
    },

    /** The debts that became arrears between two days, both included, by department. */
    arisen: async (
      debtors: readonly string[],
      period: { from: LegalDay; to: LegalDay },
    ): Promise<Map<string, ArrearRecord[]>> => {
      const byDebtor = new Map<string, ArrearRecord[]>();
      for await (const record of db
        .collection(ARREAR_RECKONINGS)
        .aggregate<ArrearRecord>(arisenStages(debtors, period), { batchSize: ONE_BATCH })) {
        const arisen = byDebtor.get(record.debtor);
        if (arisen) arisen.push(record);
        else byDebtor.set(record.debtor, [record]);
      }
      return byDebtor;
    },
  };
}
