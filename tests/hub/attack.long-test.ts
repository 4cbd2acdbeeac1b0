import { spawn } from 'node:child_process';
import { startLoadedHub } from './support/loaded-city.js';
import type { RunningHub } from './support/start-hub.js';

/** Far more than it takes on two quiet cores. */
const TIMEOUT_MS = 1_800_000;

describe('an attack on the whole hub', () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await startLoadedHub();
  }, TIMEOUT_MS);
  afterAll(() => hub.remove(), TIMEOUT_MS);

  it(
    'is held off in every kind, and the table says so',
    async () => {
      const attack = spawn(
        process.execPath,
        ['scripts/attack/main.mjs', '--short', '--url', hub.graph, '--data-dir', hub.dataDir],
        { env: hub.environment, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      let said = '';
      for (const stream of [attack.stdout, attack.stderr])
        stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const code = await new Promise<number | null>((resolve) => attack.once('exit', resolve));
      const rows = said.split('\n').filter((line) => /\| (?:yes|NO \(\d+\)) \|$/.test(line));
      expect(rows.filter((row) => !row.endsWith('| yes |'))).toEqual([]);
      expect(rows.length).toBeGreaterThan(14);
      expect([code, /NOT HELD/.exec(said)]).toEqual([0, null]);
    },
    TIMEOUT_MS,
  );

  it('is not made on a hub of another machine', async () => {
    const attack = spawn(process.execPath, ['scripts/attack/main.mjs', '--url', 'https://graph.city.example/graphql'], {
      env: hub.environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complained = '';
    attack.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    expect(await new Promise<number | null>((resolve) => attack.once('exit', resolve))).toBe(1);
    expect(complained).toBe(
      'attack: https://graph.city.example/graphql is not on this machine. The attack runs against a hub on 127.0.0.1 only.\n',
    );
  });
});
