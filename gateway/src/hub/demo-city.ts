import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HubConfig } from './config.js';

/** Each department's records build on the register; the policies look at everybody else's. */
const LOADING_ORDER = ['enterprises', 'credit', 'cases', 'policies'];

const noteIn = (dataDir: string): string => path.join(dataDir, 'demo-loaded.json');

/** Identifies the databases that the demo city was loaded into, so that another MongoDB gets its own. */
function databasesOf({ kit, departments }: HubConfig): string {
  const uris = departments.map(({ name, mongoUri }) => `${name}=${mongoUri ?? kit.mongo.uri ?? 'embedded'}`);
  return createHash('sha256').update(uris.join('\n')).digest('hex');
}

/** True when this hub's databases have had their demo city. */
export function isDemoLoaded(config: HubConfig): boolean {
  const note = noteIn(config.kit.dataDir);
  if (!existsSync(note)) return false;
  return readFileSync(note, 'utf8').trim() === databasesOf(config);
}

/** Notes that the demo city is there; only after every department has loaded its part. */
export function noteDemoLoaded(config: HubConfig): void {
  writeFileSync(noteIn(config.kit.dataDir), `${databasesOf(config)}\n`);
}

export function forgetDemoLoaded(config: HubConfig): void {
  rmSync(noteIn(config.kit.dataDir), { force: true });
}

/**
 * Runs each department's own `demo-load`, one after the other, with its progress shown.
 * @throws Error when one of them fails; what was loaded so far stays, and the next start goes on from there.
 */
export async function loadDemoCity(config: HubConfig, environmentOf: (name: string) => Record<string, string>, signal: AbortSignal): Promise<void> {
  const known = LOADING_ORDER.filter((name) => config.departments.some((department) => department.name === name));
  const { enterprises, date } = config.demoCity;
  for (const name of known) {
    // The policies are the published ones, however many enterprises there are.
    const size = enterprises === undefined || name === 'policies' ? [] : ['--enterprises', String(enterprises)];
    await runDepartmentCommand({ config, name, command: ['demo-load', ...size, ...(date === undefined ? [] : ['--date', date])], environment: environmentOf(name), signal });
  }
}

/** Runs one command of a department's own command line to its end. */
export function runDepartmentCommand({ config, name, command, environment, signal }: { config: HubConfig; name: string; command: readonly string[]; environment: Record<string, string>; signal: AbortSignal }): Promise<void> {
  const cli = path.join(config.root, 'subgraphs', name, 'dist', 'cli.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...command], { env: environment, stdio: ['ignore', 'inherit', 'inherit'], signal, killSignal: 'SIGTERM' });
    child.once('error', reject);
    child.once('exit', (code, by) => {
      if (code === 0) resolve();
      else reject(new Error(`${name} ${command.join(' ')} ended ${by === null ? `with code ${code ?? '?'}` : `by ${by}`}.`));
    });
  });
}
