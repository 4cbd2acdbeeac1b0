import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { departmentNames } from '../support/departments.js';
import { freePorts } from '../support/free-ports.js';

const project = fileURLToPath(new URL('../..', import.meta.url));
/**
 * A copy of the project. The kit and what it rests on are libraries to a department: there the copy uses the project's.
 */
const copy = mkdtempSync(path.join(tmpdir(), 'zhitong-fifth-'));
const PARTS = [
  'scripts',
  'gateway',
  'launcher',
  'registry',
  'subgraphs',
  'docs/operations',
  'package.json',
  'codegen.ts',
  'tsconfig.json',
];
const READY = /直通 Zhitong is ready: (\S+)/;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let environment: NodeJS.ProcessEnv;
let port = 0;
let ownPort = 0;

/** Runs one of the copy's programs to its end. */
function run(args: readonly string[], folder = copy): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...args],
      { cwd: folder, env: environment, maxBuffer: 16 * 1024 * 1024 },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

/**
 * Every file of the copy outside the new department's folder and what is made from sources, with its size and content.
 */
function filesOutside(name: string): Map<string, string> {
  const within = (part: string): string[] =>
    statSync(path.join(copy, part)).isFile()
      ? [part]
      : readdirSync(path.join(copy, part), { recursive: true, encoding: 'utf8' }).map((file) => path.join(part, file));
  const files = PARTS.flatMap(within)
    .filter(
      (file) =>
        !file.startsWith(`subgraphs/${name}/`) && !/(^|\/)(dist|generated|\.data|node_modules)(\/|$)/.test(file),
    )
    .filter((file) => file !== 'gateway/supergraph.graphql' && statSync(path.join(copy, file)).isFile());
  return new Map(files.map((file) => [file, readFileSync(path.join(copy, file), 'utf8')]));
}

/** Resolves when the process has printed what the pattern finds. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = pattern.exec(output);
      if (found !== null) resolve(found[1] ?? found[0]);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`It ended with code ${String(code)}:\n${output}`)));
  });
}

async function stopped(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return ended;
}

beforeAll(async () => {
  for (const part of PARTS) {
    cpSync(path.join(project, part), path.join(copy, part), {
      recursive: true,
      filter: (file) => !/\/(node_modules|dist|\.data)(\/|$)/.test(path.relative(project, file)),
    });
  }
  for (const workspace of ['.', 'gateway', 'launcher', ...departmentNames.map((name) => `subgraphs/${name}`)]) {
    const packages = path.join(project, workspace, 'node_modules');
    if (existsSync(packages)) symlinkSync(packages, path.join(copy, workspace, 'node_modules'));
  }
  writeFileSync(
    path.join(copy, 'jest.config.mjs'),
    [
      `import base from ${JSON.stringify(path.join(project, 'jest.config.mjs'))};`,
      'const { globalSetup, globalTeardown, testSequencer, ...config } = await base();',
      `export default { ...config, testEnvironment: ${JSON.stringify(path.join(project, 'tests/libraries-once.mjs'))} };`,
    ].join('\n'),
  );
  const names = [...departmentNames, 'permits'];
  const [first = 0, operations = 0, ...ports] = await freePorts(names.length + 2);
  port = first;
  ownPort = ports.at(-1) ?? 0;
  environment = {
    PATH: process.env['PATH'],
    ZHITONG_TEST_MONGODB_URI: process.env['ZHITONG_TEST_MONGODB_URI'],
    ZHITONG_DATA_DIR: path.join(copy, '.data'),
    MONGODB_URI: process.env['ZHITONG_TEST_MONGODB_URI'],
    ZHITONG_DEMO: 'off',
    PORT: String(port),
    GATEWAY_OPERATIONS_PORT: String(operations),
    ...Object.fromEntries(
      names.flatMap((name, at) => [
        [`${name.toUpperCase()}_PORT`, String(ports[at])],
        [`${name.toUpperCase()}_DATABASE`, `t_fifth_${String(process.pid)}_${name}`],
      ]),
    ),
  };
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('a fifth department', () => {
  let before: Map<string, string>;

  it('is made from the template, and its name is refused when it cannot be one', async () => {
    before = filesOutside('permits');
    expect(await run(['scripts/new-department.mjs', 'permits'])).toMatchObject({ code: 0 });
    expect(await run(['scripts/new-department.mjs', 'permits'])).toMatchObject({
      code: 1,
      err: 'new-department: subgraphs/permits is there already.\n',
    });
    expect((await run(['scripts/new-department.mjs', 'Building Permits'])).err).toContain(
      '"Building Permits" cannot be a department\'s name',
    );
    expect(existsSync(path.join(copy, 'subgraphs/permits/tests/records.test.ts'))).toBe(true);
  });

  it('is built and composed', async () => {
    expect(
      await run([path.join(project, 'node_modules/@graphql-codegen/cli/cjs/bin.js'), '--config', 'codegen.ts']),
    ).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(copy, 'subgraphs/permits/src/generated/resolvers-types.ts'), 'utf8')).toContain(
      'permitsRecords',
    );
    expect(await run(['scripts/run.mjs', 'gateway/dist/supergraph/compose-command.js'])).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(copy, 'gateway/supergraph.graphql'), 'utf8')).toContain(
      '@join__graph(name: "permits", url: "http://127.0.0.1:4005/graphql")',
    );
  }, 240_000);

  it('is started with the hub and asked through the gateway', async () => {
    const hub = spawn(process.execPath, ['launcher/dist/start.js'], {
      cwd: copy,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const graph = await printed(hub, READY);
      const token = (await run(['launcher/dist/token-command.js', '--role', 'AUDITOR'])).out.trim();
      const ask = async (headers: Record<string, string>): Promise<unknown> =>
        (
          await fetch(graph, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify({ query: '{ permitsRecords }' }),
          })
        ).json();
      expect(await ask({ authorization: `Bearer ${token}` })).toEqual({ data: { permitsRecords: 0 } });
      expect(await ask({})).toMatchObject({
        data: { permitsRecords: null },
        errors: [{ path: ['permitsRecords'], extensions: { code: 'UNAUTHENTICATED' } }],
      });
    } finally {
      await stopped(hub);
    }
  }, 240_000);

  it('runs alone, from its own folder and over the data folder of the project, and is asked with a printed assertion', async () => {
    const { scripts } = JSON.parse(readFileSync(path.join(copy, 'subgraphs/permits/package.json'), 'utf8')) as {
      scripts: { start: string };
    };
    const alone = spawn('/bin/sh', ['-c', scripts.start], {
      cwd: path.join(copy, 'subgraphs/permits'),
      env: { ...environment, ZHITONG_DATA_DIR: '.data' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      await printed(alone, /permits is ready/);
      const body = JSON.stringify({ query: '{ permitsRecords }' });
      const ask = async (assertion: string): Promise<unknown> => {
        const response = await fetch(`http://127.0.0.1:${ownPort}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-zhitong-assertion': assertion },
          body,
        });
        return response.ok ? response.json() : response.status;
      };
      const assertion = (...args: string[]): Promise<Ended> => run(['launcher/dist/assertion-command.js', ...args]);
      expect(await ask((await assertion('permits', '--role', 'AUDITOR', '--body', body)).out.trim())).toEqual({
        data: { permitsRecords: 0 },
      });
      expect(await ask((await assertion('permits', '--role', 'AUDITOR', '--body', '{}')).out.trim())).toBe(401);
      expect(await ask((await assertion('cases', '--role', 'AUDITOR', '--body', body)).out.trim())).toBe(401);
      expect(await assertion('harbour', '--body', body)).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('There is no department "harbour" here') as string,
      });
      expect(existsSync(path.join(copy, 'subgraphs/permits/.data'))).toBe(false);
    } finally {
      await stopped(alone);
    }
  }, 240_000);

  it('is tested by the tests of the template', async () => {
    const { code, err } = await run([
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      'subgraphs/permits',
    ]);
    expect(code === 0 ? '' : err).toBe(''); // a failure says what failed
    expect(err).toContain('2 passed, 2 total');
  }, 240_000);

  it('has changed no file outside its own folder, but for the composed graph', () => {
    expect(filesOutside('permits')).toEqual(before);
  });
});
