import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { printSchema } from 'graphql';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { mockedSchema, startMock } from '../../mock/src/mock-server.js';
import { runCommand } from '../support/command-line.js';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..', '..');
/** Inside the project, so that the example finds its packages. */
const FOLDER = path.join(ROOT, 'node_modules', '.cache', 'front-end-example', String(process.pid));
const SUPERGRAPH = readFileSync(path.join(ROOT, 'gateway/supergraph.graphql'), 'utf8');
const USCC = '91110000600037341L';

/** The page's files, each in a block that has its name beside the language. */
const files = fromMarkdown(readFileSync(path.join(ROOT, 'docs/front-end.md'), 'utf8')).children.flatMap((node) =>
  node.type === 'code' && typeof node.meta === 'string' ? [[node.meta, node.value] as const] : [],
);
/** What the compiler has to refuse, and what it has to know. */
const USE = `
import { enterpriseCard } from './enterprise-card.js';
const card = await enterpriseCard('', '');
export const name: string | null | undefined = card?.name;
// @ts-expect-error The operation does not ask for it.
export const scale = card?.scale;
// @ts-expect-error A code is needed.
export const none = await enterpriseCard('');
`;
const TSCONFIG = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023', 'DOM'],
    module: 'NodeNext',
    types: [],
    strict: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['*.ts', 'generated'],
};

describe('the example of docs/front-end.md', () => {
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    for (const [name, text] of files) writeFileSync(path.join(FOLDER, name), text);
    writeFileSync(path.join(FOLDER, 'schema.graphql'), printSchema(mockedSchema(SUPERGRAPH, 'public')));
    await run(process.execPath, [path.join(ROOT, 'node_modules/.bin/graphql-codegen'), '--config', 'codegen.ts'], {
      cwd: FOLDER,
    });
  });
  afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

  it('has types that know what was asked for', async () => {
    expect(files.map(([name]) => name)).toEqual(['package.json', 'codegen.ts', 'enterprise-card.ts']);
    writeFileSync(path.join(FOLDER, 'use.ts'), USE);
    writeFileSync(path.join(FOLDER, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    const checked = await run(process.execPath, [
      path.join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      FOLDER,
    ]).catch((error: unknown) => error as { stdout: string });
    expect(checked.stdout).toBe('');
  });

  it('runs against the mock', async () => {
    await build({
      entryPoints: [path.join(FOLDER, 'enterprise-card.ts')],
      outfile: path.join(FOLDER, 'enterprise-card.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    writeFileSync(
      path.join(FOLDER, 'run.mjs'),
      "import { enterpriseCard } from './enterprise-card.mjs'; console.log(JSON.stringify(await enterpriseCard(process.argv[2], process.argv[3])));",
    );
    const mock = await startMock({
      schema: mockedSchema(SUPERGRAPH, 'public'),
      seed: 's',
      today: '2026-09-21',
      port: 0,
    });
    try {
      const { stdout } = await run(process.execPath, [path.join(FOLDER, 'run.mjs'), mock.url, USCC]);
      expect(JSON.parse(stdout)).toEqual({
        uscc: USCC,
        name: expect.stringMatching(/\p{Script=Han}/u) as unknown,
        industry: { name: expect.any(String) as unknown },
        region: { name: expect.any(String) as unknown },
      });
    } finally {
      await mock.stop();
    }
  });

  it('has documents that the command operations takes', async () => {
    const command = path.join(ROOT, 'gateway/src/operations/operations-command.ts');
    const manifest = path.join(FOLDER, 'generated', 'persisted-documents.json');
    const environment = { ZHITONG_DATA_DIR: FOLDER };
    expect(await runCommand(command, ['check', manifest, '--contract', 'public'], environment)).toMatchObject({
      code: 0,
      out: '1 documents can be run.\n',
    });
    const release = ['--contract', 'public', '--client', 'portal', '--client-version', '3.2.0'];
    expect(await runCommand(command, ['publish', manifest, ...release], environment)).toMatchObject({ code: 0 });
    expect((await runCommand(command, ['list'], environment)).out).toContain('portal 3.2.0, 1 documents of public');
  });
});
