import { connectorsFolder } from '@zhitong/connect';
import { parseEnvironment, subgraphConfig, type Environment, type SubgraphConfig } from '@zhitong/kit';
import { ownDepartment, registerOf } from '@zhitong/kit/departments';
import { z } from 'zod';

/** The development and reform commission leads the city's credit system and keeps the ledger. */
const DEFAULT_LEDGER_OFFICE = 'FGW';

export interface CreditConfig extends SubgraphConfig {
  /** Code of the department whose officers keep the whole ledger, not only their own promises. */
  readonly ledgerOffice: string;
  /** Folder of the mapping files of systems that deliver here. */
  readonly connectorsFolder: string;
  /** The subgraph that keeps the registry. */
  readonly register: string;
}

const schema = z.object({
  CREDIT_LEDGER_OFFICE: z.string().min(1).default(DEFAULT_LEDGER_OFFICE),
});

/** Configuration of the credit department's process; the only reader of the environment here. */
export function creditConfig(environment?: Environment): CreditConfig {
  const department = ownDepartment(import.meta.dirname);
  const config = subgraphConfig(department.name, department.port, environment);
  const own = parseEnvironment(schema, config.environment);
  return {
    ...config,
    ledgerOffice: own.CREDIT_LEDGER_OFFICE,
    connectorsFolder: connectorsFolder(department.name, import.meta.dirname, config.environment),
    register: registerOf(department),
  };
}
