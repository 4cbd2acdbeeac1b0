import { fork } from 'node:child_process';
import path from 'node:path';
import { loadState } from '@zhitong/kit/department';
import { connectMongo } from '@zhitong/kit/mongo';
import type { HubConfig } from './config.js';

/** Each department's records build on the register; the policies look at everybody else's. */
const LOADING_ORDER = ['enterprises', 'credit', 'cases', 'policies'];
/** Under these names each department marks in its own database how far its part of the city is. */
const LOAD = 'demo';
const MATCHES = 'demo_matches';

/** From this size on a command is given memory in proportion. */
const LARGE_CITY = 100_000;
const HEAP_MB = 2_048;
const HEAP_KB_PER_ENTERPRISE = 7;

/** What the city was begun with, as far as a department needs to know. */
interface BegunWith {
  readonly referenceDate?: string;
  readonly enterprises?: number;
}

/** How far the demo city is, by the marks in the databases that hold it. */
export interface CityState {
  /** Departments that have no whole part of it, in the order in which they are to be loaded. */
  readonly missing: readonly string[];
  /** The policies were matched against it. */
  readonly isMatched: boolean;
  /** What the first part was begun with; the rest must be of the same city. */
  readonly begunWith: BegunWith;
}

/**
 * Asks the departments' databases, and nobody else, whether the city is there: a folder may have been started against another MongoDB
 * meanwhile, and a database may have been moved here from another folder.
 * @param embedded the MongoDB of departments that have none configured.
 */
export async function cityState({ departments }: HubConfig, embedded: string | undefined): Promise<CityState> {
  const missing: string[] = [];
  let begunWith: BegunWith = {};
  let isMatched = false;
  for (const name of LOADING_ORDER) {
    const department = departments.find((one) => one.name === name);
    const uri = department?.mongoUri ?? embedded;
    if (department === undefined || uri === undefined) continue;
    const connection = await connectMongo({ uri, database: department.database });
    try {
      const state = await loadState<BegunWith>(connection, LOAD);
      if (state?.isFinished !== true) missing.push(name);
      begunWith = { ...state?.settings, ...begunWith };
      if (name === 'policies') isMatched = (await loadState(connection, MATCHES))?.isFinished === true;
    } finally {
      await connection.close();
    }
  }
  return { missing, isMatched, begunWith };
}

/**
 * Runs each missing department's own `demo-load`, one after the other, with its progress shown.
 * @throws Error when one of them fails; what was loaded so far stays, and the next start goes on from there.
 */
export async function loadDemoCity(config: HubConfig, { missing, begunWith }: CityState, { environmentOf, signal }: { environmentOf: (name: string) => Record<string, string>; signal: AbortSignal }): Promise<void> {
  const enterprises = begunWith.enterprises ?? config.demoCity.enterprises;
  const date = begunWith.referenceDate ?? config.demoCity.date;
  for (const name of missing) {
    // The policies are the published ones, however many enterprises there are.
    const size = enterprises === undefined || name === 'policies' ? [] : ['--enterprises', String(enterprises)];
    await runDepartmentCommand({ config, name, command: ['demo-load', ...size, ...(date === undefined ? [] : ['--date', date])], environment: environmentOf(name), signal });
  }
}

/** A large city is made in memory; Node's own limit holds one of some hundred thousand enterprises. */
function heapFor(enterprises = 0): string[] {
  const megabytes = HEAP_MB + Math.ceil((enterprises * HEAP_KB_PER_ENTERPRISE) / 1_024);
  return enterprises > LARGE_CITY ? [`--max-old-space-size=${megabytes}`] : [];
}

/** Runs one command of a department's own command line to its end. It ends with the launcher, however that ends. */
export function runDepartmentCommand({ config, name, command, environment, signal }: { config: HubConfig; name: string; command: readonly string[]; environment: Record<string, string>; signal: AbortSignal }): Promise<void> {
  const cli = path.join(config.root, 'subgraphs', name, 'dist', 'cli.js');
  return new Promise((resolve, reject) => {
    const child = fork(cli, [...command], { execArgv: heapFor(config.demoCity.enterprises), env: environment, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], signal, killSignal: 'SIGTERM' });
    child.once('error', reject);
    child.once('exit', (code, by) => {
      if (code === 0) resolve();
      else reject(new Error(`${name} ${command.join(' ')} ended ${by === null ? `with code ${code ?? '?'}` : `by ${by}`}.`));
    });
  });
}
