import { connectorsFolder } from '@zhitong/connect';
import { parseEnvironment, subgraphConfig, type Environment, type SubgraphConfig } from '@zhitong/kit';
import { ownDepartment, registerOf } from '@zhitong/kit/departments';
import { z } from 'zod';

/** Configuration of the cases department's process: the shared part and the city's own calendar. */
export interface CasesConfig extends SubgraphConfig {
  /** Minutes between two rounds of the overdue job; 0 switches it off (then `tick` runs it). */
  readonly tickMinutes: number;
  /** Folder of the mapping files of systems that deliver here. */
  readonly connectorsFolder: string;
  /** The subgraph that keeps the registry. */
  readonly register: string;
}

const days = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((day) => day.trim())
      .filter((day) => day !== ''),
  );

const schema = z.object({
  CASES_DAYS_OFF: days,
  CASES_WORKING_DAYS: days,
  CASES_CALENDAR_THROUGH: z.coerce.number().int().min(2024).max(2100).optional(),
  CASES_TICK_MINUTES: z.coerce.number().int().min(0).max(1440).default(10),
});

/**
 * Reads the environment, the only place here that does: beside the shared variables `CASES_DAYS_OFF` and
 * `CASES_WORKING_DAYS` (days separated by commas that the city gives off or works, against the national calendar),
 * `CASES_CALENDAR_THROUGH` (the year up to which they are whole), `CASES_TICK_MINUTES` and `CASES_CONNECTORS_DIR`.
 * @throws Error naming each variable that is wrong and why
 */
export function casesConfig(environment: Environment = process.env): CasesConfig {
  const department = ownDepartment(import.meta.dirname);
  const shared = subgraphConfig(department.name, department.port, environment);
  const own = parseEnvironment(schema, environment);
  return {
    ...shared,
    calendarOverrides: {
      daysOff: [...shared.calendarOverrides.daysOff, ...own.CASES_DAYS_OFF],
      workingDays: [...shared.calendarOverrides.workingDays, ...own.CASES_WORKING_DAYS],
      through: own.CASES_CALENDAR_THROUGH,
    },
    tickMinutes: own.CASES_TICK_MINUTES,
    connectorsFolder: connectorsFolder(department.name, import.meta.dirname, environment),
    register: registerOf(department),
  };
}
