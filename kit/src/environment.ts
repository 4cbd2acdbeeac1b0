import path from 'node:path';
import type { z } from 'zod';
import { StartProblem } from './start-problem.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses an environment with a zod schema; empty variables count as absent.
 * @param prefix stands before the names in the message, where the schema names variables without it.
 * @throws StartProblem naming each variable that is wrong and why.
 */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
  prefix = '',
): z.infer<Schema> {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${prefix}${issue.path.join('.')}: ${issue.message}`);
  throw new StartProblem(`The environment cannot be used: ${problems.join('; ')}`);
}

/** The file in the data folder where the launcher leaves the gateway's public keys for the departments. */
export const publicKeysFile = (dataDir: string): string => path.join(dataDir, 'gateway-keys.json');

/**
 * The file in the data folder where the launcher keeps a department's bearer token, for its process and its commands.
 */
export const graphTokenFile = (dataDir: string, name: string): string =>
  path.join(dataDir, 'departments', name, 'graph-token');
