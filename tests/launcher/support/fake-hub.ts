import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { kitConfig } from '@zhitong/kit';
import { hubConfig, type HubConfig } from '../../../launcher/src/config.js';
import { departmentNames as NAMES } from '../../support/departments.js';
import { freePorts } from '../../support/free-ports.js';

/** Writes what happened into the log and behaves as a server process of the hub does. */
const SERVER = `
const { appendFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const name = process.argv[1].includes('gateway') ? 'gateway' : process.argv[1].split('/').at(-3);
const note = (what) => appendFileSync(process.env.FAKE_LOG, name + ' ' + what + '\\n');
const end = (what) => { note(what); process.exit(0); };
note('started ' + process.pid);
writeFileSync(process.env.FAKE_LOG + '.' + name + '.json', JSON.stringify(process.env));
if (process.env.FAKE_BROKEN === name) process.exit(1);
process.on('SIGTERM', () => end('stopped'));
process.on('disconnect', () => end('orphaned'));
writeFileSync(process.env.FAKE_LOG + '.' + name + '.json', JSON.stringify(process.env));
const port = process.env[name === 'gateway' ? 'PORT' : name.toUpperCase() + '_PORT'];
createServer((request, response) => response.end('{}')).listen(Number(port), '127.0.0.1', () => process.send({ type: 'ready' }));
`;
const CLI = `
const { appendFileSync } = require('node:fs');
const { MongoClient } = require(process.env.FAKE_DRIVER);
const name = process.argv[1].split('/').at(-3);
const command = process.argv.slice(2);
appendFileSync(process.env.FAKE_LOG, name + ' ran ' + command.join(' ') + '\\n');
if (process.env.FAKE_FAILS === name + ' ' + command[0]) process.exit(3);
const load = command[0] === 'demo-load' ? 'demo' : 'demo_matches';
const option = (flag) => command[command.indexOf(flag) + 1];
const settings = { enterprises: Number(option('--enterprises')), referenceDate: option('--date') };
const client = new MongoClient(process.env.MONGODB_URI);
const marks = client.db(process.env[name.toUpperCase() + '_DATABASE']).collection(load);
marks.replaceOne({ _id: load }, { ...settings, finishedAt: new Date() }, { upsert: true }).then(() => client.close());
`;

/**
 * A project folder whose departments and gateway are scripts that only write down what happens to them; loads leave
 * their marks in the test run's MongoDB.
 */
export interface FakeHub {
  readonly config: HubConfig;
  readonly environment: Record<string, string>;
  /** What happened so far, one line for each event; of servers without their process ids. */
  events(): string[];
  /** The same with all that commands were given. */
  lines(): string[];
  /** The environment with which a server process was started last. */
  environmentOf(name: string): Record<string, string>;
  /** Process id of the latest start. */
  pidOf(name: string): number;
  /** Answers when the log has a line that matches. */
  until(pattern: RegExp, times?: number): Promise<void>;
}

/** MongoDB's driver in one file: each fake command loads it, which takes a fraction of loading it module by module. */
const driver = path.join(tmpdir(), `zhitong-driver-${String(process.pid)}-${randomBytes(4).toString('hex')}.cjs`);
await build({
  entryPoints: [fileURLToPath(new URL('../../../node_modules/mongodb/lib/index.js', import.meta.url))],
  outfile: driver,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'error',
});

export async function fakeHub(environment: Record<string, string> = {}): Promise<FakeHub> {
  const root = mkdtempSync(path.join(tmpdir(), 'zhitong-hub-'));
  const log = path.join(root, 'log');
  for (const folder of [...NAMES.map((name) => path.join('subgraphs', name)), 'gateway']) {
    mkdirSync(path.join(root, folder, 'dist'), { recursive: true });
    writeFileSync(path.join(root, folder, 'dist', 'main.js'), SERVER);
    writeFileSync(path.join(root, folder, 'dist', 'cli.js'), CLI);
  }
  const ports = await freePorts(NAMES.length + 2);
  const id = randomBytes(4).toString('hex');
  const variables = {
    ...Object.fromEntries(NAMES.map((name, index) => [`${name.toUpperCase()}_PORT`, String(ports[index])])),
    PORT: String(ports[NAMES.length]),
    GATEWAY_OPERATIONS_PORT: String(ports[NAMES.length + 1]),
    PATH: process.env['PATH'] ?? '',
    ZHITONG_DATA_DIR: path.join(root, '.data'),
    MONGODB_URI: kitConfig().testMongoUri ?? '',
    ...Object.fromEntries(NAMES.map((name) => [`${name.toUpperCase()}_DATABASE`, `t_hub_${id}_${name}`])),
    FAKE_DRIVER: driver,
    FAKE_LOG: log,
    ...environment,
  };
  const lines = (): string[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
  return {
    config: { ...hubConfig(variables), root },
    environment: variables,
    lines,
    events: () => lines().map((line) => line.replace(/ --(?!full).*$| \d+$/, '')),
    environmentOf: (name) => JSON.parse(readFileSync(`${log}.${name}.json`, 'utf8')) as Record<string, string>,
    pidOf: (name) =>
      Number(
        lines()
          .filter((line) => line.startsWith(`${name} started`))
          .at(-1)
          ?.split(' ')
          .at(-1),
      ),
    until: async (pattern, times = 1) => {
      while (lines().filter((line) => pattern.test(line)).length < times)
        await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}

/** True while a process of this id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
