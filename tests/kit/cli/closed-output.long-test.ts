import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** Starts a program as its npm script does, and reads no more of its output than the first bytes, or nothing. */
async function ended(script: readonly string[], isReadFirst: boolean): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, script, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()));
  if (isReadFirst) await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, err };
}

const CHECK = 'subgraphs/enterprises/connectors/market-register.yaml';

it.each([
  ['connect', ['scripts/connect.mjs', 'check', CHECK], true],
  ['connect', ['scripts/connect.mjs', 'check', CHECK], false],
  ['schema', ['scripts/run.mjs', 'registry/dist/cli.js', '--help'], false],
  ['operations', ['scripts/run.mjs', 'gateway/dist/operations/operations-command.js', '--help'], false],
  ['token', ['scripts/run.mjs', 'launcher/dist/token-command.js', '--help'], false],
] as const)(
  'npm run %s ends without a word when nobody reads its output any more (%j, read first: %s)',
  async (_name, script, isReadFirst) => {
    const { code, err } = await ended(script, isReadFirst);
    expect(err).toBe('');
    // One that was at its end anyway ends as it would have.
    expect([0, 141]).toContain(code);
  },
);
