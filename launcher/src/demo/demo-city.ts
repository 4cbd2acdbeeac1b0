import { fork } from 'node:child_process';
import path from 'node:path';
import { loadState } from '@zhitong/kit/subgraph';
import { inLoadingOrder, type DemoStep } from '@zhitong/kit/departments';
import { connectMongo } from '@zhitong/kit/mongo';
import type { HubConfig } from '../config.js';

/** From this size on a command is given memory in proportion. */
const LARGE_CITY = 100_000;
const HEAP_MB = 2_048;
const HEAP_KB_PER_ENTERPRISE = 7;

/** What the city was begun with, as far as a department needs to know. */
interface BegunWith {
  readonly referenceDate?: string;
  readonly enterprises?: number;
}

/** A step of the demo city that is to be done. */
export interface OpenStep {
  /** The department. */
  readonly name: string;
  readonly step: DemoStep;
}

/** How far the demo city is, by the marks in the databases that hold it. */
export interface CityState {
  /** Steps that are to be done before the departments start, in their order. */
  readonly missing: readonly OpenStep[];
  /** Steps that are to be done when all serve. */
  readonly afterwards: readonly OpenStep[];
  /** Nothing of the city is there. */
  readonly isEmpty: boolean;
  /** What the first part was begun with; the rest must be of the same city. */
  readonly begunWith: BegunWith;
}

/**
 * Asks the departments' databases, and nobody else, whether the city is there: a folder may have been started against
 * another MongoDB meanwhile, and a database may have been moved here from another folder.
 * @param embedded the MongoDB of departments that have none configured.
 */
export async function cityState({ departments }: HubConfig, embedded: string | undefined): Promise<CityState> {
  const open: OpenStep[] = [];
  let begunWith: BegunWith = {};
  let isEmpty = true;
  for (const { name, demo, mongoUri = embedded, database } of inLoadingOrder(departments)) {
    if (mongoUri === undefined || demo.length === 0) continue;
    const connection = await connectMongo({ uri: mongoUri, database });
    try {
      for (const step of demo) {
        const state = await loadState<BegunWith>(connection, step.mark);
        if (state?.isFinished !== true) open.push({ name, step });
        else if (step.when === 'before-start') isEmpty = false;
        if (step.when === 'before-start') begunWith = { ...state?.settings, ...begunWith };
      }
    } finally {
      await connection.close();
    }
  }
  return {
    missing: open.filter(({ step }) => step.when === 'before-start'),
    afterwards: open.filter(({ step }) => step.when === 'while-serving'),
    isEmpty,
    begunWith,
  };
}

/**
 * Does what is missing before the start, one step after the other, with its progress shown.
 * @throws Error when one of them fails; what was loaded so far stays, and the next start goes on from there.
 */
export async function loadDemoCity(
  config: HubConfig,
  city: CityState,
  { environmentOf, signal }: { environmentOf: (name: string) => Record<string, string>; signal: AbortSignal },
): Promise<void> {
  for (const open of city.missing) await doStep(config, city, open, { environment: environmentOf(open.name), signal });
}

/** Does one step of the demo city. @throws Error when it fails; the next start tries it again. */
export function doStep(
  config: HubConfig,
  { begunWith }: CityState,
  { name, step }: OpenStep,
  { environment, signal }: { environment: Record<string, string>; signal: AbortSignal },
): Promise<void> {
  const told = {
    enterprises: begunWith.enterprises ?? config.demoCity.enterprises,
    date: begunWith.referenceDate ?? config.demoCity.date,
  };
  const options = step.options.flatMap((option) =>
    told[option] === undefined ? [] : [`--${option}`, String(told[option])],
  );
  return runDepartmentCommand({ config, name, command: [...step.command, ...options], environment, signal });
}

/** A large city is made in memory; Node's own limit holds one of some hundred thousand enterprises. */
function heapFor(enterprises = 0): string[] {
  const megabytes = HEAP_MB + Math.ceil((enterprises * HEAP_KB_PER_ENTERPRISE) / 1_024);
  return enterprises > LARGE_CITY ? [`--max-old-space-size=${megabytes}`] : [];
}

/** Runs one command of a department's own command line to its end. It ends with the launcher, however that ends. */
function runDepartmentCommand({
  config,
  name,
  command,
  environment,
  signal,
}: {
  config: HubConfig;
  name: string;
  command: readonly string[];
  environment: Record<string, string>;
  signal: AbortSignal;
}): Promise<void> {
  const cli = path.join(config.root, 'subgraphs', name, 'dist', 'cli.js');
  return new Promise((resolve, reject) => {
    const child = fork(cli, [...command], {
      execArgv: heapFor(config.demoCity.enterprises),
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      signal,
      killSignal: 'SIGTERM',
    });
    child.once('error', reject);
    child.once('exit', (code, by) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`${name} ${command.join(' ')} ended ${by === null ? `with code ${code ?? '?'}` : `by ${by}`}.`),
        );
    });
  });
}
