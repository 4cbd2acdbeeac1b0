import { type Fen, FEN_OF_YUAN } from '@zhitong/values';

/**
 * How urgently an auditor should look at an unfulfilled promise: 0 to 100 points, more is worse. The points come from
 * tables so that the database can rank by the same rule; a promise that is not money counts by its age, document and
 * department alone.
 */
export interface RiskFacts {
  readonly outstanding: Fen;
  readonly daysOverdue: number;
  readonly hasDocument: boolean;
  /** Overdue promises of the department per hundred outstanding ones, a whole number. */
  readonly departmentOverduePercent: number;
}

export interface RiskStep {
  /** The points count from this value on. */
  readonly from: number;
  readonly points: number;
}

/** Each table in descending order: the first step that is reached counts. */
export const RISK_TABLES = {
  outstanding: [
    { from: 50_000_000 * FEN_OF_YUAN, points: 40 },
    { from: 10_000_000 * FEN_OF_YUAN, points: 32 },
    { from: 1_000_000 * FEN_OF_YUAN, points: 22 },
    { from: 100_000 * FEN_OF_YUAN, points: 12 },
    { from: 1, points: 5 },
  ],
  daysOverdue: [
    { from: 366, points: 30 },
    { from: 181, points: 25 },
    { from: 91, points: 18 },
    { from: 31, points: 10 },
    { from: 1, points: 5 },
  ],
  departmentOverduePercent: [
    { from: 50, points: 15 },
    { from: 25, points: 10 },
    { from: 10, points: 5 },
  ],
} as const satisfies Record<string, readonly RiskStep[]>;

/** Points for a promise that no legal document backs (每项承诺须有法律文书). */
export const NO_DOCUMENT_POINTS = 15;

const pointsFor = (table: readonly RiskStep[], value: number): number =>
  table.find(({ from }) => value >= from)?.points ?? 0;

export interface Risk {
  readonly score: number;
  readonly parts: Readonly<Record<'amount' | 'age' | 'document' | 'department', number>>;
}

/** The score and what it is made of. */
export function risk(facts: RiskFacts): Risk {
  const parts = {
    amount: pointsFor(RISK_TABLES.outstanding, facts.outstanding),
    age: pointsFor(RISK_TABLES.daysOverdue, facts.daysOverdue),
    document: facts.hasDocument ? 0 : NO_DOCUMENT_POINTS,
    department: pointsFor(RISK_TABLES.departmentOverduePercent, facts.departmentOverduePercent),
  };
  return { score: parts.amount + parts.age + parts.document + parts.department, parts };
}
