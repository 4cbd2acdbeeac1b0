import path from 'node:path';
import type { CalendarOverrides } from '@zhitong/values';
import { z } from 'zod';
import { parseEnvironment, publicKeysFile, type Environment } from './environment.js';
import { graphTokenSource, type GraphTokenSource } from './graph/graph-token-source.js';

/** Where the hub keeps its embedded database and development keys; git-ignored. */
const DEFAULT_DATA_DIR = '.data';

const port = z.coerce.number().int().min(0).max(65_535);

const kitSchema = z.object({
  ZHITONG_MODE: z.enum(['development', 'production']).optional(),
  NODE_ENV: z.string().optional(),
  ZHITONG_DATA_DIR: z.string().min(1).default(DEFAULT_DATA_DIR),
  ZHITONG_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  ZHITONG_HOST: z.string().min(1).default('127.0.0.1'),
  ZHITONG_MONGOD: z.string().min(1).optional(),
  ZHITONG_MONGO_CACHE_GB: z.coerce.number().min(0.25).default(0.5),
  MONGODB_URI: z.string().min(1).optional(),
  ZHITONG_TEST_MONGODB_URI: z.string().min(1).optional(),
  PATH: z.string().default(''),
});

/** What every process of the hub reads from its environment, parsed once. */
export interface KitConfig {
  readonly mode: 'development' | 'production';
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly host: string;
  readonly mongo: {
    readonly uri: string | undefined;
    readonly binary: string | undefined;
    readonly cacheGb: number;
    readonly path: string;
  };
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
    host: env.ZHITONG_HOST,
    mongo: { uri: env.MONGODB_URI, binary: env.ZHITONG_MONGOD, cacheGb: env.ZHITONG_MONGO_CACHE_GB, path: env.PATH },
    testMongoUri: env.ZHITONG_TEST_MONGODB_URI,
  };
}

/** A receiver of a department's events. */
export interface ConfiguredWebhook {
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly secret: string;
}

/** Codes with commas between them. */
const codesSchema = z
  .string()
  .regex(/^[A-Z0-9]{2,12}(,[A-Z0-9]{2,12})*$/, 'must be department codes with commas between them')
  .transform((codes) => new Set(codes.split(',')));
/** The branch of the central bank, which stands in for the banks. */
const FINANCIAL_DEPARTMENT = 'RMYH';

const webhooksSchema = jsonVariable(
  z.array(z.object({ id: z.string(), url: z.url(), eventTypes: z.array(z.string()), secret: z.string() })),
);
const listSchema = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const secretsSchema = jsonVariable(z.record(z.string(), z.string()));

function jsonVariable<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** Configuration of one subgraph's process. */
export interface SubgraphConfig extends KitConfig {
  readonly name: string;
  readonly port: number;
  /** `<NAME>_SOCKET`: path of a Unix domain socket on which the department listens beside its port. */
  readonly socket: string | undefined;
  /** `ZHITONG_GATEWAY_KEYS`: file or address of the public keys with which the gateway's assertions are verified. */
  readonly gatewayKeys: string;
  /** `ZHITONG_GRAPH_URL`: the graph from which this department reads what others own. */
  readonly graphUrl: string;
  /**
   * `<NAME>_GRAPH_…`: where the bearer token comes from with which this department reads the graph; undefined: nowhere.
   */
  readonly graphToken: GraphTokenSource | undefined;
  /** `<NAME>_REGISTRY_URL`: the schema registry's graph, which is told what this department needs. */
  readonly registryUrl: string | undefined;
  /** `<NAME>_MONGODB_URI`, else `MONGODB_URI`, else undefined for the embedded server. */
  readonly mongoUri: string | undefined;
  readonly database: string;
  /** `<NAME>_WEBHOOKS`: receivers of this department's events that are registered at start. */
  readonly webhooks: readonly ConfiguredWebhook[];
  /**
   * `<NAME>_WEBHOOK_ALLOWED_HOSTS`: hosts inside the city's own networks to which events may be sent; a host, or host
   * and port.
   */
  readonly webhookAllowedHosts: readonly string[];
  /**
   * `<NAME>_EVENT_SECRETS`: by source, the secrets with which other departments sign the events that they send here.
   */
  readonly eventSecrets: Readonly<Record<string, string>>;
  /**
   * Codes of the departments that are financial institutions: no part of the government, they read nothing personal.
   */
  readonly financialDepartments: ReadonlySet<string>;
  /**
   * `ZHITONG_DAYS_OFF`, `ZHITONG_WORKING_DAYS`: days that the city gives off or works against the national calendar.
   */
  readonly calendarOverrides: CalendarOverrides;
  /** Extra event subscribers and the like stay with the department: its own variables, unparsed. */
  readonly environment: Environment;
}

/** Where the gateway listens unless `PORT` says otherwise. */
const DEFAULT_GATEWAY_PORT = 4000;

/**
 * Parses one subgraph's environment: `<NAME>_PORT`, `<NAME>_SOCKET`, `<NAME>_MONGODB_URI`, `<NAME>_DATABASE`,
 * `<NAME>_WEBHOOKS` and `<NAME>_EVENT_SECRETS` (both JSON), `<NAME>_WEBHOOK_ALLOWED_HOSTS`, `<NAME>_GRAPH_…` (see
 * `graphTokenSource`), `ZHITONG_GRAPH_URL` (else the gateway at `PORT` of this machine, as `npm start` puts it) and
 * `ZHITONG_GATEWAY_KEYS` beside the shared variables.
 * @throws Error naming each variable that is wrong and why.
 */
export function subgraphConfig(
  name: string,
  defaultPort: number,
  environment: Environment = process.env,
): SubgraphConfig {
  const kit = kitConfig(environment);
  const prefix = name.toUpperCase();
  const env = parseEnvironment(
    z.object({
      ZHITONG_GATEWAY_KEYS: z.string().min(1).default(publicKeysFile(kit.dataDir)),
      PORT: port.default(DEFAULT_GATEWAY_PORT),
      ZHITONG_GRAPH_URL: z.url().optional(),
      [`${prefix}_PORT`]: port.default(defaultPort),
      [`${prefix}_SOCKET`]: z.string().min(1).optional(),
      [`${prefix}_REGISTRY_URL`]: z.url().optional(),
      [`${prefix}_MONGODB_URI`]: z.string().min(1).optional(),
      [`${prefix}_WEBHOOKS`]: webhooksSchema.default([]),
      [`${prefix}_WEBHOOK_ALLOWED_HOSTS`]: listSchema.default([]),
      [`${prefix}_EVENT_SECRETS`]: secretsSchema.default({}),
      [`${prefix}_DATABASE`]: z
        .string()
        .regex(/^[\w-]{1,38}$/)
        .default(`zhitong_${name}`),
    }),
    environment,
  );
  return {
    ...kit,
    name,
    port: z.number().parse(env[`${prefix}_PORT`]),
    socket: z.string().optional().parse(env[`${prefix}_SOCKET`]),
    gatewayKeys: z.string().parse(env['ZHITONG_GATEWAY_KEYS']),
    graphUrl: z
      .string()
      .default(`http://127.0.0.1:${String(z.number().parse(env['PORT']))}/graphql`)
      .parse(env['ZHITONG_GRAPH_URL']),
    graphToken: graphTokenSource({ name, mode: kit.mode, dataDir: kit.dataDir, environment }),
    registryUrl: z.string().optional().parse(env[`${prefix}_REGISTRY_URL`]),
    mongoUri: z.string().optional().parse(env[`${prefix}_MONGODB_URI`]) ?? kit.mongo.uri,
    database: z.string().parse(env[`${prefix}_DATABASE`]),
    webhooks: env[`${prefix}_WEBHOOKS`] as ConfiguredWebhook[], // just checked by the schema of that name
    webhookAllowedHosts: z.array(z.string()).parse(env[`${prefix}_WEBHOOK_ALLOWED_HOSTS`]),
    eventSecrets: env[`${prefix}_EVENT_SECRETS`] as Record<string, string>, // likewise
    financialDepartments: financialDepartments(environment),
    calendarOverrides: calendarOverrides(environment),
    environment,
  };
}

/**
 * Which departments are financial institutions. The setting had the name of one department when only that one asked.
 */
function financialDepartments(environment: Environment): ReadonlySet<string> {
  const schema = z.object({
    ZHITONG_FINANCIAL_DEPARTMENTS: codesSchema.optional(),
    POLICIES_FINANCIAL_DEPARTMENTS: codesSchema.optional(),
  });
  const env = parseEnvironment(schema, environment);
  return env.ZHITONG_FINANCIAL_DEPARTMENTS ?? env.POLICIES_FINANCIAL_DEPARTMENTS ?? new Set([FINANCIAL_DEPARTMENT]);
}

/** The city's own days. @throws StartProblem */
function calendarOverrides(environment: Environment): CalendarOverrides {
  const env = parseEnvironment(
    z.object({ ZHITONG_DAYS_OFF: listSchema.default([]), ZHITONG_WORKING_DAYS: listSchema.default([]) }),
    environment,
  );
  return { daysOff: env.ZHITONG_DAYS_OFF, workingDays: env.ZHITONG_WORKING_DAYS };
}

/** Whether an npm script started this process. */
export const isStartedByNpm = (environment: Environment = process.env): boolean =>
  environment['npm_lifecycle_event'] !== undefined;
