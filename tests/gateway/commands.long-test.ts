import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { tokenVerifier } from '../../gateway/src/identity/token-verifier.js';
import { CASES_SDL, FIRST, REGISTRY_SDL } from './support/small-city.js';

/** Inside the project, so that the commands find its packages. */
const built = path.resolve('node_modules', '.cache', 'gateway-commands', String(process.pid));

const PROGRAMS = {
  'token-command': 'launcher/src/token-command',
  'compose-command': 'gateway/src/supergraph/compose-command',
};

beforeAll(() =>
  build({
    entryPoints: Object.values(PROGRAMS).map((file) => `${file}.ts`),
    outdir: built,
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    conditions: ['source'],
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  }),
);

function run(
  command: keyof typeof PROGRAMS,
  args: readonly string[],
  environment: Record<string, string> = {},
): { code: number | null; out: string; err: string } {
  const file = path.join(built, `${PROGRAMS[command]}.mjs`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  return { code: status, out: stdout, err: stderr };
}

describe('the command token', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'zhitong-token-'));
  const token = (...args: string[]): ReturnType<typeof run> =>
    run('token-command', args, { ZHITONG_DATA_DIR: dataDir });

  it('prints a token that the gateway of the same folder believes, and nothing else', async () => {
    const { code, out } = token('--role', 'ENTERPRISE', '--uscc', FIRST, '--ttl', '60');
    expect(code).toBe(0);
    expect(await tokenVerifier({ kind: 'development', dataDir })(out.trim())).toMatchObject({
      roles: ['ENTERPRISE'],
      uscc: FIRST,
    });
  });

  it.each([
    [['--role', 'KING'], 'Allowed choices are ENTERPRISE, OFFICER, COORDINATOR, AUDITOR, ADMIN, SERVICE'],
    [[], "required option '--role <role>'"],
    [['--role', 'ENTERPRISE', '--uscc', '123'], '"123" is not a unified social credit code'],
    [['--role', 'AUDITOR', '--ttl', 'soon'], 'The lifetime must be a whole number of seconds'],
  ])('with %j fails and says why', (args, message) => {
    const { code, out, err } = token(...args);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(message);
  });

  it('makes none in production mode', () => {
    const { code, err } = run('token-command', ['--role', 'ADMIN'], {
      ZHITONG_DATA_DIR: dataDir,
      ZHITONG_MODE: 'production',
    });
    expect([code, err]).toEqual([1, 'token: Development tokens are not made in production mode.\n']);
  });
});

describe('the command compose', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-compose-'));
  const write = (name: string, sdl: string): void => {
    mkdirSync(path.join(folder, 'subgraphs', name), { recursive: true });
    writeFileSync(path.join(folder, 'subgraphs', name, 'schema.graphql'), sdl);
    const port = PORTS[name];
    if (port !== undefined)
      writeFileSync(
        path.join(folder, 'subgraphs', name, 'department.json'),
        JSON.stringify({ name, port, owner: '@city/team' }),
      );
  };
  const PORTS: Readonly<Record<string, number>> = { enterprises: 4001, cases: 4002 };
  const output = path.join(folder, 'supergraph.graphql');
  const compose = (...args: string[]): ReturnType<typeof run> =>
    run('compose-command', ['--subgraphs', path.join(folder, 'subgraphs'), '--output', output, ...args]);

  it('writes the supergraph, and its check passes until a department changes its schema', () => {
    write('enterprises', REGISTRY_SDL);
    write('cases', CASES_SDL);
    expect(compose().code).toBe(0);
    expect(readFileSync(output, 'utf8')).toContain('url: "http://127.0.0.1:4001/graphql"');
    expect(compose('--check')).toMatchObject({
      code: 0,
      out: 'The supergraph is up to date with cases, enterprises.\n',
    });
    const before = readFileSync(output, 'utf8');
    write('cases', CASES_SDL.replace('"Open cases." openCount', '"Open cases (诉求)." openCount'));
    const stale = compose('--check');
    expect(stale.code).toBe(1);
    expect(stale.err).toContain('is stale: run `npm run compose` and commit the result.');
    expect(readFileSync(output, 'utf8')).toBe(before);
  });

  it('fails without writing when the schemas do not compose', () => {
    write('cases', CASES_SDL.replace('@key(fields: "uscc")', '@key(fields: "code")'));
    const before = readFileSync(output, 'utf8');
    const { code, err } = compose();
    expect(code).toBe(1);
    expect(err).toContain('cases: KEY_INVALID_FIELDS');
    expect(readFileSync(output, 'utf8')).toBe(before);
  });

  it('fails for a department whose address nobody knows', () => {
    write('harbour', CASES_SDL);
    expect(compose().err).toMatch(/harbour: .*department\.json cannot be read/);
  });
});
