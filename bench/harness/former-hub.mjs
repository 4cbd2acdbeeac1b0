// The project as it stood at an earlier commit, installed and started beside the present one.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { asking, DEPARTMENTS, freePorts, namedProcesses, ROOT, without } from './hub.mjs';

/** Outside the project, so that no tool of the project walks through it. */
const FORMER = path.join(tmpdir(), 'zhitong-bench');
const READY = /直通 Zhitong is ready: (\S+)/;
const TOKEN = /authorization: Bearer (\S+?)'/;
const run = promisify(execFile);

/**
 * Clones a commit into the system's temporary folder, with its own dependencies; a second time it is there already.
 * @param ref anything that Git takes for a commit.
 * @returns its folder and its short name.
 * @throws Error when Git knows no such commit.
 */
export async function checkOut(ref, tell) {
  const commit = (
    await run('git', ['rev-parse', '--short', '--verify', `${ref}^{commit}`], { cwd: ROOT })
  ).stdout.trim();
  const folder = path.join(FORMER, commit);
  if (existsSync(path.join(folder, 'node_modules', '.package-lock.json'))) return { folder, commit };
  tell(`Installing ${commit} into ${folder}…\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(FORMER, { recursive: true });
  await run('git', ['clone', '--quiet', '--no-checkout', ROOT, folder]);
  await run('git', ['checkout', '--quiet', commit], { cwd: folder });
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  return { folder, commit };
}

/**
 * Starts a hub by `npm start` and by what it prints, because that is all that every commit has in common. It loads the
 * demo city into a data folder of its own the first time.
 */
export async function startFormerHub({ folder, commit }, { environment, tell }) {
  const dataDir = path.join(FORMER, `${commit}.data`);
  const [port, ...ports] = await freePorts(DEPARTMENTS.length + 1);
  const launcher = spawn('npm', ['start'], {
    cwd: folder,
    env: {
      ...without(environment, ['MONGODB_URI', 'GATEWAY_OPERATIONS_PORT']),
      ZHITONG_DATA_DIR: dataDir,
      PORT: String(port),
      ...Object.fromEntries(DEPARTMENTS.map((name, at) => [`${name.toUpperCase()}_PORT`, String(ports[at])])),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise((resolve) => launcher.once('exit', resolve));
  const stop = async () => {
    try {
      process.kill(-launcher.pid, 'SIGTERM');
    } catch {
      // It has ended already.
    }
    await ended;
  };
  process.once('exit', () => void stop());
  const [graph, token] = await new Promise((resolve, reject) => {
    let output = '';
    const listen = (chunk) => {
      output += chunk;
      tell(String(chunk));
      const [ready, bearer] = [READY.exec(output), TOKEN.exec(output)];
      if (ready !== null && bearer !== null) resolve([ready[1], bearer[1]]);
    };
    launcher.stdout.on('data', listen);
    launcher.stderr.on('data', listen);
    void ended.then((code) =>
      reject(new Error(`The hub of ${commit} ended with code ${code} before it was ready:\n${output.slice(-2_000)}`)),
    );
  });
  const mongoUri = JSON.parse(readFileSync(path.join(dataDir, 'mongo.json'), 'utf8')).uri;
  return { graph, token, mongoUri, ask: asking(graph, token), stop, processes: () => namedProcesses(launcher.pid) };
}
