import { connectorsFolder } from '@zhitong/connect';
import { parseEnvironment, subgraphConfig, type Environment, type SubgraphConfig } from '@zhitong/kit';
import { ownDepartment, registerOf } from '@zhitong/kit/departments';
import { z } from 'zod';
import { LONGEST_PLAN_DAYS } from './domain/arrears/repayment-plan.js';

/** The development and reform commission leads the city's credit system and keeps the ledger. */
const DEFAULT_LEDGER_OFFICE = 'FGW';

export interface CreditConfig extends SubgraphConfig {
  /** Code of the department whose officers keep the whole ledger, not only their own promises. */
  readonly ledgerOffice: string;
  /** Folder of the mapping files of systems that deliver here. */
  readonly connectorsFolder: string;
  /** The subgraph that keeps the registry. */
  readonly register: string;
  /** How many days after its proposal a repayment plan may end. */
  readonly longestPlanDays: number;
}

/** Ten years. */
const MOST_PLAN_DAYS = 3_653;

const schema = z.object({
  CREDIT_LEDGER_OFFICE: z.string().min(1).default(DEFAULT_LEDGER_OFFICE),
  CREDIT_PLAN_LONGEST_DAYS: z.coerce.number().int().min(1).max(MOST_PLAN_DAYS).default(LONGEST_PLAN_DAYS),
});

/** Configuration of the credit department's process; the only reader of the environment here. */
export function creditConfig(environment?: Environment): CreditConfig {
  const department = ownDepartment(import.meta.dirname);
  const config = subgraphConfig(department.name, department.port, environment);
  const own = parseEnvironment(schema, config.environment);
  return {
    ...config,
    ledgerOffice: own.CREDIT_LEDGER_OFFICE,
    longestPlanDays: own.CREDIT_PLAN_LONGEST_DAYS,
    connectorsFolder: connectorsFolder(department.name, import.meta.dirname, config.environment),
    register: registerOf(department),
  };
}
