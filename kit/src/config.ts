import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StartProblem } from './start-problem.js';

/** Where the hub keeps its embedded database and development keys; git-ignored. */
const DEFAULT_DATA_DIR = '.data';

const port = z.coerce.number().int().min(0).max(65_535);

const kitSchema = z.object({
  ZHITONG_MODE: z.enum(['development', 'production']).optional(),
  NODE_ENV: z.string().optional(),
  ZHITONG_DATA_DIR: z.string().min(1).default(DEFAULT_DATA_DIR),
  ZHITONG_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  ZHITONG_INTERNAL_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  ZHITONG_HOST: z.string().min(1).default('127.0.0.1'),
  ZHITONG_MONGOD: z.string().min(1).optional(),
  ZHITONG_MONGO_CACHE_GB: z.coerce.number().min(0.25).default(0.5),
  MONGODB_URI: z.string().min(1).optional(),
  ZHITONG_TEST_MONGODB_URI: z.string().min(1).optional(),
  PATH: z.string().default(''),
});

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every process of the hub reads from its environment, parsed once. */
export interface KitConfig {
  readonly mode: 'development' | 'production';
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Secret that the gateway and the subgraphs share; undefined when none is configured. */
  readonly internalKey: string | undefined;
  readonly host: string;
  readonly mongo: { readonly uri: string | undefined; readonly binary: string | undefined; readonly cacheGb: number; readonly path: string };
  readonly testMongoUri: string | undefined;
}

/**
 * Parses the environment that all processes share.
 * @throws StartProblem naming each variable that is wrong and why.
 */
export function kitConfig(environment: Environment = process.env): KitConfig {
  const env = parseEnvironment(kitSchema, environment);
  const dataDir = path.resolve(env.ZHITONG_DATA_DIR);
  return {
    mode: env.ZHITONG_MODE ?? (env.NODE_ENV === 'production' ? 'production' : 'development'),
    dataDir,
    logLevel: env.ZHITONG_LOG_LEVEL,
    internalKey: env.ZHITONG_INTERNAL_KEY ?? keyFromFile(dataDir),
    host: env.ZHITONG_HOST,
    mongo: { uri: env.MONGODB_URI, binary: env.ZHITONG_MONGOD, cacheGb: env.ZHITONG_MONGO_CACHE_GB, path: env.PATH },
    testMongoUri: env.ZHITONG_TEST_MONGODB_URI,
  };
}

/** The file in the data folder where the launcher leaves the internal key for processes that are started by hand. */
export const internalKeyFile = (dataDir: string): string => path.join(dataDir, 'internal.key');

function keyFromFile(dataDir: string): string | undefined {
  const file = internalKeyFile(dataDir);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** A receiver of a department's events. */
export interface ConfiguredWebhook {
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly secret: string;
}

const webhooksSchema = jsonVariable(z.array(z.object({ id: z.string(), url: z.url(), eventTypes: z.array(z.string()), secret: z.string() })));
const secretsSchema = jsonVariable(z.record(z.string(), z.string()));

function jsonVariable<Schema extends z.ZodType>(schema: Schema) {
  return z.string().transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  }).pipe(schema);
}

/** Configuration of one subgraph's process. */
export interface SubgraphConfig extends KitConfig {
  readonly name: string;
  readonly port: number;
  /** `<NAME>_SOCKET`: path of a Unix domain socket on which the department listens beside its port. */
  readonly socket: string | undefined;
  /** `<NAME>_MONGODB_URI`, else `MONGODB_URI`, else undefined for the embedded server. */
  readonly mongoUri: string | undefined;
  readonly database: string;
  /** `<NAME>_WEBHOOKS`: receivers of this department's events that are registered at start. */
  readonly webhooks: readonly ConfiguredWebhook[];
  /** `<NAME>_EVENT_SECRETS`: by source, the secrets with which other departments sign the events that they send here. */
  readonly eventSecrets: Readonly<Record<string, string>>;
  /** Extra event subscribers and the like stay with the department: its own variables, unparsed. */
  readonly environment: Environment;
}

/**
 * Parses one subgraph's environment: `<NAME>_PORT`, `<NAME>_SOCKET`, `<NAME>_MONGODB_URI`, `<NAME>_DATABASE`, `<NAME>_WEBHOOKS` and
 * `<NAME>_EVENT_SECRETS` (both JSON) beside the shared variables.
 * @throws Error naming each variable that is wrong and why.
 */
export function subgraphConfig(name: string, defaultPort: number, environment: Environment = process.env): SubgraphConfig {
  const kit = kitConfig(environment);
  const prefix = name.toUpperCase();
  const env = parseEnvironment(
    z.object({
      [`${prefix}_PORT`]: port.default(defaultPort),
      [`${prefix}_SOCKET`]: z.string().min(1).optional(),
      [`${prefix}_MONGODB_URI`]: z.string().min(1).optional(),
      [`${prefix}_WEBHOOKS`]: webhooksSchema.default([]),
      [`${prefix}_EVENT_SECRETS`]: secretsSchema.default({}),
      [`${prefix}_DATABASE`]: z.string().regex(/^[\w-]{1,38}$/).default(`zhitong_${name}`),
    }),
    environment,
  );
  return {
    ...kit,
    name,
    port: z.number().parse(env[`${prefix}_PORT`]),
    socket: z.string().optional().parse(env[`${prefix}_SOCKET`]),
    mongoUri: z.string().optional().parse(env[`${prefix}_MONGODB_URI`]) ?? kit.mongo.uri,
    database: z.string().parse(env[`${prefix}_DATABASE`]),
    webhooks: env[`${prefix}_WEBHOOKS`] as ConfiguredWebhook[], // just checked by the schema of that name
    eventSecrets: env[`${prefix}_EVENT_SECRETS`] as Record<string, string>, // likewise
    environment,
  };
}

/** Parses an environment with a zod schema; empty variables count as absent. */
export function parseEnvironment<Schema extends z.ZodType>(schema: Schema, environment: Environment): z.infer<Schema> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new StartProblem(`The environment cannot be used: ${problems.join('; ')}`);
}
