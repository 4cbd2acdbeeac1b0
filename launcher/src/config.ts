import path from 'node:path';
import {
  defaultSigningKeyFile,
  operationsPortBeside,
  REGISTRY_PORT,
  signingKeyFile,
  type KeyFiles,
} from '@zhitong/gateway';
import {
  kitConfig,
  parseEnvironment,
  publicKeysFile,
  subgraphConfig,
  type Environment,
  type KitConfig,
} from '@zhitong/kit';
import { readDepartments, type DepartmentFile } from '@zhitong/kit/departments';
import { isLegalDay } from '@zhitong/values';
import { z } from 'zod';
import type { ServiceIdentity } from './service-tokens.js';

const PROJECT = path.resolve(import.meta.dirname, '..', '..');
const DEFAULT_PORT = 4000;
/** Longer than the longest question that a department may be asked, ten seconds. */
const DEFAULT_HUNG_SECONDS = 30;
const port = z.coerce.number().int().min(1).max(65_535);

const schema = z.object({
  PORT: port.default(DEFAULT_PORT),
  GATEWAY_OPERATIONS_PORT: port.optional(),
  ZHITONG_DEMO: z.enum(['on', 'off']).optional(),
  ZHITONG_DEMO_ENTERPRISES: z.coerce.number().int().min(200).max(1_000_000).optional(),
  ZHITONG_DEMO_DATE: z.string().refine(isLegalDay, 'write a day as YYYY-MM-DD').optional(),
  REGISTRY_MONGODB_URI: z.string().optional(),
  REGISTRY_PORT: port.default(REGISTRY_PORT),
  ZHITONG_HUNG_SECONDS: z.coerce.number().min(0).default(DEFAULT_HUNG_SECONDS),
});

/** One department's process, as the launcher starts it, with what its folder says of it. */
export interface DepartmentPlan extends Pick<DepartmentFile, 'name' | 'loadAfter' | 'hears' | 'demo'> {
  readonly port: number;
  /** The variable that changes the port. */
  readonly portVariable: string;
  /** The MongoDB that was configured for it (`<NAME>_MONGODB_URI`, else `MONGODB_URI`); undefined: the embedded one. */
  readonly mongoUri: string | undefined;
  /** The variable that names it. */
  readonly mongoVariable: string;
  /** Its database there. */
  readonly database: string;
}

export interface HubConfig {
  readonly kit: KitConfig;
  readonly port: number;
  /** Where the gateway serves its state to those who run the hub. */
  readonly operationsPort: number;
  /** False: the hub starts empty. In production mode the demo city is loaded only when asked for. */
  readonly demo: boolean;
  /**
   * How large the demo city is and on which day it stands; undefined: the departments' own defaults (27,851
   * enterprises, today).
   */
  readonly demoCity: { readonly enterprises: number | undefined; readonly date: string | undefined };
  readonly departments: readonly DepartmentPlan[];
  /**
   * The gateway's keys that the launcher publishes, and makes where they are the launcher's own; undefined: the
   * operator says where departments find them.
   */
  readonly keyFiles: (KeyFiles & { readonly areOurs: boolean }) | undefined;
  /**
   * Departments that read the graph and are given a token by the launcher: in development, unless the operator gives
   * one.
   */
  readonly serviceIdentities: readonly ServiceIdentity[];
  /** Root of the project: `subgraphs/` and `gateway/` are found there. */
  readonly root: string;
  /** A process that has not responded for so many seconds is killed and started again; 0: it is left alone. */
  readonly hungSeconds: number;
  /** Where the schema registry's own graph is served; undefined: no registry is configured. */
  readonly registryPort: number | undefined;
  /** The environment as the operator has set it. */
  readonly given: Environment;
}

/**
 * Parses what the launcher reads from the environment, and reads which departments the project has.
 * @param root the project, with `subgraphs/` and `gateway/`.
 * @throws Error naming each variable, or each department's description, that is wrong and why.
 */
export function hubConfig(environment: Environment = process.env, root: string = PROJECT): HubConfig {
  const departments = readDepartments(path.join(root, 'subgraphs'));
  const env = parseEnvironment(schema, environment);
  const kit = kitConfig(environment);
  return {
    kit,
    port: env.PORT,
    operationsPort: env.GATEWAY_OPERATIONS_PORT ?? operationsPortBeside(env.PORT),
    demo: (env.ZHITONG_DEMO ?? (kit.mode === 'production' ? 'off' : 'on')) === 'on',
    demoCity: { enterprises: env.ZHITONG_DEMO_ENTERPRISES, date: env.ZHITONG_DEMO_DATE },
    departments: departments.flatMap((department) => departmentPlan(department, environment)),
    keyFiles: isSet(environment['ZHITONG_GATEWAY_KEYS']) ? undefined : keyFiles(environment, kit.dataDir),
    serviceIdentities: kit.mode === 'production' ? [] : serviceIdentities(departments, environment),
    root,
    hungSeconds: env.ZHITONG_HUNG_SECONDS,
    registryPort: isSet(env.REGISTRY_MONGODB_URI) ? env.REGISTRY_PORT : undefined,
    given: environment,
  };
}

function keyFiles(environment: Environment, dataDir: string): KeyFiles & { areOurs: boolean } {
  const signing = signingKeyFile(environment);
  return { signing, published: publicKeysFile(dataDir), areOurs: signing === defaultSigningKeyFile(dataDir) };
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/** For whom the departments' processes read the graph, where their folders say that they do. */
function serviceIdentities(departments: readonly DepartmentFile[], environment: Environment): ServiceIdentity[] {
  const isGiven = (name: string): boolean =>
    ['TOKEN', 'TOKEN_FILE', 'TOKEN_URL'].some((what) => isSet(environment[`${name.toUpperCase()}_GRAPH_${what}`]));
  return departments.flatMap(({ name, readsGraphAs, port: own }) => {
    if (readsGraphAs === undefined || own === undefined || isGiven(name)) return [];
    const { department, variable } = readsGraphAs;
    const other = variable === undefined ? undefined : environment[variable];
    return [{ name, department: isSet(other) ? String(other) : department }];
  });
}

/** None for a department that runs elsewhere. */
function departmentPlan(
  { name, port: defaultPort, loadAfter, hears, demo }: DepartmentFile,
  environment: Environment,
): DepartmentPlan[] {
  if (defaultPort === undefined) return [];
  const prefix = name.toUpperCase();
  const portVariable = `${prefix}_PORT`;
  const env = parseEnvironment(z.object({ [portVariable]: port.default(defaultPort) }), environment);
  const { mongoUri, database } = subgraphConfig(name, defaultPort, environment);
  const ownMongo = `${prefix}_MONGODB_URI`;
  const mongoVariable = (environment[ownMongo] ?? '') === '' ? 'MONGODB_URI' : ownMongo;
  return [
    { name, loadAfter, hears, demo, portVariable, port: Number(env[portVariable]), mongoUri, mongoVariable, database },
  ];
}
