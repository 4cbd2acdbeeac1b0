import path from 'node:path';
import { kitConfig, parseEnvironment, type Environment, type KitConfig } from '@zhitong/kit';
import { z } from 'zod';
import { defaultSigningKeyFile } from './identity/gateway-key-files.js';
import { registrySettings } from './live/feed-contract.js';

const DEFAULT_PORT = 4000;
/** The operations port lies so far behind the graph's, behind those of the departments. */
const OPERATIONS_DISTANCE = 9;
const HIGHEST_PORT = 65_535;
const port = z.coerce.number().int().min(0).max(HIGHEST_PORT);
const positive = z.coerce.number().int().positive();
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const schema = z.object({
  PORT: port.default(DEFAULT_PORT),
  GATEWAY_SUPERGRAPH: z
    .string()
    .min(1)
    .default(path.resolve(import.meta.dirname, '..', 'supergraph.graphql')),
  GATEWAY_EXECUTOR: z.enum(['zhitong', 'apollo']).default('zhitong'),
  GATEWAY_DEPARTMENT_TIMEOUT_MS: positive.default(10_000),
  GATEWAY_DEPARTMENT_PAUSE_MS: positive.default(2_000),
  GATEWAY_DEPARTMENT_CONNECTIONS: positive.default(64),
  GATEWAY_OPERATIONS_PORT: port.optional(),
  GATEWAY_OPERATIONS_HOST: z.string().min(1).default('127.0.0.1'),
  GATEWAY_REQUEST_TIMEOUT_MS: positive.default(15_000),
  GATEWAY_LIMIT_BODY_BYTES: positive.default(262_144),
  GATEWAY_LIMIT_ANSWER_BYTES: positive.default(33_554_432),
  GATEWAY_LIMIT_VARIABLE_DEPTH: positive.default(32),
  GATEWAY_LIMIT_VARIABLE_VALUES: positive.default(20_000),
  GATEWAY_LIMIT_TOKENS: positive.default(5_000),
  GATEWAY_LIMIT_DEPTH: positive.default(15),
  GATEWAY_LIMIT_COST: positive.default(10_000),
  GATEWAY_LIMIT_ALIASES: positive.default(50),
  GATEWAY_LIMIT_ROOT_FIELDS: positive.default(20),
  GATEWAY_LIMIT_FETCHES: positive.default(100),
  GATEWAY_LIMIT_IN_FLIGHT: z.coerce.number().int().min(0).default(32),
  GATEWAY_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).default(6_000),
  GATEWAY_CORS_ORIGINS: list.default([]),
  GATEWAY_TRUST_PROXY_HOPS: z.coerce.number().int().min(0).default(0),
  GATEWAY_DOCUMENTS: z.enum(['any', 'registered']).default('any'),
  ...registrySettings,
  GATEWAY_WEB: z
    .string()
    .min(1)
    .default(path.resolve(import.meta.dirname, '..', '..', 'web', 'dist')),
  WEB_OIDC_AUTHORITY: z.url().optional(),
  WEB_OIDC_CLIENT_ID: z.string().min(1).optional(),
  WEB_OIDC_SCOPE: z.string().min(1).default('openid'),
  JWT_JWKS_URL: z.url().optional(),
  JWT_PUBLIC_KEY_FILE: z.string().min(1).optional(),
  JWT_ISSUER: z.string().min(1).optional(),
  JWT_AUDIENCE: z.string().min(1).optional(),
});

/** The issuer of development tokens. No production configuration may trust it. */
export const DEVELOPMENT_ISSUER = 'zhitong-dev';
export const DEVELOPMENT_AUDIENCE = 'zhitong';

/** Where bearer tokens are verified against. `development` uses the key pair that the hub makes in its data folder. */
export type TokenAuthority =
  | { readonly kind: 'development'; readonly dataDir: string }
  | { readonly kind: 'jwks'; readonly url: string; readonly issuer: string; readonly audience: string }
  | { readonly kind: 'public-key'; readonly file: string; readonly issuer: string; readonly audience: string };

/** What one operation may ask for. */
export interface OperationLimits {
  /** Levels of nested fields. */
  readonly depth: number;
  /** Estimated objects, see `query-cost.ts`. */
  readonly cost: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Exchanges with departments that the query plan makes at most. */
  readonly fetches: number;
  /** Lexical tokens of the document, checked while it is parsed. */
  readonly tokens: number;
}

/** What the variables of one operation may be. */
export interface VariableLimits {
  /** Levels of nested lists and objects in one variable. */
  readonly depth: number;
  /** Values in all variables together, those in lists and objects counted one by one. */
  readonly values: number;
}

/**
 * Where a department is asked. With a socket the connection goes through it, and `url` names host and path of the
 * request only.
 */
export interface DepartmentAddress {
  readonly url: string;
  /** Path of a Unix domain socket on this machine. */
  readonly socket?: string;
}

/** Where users of the pages sign in, by OpenID Connect's authorization code with PKCE. */
export interface SignInProvider {
  /** The issuer, under which the provider describes itself. */
  readonly authority: string;
  /** The pages' public client there. */
  readonly clientId: string;
  readonly scope: string;
}

export interface GatewayConfig extends Pick<KitConfig, 'mode' | 'dataDir' | 'logLevel' | 'host'> {
  readonly port: number;
  /** Where `/metrics` and the state of each department are served; not for callers from outside. */
  readonly operations: { readonly port: number; readonly host: string };
  readonly supergraphFile: string;
  /** The private keys with which the gateway vouches for callers towards the departments. */
  readonly signingKeyFile: string;
  /** What runs query plans: our executor, or that of @apollo/gateway. */
  readonly executor: 'zhitong' | 'apollo';
  readonly departmentTimeoutMs: number;
  /** How long a department is left alone after repeated failures. */
  readonly departmentPauseMs: number;
  readonly departmentConnections: number;
  /**
   * Where a department is asked: `<NAME>_URL`, else `<NAME>_SOCKET` or `<NAME>_PORT` on this machine, else the
   * supergraph's default.
   */
  readonly departmentAddress: (name: string, defaultUrl: string) => DepartmentAddress;
  readonly bodyBytes: number;
  /** A request must have come whole within this time. */
  readonly requestTimeoutMs: number;
  /** Bytes of one department's response that are accepted at most. */
  readonly answerBytes: number;
  readonly limits: OperationLimits;
  readonly variableLimits: VariableLimits;
  /** Requests that one subject or address may have in flight; 0 means no limit. */
  readonly requestsInFlight: number;
  /** Requests a minute for one subject or address; 0 means no limit. */
  readonly requestsPerMinute: number;
  /** Origins of pages that may call the graph; none: pages of the graph's own origin only. `*`: all. */
  readonly corsOrigins: readonly string[];
  readonly trustProxyHops: number;
  readonly tokens: TokenAuthority;
  /** Documents that front ends have registered, and whether they may ask others. */
  readonly documents: { readonly folder: string; readonly policy: 'any' | 'registered' };
  /** Where the schema registry keeps its supergraphs; undefined: `supergraphFile` is served. */
  readonly registry: { readonly uri: string; readonly database: string } | undefined;
  /** The registry's own graph, for the pages; undefined: there is no registry. */
  readonly registryGraph: string | undefined;
  readonly web: {
    /** The built pages; there are none when it does not exist. */
    readonly folder: string;
    /** Undefined: nobody can sign in to the pages but in development, where they choose a role. */
    readonly signIn: SignInProvider | undefined;
  };
}

/**
 * Parses the gateway's environment; the only place of the gateway that reads it.
 * @throws Error naming each variable that is wrong and why.
 */
export function gatewayConfig(environment: Environment = process.env): GatewayConfig {
  const kit = kitConfig(environment);
  const env = parseEnvironment(schema, environment);
  return {
    mode: kit.mode,
    dataDir: kit.dataDir,
    logLevel: kit.logLevel,
    host: kit.host,
    signingKeyFile: signingKeyFile(environment),
    port: env.PORT,
    operations: {
      port: env.GATEWAY_OPERATIONS_PORT ?? operationsPortBeside(env.PORT),
      host: env.GATEWAY_OPERATIONS_HOST,
    },
    supergraphFile: path.resolve(env.GATEWAY_SUPERGRAPH),
    executor: env.GATEWAY_EXECUTOR,
    departmentTimeoutMs: env.GATEWAY_DEPARTMENT_TIMEOUT_MS,
    departmentPauseMs: env.GATEWAY_DEPARTMENT_PAUSE_MS,
    departmentConnections: env.GATEWAY_DEPARTMENT_CONNECTIONS,
    departmentAddress: departmentAddresses(environment),
    bodyBytes: env.GATEWAY_LIMIT_BODY_BYTES,
    requestTimeoutMs: env.GATEWAY_REQUEST_TIMEOUT_MS,
    answerBytes: env.GATEWAY_LIMIT_ANSWER_BYTES,
    limits: {
      depth: env.GATEWAY_LIMIT_DEPTH,
      cost: env.GATEWAY_LIMIT_COST,
      aliases: env.GATEWAY_LIMIT_ALIASES,
      rootFields: env.GATEWAY_LIMIT_ROOT_FIELDS,
      fetches: env.GATEWAY_LIMIT_FETCHES,
      tokens: env.GATEWAY_LIMIT_TOKENS,
    },
    variableLimits: { depth: env.GATEWAY_LIMIT_VARIABLE_DEPTH, values: env.GATEWAY_LIMIT_VARIABLE_VALUES },
    requestsInFlight: env.GATEWAY_LIMIT_IN_FLIGHT,
    requestsPerMinute: env.GATEWAY_RATE_LIMIT_PER_MINUTE,
    corsOrigins: env.GATEWAY_CORS_ORIGINS,
    trustProxyHops: env.GATEWAY_TRUST_PROXY_HOPS,
    tokens: tokenAuthority(kit, env),
    documents: { folder: operationsFolder(environment), policy: env.GATEWAY_DOCUMENTS },
    registry:
      env.REGISTRY_MONGODB_URI === undefined
        ? undefined
        : { uri: env.REGISTRY_MONGODB_URI, database: env.REGISTRY_DATABASE },
    registryGraph:
      env.REGISTRY_MONGODB_URI === undefined
        ? undefined
        : (env.REGISTRY_URL ?? `http://127.0.0.1:${env.REGISTRY_PORT}/graphql`),
    web: { folder: path.resolve(env.GATEWAY_WEB), signIn: signInProvider(env) },
  };
}

function signInProvider(env: z.infer<typeof schema>): SignInProvider | undefined {
  const { WEB_OIDC_AUTHORITY: authority, WEB_OIDC_CLIENT_ID: clientId, WEB_OIDC_SCOPE: scope } = env;
  if (authority !== undefined && clientId !== undefined) return { authority, clientId, scope };
  if (authority === undefined && clientId === undefined) return undefined;
  throw new Error(
    'The environment cannot be used: set WEB_OIDC_AUTHORITY and WEB_OIDC_CLIENT_ID together, or neither.',
  );
}

/** The file with the private keys that vouch for callers: `GATEWAY_SIGNING_KEY_FILE`, else in the data folder. */
export function signingKeyFile(environment: Environment = process.env): string {
  const { GATEWAY_SIGNING_KEY_FILE: file } = parseEnvironment(
    z.object({ GATEWAY_SIGNING_KEY_FILE: z.string().min(1).optional() }),
    environment,
  );
  return file === undefined ? defaultSigningKeyFile(kitConfig(environment).dataDir) : path.resolve(file);
}

/** Where clients' documents are registered: `GATEWAY_OPERATIONS`, else `operations/` in the data folder. */
export function operationsFolder(environment: Environment = process.env): string {
  const { GATEWAY_OPERATIONS: folder } = parseEnvironment(
    z.object({ GATEWAY_OPERATIONS: z.string().min(1).optional() }),
    environment,
  );
  return folder === undefined ? path.join(kitConfig(environment).dataDir, 'operations') : path.resolve(folder);
}

/** The bearer token of who runs a command; undefined where the environment has none. */
export const commandToken = (environment: Environment = process.env): string | undefined =>
  parseEnvironment(z.object({ ZHITONG_TOKEN: z.string().min(1).optional() }), environment).ZHITONG_TOKEN;

/** The operations port where none is configured: 4009 beside 4000, and any free one beside any free one. */
export function operationsPortBeside(graphPort: number): number {
  if (graphPort === 0) return 0;
  return graphPort + OPERATIONS_DISTANCE <= HIGHEST_PORT
    ? graphPort + OPERATIONS_DISTANCE
    : graphPort - OPERATIONS_DISTANCE;
}

/** Tells the Apollo libraries of this process to report nothing to anybody. */
export function keepTelemetryAtHome(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
}

function departmentAddresses(environment: Environment): (name: string, defaultUrl: string) => DepartmentAddress {
  return (name, defaultUrl) => {
    const prefix = name.toUpperCase().replaceAll('-', '_');
    const text = z.string().optional();
    const own = parseEnvironment(
      z.object({
        [`${prefix}_URL`]: z.url().optional(),
        [`${prefix}_PORT`]: port.optional(),
        [`${prefix}_SOCKET`]: text,
      }),
      environment,
    );
    const url = text.parse(own[`${prefix}_URL`]);
    if (url !== undefined) return { url };
    const ownPort = own[`${prefix}_PORT`];
    const socket = text.parse(own[`${prefix}_SOCKET`]);
    return {
      url: ownPort === undefined ? defaultUrl : `http://127.0.0.1:${ownPort}/graphql`,
      ...(socket === undefined ? {} : { socket }),
    };
  };
}

function tokenAuthority(kit: KitConfig, env: z.infer<typeof schema>): TokenAuthority {
  const { JWT_JWKS_URL: url, JWT_PUBLIC_KEY_FILE: file, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = env;
  if (url === undefined && file === undefined) {
    if (kit.mode === 'development') return { kind: 'development', dataDir: kit.dataDir };
    throw new Error(
      'The environment cannot be used: in production mode JWT_JWKS_URL or JWT_PUBLIC_KEY_FILE must say how tokens are verified.',
    );
  }
  if (url !== undefined && file !== undefined)
    throw new Error('The environment cannot be used: set JWT_JWKS_URL or JWT_PUBLIC_KEY_FILE, not both.');
  if (issuer === undefined || audience === undefined) {
    throw new Error(
      'The environment cannot be used: JWT_ISSUER and JWT_AUDIENCE must be set beside JWT_JWKS_URL or JWT_PUBLIC_KEY_FILE.',
    );
  }
  if (issuer === DEVELOPMENT_ISSUER)
    throw new Error(
      `The environment cannot be used: JWT_ISSUER must not be ${DEVELOPMENT_ISSUER}, the issuer of development tokens.`,
    );
  if (url !== undefined) return { kind: 'jwks', url, issuer, audience };
  return { kind: 'public-key', file: path.resolve(file ?? ''), issuer, audience };
}
