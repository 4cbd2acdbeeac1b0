import type { Connection } from 'mongoose';
import type { BasisPoints, DatedFigure, FenTotal, LegalDay } from '@zhitong/values';
import { arisenStages, figuresStages } from './arrear-expressions.js';
import { ARREARS, type ArrearRecord } from './arrear.js';
import { totalOf } from '../exact-sum.js';

/** A department's arrears at the end of a period; amounts in fen. */
export interface ArrearsFigures {
  readonly debtor: string;
  readonly count: number;
  readonly clearedCount: number;
  readonly overdueCount: number;
  readonly principal: FenTotal;
  readonly paid: FenTotal;
  /** Late interest that has run up, each debt's rounded to the fen. */
  readonly interest: FenTotal;
  readonly plansBehind: number;
}

/** A row of the aggregation, its sums as the driver reads them. */
type FigureRow = Omit<ArrearsFigures, 'debtor' | 'principal' | 'paid' | 'interest'> & {
  readonly _id: string;
  readonly principal: unknown;
  readonly paid: unknown;
  readonly interest: unknown;
};

function mostOwed(a: ArrearsFigures, b: ArrearsFigures): number {
  const [owedA, owedB] = [a.principal - a.paid, b.principal - b.paid];
  return owedA === owedB ? 0 : owedA > owedB ? -1 : 1;
}

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
    figures: async (asOf: LegalDay, lpr: DatedFigure<BasisPoints>): Promise<ArrearsFigures[]> => {
      const rows = await db
        .collection(ARREARS)
        .aggregate<FigureRow>(figuresStages(asOf, lpr), { batchSize: ONE_BATCH })
        .toArray();
      return rows
        .map(({ _id, principal, paid, interest, ...counts }) => ({
          debtor: _id,
          ...counts,
          principal: totalOf(principal),
          paid: totalOf(paid),
          interest: totalOf(interest),
        }))
        .sort((a, b) => mostOwed(a, b) || (a.debtor < b.debtor ? -1 : 1));
    },

    /** The debts that became arrears between two days, both included, by department. */
    arisen: async (
      debtors: readonly string[],
      period: { from: LegalDay; to: LegalDay },
    ): Promise<Map<string, ArrearRecord[]>> => {
      const byDebtor = new Map<string, ArrearRecord[]>();
      for await (const record of db
        .collection(ARREARS)
        .aggregate<ArrearRecord>(arisenStages(debtors, period), { batchSize: ONE_BATCH })) {
        const arisen = byDebtor.get(record.debtor);
        if (arisen) arisen.push(record);
        else byDebtor.set(record.debtor, [record]);
      }
      return byDebtor;
    },
  };
}
