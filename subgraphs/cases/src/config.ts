import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connectorsFolder } from '@zhitong/connect';
import { parseEnvironment, readOrCreate, subgraphConfig, type Environment, type SubgraphConfig } from '@zhitong/kit';
import { ownDepartment, registerOf } from '@zhitong/kit/departments';
import { noticeDays } from '@zhitong/kit/notices';
import { z } from 'zod';
import type { ChannelDesks } from './domain/channel-desks.js';
import { CHANNELS } from './domain/taxonomy.js';

/** Configuration of the cases department's process: the shared part and the city's own calendar. */
export interface CasesConfig extends SubgraphConfig {
  /** Minutes between two rounds of the overdue job; 0 switches it off (then `tick` runs it). */
  readonly tickMinutes: number;
  /** Folder of the mapping files of systems that deliver here. */
  readonly connectorsFolder: string;
  /** The secret by which telephone numbers are hashed, so that a case is found by one. */
  readonly telephoneKey: string;
  /** The secret with which seeds of draws to come are sealed; outside the database. */
  readonly seedKey: string;
  /** Days for which a notice is kept after it was read, and one that nobody read after it was made. */
  readonly noticeDays: number;
  /** Whose desk takes in what comes by a channel. */
  readonly channelDesks: ChannelDesks;
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

/** Of the department's secrets. */
const SHORTEST_KEY = 32;
const secret = z.string().min(SHORTEST_KEY, `must have ${SHORTEST_KEY} characters or more`).optional();
const desksSchema = z.partialRecord(z.enum(CHANNELS), z.array(z.string().min(1)).min(1));

const schema = z.object({
  CASES_DAYS_OFF: days,
  CASES_WORKING_DAYS: days,
  CASES_CALENDAR_THROUGH: z.coerce.number().int().min(2024).max(2100).optional(),
  CASES_TELEPHONE_KEY: secret,
  CASES_SEED_KEY: secret,
  CASES_CHANNEL_DESKS: z
    .string()
    .default(() => readFileSync(new URL('../data/channel-desks.json', import.meta.url), 'utf8'))
    .transform((text, refinement) => {
      try {
        return desksSchema.parse(JSON.parse(text));
      } catch {
        refinement.addIssue({ code: 'custom', message: 'must be JSON: channels, each with its departments by code' });
        return z.NEVER;
      }
    }),
  CASES_NOTICE_DAYS: noticeDays,
  CASES_TICK_MINUTES: z.coerce.number().int().min(0).max(1440).default(10),
});

/**
 * Reads the environment, the only place here that does: beside the shared variables `CASES_DAYS_OFF` and
 * `CASES_WORKING_DAYS` (days separated by commas that the city gives off or works, against the national calendar),
 * `CASES_CALENDAR_THROUGH` (the year up to which they are whole), `CASES_TICK_MINUTES`, `CASES_CONNECTORS_DIR`,
 * `CASES_TELEPHONE_KEY` (the secret by which telephone numbers are hashed), `CASES_SEED_KEY` (that with which seeds of
 * draws are sealed) and `CASES_CHANNEL_DESKS` (JSON: channels, each with the departments whose desk it is).
 * @throws Error naming each variable that is wrong and why
 */
export function casesConfig(environment: Environment = process.env): CasesConfig {
  const department = ownDepartment(import.meta.dirname);
  const shared = subgraphConfig(department.name, department.port, environment);
  const own = parseEnvironment(schema, environment);
  // One that was given to no process is made once, and kept beside the data.
  const kept = (name: string): string =>
    readOrCreate(path.join(shared.dataDir, department.name, name), () =>
      randomBytes(SHORTEST_KEY).toString('base64url'),
    );
  return {
    ...shared,
    calendarOverrides: {
      daysOff: [...shared.calendarOverrides.daysOff, ...own.CASES_DAYS_OFF],
      workingDays: [...shared.calendarOverrides.workingDays, ...own.CASES_WORKING_DAYS],
      through: own.CASES_CALENDAR_THROUGH,
    },
    telephoneKey: own.CASES_TELEPHONE_KEY ?? kept('telephone.key'),
    seedKey: own.CASES_SEED_KEY ?? kept('seed.key'),
    channelDesks: own.CASES_CHANNEL_DESKS,
    noticeDays: own.CASES_NOTICE_DAYS,
    tickMinutes: own.CASES_TICK_MINUTES,
    connectorsFolder: connectorsFolder(department.name, import.meta.dirname, environment),
    register: registerOf(department),
  };
}
